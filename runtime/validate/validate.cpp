// What the records say. Each function below checks the records of one table, in section order; the first refusal stands.
#include "runtime/validate/validate.h"

#include "runtime/validate/container.h"

namespace writ::runtime {
namespace {

using layout::kNone;
using layout::Section;
using layout::Span;

constexpr std::int64_t kMaxScaled = 1'000'000'000'000'000'000;

class Pass {
 public:
  explicit Pass(const View& view) : v_(view) {}

  Refusal refusal = Refusal::none;
  std::uint32_t section = 0;
  std::uint32_t record = 0;

  void run() {
    manifest();
#define WRIT_TABLE(Record, member, name)                                     \
  if (fine()) section = static_cast<std::uint32_t>(Section::name);           \
  if (fine()) record = 0;                                                    \
  for (; fine() && record < v_.member.count; record += fine() ? 1 : 0) check(v_.member[record]);
#include "runtime/validate/tables.def"
#undef WRIT_TABLE
    if (fine()) record = 0;
    if (fine()) ends();
  }

 private:
  bool fine() const { return refusal == Refusal::none; }
  void need(const bool holds, Refusal code) {
    if (!holds && fine()) refusal = code;
  }
  void known(std::uint32_t flags, std::uint32_t mask) { need((flags & ~mask) == 0, Refusal::flag_not_known); }
  void zero(std::uint32_t field) { need(field == 0, Refusal::record_not_zero); }
  void str(layout::Str s) { need(s < v_.string_count(), Refusal::string_index); }
  static bool optional(std::uint32_t index, std::uint32_t count) { return index == kNone || index < count; }

  /// Each entry of a list lies below `limit`. The lists' lengths may not add up to more than the pool: no entry is walked twice.
  void list(Span s, std::uint32_t limit, Refusal code) {
    inside(s);
    for (std::uint32_t i = 0; fine() && i < s.count; ++i) need(v_.indices[s.begin + i] < limit, code);
  }
  /// A list of indices some of which may be none.
  void optional_list(Span s, std::uint32_t limit, Refusal code) {
    inside(s);
    for (std::uint32_t i = 0; fine() && i < s.count; ++i) need(optional(v_.indices[s.begin + i], limit), code);
  }
  void inside(Span s) {
    if (!fine()) return;
    need(s.count > 0 || s.begin == 0, Refusal::list_empty_not_zero);
    need(std::uint64_t{s.begin} + s.count <= v_.indices.count, Refusal::list_outside);
    listed_ += s.count;
    need(listed_ <= v_.indices.count, Refusal::lists_share);
  }
  void strings(Span s) { list(s, v_.string_count(), Refusal::string_index); }
  void ascending(Span s, Refusal code) {
    for (std::uint32_t i = 1; fine() && i < s.count; ++i) need(v_.indices[s.begin + i - 1] < v_.indices[s.begin + i], code);
  }

  /// Parts belong to their owners in order, without gaps: the owners' runs tile the table.
  void tile(std::uint32_t first, std::uint32_t count, std::uint32_t& next, std::uint32_t total) {
    if (!fine()) return;
    need(first == next, Refusal::tile_order);
    need(count <= total - next, Refusal::tile_rest);
    if (fine()) next += count;
  }

  void manifest() {
    section = static_cast<std::uint32_t>(Section::Manifest);
    const layout::Manifest& m = *v_.manifest;
    for (const layout::Str s : {m.name, m.policy_version, m.root_module, m.edition, m.compiler, m.tzdb_version, m.previous_digest, m.verdict_hash}) str(s);
    need(m.accept_marks <= 1 && m.unproved <= 1, Refusal::manifest_switch);
    need(m.epoch >= 0 && m.not_before < m.not_after, Refusal::manifest_window);
    need(m.skew >= 0 && m.reuse_at_most >= 0, Refusal::manifest_duration);
    need(m.source_digests.count % 2 == 0, Refusal::manifest_source_digests);
    strings(m.source_digests);
  }

  void check(const layout::Value& r) {
    str(r.text);
    zero(r.zero);
    need(r.scalar <= static_cast<std::uint32_t>(layout::Scalar::Ref), Refusal::value_scalar);
    if (!fine()) return;
    switch (static_cast<layout::Scalar>(r.scalar)) {
      case layout::Scalar::Bool: return need(r.type == 0, Refusal::value_type), need(r.number == 0 || r.number == 1, Refusal::value_bool);
      case layout::Scalar::Decimal:
      case layout::Scalar::Money:
        return need(r.type == 0, Refusal::value_type), need(r.number > -kMaxScaled && r.number < kMaxScaled, Refusal::value_range);
      case layout::Scalar::Enum: return ordinal(r);
      case layout::Scalar::Ref: return need(r.type < v_.entities.count, Refusal::value_type);
      case layout::Scalar::Int:
      case layout::Scalar::String:
      case layout::Scalar::Time:
      case layout::Scalar::Duration: return need(r.type == 0, Refusal::value_type);
    }
  }
  void ordinal(const layout::Value& r) {
    need(r.type < v_.enums.count, Refusal::value_type);
    if (!fine() || (v_.enums[r.type].flags & layout::kEnumOpen) != 0) return;
    need(r.number >= 0 && r.number < v_.enums[r.type].value_count, Refusal::value_ordinal);
  }

  void check(const layout::Type& r) {
    need(r.scalar <= static_cast<std::uint32_t>(layout::Scalar::Ref), Refusal::type_scalar);
    known(r.flags, layout::kTypeSet | layout::kTypeOptional);
    const bool of_enum = r.scalar == static_cast<std::uint32_t>(layout::Scalar::Enum), ref = r.scalar == static_cast<std::uint32_t>(layout::Scalar::Ref);
    need(of_enum ? r.enumeration < v_.enums.count : r.enumeration == kNone, Refusal::type_enum);
    need(ref ? r.entity < v_.entities.count : r.entity == kNone, Refusal::type_entity);
    str(r.currency);
    zero(r.zero);
  }

  void check(const layout::Enum& r) {
    str(r.name), str(r.local);
    known(r.flags, layout::kEnumDimension | layout::kEnumOpen);
    need(r.parent == kNone || r.parent < record, Refusal::enum_parent);
    tile(r.first_value, r.value_count, enum_values_, v_.enum_values.count);
    const std::uint32_t limit = r.parent == kNone ? 0 : fine() ? v_.enums[r.parent].value_count : 0;
    for (std::uint32_t i = 0; fine() && i < r.value_count; ++i)
      need(optional(v_.enum_values[r.first_value + i].parent, limit), Refusal::enum_value_parent);
  }
  void check(const layout::EnumValue& r) { str(r.name); }

  void check(const layout::System& r) {
    str(r.name);
    known(r.flags, layout::kSystemEnforced);
    strings(r.complete_for);
  }
  void check(const layout::Entity& r) {
    str(r.name), str(r.local);
    need(r.kind <= static_cast<std::uint32_t>(layout::EntityKind::Input), Refusal::entity_kind);
    tile(r.first_attribute, r.attribute_count, attributes_, v_.attributes.count);
    for (const layout::Index a : {r.tenure_from, r.tenure_until, r.owner, r.manager}) need(optional(a, v_.attributes.count), Refusal::entity_attribute);
    zero(r.zero);
    list(r.operated_by, v_.attributes.count, Refusal::entity_attribute);
    for (std::uint32_t i = 0; fine() && i < r.attribute_count; ++i)
      need(v_.attributes[r.first_attribute + i].owner == record, Refusal::attribute_owner);
  }
  void check(const layout::Attribute& r) {
    str(r.name);
    need(r.type < v_.types.count, Refusal::attribute_type);
    known(r.flags, layout::kAttributeFixed);
    need(r.fresh_within >= 0, Refusal::attribute_freshness);
  }
  void check(const layout::Action& r) {
    str(r.name), str(r.module);
    need(record == 0 || v_.actions[record - 1].name < r.name, Refusal::action_order);
    need(optional(r.resource, v_.entities.count), Refusal::action_resource);
    need(optional(r.input, v_.entities.count), Refusal::action_input);
    known(r.flags, layout::kActionReads);
    zero(r.zero);
    list(r.grants, v_.grants.count, Refusal::action_grant);
    list(r.restrictions, v_.restrictions.count, Refusal::action_restriction);
    list(r.obligations, v_.obligations.count, Refusal::action_obligation);
    for (const Span s : {r.grants, r.restrictions, r.obligations}) ascending(s, Refusal::action_list_order);
  }
  void check(const layout::Threshold& r) {
    str(r.name);
    zero(r.zero);
    list(r.values, v_.values.count, Refusal::threshold_value);
    for (std::uint32_t i = 0; fine() && i < r.values.count; ++i)
      need(v_.values[v_.indices[r.values.begin + i]].scalar == static_cast<std::uint32_t>(layout::Scalar::Money), Refusal::threshold_value);
  }

  void check(const layout::Term& r) {
    using Kind = layout::TermKind;
    need(r.kind <= static_cast<std::uint32_t>(Kind::Unknown), Refusal::term_kind);
    need(r.type < v_.types.count, Refusal::term_type);
    if (!fine()) return;
    const auto kind = static_cast<Kind>(r.kind);
    need(kind == Kind::Root ? r.root <= static_cast<std::uint32_t>(layout::Root::Scope) : r.root == 0 && r.index == 0, Refusal::term_root);
    need(kind == Kind::Attribute ? r.attribute < v_.attributes.count : r.attribute == kNone, Refusal::term_attribute);
    const bool valued = kind == Kind::Literal || kind == Kind::Scale;
    need(valued ? r.value < v_.values.count : r.value == kNone, Refusal::term_value);
    need(arity(kind, r.terms.count), Refusal::term_arity);
    list(r.terms, record, Refusal::term_not_forward);
  }
  static bool arity(layout::TermKind kind, std::uint32_t n) {
    using Kind = layout::TermKind;
    switch (kind) {
      case Kind::Literal: case Kind::Root: case Kind::Now: case Kind::Unknown: return n == 0;
      case Kind::Attribute: case Kind::RollUp: case Kind::Scale: return n == 1;
      case Kind::Add: case Kind::Subtract: case Kind::Otherwise: return n == 2;
      case Kind::SetLiteral: return true;
    }
    return false;
  }

  void check(const layout::Cond& r) {
    using Kind = layout::CondKind;
    need(r.kind <= static_cast<std::uint32_t>(Kind::AtLeast) && r.kind != static_cast<std::uint32_t>(Kind::Can), Refusal::cond_kind);
    if (!fine()) return;
    const auto kind = static_cast<Kind>(r.kind);
    const bool threshold = kind == Kind::ThresholdLess || kind == Kind::ThresholdLessEqual;
    need(arity(kind, r.terms.count, r.conds.count), Refusal::cond_arity);
    need(kind == Kind::AtLeast || r.count == 0, Refusal::cond_count);
    need(kind == Kind::Holds ? r.role < v_.roles.count : r.role == kNone, Refusal::cond_role);
    need(threshold ? r.threshold < v_.thresholds.count : r.threshold == kNone, Refusal::cond_threshold);
    list(r.terms, v_.terms.count, Refusal::cond_term);
    list(r.conds, record, Refusal::cond_not_forward);
  }
  static bool arity(layout::CondKind kind, std::uint32_t terms, std::uint32_t conds) {
    using Kind = layout::CondKind;
    switch (kind) {
      case Kind::True: case Kind::False: case Kind::Unknown: return terms == 0 && conds == 0;
      case Kind::Fact: case Kind::Known: case Kind::IsEmpty: case Kind::ThresholdLess: case Kind::ThresholdLessEqual: return terms == 1 && conds == 0;
      case Kind::Equal: case Kind::Less: case Kind::LessEqual: case Kind::In: case Kind::SubsetOf: case Kind::Overlaps:
      case Kind::StartsWith: case Kind::EndsWith: case Kind::Under: return terms == 2 && conds == 0;
      case Kind::Holds: return terms >= 1 && conds == 0;
      case Kind::Not: return terms == 0 && conds == 1;
      case Kind::And: case Kind::Or: return terms == 0 && conds >= 2;
      case Kind::AtLeast: return terms == 0 && conds >= 1;
      case Kind::Can: return false;
    }
    return false;
  }

  void condition(std::uint32_t c, Refusal code) { need(optional(c, v_.conds.count), code); }
  /// A condition of something that grants or lifts: nothing there is not the same as true.
  void required(std::uint32_t c, Refusal code) { need(c < v_.conds.count, code); }
  void source(std::uint32_t s) { need(s < v_.sources.count, Refusal::source_index); }

  void check(const layout::RoleUse& r) {
    need(r.role < v_.roles.count, Refusal::role_use_role);
    zero(r.zero);
    list(r.args, v_.terms.count, Refusal::role_use_argument);
  }
  void check(const layout::Role& r) {
    str(r.name), str(r.local), str(r.only_id);
    need(record == 0 || v_.roles[record - 1].name < r.name, Refusal::role_order);
    need(r.type < v_.entities.count, Refusal::role_type);
    condition(r.eligible, Refusal::role_eligible);
    known(r.flags, layout::kRoleContinuous | layout::kRoleHasBirthright | layout::kRoleHasOtherRoute);
    strings(r.parameter_names);
    list(r.parameter_types, v_.types.count, Refusal::role_parameter);
    need(r.parameter_names.count == r.parameter_types.count, Refusal::role_parameter);
    list(r.ancestors, v_.role_uses.count, Refusal::role_ancestor);
    need(r.cap >= 0, Refusal::role_cap);
    need(optional(r.scope, v_.terms.count), Refusal::role_scope);
    source(r.source);
  }
  void check(const layout::Access& r) {
    list(r.actions, v_.actions.count, Refusal::access_action);
    known(r.flags, layout::kAccessEverything | layout::kAccessBuiltIn);
    need(optional(r.principal, v_.entities.count), Refusal::access_principal);
    str(r.principal_id);
    condition(r.where, Refusal::access_where);
  }
  void check(const layout::Grant& r) {
    str(r.id);
    need(r.role < v_.roles.count && r.declared_in < v_.roles.count, Refusal::grant_role);
    need(record == 0 || v_.grants[record - 1].role <= r.role, Refusal::grant_order);
    need(r.access < v_.accesses.count, Refusal::grant_access);
    required(r.scope, Refusal::grant_condition);
    if (fine()) required(v_.accesses[r.access].where, Refusal::grant_condition);
    source(r.source);
    list(r.conjuncts, v_.conds.count, Refusal::grant_condition);
  }
  void check(const layout::Route& r) {
    need(r.role < v_.roles.count, Refusal::route_role);
    need(r.kind <= 1, Refusal::route_kind);
    condition(r.when, Refusal::route_condition);
    source(r.source);
    list(r.gates, v_.chains.count, Refusal::route_gate);
  }
  void check(const layout::Capability& r) {
    need(r.role < v_.roles.count && r.grant < v_.grants.count && r.action < v_.actions.count && r.where < v_.conds.count, Refusal::capability_reference);
    optional_list(r.scopes, v_.enums.count, Refusal::capability_scope);
  }
  void check(const layout::SideElement& r) {
    list(r.accesses, v_.accesses.count, Refusal::side_element_access);
    list(r.roles, v_.role_uses.count, Refusal::side_element_role);
    zero(r.zero);
    str(r.text);
    tile(r.first_capability, r.capability_count, capabilities_, v_.capabilities.count);
    for (std::uint32_t i = 1; fine() && i < r.capability_count; ++i)
      need(v_.capabilities[r.first_capability + i - 1].role <= v_.capabilities[r.first_capability + i].role, Refusal::capability_order);
  }
  void check(const layout::Side& r) {
    tile(r.first_element, r.element_count, side_elements_, v_.side_elements.count);
    need(r.need >= 1 && r.need <= r.element_count, Refusal::side_need);
    within(r.within_dimension, r.within, Refusal::side_within);
    str(r.text);
    zero(r.zero);
  }
  void within(std::uint32_t dimension, Span values, Refusal code) {
    need(optional(dimension, v_.enums.count), code);
    need(dimension != kNone || values.count == 0, code);
    list(values, fine() && dimension != kNone ? v_.enums[dimension].value_count : 0, code);
  }
  /// Every capability of a rule has one scope per joined dimension; without a join one per dimension to which lifts are confined, of which there are as many
  /// as lifts at most. Its sides and their parts are checked before.
  void scopes(const layout::Restriction& r) {
    const std::uint32_t joined = r.same.count + (r.across == kNone ? 0 : 1);
    for (std::uint32_t s = r.first_side; fine() && s < r.first_side + r.side_count; ++s)
      for (std::uint32_t e = v_.sides[s].first_element; fine() && e < v_.sides[s].first_element + v_.sides[s].element_count; ++e)
        for (std::uint32_t c = v_.side_elements[e].first_capability; fine() && c < v_.side_elements[e].first_capability + v_.side_elements[e].capability_count; ++c)
          need(v_.capabilities[c].scopes.count == joined || (joined == 0 && v_.capabilities[c].scopes.count <= r.lifts.count), Refusal::capability_scope);
  }
  void check(const layout::KeyPath& r) {
    need(r.action < v_.actions.count, Refusal::key_path_action);
    need(r.term < v_.terms.count, Refusal::key_path_term);
  }
  void check(const layout::Restriction& r) {
    str(r.name), str(r.rule);
    need(record == 0 || v_.restrictions[record - 1].name <= r.name, Refusal::restriction_order);
    need(r.kind <= static_cast<std::uint32_t>(layout::RestrictionKind::People), Refusal::restriction_kind);
    known(r.flags, 63);
    known(r.yields, 7);
    need(r.level <= 4, Refusal::restriction_level);
    list(r.accesses, v_.accesses.count, Refusal::restriction_access);
    tile(r.first_side, r.side_count, sides_, v_.sides.count);
    list(r.same, v_.enums.count, Refusal::restriction_dimension);
    need(optional(r.across, v_.enums.count), Refusal::restriction_dimension);
    scopes(r);
    need(optional(r.key, v_.entities.count), Refusal::restriction_key);
    tile(r.first_key_path, r.key_path_count, key_paths_, v_.key_paths.count);
    need(r.over >= 0, Refusal::restriction_window);
    list(r.lifts, v_.lifts.count, Refusal::restriction_lift);
    for (std::uint32_t i = 0; fine() && i < r.lifts.count; ++i)
      need(v_.lifts[v_.indices[r.lifts.begin + i]].of == record, Refusal::restriction_lift);
    source(r.source);
  }
  void check(const layout::Lift& r) {
    str(r.id), str(r.evidence), str(r.owner);
    need(r.of < v_.restrictions.count, Refusal::lift_restriction);
    need(r.kind <= static_cast<std::uint32_t>(layout::LiftKind::Warrant), Refusal::lift_kind);
    known(r.flags, layout::kLiftClaimed | layout::kLiftApproved);
    list(r.persons, v_.string_count(), Refusal::lift_person);
    need(optional(r.type, v_.entities.count) && optional(r.object_type, v_.entities.count), Refusal::lift_type);
    for (const layout::Index c : {r.who, r.object_where, r.while_condition}) required(c, Refusal::lift_condition);
    within(r.within_dimension, r.within, Refusal::lift_within);
    strings(r.object_ids);
    need(r.warrant <= static_cast<std::uint32_t>(layout::WarrantKind::Approval) && r.fresh_within >= 0, Refusal::lift_warrant);
    need(optional(r.chain, v_.chains.count), Refusal::lift_chain);
    source(r.source);
    list(r.controls, v_.controls.count, Refusal::lift_control);
    zero(r.zero);
  }
  void check(const layout::Party& r) {
    need(r.kind <= static_cast<std::uint32_t>(layout::PartyKind::Chain), Refusal::party_kind);
    need(optional(r.role_use, v_.role_uses.count) && optional(r.within_same, v_.enums.count) && optional(r.path, v_.terms.count) &&
             optional(r.chain, v_.chains.count),
         Refusal::party_reference);
    str(r.person), str(r.text);
    list(r.inner, record, Refusal::party_not_forward);
  }
  void check(const layout::Step& r) {
    list(r.parties, v_.parties.count, Refusal::step_party);
    need(r.either <= 1 && r.due >= 0, Refusal::step_switch);
    zero(r.zero);
  }
  /// A chain may name earlier ones only: every party up to the last one it uses, inner ones included, belongs to it or to an earlier chain.
  void parties_of(const layout::Step& s) {
    for (std::uint32_t i = 0; fine() && i < s.parties.count; ++i)
      for (const std::uint32_t last = v_.indices[s.parties.begin + i]; fine() && parties_ <= last; ++parties_)
        need(v_.parties[parties_].chain == kNone || v_.parties[parties_].chain < record, Refusal::chain_not_forward);
  }
  void check(const layout::Chain& r) {
    str(r.name);
    need(r.may_repeat <= 1 && r.good_for >= 0, Refusal::chain_switch);
    tile(r.first_step, r.step_count, steps_, v_.steps.count);
    for (std::uint32_t i = 0; fine() && i < r.step_count; ++i) parties_of(v_.steps[r.first_step + i]);
    list(r.over, v_.terms.count, Refusal::chain_over);
    source(r.source);
    zero(r.zero);
  }
  void check(const layout::Control& r) {
    str(r.name);
    need(r.by_requirement <= 1 && r.tested_every >= 0, Refusal::control_switch);
    source(r.source);
    zero(r.zero);
  }
  void check(const layout::Obligation& r) {
    str(r.id), str(r.whom);
    need(r.kind <= 1 && r.on_deny <= 1, Refusal::obligation_kind);
    list(r.after, v_.accesses.count, Refusal::obligation_access);
    source(r.source);
    zero(r.zero);
  }
  void check(const layout::ProofRecord& r) { str(r.obligation), str(r.verdict); }
  void check(const layout::Source& r) {
    str(r.statement), str(r.at);
    if (record == 0) return;
    const layout::Source& before = v_.sources[record - 1];
    need(before.statement < r.statement || (before.statement == r.statement && before.at < r.at), Refusal::sources_not_sorted);
  }
  void check(const layout::Sentence& r) { str(r.sentence); }
  void check(const layout::ConditionText& r) {
    str(r.text);
    need(r.cond < v_.conds.count && (record == 0 || v_.condition_texts[record - 1].cond < r.cond), Refusal::condition_text_order);
  }

  /// Nothing is left over: whatever lies in the file is used by somebody.
  void ends() {
    section = static_cast<std::uint32_t>(Section::Indices);
    need(listed_ == v_.indices.count, Refusal::indices_unused);
    need(enum_values_ == v_.enum_values.count && attributes_ == v_.attributes.count && capabilities_ == v_.capabilities.count &&
             side_elements_ == v_.side_elements.count && sides_ == v_.sides.count && key_paths_ == v_.key_paths.count && steps_ == v_.steps.count,
         Refusal::tile_rest);
    section = static_cast<std::uint32_t>(Section::Sentences);
    need(v_.sentences.data == nullptr || v_.sentences.count == v_.sources.count, Refusal::sentences_count);
  }

  const View& v_;
  std::uint64_t listed_ = 0;
  std::uint32_t enum_values_ = 0, attributes_ = 0, capabilities_ = 0, side_elements_ = 0, sides_ = 0, key_paths_ = 0, steps_ = 0;
  std::uint32_t parties_ = 0;
};

}  // namespace

Validation validate(const void* bytes, std::size_t size) {
  Validation v = open_container(static_cast<const char*>(bytes), size);
  if (!v.accepted()) return v;
  if (const Validation s = check_strings(v.view); !s.accepted()) return s;
  Pass pass(v.view);
  pass.run();
  v.refusal = pass.refusal;
  if (!v.accepted()) {
    v.section = pass.section;
    v.record = pass.record;
    v.view = {};
  }
  return v;
}

}  // namespace writ::runtime
