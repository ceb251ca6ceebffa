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

/// A no counts of whom a yes would have counted: one of the step's parties in his capacity then, independent of those who ask.
Judged Chains::rejected(std::uint32_t number) {
  Any any(e_.leaves_);
  for (const Approval& a : e_.request_.warrants.approvals) {
    if (!e_.spend() || !about(a, number) || !a.rejected) continue;
    const bool somebody = !a.approver.empty() && a.approver.back().resolved;
    if (!somebody) {
      any.add(e_.unknown_word(Word::approvals, Reason::not_supplied));
      continue;
    }
    All all(e_.leaves_);
    all.add(party_of(step(number), a));
    all.add(independent(a));
    all.add(a.given == kNoInstant ? e_.unknown_word(Word::approvals, Reason::not_supplied) : e_.not_before(e_.now_.asked, a.given));
    any.add(all.get());
  }
  return any.get();
}

Judged Chains::party_of(const layout::Step& step, const Approval& record) {
  Any any(e_.leaves_);
  for (std::uint32_t n = 0; n < ways(step) && e_.spend(); ++n) {
    List<Index> slots(e_.arena_);
    way(step, n, slots);
    for (const Index party : slots.get()) any.add(fits(party, record));
  }
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

/// A step's due runs from the request or from the previous step; the first needs to know when it was asked for.
Judged Chains::in_time(const layout::Step& step, const Approval& record, Instant previous) {
  if (step.due == 0) return surely(Truth::True);
  const Instant start = previous == kNoInstant ? record.requested : previous;
  if (start == kNoInstant) return e_.unknown_word(Word::approvals, Reason::not_supplied);
  return surely(truth_of(start <= record.given && record.given < later(start, step.due)));
}

/// One person fills one slot; with `may repeat`, one of a step.
bool Chains::may_fill(const Approval& record, std::uint32_t begin) const {
  for (const Approval* u : used_.get().subspan(chain_.may_repeat == 0 ? 0 : begin))
    if (who(*u).id == who(record).id) return false;
  return true;
}

/// Every way to fill the first steps, so that one record more never spoils what the others fill (T2); it stops at the first that is true.
/// What is filled counts while it is not too late for the step after it; of the last one, while it is good.
Chains::Filled Chains::fill(std::uint32_t i, std::uint32_t steps, Instant previous) {
  if (i == steps) {
    const auto lasts = i == chain_.step_count ? chain_.good_for : step(i).due;
    if (lasts == 0 || previous == kNoInstant) return {surely(Truth::True), previous};
    return {e_.before(e_.now_.asked, later(previous, lasts)), previous};
  }
  Any any(e_.leaves_);
  for (std::uint32_t n = 0; n < ways(step(i)) && e_.spend(); ++n) {
    List<Index> slots(e_.arena_);
    way(step(i), n, slots);
    const Filled filled = fill(i, steps, previous, slots.get(), static_cast<std::uint32_t>(used_.size()));
    any.add(filled.judged);
    if (filled.judged.is(Truth::True)) return {any.get(), filled.last};
  }
  return {any.get(), kNoInstant};
}

/// `begin`: how many records earlier steps use; what is used beyond them fills this step's first slots.
Chains::Filled Chains::fill(std::uint32_t i, std::uint32_t steps, Instant previous, Slots slots, std::uint32_t begin) {
  const std::size_t at = used_.size() - begin;
  if (at == slots.size()) {
    Instant last = previous == kNoInstant ? 0 : previous;
    for (const Approval* u : used_.get().subspan(begin)) last = std::max(last, u->given);
    return fill(i + 1, steps, last);
  }
  Any any(e_.leaves_);
  for (const Approval* record : records_[i]) {
    if (!e_.spend()) break;
    if (!may_fill(*record, begin)) continue;
    All here(e_.leaves_);
    here.add(fits(slots[at], *record));
    here.add(in_time(step(i), *record, previous));
    here.add(independent(*record));
    here.add(e_.not_before(e_.now_.asked, record->given));
    Filled filled{here.get(), kNoInstant};
    if (!filled.judged.is(Truth::False)) {
      used_.push(record);
      const Filled rest = fill(i, steps, previous, slots, begin);
      used_.pop();
      All all(e_.leaves_);
      all.add(filled.judged);
      all.add(rest.judged);
      filled = {all.get(), rest.last};
    }
    any.add(filled.judged);
    if (filled.judged.is(Truth::True)) return {any.get(), filled.last};
  }
  return {any.get(), kNoInstant};
}

Instant Chains::covered_until() {
  Instant until = kForever;
  for (const Index term : e_.list(chain_.over)) until = std::min(until, e_.value(term, e_.now_).horizon);
  return until;
}

void Chains::judge(LiftVerdict& verdict, List<Missing>* missing) {
  records_ = e_.arena_.take<Records>(chain_.step_count);
  for (std::uint32_t i = 0; i < records_.size(); ++i) records_[i] = records(i);
  if (e_.arena_.full()) return;
  Judged met = fill(0, chain_.step_count, kNoInstant).judged;
  All can_all(e_.leaves_);
  if (!met.is(Truth::True)) {
    // The longest beginning that still counts is done; where its time is over, somebody may begin again.
    std::uint32_t done = 0;
    Instant previous = kNoInstant;
    while (done + 1 < chain_.step_count && e_.spend()) {
      const Filled more = fill(0, done + 1, kNoInstant);
      met.horizon = std::min(met.horizon, more.judged.horizon);
      if (!more.judged.is(Truth::True)) break;
      previous = more.last;
      ++done;
    }
    for (std::uint32_t i = done; i < chain_.step_count && e_.spend(); ++i) {
      const layout::Step& s = step(i);
      const bool started = i == done && previous != kNoInstant && s.due != 0;
      All can(e_.leaves_);
      can.add(!rejected(i));
      can.add(obtainable(s));
      can_all.add(can.get());
      if (missing) missing->push({lift_, i + 1, chain_.first_step + i, started ? later(previous, s.due) : kForever});
    }
  }
  // The digest covers facts and persons; whatever goes stale among them changes what fits.
  const Instant horizon = std::min(covered_until(), e_.persons_.horizon);
  verdict = {lift_, capped(met, horizon), capped(can_all.get(), horizon)};
}

}  // namespace writ::core
