// What is legal and probably not meant; and the bound on how much one action may ask (semantics.md 2.5, 6.3, 13.9).
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "compiler/check/conditions.h"
#include "compiler/check/keys.h"
#include "compiler/check/rules.h"
#include "compiler/support/overloaded.h"

namespace writ::check {
namespace {

constexpr std::size_t kNodesPerAction = 65'536;

void collect(const std::vector<typed_ir::Access>& accesses, std::vector<const typed_ir::Access*>& into) {
  for (const typed_ir::Access& access : accesses) into.push_back(&access);
}

std::vector<const typed_ir::Access*> accesses_of(const typed_ir::Rule& rule) {
  std::vector<const typed_ir::Access*> all;
  std::visit(support::Overloaded{[&](const typed_ir::Segregation& s) {
                                   for (const typed_ir::Side& side : s.sides)
                                     for (const typed_ir::SideElement& element : side.elements) collect(element.accesses, all);
                                 },
                                 [&](const auto& other) { collect(other.accesses, all); }},
             rule);
  return all;
}

bool is_obligation(const typed_ir::Rule& rule) {
  const auto* requirement = std::get_if<typed_ir::Requirement>(&rule);
  return requirement && (requirement->kind == typed_ir::Requirement::Kind::Notify || requirement->kind == typed_ir::Requirement::Kind::Log);
}

/// A restriction that reads a fact about people which may be stale: once per attribute, with the first rule that reads it.
void warn_of_stale_facts(Context& context) {
  std::set<AttributeId> said;
  std::unordered_set<CondId> seen;
  for (const typed_ir::Rule& rule : context.program.rules) {
    if (is_obligation(rule)) continue;
    for (const typed_ir::Access* access : accesses_of(rule)) {
      if (!access->where.valid() || !seen.insert(access->where).second) continue;
      for (const TermId term : terms_of(context.conditions(), access->where)) {
        const typed_ir::Term& t = context.conditions().term(term);
        if (t.kind != typed_ir::TermKind::Attribute) continue;
        const typed_ir::Attribute& attribute = context.schema().attributes[t.attribute];
        const bool human = context.schema().entities[attribute.owner].kind == typed_ir::EntityKind::Human;
        if (!human || attribute.fixed || attribute.fresh_within || !said.insert(t.attribute).second) continue;
        context.report(Code::fact_may_be_stale, attribute.origin.range, {attribute.name, typed_ir::info(rule).local})
            .with_label(typed_ir::info(rule).origin.range, "read here")
            .with_note("declare it `fresh within` a duration, so that an old value counts as unknown, or `fixed`");
      }
    }
  }
}

void warn_of_unscoped_grants(Context& context) {
  std::set<std::pair<EntityId, EnumId>> said;
  for (const typed_ir::Role& role : context.program.roles) {
    if (!role.scope.valid()) continue;
    for (const typed_ir::GrantLine& line : role.may)
      for (const typed_ir::Access& access : line.accesses)
        for (const ActionId id : access.actions) {
          const typed_ir::Action& action = context.schema().actions[id];
          if (said.insert({action.resource, role.scope_dimension}).second)
            check_scope_field(context, action, role.scope_dimension, access.origin.range);
        }
  }
}

/// By which fields of a resource roles and rules say where it lies, each with the first that does.
class PlacesUsed {
 public:
  explicit PlacesUsed(const Context& context) : context_(context) {
    for (const typed_ir::Role& role : context.program.roles)
      if (role.scope.valid())
        for (const typed_ir::GrantLine& line : role.may) add(line.accesses, role.scope_dimension, role.origin.range);
    for (const typed_ir::Rule& rule : context.program.rules)
      if (const auto* sod = std::get_if<typed_ir::Segregation>(&rule)) add(*sod);
    for (const typed_ir::Lift& lift : context.program.lifts)
      if (!lift.within.empty())
        for (const typed_ir::Access* access : accesses_of(context.program.rules[lift.rule])) add({*access}, lift.within_dimension, lift.origin.range);
  }
  const std::map<AttributeId, Range>& of(EntityId resource) const {
    static const std::map<AttributeId, Range> none;
    const auto found = used_.find(resource);
    return found == used_.end() ? none : found->second;
  }

 private:
  void add(const typed_ir::Segregation& rule) {
    std::vector<EnumId> joined = rule.same;
    if (rule.across.valid()) joined.push_back(rule.across);
    for (const typed_ir::Side& side : rule.sides)
      for (const typed_ir::SideElement& element : side.elements) {
        for (const EnumId dimension : joined) add(element.accesses, dimension, rule.info.origin.range);
        if (!side.within.empty()) add(element.accesses, EnumId{side.within.front().type}, rule.info.origin.range);
      }
  }
  void add(const std::vector<typed_ir::Access>& accesses, EnumId dimension, Range by) {
    for (const typed_ir::Access& access : accesses)
      for (const ActionId action : access.actions) {
        const EntityId resource = context_.program.schema.actions[action].resource;
        if (!resource.valid()) continue;
        if (const auto field = context_.program.schema.scope_attribute(resource, dimension)) used_[resource].emplace(*field, by);
      }
  }

  const Context& context_;
  std::map<EntityId, std::map<AttributeId, Range>> used_;
};

/// Two fields of nested dimensions, where one confines a role or a rule and the other another: decisions 0023 and 0029.
void warn_of_untied_places(Context& context) {
  const PlacesUsed used(context);
  for (const EntityId resource : context.schema().entities.ids()) {
    const auto& fields = used.of(resource);
    for (const auto& [fine, by_fine] : fields)
      for (const auto& [coarse, by_coarse] : fields) {
        const typed_ir::Attribute& f = context.schema().attributes[fine];
        const typed_ir::Attribute& c = context.schema().attributes[coarse];
        if (f.type.enumeration == c.type.enumeration || !context.schema().rolls_up(f.type.enumeration, c.type.enumeration)) continue;
        context.report(Code::untied_places, f.origin.range, {context.schema().entities[resource].local, f.name, c.name})
            .with_label(by_fine, fmt::format("goes by `{}`", f.name))
            .with_label(by_coarse, fmt::format("goes by `{}`", c.name))
            .with_note(fmt::format("carry `{0}` alone: whatever is coarser is rolled up from it, so that `{1}` is never another one", f.name, c.name));
      }
  }
}

std::size_t nodes_of(const Context& context, const std::set<CondId>& roots) {
  std::unordered_set<CondId> conds;
  std::unordered_set<TermId> terms;
  for (const CondId root : roots) {
    for (const CondId c : conds_of(context.program.conditions, root)) conds.insert(c);
    for (const TermId t : terms_of(context.program.conditions, root)) terms.insert(t);
  }
  return conds.size() + terms.size();
}

void check_bounds(Context& context) {
  if (context.conditions().cond_count() + context.conditions().term_count() <= kNodesPerAction) return;
  std::map<ActionId, std::set<CondId>> roots;
  std::set<CondId> everywhere;
  const auto add = [&](const typed_ir::Access& access) {
    if (access.everything) everywhere.insert(access.where);
    for (const ActionId action : access.actions) roots[action].insert(access.where);
  };
  for (const typed_ir::Rule& rule : context.program.rules)
    for (const typed_ir::Access* access : accesses_of(rule)) add(*access);
  for (const typed_ir::Role& role : context.program.roles)
    for (const typed_ir::GrantLine& line : role.may)
      for (const typed_ir::Access& access : line.accesses) add(access);
  for (auto& [action, conds] : roots) {
    conds.insert(everywhere.begin(), everywhere.end());
    const std::size_t nodes = nodes_of(context, conds);
    const typed_ir::Action& a = context.schema().actions[action];
    if (nodes > kNodesPerAction) context.report(Code::action_asks_too_much, a.origin.range, {a.name, std::to_string(nodes), std::to_string(kNodesPerAction)});
  }
}

}  // namespace

void warn(Context& context) {
  warn_of_stale_facts(context);
  warn_of_unscoped_grants(context);
  warn_of_untied_places(context);
  check_bounds(context);
}

}  // namespace writ::check
