#include "compiler/check/recording.h"

#include <algorithm>

#include <fmt/format.h>

#include "compiler/check/names.h"
#include "compiler/check/types.h"

namespace writ::check {
namespace {

bool inside(const Range& inner, const Range& outer) {
  return inner.file == outer.file && inner.begin >= outer.begin && inner.end <= outer.end;
}

template <class T>
void sort_unique(std::vector<T>& all) {
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
}

const std::vector<ast::Param>* parameters_of(const ast::Item& item) {
  if (const auto* role = std::get_if<ast::Role>(&item.statement)) return &role->params;
  if (const auto* predicate = std::get_if<ast::Predicate>(&item.statement)) return &predicate->params;
  return nullptr;
}

/// Parameters and binders of a statement: names that mean something inside it only.
std::vector<Definition> locals_of(const ast::Item& item) {
  std::vector<Definition> all;
  const auto written_type = [](const ast::TypeRef& type) {
    return type.argument ? fmt::format("{}<{}>", type.name.text, type.argument->text) : type.name.text;
  };
  if (const auto* params = parameters_of(item))
    for (const ast::Param& p : *params) all.push_back({p.name.range, "parameter", p.name.text, p.name.text, written_type(p.type)});
  if (const auto* claim = std::get_if<ast::Assert>(&item.statement))
    for (const ast::Binder& b : claim->claim.binders) all.push_back({b.name.range, "variable", b.name.text, b.name.text, b.type.text});
  return all;
}

/// Names mean what is in scope where they stand: the innermost statement around them.
void resolve_locals(const Context& context, Recording& recording) {
  std::vector<std::pair<Range, std::size_t>> statements;
  for (std::size_t i = 0; i < context.places.size(); ++i) statements.emplace_back(context.places[i].item->range, i);
  std::sort(statements.begin(), statements.end());
  for (const ast::Name& name : context.local_uses) {
    auto at = std::upper_bound(statements.begin(), statements.end(), std::pair(name.range, context.places.size()));
    while (at != statements.begin()) {
      --at;
      if (at->first.file != name.range.file) break;
      if (!inside(name.range, at->first)) continue;
      for (const Definition& local : locals_of(*context.places[at->second].item))
        if (local.local == name.text) recording.uses.push_back({name.range, local.range});
      break;
    }
  }
}

void define_symbols(const Context& context, Recording& recording) {
  for (const Symbol& symbol : context.symbols)
    recording.definitions.push_back({symbol.written.range, std::string(to_string(symbol.kind)), symbol.name, symbol.local, ""});
  for (const Module& module : context.modules) {
    const ast::Name& name = module.file->header.name;
    if (name.range.valid()) recording.definitions.push_back({name.range, "module", name.text, name.text, ""});
  }
}

void define_fields(const Context& context, Recording& recording) {
  const typed_ir::Schema& schema = context.program.schema;
  for (const typed_ir::Attribute& a : schema.attributes) {
    if (!a.origin.range.valid()) continue;
    const std::string& owner = schema.entities[a.owner].local;
    recording.definitions.push_back({a.origin.range, "field", fmt::format("{}.{}", owner, a.name), a.name, typed_ir::print(schema, a.type)});
  }
  for (const auto& [ref, range] : context.enumerator_ranges) {
    const typed_ir::Enum& of = schema.enums[EnumId{ref.first}];
    const std::string& name = of.values[ref.second].name;
    recording.definitions.push_back({range, "value", fmt::format("{}.{}", of.local, name), name, ""});
  }
}

void define_locals(const Context& context, Recording& recording) {
  for (const Place& place : context.places) {
    std::vector<Definition> locals = locals_of(*place.item);
    std::move(locals.begin(), locals.end(), std::back_inserter(recording.definitions));
  }
}

/// `import X`, `use facts X`
void use_modules(const Context& context, Recording& recording) {
  for (const Module& module : context.modules) {
    for (const ast::Use& use : module.file->uses) {
      const auto found = context.module_by_name.find(use.name.text);
      if (found != context.module_by_name.end()) recording.uses.push_back({use.name.range, context.modules[found->second].file->header.name.range});
    }
  }
}

}  // namespace

void Recording::settle() {
  sort_unique(uses);
  sort_unique(definitions);
  sort_unique(types);
}

void Recording::add_within(const Recording& other, const source::Range& range) {
  for (const Use& u : other.uses) if (inside(u.use, range)) uses.push_back(u);
  for (const Definition& d : other.definitions) if (inside(d.range, range)) definitions.push_back(d);
  for (const TypedRange& t : other.types) if (inside(t.range, range)) types.push_back(t);
}

void Context::used(Range use, Range definition) {
  if (!options.recording || !use.valid() || !definition.valid() || use == definition) return;
  options.recording->uses.push_back({use, definition});
}

void Context::used(const ast::Name& name, Range definition) {
  Range use = name.range;
  // `LegalEntity` of `LegalEntity.FR` comes with the range of the whole.
  if (use.end - use.begin > name.text.size()) use.end = use.begin + static_cast<std::uint32_t>(name.text.size());
  used(use, definition);
}

void Context::used_local(const ast::Name& name) {
  if (options.recording) local_uses.push_back(name);
}

void Context::typed(Range range, const Type& type) {
  if (options.recording) options.recording->types.push_back({range, type_text(*this, type)});
}

void finish_recording(const Context& context) {
  Recording* recording = context.options.recording;
  if (!recording) return;
  resolve_locals(context, *recording);
  define_symbols(context, *recording);
  define_fields(context, *recording);
  define_locals(context, *recording);
  use_modules(context, *recording);
}

}  // namespace writ::check
