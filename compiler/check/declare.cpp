// Modules, the symbol table, and placeholders in the program's stores (see names.h).
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "compiler/check/names.h"
#include "compiler/check/zones.h"
#include "compiler/support/nearest.h"
#include "compiler/support/overloaded.h"

namespace writ::check {
namespace {


// ---- modules

void add_module(Context& context, const ast::File& file) {
  const std::string& name = file.header.name.text;
  if (const auto known = context.module_by_name.find(name); known != context.module_by_name.end()) {
    const ast::File& first = *context.modules[known->second].file;
    context.report(Code::module_twice, file.header.name.range, {name}).with_label(first.header.name.range, "first here");
    return;
  }
  Module module;
  module.name = name;
  module.file = &file;
  context.module_by_name.emplace(name, context.modules.add(std::move(module)));
}

ModuleId longest_prefix(const Context& context, std::string_view name) {
  for (auto dot = name.rfind('.'); dot != std::string_view::npos; dot = name.substr(0, dot).rfind('.')) {
    const auto found = context.module_by_name.find(std::string(name.substr(0, dot)));
    if (found != context.module_by_name.end()) return found->second;
  }
  return {};
}

void check_zone(Context& context, Module& module) {
  const auto& zone = module.file->header.zone;
  if (!zone) return;
  module.zone_range = zone->range;
  if (zone_exists(zone->text)) {
    module.zone = zone->text;
    return;
  }
  module.zone_reported = true;
  auto& message = context.report(Code::unknown_zone, zone->range, {zone->text});
  if (const auto near = support::nearest_name(zone->text, zone_names()))
    message.with_fix(fmt::format("write \"{}\"", *near), {{zone->range, fmt::format("\"{}\"", *near)}});
}

/// Ancestors are shorter, so going by length of the name meets each after its parent.
void inherit(Context& context) {
  std::vector<ModuleId> order = context.modules.ids();
  std::stable_sort(order.begin(), order.end(),
                   [&](ModuleId a, ModuleId b) { return context.modules[a].name.size() < context.modules[b].name.size(); });
  for (const ModuleId id : order) {
    Module& module = context.modules[id];
    module.parent = longest_prefix(context, module.name);
    check_zone(context, module);
    if (module.file->header.owner) {
      module.owner = &*module.file->header.owner;
      module.owner_site = Site{module.file, id, false};
    }
    if (!module.parent) continue;
    const Module& parent = context.modules[module.parent];
    if (!module.file->header.zone) {
      module.zone = parent.zone;
      module.zone_reported = parent.zone_reported;
    }
    if (!module.owner) {
      module.owner = parent.owner;
      module.owner_site = parent.owner_site;
    }
  }
}

void set_root(Context& context) {
  const Module* root = nullptr;
  for (const Module& module : context.modules) {
    const bool nearer = !root || module.name.size() < root->name.size() ||
                        (module.name.size() == root->name.size() && module.name < root->name);
    if (nearer && !module.file->header.facts && !is_package(module.name)) root = &module;
  }
  if (root) context.program.root_module = root->name;
}

void declare_modules(Context& context, const Input& input) {
  std::vector<const ast::File*> files = input.files;
  std::stable_sort(files.begin(), files.end(),
                   [](const ast::File* a, const ast::File* b) { return a->header.name.text < b->header.name.text; });
  for (const ast::File* file : files) add_module(context, *file);
  inherit(context);
  set_root(context);
}

// ---- statements

struct Removal {
  std::set<std::string, std::less<>> names;
  std::set<std::string, std::less<>> used;

  bool covers(const std::string& local, const std::string& full) {
    const bool hit_local = names.count(local) > 0, hit_full = names.count(full) > 0;
    if (hit_local) used.insert(local);
    if (hit_full) used.insert(full);
    return hit_local || hit_full;
  }
};

void collect_items(Context& context, Site site, const std::vector<ast::Item>& items, Removal& removal) {
  for (const ast::Item& item : items) {
    const std::string local = ast::name_of(item).text;
    if (!local.empty() && removal.covers(local, qualified(context, site, local))) continue;
    context.places.push_back({&item, site});
  }
}

void collect(Context& context, const Input& input) {
  Removal removal;
  for (const ast::Name& name : input.without) removal.names.insert(name.text);
  std::vector<const ast::File*> files = input.files;
  std::stable_sort(files.begin(), files.end(),
                   [](const ast::File* a, const ast::File* b) { return a->header.name.text < b->header.name.text; });
  for (const ast::File* file : files) {
    const Site site{file, context.module_by_name.at(file->header.name.text), false};
    collect_items(context, site, file->items, removal);
  }
  for (const ast::Name& name : input.without)
    if (!removal.used.count(name.text)) context.report(Code::unknown_name, name.range, {name.text, "a statement of the policy"});
  if (!input.test_file) return;
  const Site site{input.test_file, context.module_by_name.at(input.test_file->header.name.text), true};
  Removal nothing;
  for (const auto* added : input.added) collect_items(context, site, *added, nothing);
}

std::optional<SymbolKind> kind_of(const ast::Item& item) {
  using Kind = std::optional<SymbolKind>;
  return std::visit(
      support::Overloaded{
          [](const ast::System&) -> Kind { return SymbolKind::System; }, [](const ast::EnumDecl&) -> Kind { return SymbolKind::Enum; },
          [](const ast::Dimension&) -> Kind { return SymbolKind::Enum; },
          [](const ast::PrincipalDecl&) -> Kind { return SymbolKind::Entity; },
          [](const ast::ContextDecl&) -> Kind { return {}; }, [](const ast::ResourceDecl&) -> Kind { return SymbolKind::Entity; },
          [](const ast::ActionDecl&) -> Kind { return SymbolKind::Action; },
          [](const ast::Duty& d) -> Kind { return d.extends ? Kind{} : SymbolKind::Duty; },
          [](const ast::Predicate&) -> Kind { return SymbolKind::Predicate; },
          [](const ast::Threshold&) -> Kind { return SymbolKind::Threshold; },
          [](const ast::Calendar&) -> Kind { return SymbolKind::Calendar; },
          [](const ast::Staffing&) -> Kind { return SymbolKind::Staffing; }, [](const ast::NativeMap&) -> Kind { return {}; },
          [](const ast::Role&) -> Kind { return SymbolKind::Role; }, [](const ast::Approval&) -> Kind { return SymbolKind::Approval; },
          [](const ast::Require&) -> Kind { return SymbolKind::Rule; }, [](const ast::Never&) -> Kind { return SymbolKind::Rule; },
          [](const ast::Forbid&) -> Kind { return SymbolKind::Rule; }, [](const ast::Sod&) -> Kind { return SymbolKind::Rule; },
          [](const ast::Terms&) -> Kind { return SymbolKind::Terms; }, [](const ast::Limits&) -> Kind { return {}; },
          [](const ast::Control&) -> Kind { return SymbolKind::Control; }, [](const ast::Lift&) -> Kind { return SymbolKind::Lift; },
          [](const ast::Emergency&) -> Kind { return SymbolKind::Emergency; },
          [](const ast::Overlay&) -> Kind { return SymbolKind::Overlay; }, [](const ast::Adopt&) -> Kind { return {}; },
          [](const ast::Flow&) -> Kind { return SymbolKind::Flow; }, [](const ast::Process&) -> Kind { return SymbolKind::Process; },
          [](const ast::Assert&) -> Kind { return SymbolKind::Claim; }, [](const ast::Given&) -> Kind { return {}; },
          [](const ast::Test&) -> Kind { return {}; }, [](const std::monostate&) -> Kind { return {}; }},
      item.statement);
}

/// Types and systems on one side, everything else on the other; actions are one namespace for the whole policy, since a request names
/// them as written.
std::string namespace_key(const Symbol& symbol) {
  switch (symbol.kind) {
    case SymbolKind::System:
    case SymbolKind::Enum:
    case SymbolKind::Entity: return "type " + symbol.name;
    case SymbolKind::Action: return "action " + symbol.local;
    default: return "name " + symbol.name;
  }
}

std::vector<Symbol> symbols_of(const Context& context) {
  std::vector<Symbol> all;
  for (const Place& place : context.places) {
    const auto kind = kind_of(*place.item);
    if (!kind) continue;
    const auto add = [&](const ast::Name& name) {
      Symbol symbol;
      symbol.kind = *kind;
      symbol.local = name.text;
      symbol.name = qualified(context, place.site, name.text);
      symbol.written = name;
      symbol.place = place;
      if (!name.text.empty()) all.push_back(std::move(symbol));
    };
    if (const auto* actions = std::get_if<ast::ActionDecl>(&place.item->statement)) {
      for (const ast::Name& name : actions->names) add(name);
    } else {
      add(ast::name_of(*place.item));
    }
  }
  return all;
}

void add_symbols(Context& context) {
  std::vector<Symbol> all = symbols_of(context);
  std::stable_sort(all.begin(), all.end(), [](const Symbol& a, const Symbol& b) {
    return std::tie(a.name, a.kind, a.written.range) < std::tie(b.name, b.kind, b.written.range);
  });
  std::unordered_map<std::string, SymbolId> first;
  for (Symbol& symbol : all) {
    const std::string key = namespace_key(symbol);
    if (const auto known = first.find(key); known != first.end()) {
      context.report(Code::defined_twice, symbol.written.range, {symbol.local})
          .with_label(context.symbols[known->second].written.range, "first here");
      continue;
    }
    const std::string name = symbol.name, local = symbol.local;
    const SymbolId id = context.symbols.add(std::move(symbol));
    first.emplace(key, id);
    context.by_name[name].push_back(id);
    if (local != name) context.by_name[local].push_back(id);
  }
}

// ---- ids

typed_ir::EntityKind entity_kind(const ast::Item& item) {
  const auto* principal = std::get_if<ast::PrincipalDecl>(&item.statement);
  if (!principal) return typed_ir::EntityKind::Resource;
  switch (principal->kind) {
    case ast::PrincipalKind::Human: return typed_ir::EntityKind::Human;
    case ast::PrincipalKind::Workload: return typed_ir::EntityKind::Workload;
    case ast::PrincipalKind::Agent: return typed_ir::EntityKind::Agent;
  }
  return typed_ir::EntityKind::Resource;
}

template <class Named>
Named named(const Symbol& symbol) {
  Named value;
  value.name = symbol.name;
  if constexpr (requires { value.local; }) value.local = symbol.local;
  value.origin = {symbol.name, symbol.written.range};
  return value;
}

typed_ir::Rule empty_rule(const Symbol& symbol) {
  const auto with_info = [&](auto rule) -> typed_ir::Rule {
    rule.info = named<typed_ir::RuleInfo>(symbol);
    return rule;
  };
  const ast::Statement& statement = symbol.place.item->statement;
  if (std::holds_alternative<ast::Require>(statement)) return with_info(typed_ir::Requirement{});
  if (std::holds_alternative<ast::Sod>(statement)) return with_info(typed_ir::Segregation{});
  return with_info(typed_ir::Prohibition{});
}

void give_id(Context& context, SymbolId id) {
  Symbol& symbol = context.symbols[id];
  typed_ir::Program& program = context.program;
  switch (symbol.kind) {
    case SymbolKind::System:
      symbol.index = static_cast<std::uint32_t>(program.schema.systems.size());
      program.schema.systems.push_back({});
      program.schema.systems.back().name = symbol.local;
      program.schema.systems.back().origin = {symbol.name, symbol.written.range};
      break;
    case SymbolKind::Enum: symbol.index = program.schema.enums.add(named<typed_ir::Enum>(symbol)).index; break;
    case SymbolKind::Entity: {
      auto entity = named<typed_ir::Entity>(symbol);
      entity.kind = entity_kind(*symbol.place.item);
      symbol.index = program.schema.entities.add(std::move(entity)).index;
      break;
    }
    case SymbolKind::Action: {
      typed_ir::Action action;
      action.name = symbol.local;
      action.module = context.modules[symbol.place.site.module].name;
      action.origin = {symbol.name, symbol.written.range};
      symbol.index = program.schema.actions.add(std::move(action)).index;
      context.of_action.push_back(id);
      break;
    }
    case SymbolKind::Threshold:
      symbol.index = static_cast<std::uint32_t>(context.thresholds.size());
      context.thresholds.emplace_back();
      break;
    case SymbolKind::Role:
      symbol.index = program.roles.add(named<typed_ir::Role>(symbol)).index;
      context.of_role.push_back(id);
      break;
    case SymbolKind::Approval:
      symbol.index = program.chains.add(named<typed_ir::Chain>(symbol)).index;
      context.of_chain.push_back(id);
      break;
    case SymbolKind::Rule:
      symbol.index = program.rules.add(empty_rule(symbol)).index;
      context.of_rule.push_back(id);
      break;
    case SymbolKind::Control:
      symbol.index = program.controls.add(named<typed_ir::Control>(symbol)).index;
      context.of_control.push_back(id);
      break;
    case SymbolKind::Duty:
    case SymbolKind::Predicate:
    case SymbolKind::Calendar:
    case SymbolKind::Terms:
    case SymbolKind::Lift:
    case SymbolKind::Emergency:
    case SymbolKind::Flow:
    case SymbolKind::Overlay:
    case SymbolKind::Process:
    case SymbolKind::Staffing:
    case SymbolKind::Claim: break;
  }
}

}  // namespace

void declare(Context& context, const Input& input) {
  declare_modules(context, input);
  collect(context, input);
  add_symbols(context);
  for (const SymbolId id : context.symbols.ids()) give_id(context, id);
  typed_ir::Entity request;
  request.name = request.local = "context";
  request.kind = typed_ir::EntityKind::Context;
  context.schema().context = context.schema().entities.add(std::move(request));
}

}  // namespace writ::check
