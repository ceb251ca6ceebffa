// sod and sensitive: sides, meeting places, points (semantics.md 6). Objects and their keys: keys.cpp.
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "compiler/check/accesses.h"
#include "compiler/check/keys.h"
#include "compiler/check/names.h"
#include "compiler/check/roles.h"
#include "compiler/check/rules.h"
#include "compiler/check/systems.h"

namespace writ::check {
namespace {

using typed_ir::Segregation;
using Form = ast::Sod::Form;

std::string side_text(const ast::Side& side) {
  std::string text;
  for (const ast::Accesses& accesses : side.accesses) text += (text.empty() ? "" : ", ") + accesses_text(accesses);
  switch (side.kind) {
    case ast::Side::Kind::AnyOf: return text;
    case ast::Side::Kind::AllOf: return fmt::format("all of {{ {} }}", text);
    case ast::Side::Kind::AtLeast: return fmt::format("{} of {{ {} }}", side.count ? side.count->value : 0, text);
  }
  return text;
}

/// `2 of { … }` counts distinct actions: each becomes an element.
std::vector<typed_ir::SideElement> per_action(const Context& context, const typed_ir::SideElement& element) {
  if (element.accesses.empty()) return {element};
  std::map<ActionId, typed_ir::SideElement> split;
  for (const typed_ir::Access& access : element.accesses) {
    for (const ActionId action : access.actions) {
      typed_ir::SideElement& one = split[action];
      one.text = context.program.schema.actions[action].name;
      one.accesses.push_back(access);
      one.accesses.back().actions = {action};
    }
  }
  std::vector<typed_ir::SideElement> result;
  for (auto& [action, one] : split) result.push_back(std::move(one));
  return result;
}

/// A duty of several roles, as one of `all of`: any of them will do.
typed_ir::SideElement any_of(const std::vector<typed_ir::SideElement>& elements, const ast::Accesses& accesses) {
  typed_ir::SideElement all;
  all.text = accesses_text(accesses);
  for (const typed_ir::SideElement& one : elements) {
    all.accesses.insert(all.accesses.end(), one.accesses.begin(), one.accesses.end());
    all.roles.insert(all.roles.end(), one.roles.begin(), one.roles.end());
  }
  return all;
}

class SodChecker {
 public:
  SodChecker(Context& context, const Symbol& symbol)
      : context_(context), symbol_(symbol), site_(symbol.place.site), written_(std::get<ast::Sod>(symbol.place.item->statement)) {
    scope_.use = AccessUse::Side;
    scope_.statement = symbol.name;
    scope_.head = symbol.place.item->head;
  }

  Segregation check() {
    rule_.info = check_rule_info(context_, symbol_, written_.head, written_.lines);
    rule_.sensitive = written_.sensitive;
    bool good = shape();
    for (const ast::Side& side : written_.sides) good = add_side(side) && good;
    if (good) related_roles();
    counts();
    join();
    points();
    if (good) objects();
    return std::move(rule_);
  }

 private:
  bool shape() {
    const bool nobody = written_.form == Form::NobodyHolds;
    if (written_.sides.empty()) {
      context_.report(Code::missing_sides, symbol_.written.range, {symbol_.local});
      return false;
    }
    if (nobody != written_.sensitive) {
      context_.report(Code::sensitive_is_one_sided, symbol_.written.range, {symbol_.local});
      return false;
    }
    if (written_.form == Form::Separate && written_.sides.size() != 2) {
      context_.report(Code::missing_sides, symbol_.written.range, {symbol_.local});
      return false;
    }
    return true;
  }

  bool add_side(const ast::Side& written) {
    typed_ir::Side side;
    side.text = side_text(written);
    side.kind = written.kind == ast::Side::Kind::AnyOf   ? typed_ir::Side::Kind::AnyOf
                : written.kind == ast::Side::Kind::AllOf ? typed_ir::Side::Kind::AllOf
                                                         : typed_ir::Side::Kind::AtLeast;
    if (written.accesses.empty()) {
      context_.report(Code::empty_side, written.range);
      return false;
    }
    bool good = true;
    for (const ast::Accesses& accesses : written.accesses) {
      const auto elements = check_side_elements(context_, site_, scope_, accesses);
      if (!elements) good = false;
      else good = add_elements(written, accesses, *elements, side) && good;
    }
    if (!good) return false;
    if (side.elements.empty()) {
      context_.report(Code::empty_side, written.range);
      return false;
    }
    if (written.kind == ast::Side::Kind::AtLeast && !set_count(written, side)) return false;
    if (!cut(written, side)) return false;
    rule_.sides.push_back(std::move(side));
    return true;
  }

  bool add_elements(const ast::Side& written, const ast::Accesses& accesses, const std::vector<typed_ir::SideElement>& elements,
                    typed_ir::Side& side) {
    if (written.kind == ast::Side::Kind::AllOf) {
      side.elements.push_back(any_of(elements, accesses));
      return true;
    }
    for (const typed_ir::SideElement& element : elements) {
      if (written.kind != ast::Side::Kind::AtLeast) {
        side.elements.push_back(element);
        continue;
      }
      const bool everything = std::any_of(element.accesses.begin(), element.accesses.end(), [](const auto& a) { return a.everything; });
      if (everything) {
        context_.report(Code::count_needs_actions, accesses.range);
        return false;
      }
      for (typed_ir::SideElement& one : per_action(context_, element)) side.elements.push_back(std::move(one));
    }
    return true;
  }

  bool set_count(const ast::Side& written, typed_ir::Side& side) {
    const std::int64_t count = written.count ? written.count->value : 0;
    const Range range = written.count ? written.count->range : written.range;
    if (count < 1) {
      context_.report(Code::zero_of, range, {"0 of"});
      return false;
    }
    if (count > static_cast<std::int64_t>(side.elements.size())) {
      context_.report(Code::count_out_of_reach, range, {std::to_string(count), std::to_string(side.elements.size())});
      return false;
    }
    side.count = static_cast<std::uint32_t>(count);
    return true;
  }

  bool cut(const ast::Side& written, typed_ir::Side& side) {
    for (const ast::Name& name : written.within) {
      const EnumId expected = side.within.empty() ? EnumId{} : EnumId{side.within.front().type};
      const auto value = resolve_dimension_value(context_, site_, name, expected);
      if (!value) return false;
      side.within.push_back(*value);
    }
    std::sort(side.within.begin(), side.within.end());
    return true;
  }

  void counts() {
    const std::int64_t sides = static_cast<std::int64_t>(written_.sides.size());
    const std::int64_t count = written_.count ? written_.count->value : 0;
    switch (written_.form) {
      case Form::Separate: rule_.count = 2; return;
      case Form::NobodyHolds: rule_.count = 1; return;
      case Form::AtMost:
        if (count < 1) context_.report(Code::zero_of, written_.count->range, {"at most 0 of"});
        else if (count >= sides) context_.report(Code::count_out_of_reach, written_.count->range, {std::to_string(count + 1), std::to_string(sides)});
        rule_.count = static_cast<std::uint32_t>(count + 1);
        return;
      case Form::AtLeastPeople:
        rule_.form = Segregation::Form::People;
        if (count < 2) context_.report(Code::one_person_is_no_rule, written_.count->range);
        else if (count > sides) context_.report(Code::count_out_of_reach, written_.count->range, {std::to_string(count), std::to_string(sides)});
        rule_.count = static_cast<std::uint32_t>(count);
        return;
    }
  }

  void related_roles() {
    std::set<RoleId> named;
    for (const typed_ir::Side& side : rule_.sides)
      for (const typed_ir::SideElement& element : side.elements)
        for (const typed_ir::RoleUse& use : element.roles) named.insert(use.role);
    for (const RoleId role : named) {
      for (const RoleId above : ancestors(context_, role)) {
        if (above == role || !named.count(above)) continue;
        const Symbol& child = context_.symbols[context_.of_role[role.index]];
        const Symbol& parent = context_.symbols[context_.of_role[above.index]];
        context_.report(Code::role_and_ancestor, symbol_.written.range, {child.local, parent.local})
            .with_label(child.written.range, "this role")
            .with_label(parent.written.range, "extends this one");
      }
    }
  }

  void join() {
    for (const ast::Name& name : written_.within_same) {
      const EnumId dimension = resolve_joined(context_, site_, name);
      if (!dimension.valid()) continue;
      rule_.same.push_back(dimension);
      check_scopes(name, dimension);
    }
    std::sort(rule_.same.begin(), rule_.same.end());
    rule_.same.erase(std::unique(rule_.same.begin(), rule_.same.end()), rule_.same.end());
    if (!written_.across) return;
    rule_.across = resolve_joined(context_, site_, *written_.across);
    if (rule_.across.valid()) check_scopes(*written_.across, rule_.across);
    if (written_.sides.size() != 2) context_.report(Code::across_two_sides, written_.across->range);
  }

  void check_scopes(const ast::Name& name, EnumId dimension) {
    std::set<EntityId> seen;
    for (const typed_ir::Side& side : rule_.sides)
      for (const typed_ir::SideElement& element : side.elements)
        for (const typed_ir::Access& access : element.accesses)
          for (const ActionId action : access.actions)
            if (seen.insert(context_.schema().actions[action].resource).second)
              check_scope_field(context_, context_.schema().actions[action], dimension, name.range);
  }

  void points() {
    for (const ast::PointAt& point : written_.points) {
      if (point.point == ast::Point::Assignment) rule_.at_assignment = true;
      if (point.point == ast::Point::Use) rule_.at_use = true;
      if (point.point == ast::Point::Activation) context_.unsupported(scope_.head, "at activation");
    }
    if (written_.points.empty() && written_.objects.empty()) rule_.at_assignment = true;
  }

  void objects() {
    if (written_.sensitive && !written_.objects.empty()) {
      context_.report(Code::sensitive_has_no_object, written_.objects.front().range);
      return;
    }
    for (const ast::ObjectBinding& binding : written_.objects)
      for (const ast::Name& type : binding.types)
        if (auto checked = check_object_binding(context_, symbol_, rule_, binding, type)) rule_.objects.push_back(std::move(*checked));
    std::sort(rule_.objects.begin(), rule_.objects.end(), [](const auto& a, const auto& b) { return a.key < b.key; });
    for (std::size_t i = 1; i < rule_.objects.size(); ++i)
      if (rule_.objects[i].key == rule_.objects[i - 1].key)
        context_.report(Code::said_twice, rule_.objects[i].origin.range, {"on same " + context_.schema().entities[rule_.objects[i].key].local});
  }

  Context& context_;
  const Symbol& symbol_;
  Site site_;
  const ast::Sod& written_;
  AccessScope scope_;
  Segregation rule_;
};

}  // namespace

void check_scope_field(Context& context, const typed_ir::Action& action, EnumId dimension, Range range) {
  const std::string& local = context.schema().enums[dimension].local;
  if (!action.resource.valid()) {
    context.report(Code::no_dimension, range, {action.name, local}).with_label(action.origin.range, "acts on nothing that has a place");
    return;
  }
  const typed_ir::Entity& entity = context.schema().entities[action.resource];
  const auto candidates = context.schema().scope_candidates(action.resource, dimension);
  if (candidates.empty()) {
    context.report(Code::no_dimension, range, {entity.local, local})
        .with_label(entity.origin.range, "declared here")
        .with_note("its scope is unknown, so it overlaps every value");
  }
  if (candidates.size() < 2) return;
  auto& message = context.report(Code::two_scopes, range, {entity.local, local});
  for (const AttributeId id : candidates) message.with_label(context.schema().attributes[id].origin.range, "could be it");
}

void check_segregation(Context& context) {
  for (const SymbolId id : context.of_rule) {
    const Symbol symbol = context.symbols[id];
    if (!std::holds_alternative<ast::Sod>(symbol.place.item->statement)) continue;
    Segregation rule = SodChecker(context, symbol).check();
    context.program.rules[symbol.rule()] = std::move(rule);
  }
}

}  // namespace writ::check
