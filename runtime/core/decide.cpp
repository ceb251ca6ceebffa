// The outcome, and until when it holds (semantics.md 11.1–11.3).
#include "runtime/core/telling.h"

namespace writ::core {

void Evaluation::judge_restriction(Index id) {
  switch (static_cast<layout::RestrictionKind>(view_.restrictions[id].kind)) {
    case layout::RestrictionKind::Act: return act_instances(id);
    case layout::RestrictionKind::Standing: return use_instances(id);
    case layout::RestrictionKind::Object: return object_instances(id, false);
    case layout::RestrictionKind::People: return object_instances(id, true);
  }
}

void Evaluation::judge_act() {
  persons_ = present_persons(now_);
  member_scenes_ = arena_.room<Scene>(persons_.members.size());
  for (std::size_t i = 0; i < member_scenes_.size(); ++i) new (&member_scenes_[i]) Scene(now_.of(persons_.members[i].record));
  judge_grants();
  for (const Index id : list(view_.actions[request_.action].restrictions))
    if (spend()) judge_restriction(id);
  r_ = r_any_.get();
  r_plus_ = r_plus_any_.get();
}

Outcome Evaluation::outcome() const {
  if (g_.is(Truth::True) && r_.is(Truth::False)) return Outcome::Permit;
  if (g_.is(Truth::True) && r_plus_.is(Truth::False)) return Outcome::Pending;
  if (g_.is(Truth::False) || r_plus_.is(Truth::True)) return Outcome::Deny;
  return Outcome::Indeterminate;
}

Instant Evaluation::valid_until(Outcome outcome) const {
  switch (outcome) {
    case Outcome::Deny: {
      const Instant by_grants = g_.is(Truth::False) ? g_.horizon : 0, by_rules = r_plus_.is(Truth::True) ? r_plus_.horizon : 0;
      return std::max(by_grants, by_rules);
    }
    case Outcome::Permit: return std::min(g_.horizon, r_.horizon);
    case Outcome::Pending:
    case Outcome::Indeterminate: return std::min(g_.horizon, r_plus_.horizon);
  }
  return 0;
}

/// 11.2: the bundle's end, `reuse at most`, and a time that nobody gave.
Instant Evaluation::capped_until(Instant until) const {
  if (request_.time == kNoInstant) return 0;
  const layout::Manifest& m = *view_.manifest;
  until = std::min(until, m.not_after);
  Instant reuse = kForever;
  if (m.reuse_at_most != 0 && __builtin_add_overflow(request_.time, m.reuse_at_most, &reuse)) reuse = kForever;
  return std::min(until, reuse);
}

bool Evaluation::reads_history() const {
  for (const Index id : list(view_.actions[request_.action].restrictions)) {
    const auto kind = static_cast<layout::RestrictionKind>(view_.restrictions[id].kind);
    if (kind == layout::RestrictionKind::Object || kind == layout::RestrictionKind::People) return true;
  }
  return false;
}

Evaluated Evaluation::perform() {
  Evaluated answer;
  answer.status = status_;
  if (status_ != Status::ok) return answer;
  Decision& d = answer.decision;
  if (request_.refused != Refused::No) {
    d.reason = request_.refused;
    d.valid_until = capped_until(kForever);
    return answer;
  }
  judge_act();
  d.outcome = outcome();
  Instant until = valid_until(d.outcome);
  Telling telling(*this, d);
  telling.obligations(until);
  if (leaves_.told()) {
    telling.tell();
    report_unenforced();
    d.findings = findings_.get();
  }
  d.valid_until = capped_until(until);
  d.reads_history = reads_history();
  answer.status = status();
  if (answer.status != Status::ok) d = {};
  return answer;
}

}  // namespace writ::core
