// Predicates are inlined where they are used; here: how, in which order, and what a condition reads.
#include <algorithm>

#include <fmt/format.h>

#include "compiler/check/condition_checker.h"
#include "compiler/check/names.h"
#include "compiler/check/types.h"

namespace writ::check {
namespace {

constexpr std::size_t kDeepest = 64;   // semantics.md 13.9

const ast::Predicate& written(const Symbol& symbol) { return std::get<ast::Predicate>(symbol.place.item->statement); }

std::vector<std::optional<Type>> parameter_types(Context& context, const Symbol& symbol) {
  std::vector<std::optional<Type>> types;
  for (const ast::Param& param : written(symbol).params) types.push_back(resolve_type(context, symbol.place.site, param.type));
  return types;
}

struct Walk {
  Context& context;
  Reads reads;
  std::set<SymbolId> seen;
};

const Symbol* predicate_named(const Walk& walk, const Site& site, const std::vector<ast::Name>& path) {
  std::string dotted;
  for (const ast::Name& name : path) dotted += (dotted.empty() ? "" : ".") + name.text;
  return find(walk.context, site, dotted, Kinds::of(SymbolKind::Predicate));
}

void walk_expr(Walk& walk, const Site& site, ast::ExprId id);

void walk_predicate(Walk& walk, const Symbol& symbol) {
  const SymbolId id = walk.context.id_of(symbol);
  if (walk.seen.insert(id).second) walk_expr(walk, symbol.place.site, written(symbol).body);
}

void walk_path(Walk& walk, const Site& site, const ast::Expr& e) {
  const auto names = segments(e.path);
  const std::string& first = names.front().text;
  if (first == "principal") {
    walk.reads.principal = true;
    if (names.size() > 1) walk.reads.principal_attributes.push_back(names[1].text);
  } else if (first == "resource") {
    walk.reads.resource = true;
    if (names.size() > 1) walk.reads.resource_attributes.push_back(names[1].text);
  } else if (first == "input") {
    walk.reads.input = true;
  } else if (first == "subject") {
    walk.reads.subject = true;
  } else if (first != "context") {
    if (const Symbol* predicate = predicate_named(walk, site, e.path)) walk_predicate(walk, *predicate);
  }
}

void walk_expr(Walk& walk, const Site& site, ast::ExprId id) {
  const ast::Expr& e = walk.context.expr(site, id);
  if (e.kind == ast::ExprKind::Path) walk_path(walk, site, e);
  if (e.kind == ast::ExprKind::Now) walk.reads.now = true;
  if (e.kind == ast::ExprKind::Call)
    if (const Symbol* predicate = predicate_named(walk, site, e.path)) walk_predicate(walk, *predicate);
  if (e.kind == ast::ExprKind::Holds)
    for (const ast::ExprId arg : e.role->args) walk_expr(walk, site, arg);
  for (const ast::ExprId operand : e.operands) walk_expr(walk, site, operand);
}

template <class Id>
void mix(std::size_t& hash, Id id) { hash = hash * 1'000'003 + id.index + 1; }

}  // namespace

std::size_t PredicateCache::Hash::operator()(const Key& key) const {
  std::size_t hash = key.predicate.index;
  for (const TermId arg : key.args) mix(hash, arg);
  mix(hash, key.principal);
  mix(hash, key.resource);
  mix(hash, key.input);
  mix(hash, key.subject);
  return hash;
}

Reads reads_of(Context& context, const Site& site, ast::ExprId expr) {
  Walk walk{context, {}, {}};
  if (expr) walk_expr(walk, site, expr);
  auto& attributes = walk.reads.principal_attributes;
  std::sort(attributes.begin(), attributes.end());
  attributes.erase(std::unique(attributes.begin(), attributes.end()), attributes.end());
  return std::move(walk.reads);
}

std::optional<std::vector<TermId>> ConditionChecker::arguments(const Symbol& symbol, const std::vector<ast::ExprId>& args, Range range) {
  const auto types = parameter_types(context_, symbol);
  if (types.size() != args.size()) {
    context_.report(Code::wrong_argument_count, range, {symbol.local, std::to_string(types.size()), std::to_string(args.size())})
        .with_label(symbol.written.range, "defined here");
    return std::nullopt;
  }
  std::vector<TermId> terms;
  for (std::size_t i = 0; i < args.size(); ++i) {
    if (!types[i]) return std::nullopt;
    const auto term = value(args[i], &*types[i]);
    if (!term) return std::nullopt;
    if (!types[i]->optional && !present(*term, expr(args[i]).range)) return std::nullopt;
    Type got = type_of(*term).required(), wanted = types[i]->required();
    if (got.scalar == Scalar::Money && wanted.scalar == Scalar::Money && wanted.currency.empty()) got.currency.clear();
    if (got != wanted) {
      context_.report(Code::wrong_type, expr(args[i]).range, {text(got), text(wanted)})
          .with_label(written(symbol).params[i].name.range, "the parameter");
      return std::nullopt;
    }
    terms.push_back(*term);
  }
  return terms;
}

std::optional<CondId> ConditionChecker::predicate(const Symbol& symbol, const std::vector<ast::ExprId>& args, Range range) {
  const auto terms = arguments(symbol, args, range);
  if (!terms) return std::nullopt;
  PredicateCache& cache = *context_.predicates;
  const SymbolId id = context_.id_of(symbol);
  const PredicateCache::Key key{id, *terms, scope_.principal, scope_.resource, scope_.input, scope_.subject};
  if (const auto known = cache.inlined.find(key); known != cache.inlined.end()) return known->second;
  if (std::find(cache.open.begin(), cache.open.end(), id) != cache.open.end()) {
    context_.report(Code::circular, symbol.written.range, {symbol.local, "uses itself"}).with_label(range, "through this use");
    return std::nullopt;
  }
  if (cache.open.size() >= kDeepest) {
    context_.report(Code::predicate_too_deep, range, {symbol.local, std::to_string(kDeepest)});
    return std::nullopt;
  }
  cache.open.push_back(id);
  const auto inlined = inline_predicate(symbol, *terms);
  cache.open.pop_back();
  // A failure during a trial said nothing to anybody: it must be found again.
  if (inlined || context_.trials == 0) cache.inlined.emplace(key, inlined);
  return inlined;
}

std::optional<CondId> ConditionChecker::inline_predicate(const Symbol& symbol, const std::vector<TermId>& args) {
  ConditionScope scope = scope_;
  scope.names.clear();
  const auto types = parameter_types(context_, symbol);
  for (std::size_t i = 0; i < args.size(); ++i) scope.names.emplace(written(symbol).params[i].name.text, args[i]);
  ConditionChecker body(context_, symbol.place.site, scope);
  for (std::size_t i = 0; i < args.size(); ++i)
    if (!types[i]->optional) body.assume_present(args[i]);
  return body.condition(written(symbol).body);
}

namespace {

/// Types of the kind that have all the attributes; if none has, the one that has most of them, so that what is missing is told.
std::vector<EntityId> types_with(const Context& context, const std::vector<std::string>& attributes, bool principals) {
  std::vector<EntityId> all;
  EntityId best;
  std::ptrdiff_t most = -1;
  for (std::uint32_t i = 0; i < context.program.schema.entities.size(); ++i) {
    const typed_ir::Entity& entity = context.program.schema.entities[EntityId{i}];
    if (principals ? !entity.is_principal() : entity.kind != typed_ir::EntityKind::Resource) continue;
    const auto has = std::count_if(attributes.begin(), attributes.end(), [&](const std::string& name) {
      return context.program.schema.find_attribute(EntityId{i}, name).has_value();
    });
    if (has == static_cast<std::ptrdiff_t>(attributes.size())) all.push_back(EntityId{i});
    if (has > most) best = EntityId{i}, most = has;
  }
  return all.empty() ? std::vector{best} : all;
}

bool body_fits(Context& context, const Symbol& symbol, const ConditionScope& scope) {
  context.predicates->open = {context.id_of(symbol)};
  const bool fits = check_condition(context, symbol.place.site, scope, written(symbol).body).has_value();
  context.predicates->open.clear();
  return fits;
}

/// What a predicate reads of principal and resource depends on its use; without any, it must make sense for some types at least.
void check_body(Context& context, const Symbol& symbol, ConditionScope scope, const Reads& reads) {
  const auto principals = reads.principal ? types_with(context, reads.principal_attributes, true) : std::vector<EntityId>{EntityId{}};
  const auto resources = reads.resource ? types_with(context, reads.resource_attributes, false) : std::vector<EntityId>{EntityId{}};
  for (const EntityId principal : principals) {
    for (const EntityId resource : resources) {
      scope.principal = principal;
      scope.resource = resource;
      const Trial trial(context);
      if (body_fits(context, symbol, scope)) return;
    }
  }
  scope.principal = principals.front();
  scope.resource = resources.front();
  body_fits(context, symbol, scope);
}

}  // namespace

void check_predicates(Context& context) {
  for (const SymbolId id : context.symbols.ids()) {
    const Symbol& symbol = context.symbols[id];
    if (symbol.kind != SymbolKind::Predicate) continue;
    check_parameter_names(context, written(symbol).params);
    ConditionScope scope;
    scope.where = "a predicate";
    const auto types = parameter_types(context, symbol);
    bool good = true;
    for (std::uint32_t i = 0; i < types.size(); ++i) {
      good = good && types[i];
      if (types[i]) scope.names.emplace(written(symbol).params[i].name.text,
                                        context.conditions().root(typed_ir::Root::Parameter, *types[i], i));
    }
    const Reads reads = reads_of(context, symbol.place.site, written(symbol).body);
    // Which action's input or whose subject is meant, only the use can say.
    if (good && !reads.input && !reads.subject) check_body(context, symbol, std::move(scope), reads);
  }
}

std::vector<CondId> conds_of(const typed_ir::Conditions& store, CondId cond) {
  std::vector<CondId> all;
  std::unordered_set<CondId> seen;
  std::vector<CondId> open = {cond};
  while (!open.empty()) {
    const CondId next = open.back();
    open.pop_back();
    if (!next.valid() || !seen.insert(next).second) continue;
    all.push_back(next);
    for (const CondId c : store.cond(next).c) open.push_back(c);
  }
  return all;
}

std::vector<TermId> terms_of(const typed_ir::Conditions& store, CondId cond) {
  std::vector<TermId> all, open;
  std::unordered_set<TermId> seen;
  for (const CondId c : conds_of(store, cond))
    for (const TermId t : store.cond(c).t) open.push_back(t);
  while (!open.empty()) {
    const TermId next = open.back();
    open.pop_back();
    if (!next.valid() || !seen.insert(next).second) continue;
    all.push_back(next);
    for (const TermId t : store.term(next).a) open.push_back(t);
  }
  return all;
}

}  // namespace writ::check
