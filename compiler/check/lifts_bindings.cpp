// Which instances a lift selects: without binding lines the standing ones, else those it names (semantics.md 6.9).
#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compiler/check/conditions.h"
#include "compiler/check/lifts.h"
#include "compiler/check/names.h"
#include "compiler/support/overloaded.h"

namespace writ::check {
namespace {

using typed_ir::Access;
using typed_ir::Segregation;

const Segregation* segregation(const Context& context, const LiftSite& at) {
  return std::get_if<Segregation>(&context.program.rules[at.lift.rule]);
}

bool binds_object(const Segregation& rule, EntityId key) {
  return std::any_of(rule.objects.begin(), rule.objects.end(), [&](const auto& binding) { return binding.key == key; });
}

std::string bindings_text(const Context& context, const LiftSite& at) {
  const Segregation* rule = segregation(context, at);
  if (!rule) return "it restricts single acts and has no bindings";
  std::vector<std::string> all;
  if (rule->at_assignment) all.push_back("`at assignment`");
  if (rule->at_use) all.push_back("`at use`");
  for (const auto& binding : rule->objects) all.push_back(fmt::format("`on same {}`", context.program.schema.entities[binding.key].local));
  return fmt::format("it is bound {}", fmt::join(all, ", "));
}

bool report_no_binding(Context& context, const LiftSite& at, Range range, const std::string& binding) {
  auto& message = context.report(Code::no_such_binding, range, {at.rule.text, binding});
  message.with_note(bindings_text(context, at));
  const typed_ir::Origin& origin = typed_ir::info(context.program.rules[at.lift.rule]).origin;
  if (origin.range.valid()) message.with_label(origin.range, "the rule");
  return false;
}

bool select_points(Context& context, LiftSite& at) {
  const Segregation* rule = segregation(context, at);
  bool good = true;
  if (!at.written->points.empty()) at.lift.at_assignment = at.lift.at_use = false;
  for (const ast::PointAt& point : at.written->points) {
    if (point.point == ast::Point::Activation) {
      context.report(Code::not_supported_yet, point.range, {"at activation"});
      good = false;
      continue;
    }
    const bool assignment = point.point == ast::Point::Assignment;
    if (!rule || !(assignment ? rule->at_assignment : rule->at_use))
      good = report_no_binding(context, at, point.range, assignment ? "at assignment" : "at use");
    (assignment ? at.lift.at_assignment : at.lift.at_use) = true;
  }
  return good;
}

bool select_same(Context& context, LiftSite& at) {
  const Segregation* rule = segregation(context, at);
  bool good = true;
  for (const ast::Name& name : at.written->same) {
    const EntityId key = resolve_resource(context, at.symbol->place.site, name);
    if (!key.valid()) good = false;
    else if (!rule || !binds_object(*rule, key)) good = report_no_binding(context, at, name.range, "on same " + name.text);
    else at.lift.same.push_back(key);
  }
  return good;
}

std::vector<EntityId> resources_of(const Context& context, const std::vector<Access>& accesses) {
  std::vector<EntityId> all;
  for (const Access& access : accesses)
    for (const ActionId action : access.actions)
      if (const EntityId resource = context.program.schema.actions[action].resource; resource.valid()) all.push_back(resource);
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

/// The resource types that instances of the rule see; empty for a rule with standing bindings only, or on `everything`.
std::vector<EntityId> seen_by(const Context& context, const typed_ir::Rule& rule) {
  return std::visit(support::Overloaded{[&](const typed_ir::Requirement& r) { return resources_of(context, r.accesses); },
                                        [&](const typed_ir::Prohibition& r) { return resources_of(context, r.accesses); },
                                        [&](const Segregation& r) {
                                          std::vector<EntityId> keys;
                                          for (const auto& binding : r.objects) keys.push_back(binding.key);
                                          return keys;
                                        }},
                    rule);
}

/// `on Invoice "inv-7"`, `on PaymentRun where …`: of a segregation rule this names the object binding, too.
bool select_object(Context& context, LiftSite& at, const ast::ObjectSelect& written) {
  const Site& site = at.symbol->place.site;
  const EntityId type = resolve_resource(context, site, written.type);
  if (!type.valid()) return false;
  const auto seen = seen_by(context, context.program.rules[at.lift.rule]);
  if (std::find(seen.begin(), seen.end(), type) == seen.end()) return report_no_binding(context, at, written.range, "on " + written.type.text);
  if (at.lift.object_type.valid() && at.lift.object_type != type) {
    context.report(Code::one_object_type, written.range, {at.symbol->local});
    return false;
  }
  at.lift.object_type = type;
  for (const ast::Text& id : written.ids) at.lift.object_ids.push_back(id.text);
  std::sort(at.lift.object_ids.begin(), at.lift.object_ids.end());
  ConditionScope scope;
  scope.resource = type;
  scope.context = false;
  scope.where = "a lift's `where`";
  const auto where = check_optional_condition(context, site, scope, written.where);
  if (!where) return false;
  at.lift.object_where = context.conditions().conjunction({at.lift.object_where, *where});
  if (segregation(context, at) && std::find(at.lift.same.begin(), at.lift.same.end(), type) == at.lift.same.end()) at.lift.same.push_back(type);
  return true;
}

/// Whether the values of `dimension` and the scope of some instance of the rule can be compared.
bool sees_dimension(const Context& context, const LiftSite& at, EnumId dimension) {
  const typed_ir::Schema& schema = context.program.schema;
  const auto comparable = [&](EnumId d) { return schema.rolls_up(d, dimension) || schema.rolls_up(dimension, d); };
  const auto scoped = [&](EntityId resource) {
    const auto& fields = schema.entities[resource].attributes;
    return std::any_of(fields.begin(), fields.end(), [&](AttributeId id) {
      const Type& type = schema.attributes[id].type;
      return type.scalar == Scalar::Enum && comparable(type.enumeration);
    });
  };
  const typed_ir::Rule& rule = context.program.rules[at.lift.rule];
  if (const Segregation* sod = segregation(context, at); sod && at.lift.standing()) {
    if (sod->same.empty() && !sod->across.valid()) return true;
    if (std::any_of(sod->same.begin(), sod->same.end(), comparable)) return true;
    if (sod->across.valid() && comparable(sod->across)) return true;
  }
  const auto seen = seen_by(context, rule);
  return (seen.empty() && !segregation(context, at)) || std::any_of(seen.begin(), seen.end(), scoped);
}

bool select_values(Context& context, LiftSite& at) {
  for (const ast::Name& name : at.written->within) {
    const auto value = resolve_dimension_value(context, at.symbol->place.site, name, at.lift.within_dimension);
    if (!value) return false;
    at.lift.within_dimension = EnumId{value->type};
    at.lift.within.push_back(*value);
  }
  std::sort(at.lift.within.begin(), at.lift.within.end());
  at.lift.within.erase(std::unique(at.lift.within.begin(), at.lift.within.end()), at.lift.within.end());
  if (at.lift.within.empty() || sees_dimension(context, at, at.lift.within_dimension)) return true;
  return report_no_binding(context, at, at.written->within.front().range, "within " + at.written->within.front().text);
}

/// Without binding lines: the standing bindings, of which there must be one.
bool select_standing(Context& context, LiftSite& at) {
  const bool unnamed = at.written->points.empty() && at.lift.same.empty();
  if (at.written->points.empty()) at.lift.at_assignment = at.lift.at_use = unnamed;
  const Segregation* rule = segregation(context, at);
  if (!unnamed || !rule || rule->at_assignment || rule->at_use) return true;
  report_no_binding(context, at, at.rule.range, "at assignment");
  return false;
}

}  // namespace

bool select_instances(Context& context, LiftSite& at) {
  at.lift.object_where = context.conditions().truth();
  bool good = select_points(context, at) & select_same(context, at);
  for (const ast::ObjectSelect& object : at.written->objects) good &= select_object(context, at, object);
  std::sort(at.lift.same.begin(), at.lift.same.end());
  return good && select_standing(context, at) && select_values(context, at);
}

}  // namespace writ::check
