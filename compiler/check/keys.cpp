#include "compiler/check/keys.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "compiler/check/conditions.h"
#include "compiler/check/names.h"
#include "compiler/check/types.h"

namespace writ::check {
namespace {

class KeyFinder {
 public:
  KeyFinder(Context& context, const Site& site, EntityId key) : context_(context), site_(site), key_(key) {}

  bool written(const std::vector<ast::KeyPath>& paths, const std::set<ActionId>& actions) {
    bool good = true;
    for (const ast::KeyPath& path : paths) good = one(path, actions) && good;
    return good;
  }

  /// The resource itself, the path given, or its only attribute of the type. True unless two could be meant.
  bool find(ActionId id, Range range) {
    if (keys.count(id)) return true;
    const typed_ir::Action action = context_.schema().actions[id];
    if (!action.resource.valid()) return true;
    const TermId resource = context_.conditions().root(typed_ir::Root::Resource, ref_to(action.resource));
    if (action.resource == key_) {
      keys.emplace(id, resource);
      return true;
    }
    std::vector<AttributeId> found;
    for (const AttributeId attribute : context_.schema().entities[action.resource].attributes) {
      const Type& type = context_.schema().attributes[attribute].type;
      if (type.scalar == Scalar::Ref && type.entity == key_) found.push_back(attribute);
    }
    if (found.size() > 1) return two(action, found, range);
    if (found.size() == 1) {
      const Type type = context_.schema().attributes[found.front()].type;
      keys.emplace(id, context_.conditions().attribute(resource, found.front(), type));
    }
    return true;
  }

  std::map<ActionId, TermId> keys;

 private:
  bool two(const typed_ir::Action& action, const std::vector<AttributeId>& found, Range range) {
    const std::string& key = context_.schema().entities[key_].local;
    auto& message = context_.report(Code::ambiguous_key, range, {action.name, key});
    for (const AttributeId id : found) message.with_label(context_.schema().attributes[id].origin.range, "could be it");
    message.with_note(fmt::format("say which: `on same {} {{ {} by resource.{} }}`", key, action.name,
                                  context_.schema().attributes[found.front()].name));
    return false;
  }

  bool one(const ast::KeyPath& path, const std::set<ActionId>& actions) {
    const Symbol* symbol = resolve(context_, site_, path.action, Kinds::of(SymbolKind::Action), "an action");
    if (!symbol) return false;
    const ActionId id = symbol->action();
    if (!actions.count(id)) {
      context_.report(Code::key_of_other_action, path.action.range, {path.action.text});
      return false;
    }
    ConditionScope scope;
    scope.resource = context_.schema().actions[id].resource;
    scope.context = false;
    scope.where = "a key path";
    const auto term = check_path(context_, site_, scope, path.path);
    if (!term) return false;
    const Type type = context_.conditions().term(*term).type;
    if (type.scalar == Scalar::Ref && type.entity == key_) {
      keys.emplace(id, *term);
      return true;
    }
    context_.report(Code::wrong_type, source::join(path.path.front().range, path.path.back().range),
                    {type_text(context_, type), context_.schema().entities[key_].local});
    return false;
  }

  Context& context_;
  Site site_;
  EntityId key_;
};

/// The actions of a side; nullopt (reported) if something in it cannot be done to an object.
std::optional<std::set<ActionId>> acts(Context& context, const typed_ir::Side& side, Range range) {
  std::set<ActionId> actions;
  for (const typed_ir::SideElement& element : side.elements) {
    if (!element.roles.empty()) {
      context.report(Code::role_side_on_object, range, {element.text});
      return std::nullopt;
    }
    for (const typed_ir::Access& access : element.accesses) {
      if (access.everything) {
        context.report(Code::count_needs_actions, range);
        return std::nullopt;
      }
      actions.insert(access.actions.begin(), access.actions.end());
    }
  }
  return actions;
}

}  // namespace

std::optional<typed_ir::ObjectBinding> check_object_binding(Context& context, const Symbol& rule, const typed_ir::Segregation& sides,
                                                            const ast::ObjectBinding& written, const ast::Name& type) {
  typed_ir::ObjectBinding binding;
  binding.key = resolve_resource(context, rule.place.site, type);
  binding.over = written.over ? written.over->ms : 0;
  binding.in_order = written.in_order;
  binding.origin = {rule.name, type.range};
  if (!binding.key.valid()) return std::nullopt;
  std::vector<std::set<ActionId>> by_side;
  std::set<ActionId> all;
  for (const typed_ir::Side& side : sides.sides) {
    const auto actions = acts(context, side, type.range);
    if (!actions) return std::nullopt;
    by_side.push_back(*actions);
    all.insert(actions->begin(), actions->end());
  }
  KeyFinder finder(context, rule.place.site, binding.key);
  bool good = finder.written(written.keys, all);
  for (const ActionId action : all) good = finder.find(action, type.range) && good;
  if (!good) return std::nullopt;
  for (std::size_t i = 0; i < by_side.size(); ++i) {
    const bool bound = std::any_of(by_side[i].begin(), by_side[i].end(), [&](ActionId a) { return finder.keys.count(a) > 0; });
    if (bound) continue;
    context.report(Code::side_without_key, type.range, {sides.sides[i].text, type.text});
    return std::nullopt;
  }
  binding.paths = std::move(finder.keys);
  return binding;
}

}  // namespace writ::check
