// What one `given` says of one entity: its attributes, the roles it holds, anonymous accesses, and what an approval was given over.
#include <algorithm>

#include <fmt/format.h>

#include "compiler/check/accesses.h"
#include "compiler/check/days.h"
#include "compiler/check/facts.h"
#include "compiler/check/names.h"
#include "compiler/check/roles.h"
#include "compiler/check/systems.h"
#include "compiler/check/types.h"

namespace writ::check {

using typed_ir::AnonymousAccess;
using typed_ir::EntityFacts;
using typed_ir::FactValue;
using typed_ir::Holding;

namespace {

std::vector<std::string> attribute_names(const Context& context, EntityId type) {
  std::vector<std::string> all;
  for (const AttributeId id : context.program.schema.entities[type].attributes) all.push_back(context.program.schema.attributes[id].name);
  return all;
}

bool same(const FactValue& a, const FactValue& b) { return a.absent == b.absent && a.values == b.values && a.complete == b.complete; }

}  // namespace

bool FactsWriter::state_record(EntityFacts& entity, const ast::Record& record) {
  bool good = true;
  for (const ast::RecordEntry& entry : record.entries) {
    const auto id = attribute_named(context_, entity.type, entry.name.text);
    if (id) {
      context_.used(entry.name, context_.program.schema.attributes[*id].origin.range);
      good &= state_attribute(entity.id, entity.attributes, *id, entry);
      continue;
    }
    const typed_ir::Entity& type = context_.program.schema.entities[entity.type];
    auto& message = report_unknown(context_, entry.name, fmt::format("an attribute of `{}`", type.local), attribute_names(context_, entity.type));
    if (type.origin.range.valid()) message.with_label(type.origin.range, fmt::format("`{}` is declared here", type.local));
    good = false;
  }
  return good;
}

bool FactsWriter::state_attribute(const std::string& owner, std::map<AttributeId, FactValue>& facts, AttributeId id,
                                  const ast::RecordEntry& entry) {
  const typed_ir::Attribute& attribute = context_.program.schema.attributes[id];
  auto value = fact(entry, attribute.name, attribute.type);
  if (!value) return false;
  const bool again = !stated_.insert({owner, id}).second;
  if (again && !same(facts[id], *value)) {
    context_.report(Code::given_twice, entry.name.range, {attribute.name, owner});
    return false;
  }
  value->of_test = kind_ == FactsOf::Test;
  facts[id] = std::move(*value);
  return true;
}

/// A bare word where a person or thing is expected must be given somewhere.
bool FactsWriter::words_known(ast::ExprId expr) {
  const ast::Expr& written = context_.expr(site_, expr);
  if (written.kind == ast::ExprKind::Path && written.path.size() == 1)
    return id_of({written.path.front().text, false, written.path.front().range}).has_value();
  if (written.kind != ast::ExprKind::Set) return true;
  return std::all_of(written.operands.begin(), written.operands.end(), [&](ast::ExprId operand) { return words_known(operand); });
}

std::optional<FactValue> FactsWriter::fact(const ast::RecordEntry& entry, const std::string& name, const Type& type) {
  FactValue fact;
  if (is_none(context_, site_, entry.value)) {
    if (!type.optional) {
      context_.report(Code::not_optional, context_.expr(site_, entry.value).range, {name, type_text(context_, type)});
      return std::nullopt;
    }
    fact.absent = true;
    return fact;
  }
  if (type.scalar == Scalar::Ref && !words_known(entry.value)) return std::nullopt;
  if (type.set) {
    auto values = constant_set(context_, site_, entry.value, type.element());
    if (!values) return std::nullopt;
    fact.values = std::move(*values);
    return fact;
  }
  auto value = constant(context_, site_, entry.value, type);
  if (!value) return std::nullopt;
  fact.values = {std::move(*value)};
  return fact;
}

bool FactsWriter::state_holdings(EntityFacts& entity, const std::vector<ast::HeldRole>& holds) {
  bool good = true;
  for (const ast::HeldRole& written : holds) {
    auto one = holding(entity, written);
    if (!one) {
      good = false;
      continue;
    }
    const bool replaces = kind_ == FactsOf::Test && held_.insert({entity.id, one->role}).second;
    if (replaces) std::erase_if(entity.holds, [&](const Holding& h) { return h.role == one->role; });
    entity.holds.push_back(std::move(*one));
  }
  if (kind_ == FactsOf::Test && !holds.empty()) entity.held_complete = true;
  return good;
}

std::optional<Holding> FactsWriter::holding(const EntityFacts& entity, const ast::HeldRole& written) {
  const typed_ir::Entity& type = context_.program.schema.entities[entity.type];
  if (!type.is_principal()) {
    context_.report(Code::holder_is_no_principal, written.role.range, {entity.word, type.local});
    return std::nullopt;
  }
  auto values = check_role_values(context_, site_, written.role);
  const auto period = resolve_period(context_, site_, written.period, Ends::MayBeOpen);
  if (!values || !period) return std::nullopt;
  const typed_ir::Role& role = context_.program.roles[values->role];
  if (role.type != entity.type && role.type.valid()) {
    context_.report(Code::role_of_other_type, written.role.range,
                    {entity.word, type.local, role.local, context_.program.schema.entities[role.type].local});
    return std::nullopt;
  }
  Holding holding;
  holding.role = values->role;
  holding.args = std::move(values->args);
  holding.from = period->from;
  holding.until = period->until;
  holding.from_known = written.period.from.has_value();
  for (const ast::Name& name : written.resting_on) {
    const Symbol* lift = check::find(context_, site_, name.text, Kinds::of(SymbolKind::Lift));
    if (lift) context_.used(name, lift->written.range);
    holding.rests_on.push_back(lift ? lift->name : name.text);
  }
  std::sort(holding.rests_on.begin(), holding.rests_on.end());
  return holding;
}

bool FactsWriter::state_accesses(EntityFacts& entity, const std::vector<ast::HasAccess>& has) {
  bool good = true;
  for (const ast::HasAccess& written : has) {
    if (auto one = access(entity, written)) entity.has.push_back(std::move(*one));
    else good = false;
  }
  if (kind_ == FactsOf::Test && !has.empty()) entity.held_complete = true;
  return good;
}

std::optional<AnonymousAccess> FactsWriter::access(const EntityFacts& entity, const ast::HasAccess& written) {
  AccessScope scope;
  scope.use = AccessUse::Grant;
  scope.principal = entity.type;
  scope.statement = facts_.name;
  auto accesses = check_accesses(context_, site_, scope, written.access);
  if (!accesses) return std::nullopt;
  AnonymousAccess access;
  access.accesses = std::move(*accesses);
  switch (written.scope) {
    case ast::HasAccess::Scope::None: return access;
    case ast::HasAccess::Scope::Value: {
      const auto value = resolve_dimension_value(context_, site_, *written.value);
      if (!value) return std::nullopt;
      access.scope = AnonymousAccess::Scope::Value;
      access.value = *value;
      access.dimension = EnumId{value->type};
      return access;
    }
    case ast::HasAccess::Scope::Any:
    case ast::HasAccess::Scope::Unknown: {
      access.dimension = resolve_dimension(context_, site_, *written.value);
      access.scope = written.scope == ast::HasAccess::Scope::Any ? AnonymousAccess::Scope::Any : AnonymousAccess::Scope::Unknown;
      return access.dimension.valid() ? std::optional(std::move(access)) : std::nullopt;
    }
  }
  return std::nullopt;
}

/// `over { total: 450 EUR }`: a fact of a resource, found by its name and by what fits.
std::optional<std::pair<AttributeId, FactValue>> FactsWriter::approved_value(const ast::RecordEntry& entry) {
  std::vector<std::string> all;
  for (const EntityId entity : context_.program.schema.entities.ids()) {
    if (context_.program.schema.entities[entity].kind != typed_ir::EntityKind::Resource) continue;
    for (const AttributeId id : context_.program.schema.entities[entity].attributes) {
      const typed_ir::Attribute& attribute = context_.program.schema.attributes[id];
      all.push_back(attribute.name);
      if (attribute.name != entry.name.text) continue;
      Trial trial(context_);
      auto value = fact(entry, attribute.name, attribute.type);
      if (value && !trial.failed()) {
        context_.used(entry.name, attribute.origin.range);
        return std::pair{id, std::move(*value)};
      }
    }
  }
  report_unknown(context_, entry.name, "a fact of a resource with such a value", all);
  return std::nullopt;
}

bool FactsWriter::state(const ast::GivenApproval& given, typed_ir::Warrants& warrants) {
  const Symbol* chain = resolve(context_, site_, given.approval, Kinds::of(SymbolKind::Approval), "an approval");
  if (!chain) return false;
  typed_ir::ApprovalWarrant warrant;
  warrant.chain = chain->chain();
  for (const ast::Who& who : given.by) {
    const auto id = id_of(who);
    if (!id) return false;
    warrant.by.push_back(*id);
  }
  if (given.at) {
    warrant.at = start_of(context_, site_, *given.at);
    if (!warrant.at) return false;
  }
  if (given.over)
    for (const ast::RecordEntry& entry : given.over->entries) {
      auto value = approved_value(entry);
      if (!value) return false;
      warrant.over.push_back(std::move(*value));
    }
  warrants.approvals.push_back(std::move(warrant));
  return true;
}

}  // namespace writ::check
