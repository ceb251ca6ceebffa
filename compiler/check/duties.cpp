#include "compiler/check/duties.h"

#include <algorithm>

#include <fmt/format.h>

#include "compiler/check/names.h"
#include "compiler/check/roles.h"
#include "compiler/check/systems.h"

namespace writ::check {
namespace {

using ast::WhatKind;

/// What surrounds a word: the conditions and actors of every phrase that it stands in.
struct Around {
  std::vector<Where> wheres;
  std::optional<std::vector<By>> by;
  std::vector<InSystem> systems;
};

std::string_view built_in_word(WhatKind kind) {
  switch (kind) {
    case WhatKind::Assign: return "assign";
    case WhatKind::Revoke: return "revoke";
    case WhatKind::Define: return "define";
    case WhatKind::Delegate: return "delegate";
    case WhatKind::Approve: return "approve";
    case WhatKind::Activate: return "activate";
    case WhatKind::Review: return "review";
    case WhatKind::Author: return "author";
    case WhatKind::Sign: return "sign";
    case WhatKind::Deploy: return "deploy";
    case WhatKind::Named:
    case WhatKind::Prefix:
    case WhatKind::Everything:
    case WhatKind::EverythingButReading:
    case WhatKind::RoleSide: return "";
  }
  return "";
}

std::optional<std::vector<By>> both(const std::optional<std::vector<By>>& a, const std::optional<std::vector<By>>& b) {
  if (!a || !b) return a ? a : b;
  std::vector<By> result;
  for (const By& x : *a)
    for (const By& y : *b)
      if (x.type == y.type && (x.id.empty() || y.id.empty() || x.id == y.id)) result.push_back({x.type, x.id.empty() ? y.id : x.id});
  return result;
}

class Expansion {
 public:
  Expansion(Context& context, const AccessScope& scope) : context_(context), scope_(scope) {}

  bool phrase(const Site& site, const ast::Accesses& written, Around around) {
    bool good = surround(site, written, around);
    for (const ast::What& what : written.what) good = word(site, what, around) && good;
    return good;
  }
  std::vector<Atom> take() { return std::move(atoms_); }

 private:
  bool surround(const Site& site, const ast::Accesses& written, Around& around) {
    bool good = true;
    if (written.where) around.wheres.push_back({written.where, site});
    if (written.in_system) {
      const auto system = resolve_system(context_, site, *written.in_system);
      if (system) around.systems.push_back({*system, written.in_system->range});
      else good = false;
    }
    if (written.by.empty()) return good;
    std::vector<By> by;
    for (const ast::TypeId& type : written.by) {
      By one;
      if (type.type) one.type = resolve_principal(context_, site, *type.type);
      if (type.type && !one.type) good = false;
      if (type.id) one.id = type.id->text;
      by.push_back(one);
    }
    around.by = both(around.by, by);
    return good;
  }

  Atom atom(const ast::What& what, const Around& around) const {
    Atom result;
    result.wheres = around.wheres;
    result.by = around.by;
    result.systems = around.systems;
    result.range = what.range;
    result.text = what_text(what);
    return result;
  }

  bool word(const Site& site, const ast::What& what, const Around& around) {
    switch (what.kind) {
      case WhatKind::Named: return named(site, what, around);
      case WhatKind::Prefix: return prefix(what, around);
      case WhatKind::Everything:
      case WhatKind::EverythingButReading: return everything(what, around);
      case WhatKind::RoleSide: return role(site, what, around);
      case WhatKind::Assign:
      case WhatKind::Revoke:
      case WhatKind::Define:
      case WhatKind::Delegate:
      case WhatKind::Approve:
      case WhatKind::Activate:
      case WhatKind::Review:
      case WhatKind::Author:
      case WhatKind::Sign:
      case WhatKind::Deploy: {
        const std::string words = std::string(built_in_word(what.kind)) + (what.any && what.names.empty() ? " any role" : "");
        context_.unsupported(scope_.head, scope_.use == AccessUse::Grant ? "may " + words : words);
        return false;
      }
    }
    return false;
  }

  bool named(const Site& site, const ast::What& what, const Around& around) {
    const Symbol* symbol = resolve(context_, site, what.names.front(), Kinds::of(SymbolKind::Action, SymbolKind::Duty), "an action or a duty");
    if (!symbol) return false;
    if (symbol->kind == SymbolKind::Duty) return duty(*symbol, what, around);
    Atom one = atom(what, around);
    one.actions = {symbol->action()};
    return add(std::move(one), around);
  }

  /// A role grants to its own type only, so what a duty keeps for another type (or for one account of it) is not granted.
  void keep_holders(std::vector<By>& by) const {
    std::erase_if(by, [&](const By& one) { return one.type != scope_.principal || !one.id.empty(); });
  }

  bool duty(const Symbol& symbol, const ast::What& what, const Around& around) {
    DutyTable& table = *context_.duties;
    const SymbolId id = context_.id_of(symbol);
    if (scope_.use == AccessUse::Grant) table.granted.emplace(id, what.range);
    if (!table.open.empty()) table.parts[table.open.back()].push_back(id);
    if (std::find(table.open.begin(), table.open.end(), id) != table.open.end()) {
      context_.report(Code::circular, symbol.written.range, {symbol.local, "contains itself"}).with_label(what.range, "through this use");
      return false;
    }
    if (table.broken.count(id)) return false;
    if (!table.expanded.count(id) && !expand_duty(symbol, id)) return false;
    bool good = true;
    const std::size_t before = atoms_.size();
    for (Atom part : table.expanded.at(id)) {
      part.wheres.insert(part.wheres.end(), around.wheres.begin(), around.wheres.end());
      part.by = both(part.by, around.by);
      if (scope_.use == AccessUse::Grant && part.by) keep_holders(*part.by);
      if (part.by && part.by->empty()) continue;
      if ((part.everything) && scope_.use == AccessUse::Grant) good = no_wildcard(what.range);
      part.range = what.range;
      if (part.role && scope_.use != AccessUse::Side) good = no_role(what.range, part.text);
      if (!part.role) part.text = what_text(what);
      part.systems.insert(part.systems.end(), around.systems.begin(), around.systems.end());
      good = add(std::move(part), around) && good;
    }
    if (atoms_.size() > before || table.expanded.at(id).empty()) return good;
    context_.report(Code::by_nobody, what.range);
    return false;
  }

  bool expand_duty(const Symbol& symbol, SymbolId id) {
    DutyTable& table = *context_.duties;
    table.open.push_back(id);
    AccessScope scope = scope_;
    scope.use = AccessUse::Side;
    scope.head = symbol.place.item->head;
    Expansion inner(context_, scope);
    bool good = true;
    const auto add = [&](const Place& place) {
      for (const ast::Accesses& accesses : std::get<ast::Duty>(place.item->statement).accesses)
        good = inner.phrase(place.site, accesses, {}) && good;
    };
    add(symbol.place);
    if (const auto more = context_.duty_extensions.find(id); more != context_.duty_extensions.end())
      for (const Place& place : more->second) add(place);
    table.open.pop_back();
    std::vector<Atom> atoms = inner.take();
    for (Atom& one : atoms)
      for (Where& where : one.wheres) where.in_duty = true;
    if (good) table.expanded.emplace(id, std::move(atoms));
    else if (context_.trials == 0) table.broken.insert(id);
    return good;
  }

  bool prefix(const ast::What& what, const Around& around) {
    const std::string start = what.names.front().text + ".";
    if (scope_.use == AccessUse::Grant) return no_wildcard(what.range, start);
    Atom all = atom(what, around);
    std::vector<std::string> prefixes;
    for (std::uint32_t i = 0; i < context_.schema().actions.size(); ++i) {
      const std::string& name = context_.schema().actions[ActionId{i}].name;
      if (name.compare(0, start.size(), start) == 0) {
        all.actions.push_back(ActionId{i});
        context_.used(what.names.front(), context_.schema().actions[ActionId{i}].origin.range);
      }
      if (const auto dot = name.find('.'); dot != std::string::npos) prefixes.push_back(name.substr(0, dot));
    }
    if (all.actions.empty()) {
      report_unknown(context_, what.names.front(), "how an action begins", prefixes);
      return false;
    }
    return add(std::move(all), around);
  }

  bool everything(const ast::What& what, const Around& around) {
    if (scope_.use == AccessUse::Grant) return no_wildcard(what.range);
    Atom all = atom(what, around);
    all.everything = true;
    all.but_reading = what.kind == WhatKind::EverythingButReading;
    return add(std::move(all), around);
  }

  bool role(const Site& site, const ast::What& what, const Around& around) {
    if (scope_.use != AccessUse::Side) return no_role(what.range, what_text(what));
    Atom one = atom(what, around);
    one.role = &what.roles.front();
    one.role_site = site;
    atoms_.push_back(std::move(one));
    return true;
  }

  /// What acts on nothing lives in no system.
  bool add(Atom atom, const Around& around) {
    atoms_.push_back(std::move(atom));
    if (around.systems.empty()) return true;
    const Atom& added = atoms_.back();
    const auto nowhere = std::find_if(added.actions.begin(), added.actions.end(), [&](ActionId a) { return !context_.schema().actions[a].resource; });
    if (!added.everything && nowhere == added.actions.end()) return true;
    const InSystem& in = around.systems.back();
    const std::string what = nowhere == added.actions.end() ? added.text : context_.schema().actions[*nowhere].name;
    context_.report(Code::lives_nowhere, in.range, {context_.schema().enums[EnumId{in.system.type}].values[static_cast<std::size_t>(in.system.number)].name, what});
    return false;
  }

  /// `start` as in `inv.`; with few enough actions below it the fix names them all.
  bool no_wildcard(Range range, std::string_view start = "") {
    constexpr std::size_t kMostNamed = 12;
    auto& message = context_.report(Code::grant_names_actions, range);
    message.with_note("a wildcard would grant what is declared tomorrow; a `duty` gives several actions one name");
    std::string names;
    std::size_t count = 0;
    for (const typed_ir::Action& action : context_.schema().actions) {
      if (!action.name.starts_with(start)) continue;
      names += (names.empty() ? "" : ", ") + action.name;
      ++count;
    }
    if (!start.empty() && count > 0 && count <= kMostNamed) message.with_fix(fmt::format("write `{}`", names), {{range, names}});
    return false;
  }
  bool no_role(Range range, const std::string& text) {
    context_.report(Code::role_is_no_action, range, {text});
    return false;
  }

  Context& context_;
  const AccessScope& scope_;
  std::vector<Atom> atoms_;
};

}  // namespace

std::string what_text(const ast::What& what) {
  switch (what.kind) {
    case WhatKind::Named: return what.names.front().text;
    case WhatKind::Prefix: return what.names.front().text + ".*";
    case WhatKind::Everything: return "everything";
    case WhatKind::EverythingButReading: return "everything but reading";
    case WhatKind::RoleSide: return "role " + what.roles.front().name.text;
    case WhatKind::Assign:
    case WhatKind::Revoke:
    case WhatKind::Define:
    case WhatKind::Delegate:
    case WhatKind::Approve:
    case WhatKind::Activate:
    case WhatKind::Review:
    case WhatKind::Author:
    case WhatKind::Sign:
    case WhatKind::Deploy: return std::string(built_in_word(what.kind));
  }
  return "";
}

std::optional<std::vector<Atom>> expand(Context& context, const Site& site, const AccessScope& scope, const ast::Accesses& written) {
  Expansion expansion(context, scope);
  if (!expansion.phrase(site, written, {})) return std::nullopt;
  return expansion.take();
}

void report_granted_extensions(Context& context) {
  DutyTable& table = *context.duties;
  std::vector<std::pair<SymbolId, Range>> open(table.granted.begin(), table.granted.end());
  std::sort(open.begin(), open.end());
  while (!open.empty()) {
    const auto [duty, range] = open.back();
    open.pop_back();
    for (const SymbolId part : table.parts[duty])
      if (table.granted.emplace(part, range).second) open.emplace_back(part, range);
  }
  for (const auto& [duty, places] : context.duty_extensions) {
    const auto granted = context.duties->granted.find(duty);
    if (granted == context.duties->granted.end()) continue;
    for (const Place& place : places)
      context.report(Code::extended_duty_is_granted, place.item->head, {context.symbols[duty].local})
          .with_label(granted->second, "a grant uses it here");
  }
}

void check_duties(Context& context) {
  for (const Place& place : context.places) {
    const auto* written = std::get_if<ast::Duty>(&place.item->statement);
    if (!written || !written->extends) continue;
    const Symbol* symbol = resolve(context, place.site, written->name, Kinds::of(SymbolKind::Duty), "a duty");
    if (symbol) context.duty_extensions[context.id_of(*symbol)].push_back(place);
  }
  for (const SymbolId id : context.symbols.ids()) {
    const Symbol& symbol = context.symbols[id];
    if (symbol.kind != SymbolKind::Duty) continue;
    AccessScope scope;
    scope.use = AccessUse::Side;
    scope.statement = symbol.name;
    scope.head = symbol.place.item->head;
    ast::Accesses whole;
    ast::What what;
    what.names = {symbol.written};
    what.names.front().text = symbol.name;
    what.range = symbol.written.range;
    whole.what = {what};
    whole.range = symbol.written.range;
    // Nobody may ever use it; its words must be right all the same.
    expand(context, symbol.place.site, scope, whole);
  }
}

}  // namespace writ::check
