// `in order` (semantics.md 6.6): the act is of some side j, and the k − 1 sides of a chain, each of a lower number than the next and all its
// acts earlier than the next one's, precede it. Acts lie on cuts, the times of the events. chain(m, s, t) = m sides in order, s the last, all
// before t; computed for m = 1, 2, …, so that no number of sides nests.
#include "runtime/core/ledger.h"

namespace writ::core {

void Ledger::cut() {
  List<Instant> cuts(e_.arena_);
  cuts.push(0);
  for (const Past& p : past_)
    if (p.event->time != kNoInstant) cuts.push(p.event->time);
  const std::span<Instant> all = cuts.get();
  std::sort(all.begin(), all.end());
  cuts_ = all.first(static_cast<std::size_t>(std::unique(all.begin(), all.end()) - all.begin()));
}

/// Two acts of one millisecond: nobody knows which was first.
Judged Ledger::lies(const Event& event, const Window& when) {
  if (event.time == kNoInstant) return e_.unknown_word(Word::history, Reason::ill_typed);
  const bool now = when.end >= cuts_.size();
  if (!now && event.time == cuts_[when.end]) return e_.unknown_word(Word::history, Reason::too_fine);
  if (event.time < cuts_[when.start] || (!now && event.time > cuts_[when.end])) return surely(Truth::False);
  return now ? dated_before_now(event.time) : surely(Truth::True);
}

/// What is history is over; an act dated now or later contradicts that, so that its place in an order is unknown until then.
Judged Ledger::dated_before_now(Instant time) {
  const Instant now = e_.now_.now;
  if (now != kNoInstant && time >= now) return e_.unknown_word(Word::history, time == now ? Reason::too_fine : Reason::contradictory, later(time, 1));
  return e_.not_before(now, later(time, 1));
}

Judged Ledger::done_within(const layout::Side& side, const Person& h, const Window& when) {
  Count count(e_.leaves_, side.need);
  for (std::uint32_t i = 0; i < side.element_count && e_.spend(); ++i) count.add(earlier(element(side, i), h, &when));
  return count.get();
}

/// From chains of m sides, by side and cut, to those of m + 1; `shorter` empty: m = 0. The last ones are asked for now only.
void Ledger::extend(const Person& h, std::span<const Judged> shorter, std::span<Judged> longer, bool last) {
  const std::size_t ends = cuts_.size() + 1;
  for (std::uint32_t s = 0; s < rule_.side_count; ++s)
    for (std::size_t end = last ? cuts_.size() : 0; end < ends && e_.spend(); ++end) {
      Any any(e_.leaves_);
      if (shorter.empty()) any.add(done_within(side(s), h, {0, end}));
      for (std::size_t start = 0; !shorter.empty() && start < end && start < cuts_.size(); ++start) {
        Any before(e_.leaves_);
        for (std::uint32_t i = 0; i < s && e_.spend(); ++i) before.add(shorter[i * ends + start]);
        All all(e_.leaves_);
        all.add(before.get());
        if (!all.settled()) all.add(done_within(side(s), h, {start, end}));
        any.add(all.get());
      }
      longer[s * ends + end] = any.get();
    }
}

Judged Ledger::in_order(const Person& h) {
  cut();
  const std::uint32_t length = rule_.count == 0 ? 0 : rule_.count - 1;
  const std::size_t cells = rule_.side_count * (cuts_.size() + 1);
  const bool possible = length <= rule_.side_count;
  std::span<Judged> shorter, longer = e_.arena_.take<Judged>(possible ? cells : 0), spare = e_.arena_.take<Judged>(possible ? cells : 0);
  if (longer.size() != spare.size() || (possible && longer.size() != cells)) return {};
  for (std::uint32_t m = 1; possible && m <= length && e_.spend(); ++m) {
    extend(h, shorter, longer, m == length);
    std::swap(longer, spare);
    shorter = spare;
  }
  Any any(e_.leaves_);
  for (std::uint32_t j = 0; j < rule_.side_count; ++j) {
    Any before(e_.leaves_);
    if (length == 0) before.add(surely(Truth::True));
    for (std::uint32_t i = 0; i < j && length > 0 && possible; ++i) before.add(shorter[i * (cuts_.size() + 1) + cuts_.size()]);
    All all(e_.leaves_);
    all.add(present_in(side(j)));
    all.add(before.get());
    any.add(all.get());
  }
  return any.get();
}

}  // namespace writ::core
