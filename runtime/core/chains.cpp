#include "runtime/core/chains.h"

namespace writ::core {
namespace {

const Key& who(const Approval& record) { return record.approver.back().who; }

}  // namespace

bool Chains::about(const Approval& a, std::uint32_t step) const {
  return a.chain == id_ && a.step == step + 1 && a.readable && !a.withdrawn && a.digest_matches;
}

/// Records of a step that may count: approved, by somebody known. Latest first.
Chains::Records Chains::records(std::uint32_t step) {
  List<const Approval*> all(e_.arena_);
  for (const Approval& a : e_.request_.warrants.approvals)
    if (e_.spend() && about(a, step) && !a.rejected && !a.approver.empty() && a.approver.back().resolved && a.given != kNoInstant) all.push(&a);
  const std::span<const Approval*> found = all.get();
  for (std::size_t i = 1; i < found.size(); ++i)
    for (std::size_t j = i; j > 0 && e_.spend() && found[j]->given > found[j - 1]->given; --j) std::swap(found[j], found[j - 1]);
  return found;
}

Judged Chains::rejected(std::uint32_t step) {
  Any any(e_.leaves_);
  for (const Approval& a : e_.request_.warrants.approvals)
    if (e_.spend() && about(a, step) && a.rejected) any.add(a.given == kNoInstant ? surely(Truth::True) : e_.not_before(e_.now_.asked, a.given));
  return any.get();
}

/// True or false as they are the same person or not; `when_same` says which.
Judged Chains::is_person(const Key& a, const Key& b, Truth when_same, Instant horizon) {
  const Truth same = e_.same_person(a, b);
  if (same == Truth::Unknown) return e_.unknown_word(Word::person, Reason::shared);
  return surely(same == Truth::True ? when_same : !when_same, horizon);
}

/// Who could still fill a party (7.5); those who ask cannot.
Judged Chains::obtainable(Index id) {
  for (;;) {
    const layout::Party& party = e_.view_.parties[id];
    if (party.kind == static_cast<std::uint32_t>(layout::PartyKind::Person)) {
      bool own = false;
      for (const Person& p : e_.persons_.effective) own |= p.key.id == e_.view_.text(party.person);
      return surely(truth_of(!own));
    }
    if (party.kind != static_cast<std::uint32_t>(layout::PartyKind::Path)) return surely(Truth::True);
    if (party.path == kNone) return surely(Truth::False);
    const Result target = e_.value(party.path, e_.now_);
    if (target.state == State::Absent) {
      const auto inner = e_.list(party.inner);
      if (inner.empty() || !e_.spend()) return surely(Truth::False, target.horizon);
      id = inner[0];
      continue;
    }
    if (!target.known() || target.value.scalar != layout::Scalar::Ref) return unknown(target.why, target.horizon);
    All all(e_.leaves_);
    for (const Person& p : e_.persons_.effective) all.add(is_person(p.key, {target.value.type, target.value.text}, Truth::False, target.horizon));
    return all.get();
  }
}

Judged Chains::obtainable(const layout::Step& step) {
  Any any(e_.leaves_);
  for (std::uint32_t n = 0; n < ways(step) && e_.spend(); ++n) {
    List<Index> slots(e_.arena_);
    way(step, n, slots);
    All all(e_.leaves_);
    for (const Index party : slots.get()) all.add(obtainable(party));
    any.add(all.get());
  }
  return any.get();
}

bool Chains::may_fill(const Approval& record, const List<const Approval*>& used) const {
  const std::string_view id = who(record).id;
  for (const Approval* u : used.get())
    if (who(*u).id == id) return false;
  for (const std::string_view t : taken_.get())
    if (t == id) return false;
  return true;
}

/// The best way to fill slots with different people; the first of the best, records in their order.
Chains::Filled Chains::fill(Slots slots, Records records, List<const Approval*>& used) {
  Filled best;
  const std::size_t at = used.size();
  if (at == slots.size()) {
    List<const Approval*> copy(e_.arena_);
    for (const Approval* u : used.get()) copy.push(u);
    return {surely(Truth::True), copy.get()};
  }
  for (const Approval* record : records) {
    if (!e_.spend() || best.judged.is(Truth::True)) break;
    if (!may_fill(*record, used)) continue;
    const Judged here = fits(slots[at], *record);
    if (here.is(Truth::False)) continue;
    used.push(record);
    Filled rest = fill(slots, records, used);
    used.pop();
    All all(e_.leaves_);
    all.add(here);
    all.add(rest.judged);
    rest.judged = all.get();
    if (rest.judged.truth > best.judged.truth) best = rest;
  }
  return best;
}

/// A step's due runs from the request or from the previous step; the first needs to know when it was asked for.
Judged Chains::in_time(const layout::Step& step, Records used, Instant previous) {
  All all(e_.leaves_);
  for (const Approval* record : used) {
    const Instant start = previous == kNoInstant ? record->requested : previous;
    if (step.due == 0) continue;
    if (start == kNoInstant) all.add(e_.unknown_word(Word::approvals, Reason::not_supplied));
    else all.add(surely(truth_of(start <= record->given && record->given < later(start, step.due))));
  }
  return all.get();
}

Chains::Filled Chains::best(const layout::Step& step, Records records, Instant previous) {
  Filled best;
  for (std::uint32_t n = 0; n < ways(step) && e_.spend(); ++n) {
    List<Index> slots(e_.arena_);
    way(step, n, slots);
    List<const Approval*> used(e_.arena_);
    Filled filled = fill(slots.get(), records, used);
    All all(e_.leaves_);
    all.add(filled.judged);
    all.add(in_time(step, filled.used, previous));
    for (const Approval* record : filled.used) {
      all.add(independent(*record));
      all.add(e_.not_before(e_.now_.asked, record->given));
    }
    filled.judged = all.get();
    if (best.used.empty() || filled.judged.truth > best.judged.truth) best = filled;
  }
  return best;
}

Instant Chains::covered_until() {
  Instant until = kForever;
  for (const Index term : e_.list(chain_.over)) until = std::min(until, e_.value(term, e_.now_).horizon);
  return until;
}

void Chains::judge(LiftVerdict& verdict, List<Missing>* missing) {
  All met(e_.leaves_), can_all(e_.leaves_);
  Instant previous = kNoInstant;
  bool open = false;
  const auto lacks = [&](std::uint32_t step, Instant by) {
    if (missing) missing->push({lift_, step + 1, chain_.first_step + step, by});
  };
  for (std::uint32_t i = 0; i < chain_.step_count && e_.spend(); ++i) {
    const layout::Step& s = step(i);
    Filled filled = best(s, records(i), previous);
    if (open) filled.judged = surely(Truth::False);   // in order: a later step waits for the earlier
    met.add(filled.judged);
    if (!filled.judged.is(Truth::True)) {
      const bool started = previous != kNoInstant && !open && s.due != 0;
      All can(e_.leaves_);
      can.add(!rejected(i));
      can.add(obtainable(s));
      if (started) can.add(e_.before(e_.now_.asked, later(previous, s.due)));
      can_all.add(can.get());
      lacks(i, started ? later(previous, s.due) : kForever);
      open = true;
      continue;
    }
    Instant last = 0;
    for (const Approval* record : filled.used) {
      last = std::max(last, record->given);
      if (chain_.may_repeat == 0) taken_.push(who(*record).id);
    }
    previous = std::max(previous == kNoInstant ? 0 : previous, last);
  }
  if (!open && chain_.good_for != 0 && previous != kNoInstant) {
    const Judged lasts = e_.before(e_.now_.asked, later(previous, chain_.good_for));
    met.add(lasts);
    if (!lasts.is(Truth::True))
      for (std::uint32_t i = 0; i < chain_.step_count; ++i) lacks(i, kForever);
  }
  // The digest covers facts and persons; whatever goes stale among them changes what fits.
  const Instant horizon = std::min(covered_until(), e_.persons_.horizon);
  verdict = {lift_, capped(met.get(), horizon), capped(can_all.get(), horizon)};
}

}  // namespace writ::core
