#include <fmt/format.h>

#include "compiler/say/speaker.h"
#include "compiler/say/words.h"

namespace writ::say {

using ast::Cap;
using ast::Party;
using ast::What;
using ast::WhatKind;

std::string Speaker::role(const ast::RoleRef& ref) {
  if (ref.args.empty()) return ref.name.text;
  std::vector<std::string> arguments;
  for (const ast::ExprId argument : ref.args) arguments.push_back(value(argument));
  return fmt::format("{}({})", ref.name.text, fmt::join(arguments, ", "));
}

std::string Speaker::type_id(const ast::TypeId& type) {
  if (type.type && type.id) return fmt::format("the {} {}", spaced(type.type->text), quoted(type.id->text));
  if (type.id) return quoted(type.id->text);
  return type.type ? with_article(spaced(type.type->text)) : "anybody";
}

std::string Speaker::what(const What& w) {
  const auto roles = [&] {
    if (w.any || w.roles.empty()) return std::string("any role");
    std::vector<std::string> all;
    for (const ast::RoleRef& ref : w.roles) all.push_back(role(ref));
    return listed(all, "or");
  };
  const std::string name = w.names.empty() ? "" : w.names.front().text;
  switch (w.kind) {
    case WhatKind::Named: return phrasebook_.action(name);
    case WhatKind::Prefix: return fmt::format("every '{}.' action", name);
    case WhatKind::Everything: return "anything";
    case WhatKind::EverythingButReading: return "anything but reading";
    case WhatKind::Assign: return "assign " + roles();
    case WhatKind::Revoke: return "revoke " + roles();
    case WhatKind::Define: return "define " + roles();
    case WhatKind::Delegate: return "delegate " + roles();
    case WhatKind::Approve: return w.any ? fmt::format("approve any {}", name) : "approve " + name;
    case WhatKind::Activate: return "activate " + name;
    case WhatKind::Review: return "review " + name;
    case WhatKind::Author: return "author policy";
    case WhatKind::Sign: return "sign policy";
    case WhatKind::Deploy: return "deploy policy";
    case WhatKind::RoleSide: return "the role " + roles();
  }
  return "";
}

/// While the condition of an access is spoken, `resource` is the noun of the one type that its actions share.
void Speaker::notice_resource(const ast::Accesses& a) {
  std::string_view noun;
  for (const What& w : a.what) {
    const std::string_view type = w.kind == WhatKind::Named && !w.names.empty() ? phrasebook_.resource_of(w.names.front().text) : "";
    if (type.empty() || (!noun.empty() && noun != type)) noun = "*";
    else if (noun != "*") noun = type;
  }
  resource_ = noun.empty() || noun == "*" ? "resource" : spaced(noun);
}

void Speaker::call_principal(std::string_view type) { principal_ = spaced(type); }

std::string Speaker::nobody(const ast::Accesses& a) {
  std::vector<std::string> who;
  for (const ast::TypeId& type : a.by) {
    if (!type.type || type.id) return "no one";
    who.push_back(spaced(type.type->text));
  }
  if (who.size() == 1) call_principal(a.by.front().type->text);
  return who.empty() ? "no one" : "no " + listed(who, "or");
}

std::string Speaker::accesses(const ast::Accesses& a) {
  notice_resource(a);
  std::vector<std::string> acts;
  for (const What& w : a.what) acts.push_back(what(w));
  std::string spoken = listed(acts, "or");
  if (a.in_system) spoken += " in " + a.in_system->text;
  if (!a.by.empty()) {
    std::vector<std::string> who;
    for (const ast::TypeId& type : a.by) who.push_back(type_id(type));
    spoken += " by " + listed(who, "or");
  }
  if (a.where.valid()) spoken += " where " + condition(a.where);
  return spoken;
}

std::string Speaker::accesses(const std::vector<ast::Accesses>& all) {
  std::vector<std::string> parts;
  for (const ast::Accesses& a : all) parts.push_back(accesses(a));
  return listed(parts, "or");
}

std::string Speaker::side(const ast::Side& side) {
  std::vector<std::string> parts;
  for (const ast::Accesses& a : side.accesses) parts.push_back(accesses(a));
  std::string spoken;
  switch (side.kind) {
    case ast::Side::Kind::AnyOf: {
      const bool several = side.accesses.size() > 1 || (side.accesses.size() == 1 && side.accesses.front().what.size() > 1);
      spoken = several ? "(" + listed(parts, "or") + ")" : listed(parts, "or");
      break;
    }
    case ast::Side::Kind::AllOf: spoken = "all of " + listed(parts, "and"); break;
    case ast::Side::Kind::AtLeast: spoken = fmt::format("at least {} of {}", side.count ? side.count->value : 0, listed(parts, "and")); break;
  }
  if (!side.within.empty()) spoken += " within " + listed(texts(side.within), "or");
  return spoken;
}

std::string Speaker::party(const Party& p) {
  switch (p.kind) {
    case Party::Kind::Role:
      return fmt::format("a holder of {}{}", p.role ? role(*p.role) : "a role", p.within_same ? " within the same " + spaced(p.within_same->text) : "");
    case Party::Kind::Person: return p.person ? quoted(p.person->text) : "somebody";
    case Party::Kind::Several: return fmt::format("{} of {}", p.count ? p.count->value : 0, p.inner.empty() ? "" : party(p.inner.front()));
    case Party::Kind::Path: {
      if (p.path.size() == 1 && phrasebook_.is_approval(p.path.front().text)) return "the approval " + p.path.front().text;
      std::string spoken = path(p.path);
      return p.inner.empty() ? spoken : fmt::format("{} (where there is none, {})", spoken, party(p.inner.front()));
    }
    case Party::Kind::Group: return p.group.empty() ? "" : "(" + chain(p.group.front()) + ")";
  }
  return "";
}

std::string Speaker::step(const ast::ChainStep& step) {
  std::vector<std::string> parties;
  for (const Party& p : step.parties) parties.push_back(party(p));
  std::string spoken = listed(parties, step.join == ast::ChainStep::Join::And ? "and" : "or");
  if (step.join == ast::ChainStep::Join::And && parties.size() > 1) spoken += ", different people";
  if (step.due) spoken += ", within " + duration(step.due->ms);
  return spoken;
}

std::string Speaker::chain(const ast::Chain& chain) {
  std::vector<std::string> steps;
  for (const ast::ChainStep& s : chain.steps) steps.push_back(step(s));
  return fmt::format("{}", fmt::join(steps, "; then "));
}

std::string Speaker::subject(const ast::Subject& subject, bool plural) {
  std::string spoken = "anybody";
  if (subject.role) spoken = "holders of " + role(*subject.role);
  else if (subject.type && subject.type->type && !subject.type->id) spoken = plural ? spaced(subject.type->type->text) + "s" : with_article(spaced(subject.type->type->text));
  else if (subject.type) spoken = type_id(*subject.type);
  if (subject.where.valid()) spoken += " where " + condition(subject.where);
  return spoken;
}

std::string Speaker::record(const ast::Record& record) {
  std::vector<std::string> entries;
  for (const ast::RecordEntry& entry : record.entries) entries.push_back(fmt::format("{} {}", spaced(entry.name.text), value(entry.value)));
  return listed(entries, "and");
}

std::string Speaker::caps(const std::vector<Cap>& caps) {
  std::vector<std::string> parts;
  for (const Cap& cap : caps) {
    const std::string time = cap.duration ? duration(cap.duration->ms) : "", each = cap.duration ? every(cap.duration->ms) : "";
    const std::int64_t count = cap.count ? cap.count->value : 0;
    switch (cap.kind) {
      case Cap::Kind::AtMost: parts.push_back("for at most " + time); break;
      case Cap::Kind::AtMostInARow: parts.push_back(fmt::format("for at most {} in a row", time)); break;
      case Cap::Kind::Once: parts.push_back("not passed on"); break;
      case Cap::Kind::Depth: parts.push_back(fmt::format("passed on at most {}", times(count))); break;
      case Cap::Kind::Transfer: parts.push_back("the giver lacking it meanwhile"); break;
      case Cap::Kind::UsesIn: parts.push_back(fmt::format("used at most {} in {}", times(count), time)); break;
      case Cap::Kind::Renew: parts.push_back(count == 0 ? "never renewed" : fmt::format("renewed at most {}", times(count))); break;
      case Cap::Kind::Cooling: parts.push_back(fmt::format("anew only after {}", time)); break;
      case Cap::Kind::By: parts.push_back(cap.chain ? "approved by " + chain(*cap.chain) : "approved"); break;
      case Cap::Kind::With:
        parts.push_back(cap.controls.size() == 1 && cap.controls.front().text == "control" ? "with a compensating control"
                                                                                          : "with the control " + listed(texts(cap.controls), "and"));
        break;
      case Cap::Kind::TestedEvery: parts.push_back("its control tested " + each); break;
      case Cap::Kind::ReviewDue: parts.push_back("reviewed within " + time); break;
      case Cap::Kind::ReviewEvery: parts.push_back("reviewed " + each); break;
      case Cap::Kind::Due: parts.push_back("within " + time); break;
      case Cap::Kind::LevelDue: {
        static constexpr const char* kLevels[] = {"low", "medium", "high", "critical"};
        parts.push_back(fmt::format("{} within {}", cap.level ? kLevels[static_cast<int>(cap.level->level)] : "any", time));
        break;
      }
    }
  }
  return fmt::format("{}", fmt::join(parts, ", "));
}

std::string Speaker::yield(const ast::YieldLine& line) {
  const std::string terms = line.caps.empty() ? "" : " " + caps(line.caps);
  switch (line.kind) {
    case ast::YieldKind::Waiver: return "be waived" + terms;
    case ast::YieldKind::Mitigation: return "be mitigated" + terms;
    case ast::YieldKind::Emergency: return "be lifted in an emergency" + terms;
  }
  return "";
}

std::string Speaker::yields(const ast::RuleLines& lines, std::string_view otherwise) {
  std::vector<std::string> ways;
  for (const ast::YieldLine& line : lines.yields) ways.push_back(yield(line));
  for (const ast::Name& name : lines.terms) {
    const ast::Terms* terms = phrasebook_.terms(name.text);
    if (terms == nullptr) ways.push_back("yield on the terms " + name.text);
    else for (const ast::YieldLine& line : terms->yields) ways.push_back(yield(line));
  }
  if (ways.empty()) return std::string(otherwise);
  return fmt::format("It may {}.", fmt::join(ways, "; or "));
}

}  // namespace writ::say
