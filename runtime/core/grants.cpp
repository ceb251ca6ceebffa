// Grants of the present act, and whose rights count along a path (semantics.md 4.2, 5, 11.1).
#include "runtime/core/evaluation.h"

namespace writ::core {

bool Evaluation::covers(const layout::Grant& grant, const Record& person) const {
  const layout::Access& access = view_.accesses[grant.access];
  if (!type_fits(grant.role, {person.type, person.id})) return false;
  if (access.principal != kNone && access.principal != person.type) return false;
  return access.principal_id == 0 || view_.text(access.principal_id) == person.id;
}

/// The run of holdings of one role; holdings are sorted by role.
std::span<const Held> Evaluation::holdings_of(Index role, const Record& person) const {
  const std::span<const Held> all = person.held.roles;
  const auto first = std::lower_bound(all.begin(), all.end(), role, [](const Held& h, Index r) { return h.role < r; });
  auto last = first;
  while (last != all.end() && last->role == role) ++last;
  return {first, last};
}

/// 2.3: a grant missing from an incomplete `held` is unknown, for whatever arguments.
Judged Evaluation::unlisted_grant(const layout::Grant& grant, const Record& person, const Scene& scene) {
  All all(leaves_);
  all.add(unknown(held_leaf(&person)));
  all.add(judge(view_.accesses[grant.access].where, scene));
  return all.get();
}

Judged Evaluation::by_holdings(const layout::Grant& grant, const Record& person, std::span<const Held> held, const Scene& scene) {
  Any any(leaves_);
  for (const Held& h : held) {
    const Scene own = scene.of(&person, h.args);
    All all(leaves_);
    all.add(effective(person, h, own));
    if (!all.settled()) all.add(judge(view_.accesses[grant.access].where, own));
    any.add(all.get());
    if (any.settled()) break;
  }
  if (!person.held.complete && !any.settled()) any.add(unlisted_grant(grant, person, scene));
  return any.get();
}

void Evaluation::add_verdict(Index grant, const Judged& judged, Any& any) {
  any.add(judged);
  if (!leaves_.told() || judged.is(Truth::False)) return;
  if (Verdict* verdict = arena_.one<Verdict>()) {
    *verdict = {grant, judged.truth, verdicts_};
    verdicts_ = verdict;
  }
}

/// G: what the subject holds first, by index; the other grants of the action can only be unknown, and only count while none is true.
void Evaluation::judge_grants() {
  const Record& person = request_.entities[request_.subject];
  const Judged rights = rights_of_path();
  Any any(leaves_);
  const auto with_rights = [&](Index id, const Judged& judged) {
    if (rights.always_true()) return add_verdict(id, judged, any);
    All all(leaves_);
    all.add(rights);
    all.add(judged);
    add_verdict(id, all.get(), any);
  };
  const std::span<const Index> grants = this->grants();
  const std::span<const Held> held = person.held.roles;
  for (std::size_t i = 0; i < held.size();) {
    std::size_t end = i;
    while (end < held.size() && held[end].role == held[i].role) ++end;
    if (const RoleGrants* run = grants_of(held[i].role))
      for (const Index id : grants.subspan(run->first, run->count))
        if (spend() && covers(view_.grants[id], person)) with_rights(id, by_holdings(view_.grants[id], person, held.subspan(i, end - i), now_));
    i = end;
  }
  if (!person.held.complete && !any.get().is(Truth::True)) {
    for (const Index id : grants) {
      const layout::Grant& grant = view_.grants[id];
      if (spend() && covers(grant, person) && holdings_of(grant.role, person).empty()) with_rights(id, unlisted_grant(grant, person, now_));
    }
  }
  g_ = any.get();
}

/// Any grant of the act for somebody else on the path.
Judged Evaluation::any_grant(const Record* person) {
  Any any(leaves_);
  for (const Index id : grants()) {
    const layout::Grant& grant = view_.grants[id];
    if (!spend()) break;
    if (!person) any.add(unknown(held_leaf(nullptr)));
    else if (covers(grant, *person)) any.add(by_holdings(grant, *person, holdings_of(grant.role, *person), now_.of(person)));
  }
  return any.get();
}

/// Whose rights (4.2): on behalf needs the earlier one's as well; what is not attested, delegated or unsaid is never true.
Judged Evaluation::rights_of_path() {
  const std::span<const Hop> path = request_.path;
  if (path.empty()) return unknown_word(Word::path, Reason::not_supplied);
  std::size_t first = 1;                   // after `runs as` the later one's rights, whatever came before
  for (std::size_t i = 1; i < path.size(); ++i)
    if (path[i].how == Hop::How::RunsAs) first = i + 1;
  All rights(leaves_);
  for (std::size_t i = first; i < path.size(); ++i) {
    const Hop& earlier = path[i - 1];
    if (path[i].how == Hop::How::Delegated) rights.add(unknown_word(Word::delegation, Reason::not_supported));
    else if (path[i].how == Hop::How::Unsaid) rights.add(unknown_word(Word::path, Reason::not_supplied));
    else rights.add(earlier.resolved ? any_grant(find(earlier.who)) : unknown_word(Word::path, Reason::ill_typed));
  }
  if (has_unattested_hop()) rights.add(unknown_word(Word::path, Reason::not_attested));
  return rights.get();
}

}  // namespace writ::core
