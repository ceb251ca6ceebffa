// Exceptions and mitigations lift the bindings they name (semantics.md 6.9), a requirement is lifted by its warrant (1.1).
#include <algorithm>
#include <tuple>

#include "compiler/kernel/elaboration.h"

namespace writ::kernel {

bool selects(const typed_ir::Lift& lift, const Restriction& r) {
  switch (r.kind) {
    case Restriction::Kind::Act: return true;
    case Restriction::Kind::Standing: return !r.exposure_only && ((r.at_assignment && lift.at_assignment) || (r.at_use && lift.at_use));
    case Restriction::Kind::Object:
    case Restriction::Kind::People: return std::find(lift.same.begin(), lift.same.end(), r.key) != lift.same.end();
  }
  return false;
}

namespace {

Lift close(Elaboration& e, const typed_ir::Lift& written, RestrictionId of) {
  const CondId truth = e.kernel.conditions.truth();
  Lift lift;
  lift.id = written.name;
  lift.of = of;
  lift.kind = written.mitigation ? Lift::Kind::Mitigation : Lift::Kind::Exception;
  lift.persons = written.persons;
  std::sort(lift.persons.begin(), lift.persons.end());
  lift.type = written.type;
  lift.who = written.who.valid() ? written.who : truth;
  lift.within_dimension = written.within_dimension;
  for (const Value& value : written.within) lift.within.push_back(static_cast<std::uint32_t>(value.number));
  std::sort(lift.within.begin(), lift.within.end());
  lift.object_type = written.object_type;
  lift.object_ids = written.object_ids;
  std::sort(lift.object_ids.begin(), lift.object_ids.end());
  lift.object_where = written.object_where.valid() ? written.object_where : truth;
  lift.from = written.from;
  lift.until = written.until;
  lift.while_condition = written.while_condition.valid() ? written.while_condition : truth;
  // A mark is a claim (8.6): it counts only where the project says so, and a term that asks for no approval needs none.
  lift.claimed = e.program.accept_marks && !written.marks.empty();
  lift.approved = !written.terms.by.valid() || lift.claimed;
  lift.controls = written.controls;
  lift.ends = written.on_end_remove;
  lift.owner = written.owner;
  lift.origin = written.origin;
  return lift;
}

Warrant warrant_of(const typed_ir::Requirement& r) {
  Warrant warrant;
  warrant.fresh_within = r.fresh_within;
  warrant.evidence = r.evidence;
  warrant.chain = r.approval;
  switch (r.kind) {
    case typed_ir::Requirement::Kind::Mfa: warrant.kind = Warrant::Kind::Mfa; break;
    case typed_ir::Requirement::Kind::Evidence: warrant.kind = Warrant::Kind::Evidence; break;
    case typed_ir::Requirement::Kind::Approval: warrant.kind = Warrant::Kind::Approval; break;
    case typed_ir::Requirement::Kind::Notify:
    case typed_ir::Requirement::Kind::Log: WRIT_CHECK(false, "an obligation is no restriction");
  }
  return warrant;
}

Lift warrant_lift(Elaboration& e, const typed_ir::Requirement& r, RestrictionId of) {
  const CondId truth = e.kernel.conditions.truth();
  Lift lift;
  lift.id = r.info.name;
  lift.of = of;
  lift.kind = Lift::Kind::Warrant;
  lift.who = truth;
  lift.object_where = truth;
  lift.while_condition = truth;
  lift.warrant = warrant_of(r);
  lift.origin = r.info.origin;
  return lift;
}

}  // namespace

void elaborate_lifts(Elaboration& e) {
  std::vector<Lift> all;
  for (const typed_ir::Lift& written : e.program.lifts)
    for (const RestrictionId id : e.restrictions_of_rule[written.rule])
      if (selects(written, e.kernel.restrictions[id])) all.push_back(close(e, written, id));
  for (const auto& [rule, restrictions] : e.restrictions_of_rule)
    if (const auto* r = std::get_if<typed_ir::Requirement>(&e.program.rules[rule]))
      for (const RestrictionId id : restrictions) all.push_back(warrant_lift(e, *r, id));
  std::stable_sort(all.begin(), all.end(), [](const Lift& a, const Lift& b) { return std::tie(a.id, a.of) < std::tie(b.id, b.of); });
  for (Lift& lift : all) e.kernel.lifts.add(std::move(lift));
}

}  // namespace writ::kernel
