#include "compiler/check/roles.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "compiler/check/accesses.h"
#include "compiler/check/chains.h"
#include "compiler/check/condition_checker.h"
#include "compiler/check/days.h"
#include "compiler/check/limits.h"
#include "compiler/check/names.h"
#include "compiler/check/types.h"
#include "compiler/support/nearest.h"

namespace writ::check {
namespace {

using typed_ir::CondKind;

const ast::Role& written_role(const Symbol& symbol) { return std::get<ast::Role>(symbol.place.item->statement); }

// ---- before any condition: parameters, types, parents

bool is_parameter_type(const Type& type) { return !type.set && !type.optional && type.scalar != Scalar::Bool; }

void declare_parameters(Context& context, const Symbol& symbol) {
  const ast::Role& written = written_role(symbol);
  check_parameter_names(context, written.params);
  for (const ast::Param& param : written.params) {
    auto type = resolve_type(context, symbol.place.site, param.type);
    if (type && !is_parameter_type(*type)) {
      context.report(Code::not_a_parameter_type, param.type.range, {type_text(context, *type)});
      type.reset();
    }
    typed_ir::Role& role = context.program.roles[symbol.role()];
    role.parameter_names.push_back(param.name.text);
    Type text;
    text.scalar = Scalar::String;
    role.parameters.push_back(type.value_or(text));
    if (!type) context.broken_roles.insert(symbol.role());
  }
}

/// "say `for Employee` before the brace", of the people that the policy knows.
std::string for_whom(const Context& context) {
  for (const typed_ir::Entity& entity : context.program.schema.entities)
    if (entity.kind == typed_ir::EntityKind::Human) return fmt::format("say `for {}` before the brace", entity.local);
  return "say `for TYPE` before the brace, where `principal TYPE is human { … }` declares who acts";
}

void declare_type(Context& context, const Symbol& symbol) {
  const ast::Role& written = written_role(symbol);
  typed_ir::Role& role = context.program.roles[symbol.role()];
  if (!written.subject) {
    context.report(Code::role_for_nobody, written.name.range, {written.name.text}).with_note(for_whom(context));
    return;
  }
  const ast::Subject& subject = *written.subject;
  if (subject.role || !subject.type || !subject.type->type) {
    context.report(Code::role_needs_type, subject.range);
    return;
  }
  role.type = resolve_principal(context, symbol.place.site, *subject.type->type);
  if (!role.type) context.broken_roles.insert(symbol.role());
  if (subject.type->id) role.only_id = subject.type->id->text;
}

ConditionScope role_scope(Context& context, const Symbol& symbol, std::string_view where) {
  const typed_ir::Role& role = context.program.roles[symbol.role()];
  ConditionScope scope;
  scope.principal = role.type;
  scope.where = where;
  add_parameters(context, written_role(symbol).params, role.parameters, scope);
  return scope;
}

void declare_parents(Context& context, const Symbol& symbol) {
  const ast::Role& written = written_role(symbol);
  if (written.extends.empty()) return;
  ConditionScope scope = role_scope(context, symbol, "`extends`");
  scope.principal = EntityId{};
  for (const ast::RoleRef& ref : written.extends) {
    auto use = check_role(context, symbol.place.site, scope, ref);
    if (!use) continue;
    const typed_ir::Role& parent = context.program.roles[use->role];
    typed_ir::Role& role = context.program.roles[symbol.role()];
    if (parent.type.valid() && role.type.valid() && parent.type != role.type) {
      context.report(Code::extends_other_type, ref.range,
                     {symbol.local, context.schema().entities[role.type].local, parent.local, context.schema().entities[parent.type].local})
          .with_label(parent.origin.range, "the role it extends");
      continue;
    }
    role.parents.push_back(std::move(*use));
  }
}

/// Depth first; an edge back into the way here is cut and reported.
class Circles {
 public:
  explicit Circles(Context& context) : context_(context), state_(context.program.roles.size(), State::New) {}
  void visit(RoleId id) {
    if (state_[id.index] != State::New) return;
    state_[id.index] = State::Open;
    auto& parents = context_.program.roles[id].parents;
    for (auto it = parents.begin(); it != parents.end();) {
      if (state_[it->role.index] == State::Open) {
        const Symbol& symbol = context_.symbols[context_.of_role[id.index]];
        context_.report(Code::circular, symbol.written.range, {symbol.local, "extends itself"});
        it = parents.erase(it);
        continue;
      }
      visit(it->role);
      ++it;
    }
    state_[id.index] = State::Done;
  }

 private:
  enum class State : std::uint8_t { New, Open, Done };
  Context& context_;
  std::vector<State> state_;
};

// ---- the sheet

/// Does the condition hold for finitely many values of the parameter only?
bool constrains(const typed_ir::Conditions& store, CondId id, TermId parameter) {
  const typed_ir::Cond& cond = store.cond(id);
  const auto any = [&](const auto& parts) {
    return std::any_of(parts.begin(), parts.end(), [&](CondId c) { return constrains(store, c, parameter); });
  };
  const auto all = [&](const auto& parts) {
    return std::all_of(parts.begin(), parts.end(), [&](CondId c) { return constrains(store, c, parameter); });
  };
  if (cond.kind == CondKind::And) return any(cond.c);
  if (cond.kind == CondKind::Or) return all(cond.c);
  if (cond.kind == CondKind::False) return true;
  if (cond.kind == CondKind::In) return cond.t[0] == parameter;
  if (cond.kind == CondKind::Equal || cond.kind == CondKind::Under) return cond.t[0] == parameter || cond.t[1] == parameter;
  if (cond.kind == CondKind::Holds) return std::find(cond.t.begin() + 1, cond.t.end(), parameter) != cond.t.end();
  return false;
}

void check_birthright(Context& context, const Symbol& symbol) {
  const ast::Role& written = written_role(symbol);
  if (!written.birthright) return;
  const ConditionScope scope = role_scope(context, symbol, "a birthright");
  const auto when = check_condition(context, symbol.place.site, scope, written.birthright);
  if (!when) return;
  typed_ir::Role& role = context.program.roles[symbol.role()];
  role.birthright = *when;
  const Range range = written.birthright_range.value_or(context.expr(symbol.place.site, written.birthright).range);
  for (const ast::Param& param : written.params) {
    const TermId term = scope.names.find(param.name.text)->second;
    if (constrains(context.conditions(), *when, term)) continue;
    context.report(Code::birthright_for_every_value, range, {symbol.local, param.name.text})
        .with_label(param.name.range, "the parameter")
        .with_note(fmt::format("say which: `{} in principal.…`", param.name.text));
  }
  for (const typed_ir::RoleUse& use : role.parents) {
    const Symbol& parent = context.symbols[context.of_role[use.role.index]];
    if (written_role(parent).birthright) continue;
    context.report(Code::birthright_without_parent, range, {symbol.local, parent.local}).with_label(parent.written.range, "this one has none");
  }
}

std::optional<TermId> scope_value(Context& context, const Symbol& symbol, const std::vector<ast::Name>& path) {
  std::string dotted;
  for (const ast::Name& name : path) dotted += (dotted.empty() ? "" : ".") + name.text;
  const ast::Name whole{dotted, source::join(path.front().range, path.back().range)};
  const auto value = resolve_dimension_value(context, symbol.place.site, whole);
  if (!value) return std::nullopt;
  return context.conditions().literal(*value, value_of(EnumId{value->type}));
}

std::optional<TermId> scope_term(Context& context, const Symbol& symbol) {
  const ast::Role& written = written_role(symbol);
  const ConditionScope scope = role_scope(context, symbol, "`within`");
  const auto names = segments(written.within);
  const std::string& first = names.front().text;
  if (first != "principal" && !scope.names.count(first)) return scope_value(context, symbol, names);
  ConditionChecker checker(context, symbol.place.site, scope);
  return checker.path(names, nullptr);
}

void check_scope(Context& context, const Symbol& symbol) {
  const ast::Role& written = written_role(symbol);
  if (written.within.empty()) return;
  const auto term = scope_term(context, symbol);
  if (!term) return;
  const Type type = context.conditions().term(*term).type;
  const Range range = source::join(written.within.front().range, written.within.back().range);
  if (type.scalar != Scalar::Enum || !context.schema().enums[type.enumeration].dimension) {
    context.report(Code::not_a_dimension, range, {type_text(context, type)});
    return;
  }
  typed_ir::Role& role = context.program.roles[symbol.role()];
  role.scope = *term;
  role.scope_dimension = type.enumeration;
}

void check_grants(Context& context, const Symbol& symbol) {
  const ast::Role& written = written_role(symbol);
  AccessScope scope;
  scope.use = AccessUse::Grant;
  scope.principal = context.program.roles[symbol.role()].type;
  scope.names = role_scope(context, symbol, "a grant").names;
  scope.statement = symbol.name;
  scope.head = symbol.place.item->head;
  for (const ast::GrantLine& line : written.may) {
    auto accesses = check_accesses(context, symbol.place.site, scope, line.accesses);
    typed_ir::GrantLine grant;
    for (const ast::Name& name : line.subject_to)
      if (const Symbol* rule = resolve(context, symbol.place.site, name, Kinds::of(SymbolKind::Rule), "a rule"))
        grant.subject_to.push_back(rule->rule());
    if (!accesses) continue;
    grant.accesses = std::move(*accesses);
    grant.origin = {symbol.name, line.range};
    context.program.roles[symbol.role()].may.push_back(std::move(grant));
  }
}

/// The line, or the limit where there is no line; a looser line is an error.
std::int64_t capped(Context& context, const std::optional<ast::Duration>& line, const DurationLimit& limit, std::string_view what) {
  if (!line) return limit.ms;
  if (limit.ms == 0 || line->ms <= limit.ms) return line->ms;
  context.report(Code::line_not_stricter, line->range, {std::string(what), duration_text(line->ms), duration_text(limit.ms)})
      .with_label(limit.range, "the limit");
  return limit.ms;
}

void check_clocks(Context& context, const Symbol& symbol) {
  const ast::Role& written = written_role(symbol);
  typed_ir::Role& role = context.program.roles[symbol.role()];
  const bool human = !role.type.valid() || context.schema().entities[role.type].kind == typed_ir::EntityKind::Human;
  const LimitTable& limits = *context.limits;
  role.at_most = capped(context, written.at_most, human ? limits.role_at_most : limits.workload_at_most, "at most");
  role.review_every = capped(context, written.review_every, human ? limits.role_review : limits.workload_review, "review every");
  if (written.handover) role.handover = written.handover->ms;
}

void check_eligible(Context& context, const Symbol& symbol) {
  const ast::Role& written = written_role(symbol);
  const ConditionScope scope = role_scope(context, symbol, "who may hold a role");
  const ast::ExprId where = written.subject ? written.subject->where : ast::ExprId{};
  const auto eligible = check_optional_condition(context, symbol.place.site, scope, where);
  typed_ir::Role& role = context.program.roles[symbol.role()];
  role.eligible = eligible.value_or(context.conditions().truth());
  role.continuous = !written.at_assignment;
}

void check_request(Context& context, const Symbol& symbol) {
  const ast::Role& written = written_role(symbol);
  if (!written.on_request) return;
  const ConditionScope scope = role_scope(context, symbol, "an approval");
  const auto chain = check_chain(context, symbol.place.site, scope, *written.on_request, symbol.name + "#request");
  if (!chain) return;
  typed_ir::Role& role = context.program.roles[symbol.role()];
  role.on_request = *chain;
  role.request_route = true;
}

void check_role_sheet(Context& context, const Symbol& symbol) {
  const ast::Role& written = written_role(symbol);
  typed_ir::Role& role = context.program.roles[symbol.role()];
  role.doc = symbol.place.item->doc;
  if (written.title) role.title = written.title->text;
  for (const ast::NativeRole& native : written.natives) {
    const Symbol* system = resolve(context, symbol.place.site, native.system, Kinds::of(SymbolKind::System), "a system");
    if (system) role.natives.push_back({system->local, native.role.text});
  }
  const Site& site = symbol.place.site;
  const ConditionScope scope = role_scope(context, symbol, "an owner");
  if (written.owner) {
    auto owner = check_party(context, site, scope, *written.owner);
    if (owner) context.program.roles[symbol.role()].owner = std::move(*owner);
  } else {
    context.program.roles[symbol.role()].owner = module_owner(context, site);
  }
  if (written.review_by) check_party(context, site, scope, *written.review_by);
  if (context.broken_roles.count(symbol.role())) return;
  check_eligible(context, symbol);
  check_scope(context, symbol);
  check_grants(context, symbol);
  check_birthright(context, symbol);
  check_request(context, symbol);
  check_clocks(context, symbol);
}

/// `for bob`: a person, whose quotes are missing, rather than a type.
bool report_bare_person(Context& context, const ast::Name& name) {
  const bool small = !name.text.empty() && name.text[0] >= 'a' && name.text[0] <= 'z';
  if (!small || name.text.find('.') != std::string::npos || context.by_name.count(name.text)) return false;
  std::vector<std::string> types;
  for (const Symbol& symbol : context.symbols)
    if (symbol.kind == SymbolKind::Entity) types.push_back(symbol.local);
  if (support::nearest_name(name.text, types)) return false;
  auto& message = report_unknown(context, name, "a principal type", {});
  suggest(message, name.range, fmt::format("\"{}\"", name.text));
  message.with_note("a person stands in quotes");
  return true;
}

}  // namespace

void declare_roles(Context& context) {
  for (const SymbolId id : context.of_role) declare_parameters(context, context.symbols[id]);
  for (const SymbolId id : context.of_role) declare_type(context, context.symbols[id]);
  for (const SymbolId id : context.of_role) declare_parents(context, context.symbols[id]);
  Circles circles(context);
  for (const RoleId id : context.program.roles.ids()) circles.visit(id);
}

void check_roles(Context& context) {
  for (const SymbolId id : context.of_role) check_role_sheet(context, context.symbols[id]);
  report_granted_extensions(context);
}

std::vector<RoleId> ancestors(const Context& context, RoleId role) {
  std::vector<RoleId> result = {role};
  std::set<RoleId> seen = {role};
  for (std::size_t i = 0; i < result.size(); ++i)
    for (const typed_ir::RoleUse& parent : context.program.roles[result[i]].parents)
      if (seen.insert(parent.role).second) result.push_back(parent.role);
  return result;
}

std::optional<SubjectParts> check_subject(Context& context, const Site& site, const ConditionScope& names, const ast::Subject& written) {
  SubjectParts parts;
  parts.who = context.conditions().truth();
  ConditionScope scope = names;
  if (written.role) {
    auto role = check_role(context, site, names, *written.role);
    if (!role) return std::nullopt;
    parts.type = context.program.roles[role->role].type;
    if (!parts.type.valid()) return std::nullopt;
    typed_ir::Cond holds;
    holds.kind = CondKind::Holds;
    holds.role = role->role;
    holds.t = {context.conditions().root(typed_ir::Root::Principal, ref_to(parts.type))};
    holds.t.insert(holds.t.end(), role->args.begin(), role->args.end());
    parts.who = context.conditions().add(std::move(holds));
    return parts;
  }
  if (written.type && written.type->id) parts.persons = {written.type->id->text};
  if (written.type && written.type->type) {
    if (report_bare_person(context, *written.type->type)) return std::nullopt;
    parts.type = resolve_principal(context, site, *written.type->type);
    if (!parts.type.valid()) return std::nullopt;
  }
  scope.principal = parts.type;
  const auto who = check_optional_condition(context, site, scope, written.where);
  if (!who) return std::nullopt;
  parts.who = *who;
  return parts;
}

}  // namespace writ::check
