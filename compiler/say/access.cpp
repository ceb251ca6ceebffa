#include <fmt/format.h>

#include "compiler/say/statements.h"
#include "compiler/say/words.h"
#include "compiler/support/overloaded.h"

namespace writ::say {
namespace {

std::string routes(Speaker& speak, const ast::Role& s) {
  std::vector<std::string> ways;
  if (s.birthright.valid()) ways.push_back("by right where " + speak.condition(s.birthright));
  if (s.on_request) ways.push_back("on request, approved by " + speak.chain(*s.on_request));
  for (const ast::DelegableLine& line : s.delegable) {
    const std::string terms = speak.caps(line.caps);
    ways.push_back(fmt::format("by delegation to {}{}{}", line.to.type ? with_article(spaced(line.to.type->text)) : "somebody",
                               line.where.valid() ? " where " + speak.condition(line.where) : "", terms.empty() ? "" : ", " + terms));
  }
  return ways.empty() ? "" : fmt::format(" It is held {}.", listed(ways, "or"));
}

std::string bounds(const ast::Role& s, Speaker& speak) {
  std::vector<std::string> parts;
  if (s.at_most) parts.push_back("at most " + duration(s.at_most->ms) + " at a time");
  if (s.review_every) parts.push_back(fmt::format("reviewed {}{}", every(s.review_every->ms), s.review_by ? " by " + speak.party(*s.review_by) : ""));
  if (s.handover) parts.push_back("handed over within " + duration(s.handover->ms));
  return parts.empty() ? "" : fmt::format(" {}.", capital(listed(parts, "and")));
}

std::string grants(Speaker& speak, const ast::Role& s) {
  std::vector<std::string> lines;
  for (const ast::GrantLine& line : s.may) {
    std::string words = speak.accesses(line.accesses);
    if (!line.subject_to.empty()) words += ", subject to " + listed(texts(line.subject_to), "and");
    lines.push_back(std::move(words));
  }
  return lines.empty() ? "" : " may do " + fmt::format("{}", fmt::join(lines, "; and "));
}

}  // namespace

std::string say(Speaker& speak, const ast::Role& s) {
  if (s.subject && s.subject->type && s.subject->type->type) speak.call_principal(s.subject->type->type->text);
  std::string words = s.subject ? speak.subject(*s.subject) : "anybody";
  std::vector<std::string> parents;
  for (const ast::RoleRef& ref : s.extends) parents.push_back(speak.role(ref));
  const std::string granted = grants(speak, s);
  const std::string inherited = parents.empty() ? "" : fmt::format("may do what {} may", listed(parents, "and"));
  if (granted.empty()) words += inherited.empty() ? " holds it; it grants nothing by itself" : " " + inherited;
  else words += granted + (inherited.empty() ? "" : "; and " + inherited);
  if (!s.within.empty()) words += fmt::format(", within {}", s.within.size() > 1 ? "the holder's " + spaced(s.within.back().text) : s.within.front().text);
  return words + "." + routes(speak, s) + bounds(s, speak);
}

std::string say(Speaker& speak, const ast::Duty& s) {
  return fmt::format("{} {}.", s.extends ? "also means" : "means", speak.accesses(s.accesses));
}

std::string say(Speaker& speak, const ast::Predicate& s) {
  std::vector<std::string> params;
  for (const ast::Param& param : s.params) params.push_back(with_article(spaced(param.type.name.text)) + " " + param.name.text);
  return fmt::format("holds{} where {}.", params.empty() ? "" : " of " + listed(params, "and"), speak.condition(s.body));
}

std::string say(Speaker& speak, const ast::Flow& s) { return fmt::format("whoever does {} brings about {}.", speak.accesses(s.from), speak.accesses(s.to)); }

std::string say(Speaker& speak, const ast::Overlay& s) {
  using Kind = ast::CharterLine::Kind;
  std::vector<std::string> lines;
  for (const ast::CharterLine& line : s.lines) {
    std::vector<std::string> roles;
    for (const ast::RoleRef& ref : line.roles) roles.push_back(speak.role(ref));
    const std::string through = line.through ? " through " + day(*line.through) : "";
    switch (line.kind) {
      case Kind::AddRole: lines.push_back(fmt::format("add roles in {}", line.system ? line.system->text : "its systems")); break;
      case Kind::AddBirthright: lines.push_back(fmt::format("add birthrights in {}", line.system ? line.system->text : "its systems")); break;
      case Kind::Assign: lines.push_back("assign " + listed(roles, "and")); break;
      case Kind::Mitigate: lines.push_back(fmt::format("mitigate {}{}", listed(texts(line.rules), "and"), through)); break;
      case Kind::Waive: lines.push_back(fmt::format("waive {}{}", listed(texts(line.rules), "and"), through)); break;
    }
  }
  return fmt::format("within {} local policy may only narrow{}.", s.within.text, lines.empty() ? "" : ", except that it may " + listed(lines, "and"));
}

std::string say(Speaker& speak, const ast::Process& s) {
  std::vector<std::string> steps;
  for (const ast::Step& step : s.steps) steps.push_back(speak.phrasebook().action(step.action.text));
  return fmt::format("on {}: {}.", with_article(spaced(s.on.text)), fmt::format("{}", fmt::join(steps, ", then ")));
}

std::string say(Speaker& speak, const ast::Staffing& s) {
  return fmt::format("at least {} hold{} {}{}.", people(s.count.value), s.count.value == 1 ? "s" : "", speak.role(s.role), s.in_each ? " in each " + spaced(s.in_each->text) : "");
}

std::string say(Speaker&, const ast::Adopt& s) {
  std::string words = fmt::format("the rules of {} are in force{}{}", s.package.text, s.terms ? " on the terms " + s.terms->text : "",
                                  s.enforced_from ? " from " + day(*s.enforced_from) : "");
  if (!s.except.empty()) words += ", except " + listed(texts(s.except), "and");
  return words + ".";
}

std::string say(Speaker&, const ast::NativeMap& s) {
  return fmt::format("{} line{} say which of its entitlements give which action.", s.lines.size(), s.lines.size() == 1 ? "" : "s");
}

std::string claim(Speaker& speak, const ast::Claim& c) {
  std::vector<std::string> binders;
  for (const ast::Binder& binder : c.binders) binders.push_back(with_article(spaced(binder.type.text)) + " " + binder.name.text);
  for (const ast::Binder& binder : c.binders) if (binder.type.text == "time") speak.call_time(binder.name.text);
  const std::string over = binders.empty() ? "" : "for " + listed(binders, "and") + " ";
  std::vector<std::string> in = texts(c.in), path = texts(c.path);
  const std::int64_t count = c.count ? c.count->value : 0;
  switch (c.kind) {
    case ast::Claim::Kind::Never:
      return fmt::format("{}it is never so{}{} that {}", over, c.eventually ? ", after whatever steps" : "", c.by ? " by the doing of " + speak.subject(*c.by, true) : "", speak.condition(c.where));
    case ast::Claim::Kind::Always:
      return fmt::format("{}{}it is always so that {}", over, c.where.valid() ? "where " + speak.condition(c.where) + ", " : "", speak.condition(c.then));
    case ast::Claim::Kind::Completes:
      return fmt::format("{} can be completed in {}{}", c.process ? c.process->text : "it", in.empty() ? "every place" : listed(in, "and"),
                         c.count ? fmt::format(" with {} absent", people(count)) : "");
    case ast::Claim::Kind::TakesPeople:
      return fmt::format("{} takes at least {}{}", c.process ? c.process->text : "it", people(count), in.empty() ? "" : " in " + listed(in, "and"));
    case ast::Claim::Kind::Independent:
      return fmt::format("a decision on {} does not depend on {}", c.action ? speak.phrasebook().action(c.action->text) : "it", fmt::format("{}", fmt::join(path, ".")));
  }
  return "";
}

std::string say(Speaker& speak, const ast::Assert& s) {
  return fmt::format("{}{}.", claim(speak, s.claim), s.in_population ? ", among the people in the register" : "");
}

std::string say(Speaker&, const ast::Test& s) {
  return fmt::format("an example with {} expectation{}.", s.expects.size(), s.expects.size() == 1 ? "" : "s");
}

namespace {

std::string by(const std::vector<ast::Who>& who) {
  std::vector<std::string> names;
  for (const ast::Who& one : who) names.push_back(one.text);
  return listed(names, "and");
}

std::string given(Speaker& speak, const ast::GivenEntity& entity) {
  std::vector<std::string> names, roles;
  for (const ast::Who& who : entity.names) names.push_back(who.text);
  for (const ast::HeldRole& held : entity.holds) {
    const std::string when = period(held.period);
    roles.push_back(speak.role(held.role) + (when.empty() ? "" : " " + when));
  }
  std::string words = listed(names, "and");
  if (entity.type && entity.type->type) words += fmt::format(" {} {}", names.size() == 1 ? "is" : "are each", with_article(spaced(entity.type->type->text)));
  if (entity.record && !entity.record->entries.empty()) words += " with " + speak.record(*entity.record);
  if (!roles.empty()) words += fmt::format("{} {} {}", entity.type ? " and" : "", names.size() == 1 ? "holds" : "hold", listed(roles, "and"));
  return words + ".";
}

}  // namespace

std::string say(Speaker& speak, const ast::Given& s) {
  return std::visit(
      support::Overloaded{
          [&](const ast::GivenEntity& g) { return given(speak, g); },
          [&](const ast::GivenControl& g) { return fmt::format("the control {} was tested on {} and found {}.", g.control.text, day(g.tested), g.effective ? "effective" : "ineffective"); },
          [&](const ast::GivenNumber& g) { return fmt::format("a request tells {} {}.", spaced(g.name.text), g.value.value); },
          [&](const ast::GivenContext& g) { return fmt::format("a request tells {}.", speak.record(g.record)); },
          [&](const ast::GivenApproval& g) { return fmt::format("the approval {} is given by {}{}.", g.approval.text, by(g.by), g.at ? " on " + day(*g.at) : ""); },
          [&](const ast::GivenMfa& g) { return fmt::format("{} has shown a second factor.", g.of.text); },
          [&](const ast::GivenEvidence& g) { return fmt::format("there is evidence of {}.", quoted(g.kind.text)); },
          [&](const ast::GivenPartialHistory&) { return std::string("more may have happened than is told."); },
          [&](const ast::GivenPartialHeld& g) { return fmt::format("{} may hold more than is told.", g.of.text); },
          [&](const ast::GivenNative& g) { return fmt::format("{} gives {} to {}.", g.system.text, g.kind.text, quoted(g.role.text)); },
      },
      s.fact);
}

}  // namespace writ::say
