#include "compiler/check/accesses.h"

#include <algorithm>

#include <fmt/format.h>

#include "compiler/check/duties.h"
#include "compiler/check/names.h"
#include "compiler/check/roles.h"
#include "compiler/check/systems.h"

namespace writ::check {
namespace {

/// Atoms of one phrase whose conditions type alike: same resource type, same input, same conditions, same actors.
struct Group {
  EntityId resource;
  EntityId input;
  std::vector<ActionId> actions;
  const Atom* atom = nullptr;
};

class Typing {
 public:
  Typing(Context& context, const AccessScope& scope) : context_(context), scope_(scope) {}

  std::optional<std::vector<typed_ir::Access>> run(const std::vector<Atom>& atoms) {
    std::vector<typed_ir::Access> result;
    bool good = true;
    for (const Group& group : grouped(atoms)) {
      auto typed = type(group);
      if (!typed) good = false;
      else std::move(typed->begin(), typed->end(), std::back_inserter(result));
    }
    return good ? std::optional(std::move(result)) : std::nullopt;
  }

 private:
  Reads reads(const Atom& atom) {
    Reads all;
    for (const Where& where : atom.wheres) {
      const Reads one = reads_of(context_, where.site, where.expr);
      all.principal |= one.principal;
      all.input |= one.input;
      all.resource |= one.resource;
      all.principal_attributes.insert(all.principal_attributes.end(), one.principal_attributes.begin(), one.principal_attributes.end());
    }
    return all;
  }

  std::vector<Group> grouped(const std::vector<Atom>& atoms) {
    std::vector<Group> groups;
    for (const Atom& atom : atoms) {
      if (atom.everything) groups.push_back({{}, {}, {}, &atom});
      const bool by_input = !atom.actions.empty() && reads(atom).input;
      for (const ActionId action : atom.actions) {
        const typed_ir::Action& a = context_.schema().actions[action];
        const EntityId input = by_input ? a.input : EntityId{};
        auto same = std::find_if(groups.begin(), groups.end(), [&](const Group& g) {
          return !g.atom->everything && g.resource == a.resource && g.input == input && g.atom->wheres == atom.wheres && g.atom->by == atom.by &&
                 g.atom->systems == atom.systems;
        });
        if (same == groups.end()) same = groups.insert(groups.end(), Group{a.resource, input, {}, &atom});
        same->actions.push_back(action);
      }
    }
    for (Group& group : groups) {
      std::sort(group.actions.begin(), group.actions.end());
      group.actions.erase(std::unique(group.actions.begin(), group.actions.end()), group.actions.end());
    }
    return groups;
  }

  /// Types whose attributes the conditions read, where no `by` says whom they are about (semantics.md 4.3).
  std::vector<By> readers(const Reads& read) {
    std::vector<By> result;
    for (std::uint32_t i = 0; i < context_.schema().entities.size(); ++i) {
      const EntityId id{i};
      if (!context_.schema().entities[id].is_principal()) continue;
      const bool has_all = std::all_of(read.principal_attributes.begin(), read.principal_attributes.end(), [&](const std::string& name) {
        return context_.schema().find_attribute(id, name).has_value();
      });
      if (has_all) result.push_back({id, ""});
    }
    return result;
  }

  /// `by "svc"` says no type: it may be any that has what the conditions read.
  static std::vector<By> typed_actors(const std::vector<By>& written, const std::vector<By>& candidates) {
    std::vector<By> result;
    for (const By& by : written) {
      if (by.type.valid() || candidates.empty()) result.push_back(by);
      else for (const By& candidate : candidates) result.push_back({candidate.type, by.id});
    }
    return result;
  }

  std::optional<CondId> condition(const Group& group, EntityId principal) {
    ConditionScope scope;
    scope.principal = principal;
    scope.resource = group.resource;
    scope.input = group.input;
    scope.names = scope_.names;
    scope.grant = scope_.use == AccessUse::Grant;
    scope.where = group.atom->everything ? "a condition on `everything`" : "a condition on this action";
    std::vector<CondId> parts;
    bool good = true;
    for (const Where& where : group.atom->wheres) {
      ConditionScope here = scope;
      if (where.in_duty) here.names.clear();
      const auto part = check_condition(context_, where.site, here, where.expr);
      if (part) parts.push_back(*part);
      else good = false;
    }
    if (group.resource)
      for (const InSystem& in : group.atom->systems) parts.push_back(lives_in(context_, group.resource, in.system));
    return good ? std::optional(context_.conditions().conjunction(std::move(parts))) : std::nullopt;
  }

  typed_ir::Access access(const Group& group, const By& by, CondId where) {
    typed_ir::Access result;
    result.actions = group.actions;
    result.everything = group.atom->everything;
    result.but_reading = group.atom->but_reading;
    result.principal = by.type;
    result.principal_id = by.id;
    result.where = where;
    result.origin = {scope_.statement, group.atom->range};
    return result;
  }

  std::optional<std::vector<typed_ir::Access>> type(const Group& group) {
    const Reads read = reads(*group.atom);
    if (scope_.use == AccessUse::Grant) {
      const auto where = condition(group, scope_.principal);
      if (!where) return std::nullopt;
      return std::vector{access(group, {read.principal ? scope_.principal : EntityId{}, ""}, *where)};
    }
    if (!read.principal) return exactly(group, group.atom->by.value_or(std::vector<By>{By{}}));
    const std::vector<By> candidates = readers(read);
    if (group.atom->by) return exactly(group, typed_actors(*group.atom->by, candidates));
    if (candidates.size() == 1) return exactly(group, candidates);
    if (candidates.empty()) return report_reader(group, read);
    return whoever_fits(group, candidates);
  }

  std::optional<std::vector<typed_ir::Access>> exactly(const Group& group, const std::vector<By>& by) {
    std::vector<typed_ir::Access> result;
    bool good = true;
    for (const By& one : by) {
      const auto where = condition(group, one.type);
      if (where) result.push_back(access(group, one, *where));
      else good = false;
    }
    return good ? std::optional(std::move(result)) : std::nullopt;
  }

  std::optional<std::vector<typed_ir::Access>> whoever_fits(const Group& group, const std::vector<By>& candidates) {
    std::vector<By> fitting;
    for (const By& one : candidates) {
      const Trial trial(context_);
      if (condition(group, one.type) && !trial.failed()) fitting.push_back(one);
    }
    return exactly(group, fitting.empty() ? std::vector<By>{candidates.front()} : fitting);
  }

  /// No type has all the attributes: say so of the type that has most of them.
  std::optional<std::vector<typed_ir::Access>> report_reader(const Group& group, const Reads& read) {
    EntityId best;
    std::ptrdiff_t most = -1;
    for (std::uint32_t i = 0; i < context_.schema().entities.size(); ++i) {
      const EntityId id{i};
      if (!context_.schema().entities[id].is_principal()) continue;
      const auto has = std::count_if(read.principal_attributes.begin(), read.principal_attributes.end(), [&](const std::string& name) {
        return context_.schema().find_attribute(id, name).has_value();
      });
      if (has > most) best = id, most = has;
    }
    condition(group, best);
    return std::nullopt;
  }

  Context& context_;
  const AccessScope& scope_;
};

std::vector<Atom> without_roles(std::vector<Atom> atoms) {
  atoms.erase(std::remove_if(atoms.begin(), atoms.end(), [](const Atom& a) { return a.role != nullptr; }), atoms.end());
  return atoms;
}

std::optional<typed_ir::SideElement> role_element(Context& context, const Atom& atom) {
  ConditionScope scope;
  auto role = check_role(context, atom.role_site, scope, *atom.role, Arguments::MayBeMissing);
  if (!role) return std::nullopt;
  if (!atom.wheres.empty() || atom.by || !atom.systems.empty()) {
    context.report(Code::role_side_is_whole, atom.range, {atom.text});
    return std::nullopt;
  }
  typed_ir::SideElement element;
  element.roles = {std::move(*role)};
  element.text = atom.text;
  return element;
}

}  // namespace

std::optional<std::vector<typed_ir::Access>> check_accesses(Context& context, const Site& site, const AccessScope& scope,
                                                            const ast::Accesses& written) {
  const auto atoms = expand(context, site, scope, written);
  if (!atoms) return std::nullopt;
  return Typing(context, scope).run(*atoms);
}

std::optional<std::vector<typed_ir::SideElement>> check_side_elements(Context& context, const Site& site, const AccessScope& scope,
                                                                      const ast::Accesses& written) {
  auto atoms = expand(context, site, scope, written);
  if (!atoms) return std::nullopt;
  std::vector<typed_ir::SideElement> elements;
  bool good = true;
  for (const Atom& atom : *atoms) {
    if (!atom.role) continue;
    auto element = role_element(context, atom);
    if (element) elements.push_back(std::move(*element));
    else good = false;
  }
  const std::vector<Atom> acts = without_roles(std::move(*atoms));
  if (acts.empty()) return good ? std::optional(std::move(elements)) : std::nullopt;
  auto typed = Typing(context, scope).run(acts);
  if (!typed || !good) return std::nullopt;
  typed_ir::SideElement element;
  element.accesses = std::move(*typed);
  element.text = accesses_text(written);
  elements.push_back(std::move(element));
  return elements;
}

std::string accesses_text(const ast::Accesses& written) {
  std::string text;
  for (const ast::What& what : written.what) text += (text.empty() ? "" : ", ") + what_text(what);
  return text;
}

}  // namespace writ::check
