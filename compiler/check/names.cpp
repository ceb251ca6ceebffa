#include "compiler/check/names.h"

#include <algorithm>

#include <fmt/format.h>

#include "compiler/support/nearest.h"

namespace writ::check {
namespace {

// Past this many errors nobody reads suggestions, and each costs a walk over all names.
constexpr std::size_t kSuggestionBudget = 50;

std::vector<SymbolId> all_named(const Context& context, std::string_view name, Kinds kinds) {
  const auto found = context.by_name.find(std::string(name));
  if (found == context.by_name.end()) return {};
  std::vector<SymbolId> result;
  for (const SymbolId id : found->second)
    if (kinds.has(context.symbols[id].kind)) result.push_back(id);
  return result;
}

bool sees(const Context& context, const Site& site, const Symbol& symbol) {
  const std::string& module = context.modules[symbol.place.site.module].name;
  if (!is_package(module) || symbol.place.site.module == site.module || is_package(context.modules[site.module].name)) return true;
  const auto& uses = context.modules[site.module].file->uses;
  return std::any_of(uses.begin(), uses.end(), [&](const ast::Use& use) { return !use.facts && use.name.text == module; });
}

/// `import std.p2p as buying`: `buying.Invoice` is `std.p2p.Invoice`.
std::string written_out(const Context& context, const Site& site, std::string_view name) {
  const auto dot = name.find('.');
  if (dot == std::string_view::npos) return std::string(name);
  for (const ast::Use& use : context.modules[site.module].file->uses)
    if (use.alias && use.alias->text == name.substr(0, dot)) return use.name.text + std::string(name.substr(dot));
  return std::string(name);
}

std::vector<SymbolId> candidates(const Context& context, const Site& site, std::string_view name, Kinds kinds) {
  std::vector<SymbolId> result = all_named(context, name, kinds);
  if (result.empty()) result = all_named(context, written_out(context, site, name), kinds);
  std::erase_if(result, [&](SymbolId id) { return !sees(context, site, context.symbols[id]); });
  return result;
}

/// The one a bare name means: the one of its own module, else the only one.
std::optional<SymbolId> pick(const Context& context, const Site& site, std::string_view name, const std::vector<SymbolId>& among) {
  if (among.size() == 1) return among.front();
  for (const SymbolId id : among) {
    const Symbol& symbol = context.symbols[id];
    if (symbol.name == name) return id;
  }
  std::optional<SymbolId> own;
  for (const SymbolId id : among)
    if (context.symbols[id].place.site.module == site.module) own = id;
  return own;
}

std::vector<std::string> names_of(const Context& context, const Site& site, Kinds kinds) {
  std::vector<std::string> names;
  for (const Symbol& symbol : context.symbols)
    if (kinds.has(symbol.kind) && sees(context, site, symbol)) names.push_back(symbol.local);
  return names;
}

constexpr Kinds kAll{0xFFFF'FFFF};

/// "there is `AP`, `HR` and `IT`", where the choice is small.
std::string few_of(std::vector<std::string> names) {
  constexpr std::size_t kFew = 6;
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  if (names.empty() || names.size() > kFew) return "";
  std::string said = "there is ";
  for (std::size_t i = 0; i < names.size(); ++i) said += fmt::format("{}`{}`", i == 0 ? "" : i + 1 == names.size() ? " and " : ", ", names[i]);
  return said;
}

void report_ambiguous(Context& context, const ast::Name& name, const std::vector<SymbolId>& among) {
  auto& message = context.report(Code::ambiguous_name, name.range, {name.text});
  for (std::size_t i = 0; i < among.size() && i < 3; ++i) {
    const Symbol& symbol = context.symbols[among[i]];
    message.with_label(symbol.written.range, fmt::format("`{}`", symbol.name));
  }
}

void report_other_kind(Context& context, const ast::Name& name, const Symbol& symbol, std::string_view expected) {
  context.report(Code::wrong_kind, name.range, {name.text, std::string(to_string(symbol.kind)), std::string(expected)})
      .with_label(symbol.written.range, "defined here");
}

std::string_view kind_text(typed_ir::EntityKind kind) {
  switch (kind) {
    case typed_ir::EntityKind::Human:
    case typed_ir::EntityKind::Workload:
    case typed_ir::EntityKind::Agent: return "principal type";
    case typed_ir::EntityKind::Resource: return "resource type";
    case typed_ir::EntityKind::Context: return "context";
    case typed_ir::EntityKind::Input: return "input";
  }
  return "type";
}

std::vector<EnumeratorRef> dimension_values(const Context& context, std::string_view name, EnumId expected) {
  std::vector<EnumeratorRef> result;
  const auto found = context.enumerators.find(std::string(name));
  if (found == context.enumerators.end()) return result;
  for (const EnumeratorRef& ref : found->second) {
    const bool fits = expected ? ref.enumeration == expected : context.program.schema.enums[ref.enumeration].dimension;
    if (fits) result.push_back(ref);
  }
  return result;
}

Value enumerator(const EnumeratorRef& ref) {
  Value value;
  value.scalar = Scalar::Enum;
  value.number = ref.ordinal;
  value.type = ref.enumeration.index;
  return value;
}

}  // namespace

bool is_package(std::string_view module) { return module.starts_with("std."); }

const Symbol* find(const Context& context, const Site& site, std::string_view name, Kinds kinds) {
  const auto among = candidates(context, site, name, kinds);
  const auto picked = pick(context, site, name, among);
  return picked ? &context.symbols[*picked] : nullptr;
}

const Symbol* resolve(Context& context, const Site& site, const ast::Name& name, Kinds kinds, std::string_view expected) {
  const auto among = candidates(context, site, name.text, kinds);
  if (const auto picked = pick(context, site, name.text, among)) {
    context.used(name, context.symbols[*picked].written.range);
    return &context.symbols[*picked];
  }
  if (!among.empty()) {
    report_ambiguous(context, name, among);
    return nullptr;
  }
  const auto others = candidates(context, site, name.text, kAll);
  if (!others.empty()) {
    report_other_kind(context, name, context.symbols[others.front()], expected);
    return nullptr;
  }
  const bool suggest = context.sink->error_count() < kSuggestionBudget;
  auto& message = report_unknown(context, name, expected, suggest ? names_of(context, site, kinds) : std::vector<std::string>{});
  if (const auto elsewhere = all_named(context, name.text, kinds); !elsewhere.empty()) {
    const std::string& package = context.modules[context.symbols[elsewhere.front()].place.site.module].name;
    message.with_note(fmt::format("`{}` has one: `import {}`", package, package));
  }
  return nullptr;
}

diagnostics::Diagnostic& report_unknown(Context& context, const ast::Name& name, std::string_view expected,
                                        const std::vector<std::string>& candidates) {
  auto& message = context.report(Code::unknown_name, name.range, {name.text, std::string(expected)});
  if (const auto near = support::nearest_name(name.text, candidates)) suggest(message, name.range, *near);
  else if (const std::string few = few_of(candidates); !few.empty()) message.with_note(few);
  return message;
}

void suggest(diagnostics::Diagnostic& message, Range range, const std::string& instead) {
  if (message.label.empty()) message.label = fmt::format("did you mean `{}`?", instead);
  message.with_fix(fmt::format("write `{}`", instead), {{range, instead}});
}

void suggest(diagnostics::Diagnostic& message, Range range, const Meant& meant) {
  if (!meant.here.empty()) suggest(message, range, std::string(meant.here));
  if (!meant.lesson.empty()) message.with_note(std::string(meant.lesson));
}

EnumId resolve_dimension(Context& context, const Site& site, const ast::Name& name) {
  const Symbol* symbol = resolve(context, site, name, Kinds::of(SymbolKind::Enum), "a dimension");
  if (!symbol) return {};
  const typed_ir::Enum& found = context.program.schema.enums[symbol->enumeration()];
  if (found.dimension) return symbol->enumeration();
  context.report(Code::wrong_kind, name.range, {name.text, "enum", "a dimension"}).with_label(symbol->written.range, "defined here");
  return {};
}

EntityId resolve_resource(Context& context, const Site& site, const ast::Name& name) {
  const Symbol* symbol = resolve(context, site, name, Kinds::of(SymbolKind::Entity), "a resource type");
  return symbol ? symbol->entity() : EntityId{};
}

EntityId resolve_principal(Context& context, const Site& site, const ast::Name& name) {
  const Symbol* symbol = resolve(context, site, name, Kinds::of(SymbolKind::Entity), "a principal type");
  if (!symbol) return {};
  const typed_ir::Entity& entity = context.program.schema.entities[symbol->entity()];
  if (entity.is_principal()) return symbol->entity();
  context.report(Code::wrong_kind, name.range, {name.text, std::string(kind_text(entity.kind)), "a principal type"})
      .with_label(symbol->written.range, "defined here");
  return {};
}

std::optional<Value> resolve_dimension_value(Context& context, const Site& site, const ast::Name& name, EnumId expected) {
  std::string_view local = name.text;
  if (const auto dot = local.rfind('.'); dot != std::string_view::npos) {
    const ast::Name dimension{std::string(local.substr(0, dot)), name.range};
    expected = resolve_dimension(context, site, dimension);
    if (!expected) return std::nullopt;
    local = local.substr(dot + 1);
  }
  const auto found = dimension_values(context, local, expected);
  if (found.size() == 1) {
    used_enumerator(context, {std::string(local), last_part(name, local)}, found.front());
    return enumerator(found.front());
  }
  if (found.size() > 1) {
    auto& message = context.report(Code::ambiguous_name, name.range, {name.text});
    for (std::size_t i = 0; i < found.size() && i < 3; ++i) {
      const typed_ir::Enum& in = context.program.schema.enums[found[i].enumeration];
      message.with_label(in.origin.range, fmt::format("a value of `{}`", in.local));
    }
    return std::nullopt;
  }
  std::vector<std::string> all;
  for (const typed_ir::Enum& e : context.program.schema.enums) {
    if (expected ? &e != &context.program.schema.enums[expected] : !e.dimension) continue;
    for (const auto& value : e.values) all.push_back(value.name);
  }
  report_unknown(context, name,
                 expected ? fmt::format("a value of `{}`", context.program.schema.enums[expected].local) : "a value of a dimension", all);
  return std::nullopt;
}

Range last_part(const ast::Name& name, std::string_view local) {
  Range range = name.range;
  if (range.end - range.begin > local.size()) range.begin = range.end - static_cast<std::uint32_t>(local.size());
  return range;
}

void used_enumerator(Context& context, const ast::Name& name, const EnumeratorRef& ref) {
  if (!context.options.recording) return;
  const auto written = context.enumerator_ranges.find({ref.enumeration.index, ref.ordinal});
  if (written != context.enumerator_ranges.end()) context.used(name.range, written->second);
}

std::string qualified(const Context& context, const Site& site, std::string_view local) {
  const std::string& module = context.modules[site.module].name;
  return module.empty() ? std::string(local) : fmt::format("{}.{}", module, local);
}

typed_ir::Origin origin(const Context& context, const Site& site, std::string_view local, Range range) {
  return {qualified(context, site, local), range};
}

}  // namespace writ::check
