// What has been done on one key of the present act, and by whom (semantics.md 6.6–6.8). Internal.
#pragma once

#include "runtime/core/evaluation.h"

namespace writ::core {

/// Keys of the present act under a rule; not complete: there may be others.
struct Keys {
  std::span<const std::string_view> ids;
  bool complete = true;
  Why why = 0;
  Instant horizon = kForever;              ///< when what names them goes stale, or becomes fresh
};

class Ledger {
 public:
  /// `key` null: a key nobody knows, for want of `why`; it may be that of any event.
  Ledger(Evaluation& e, const layout::Restriction& rule, const std::string_view* key, Why why);

  static Keys keys(Evaluation& e, const layout::Restriction& rule);

  Judged combined(const Person& h);                        ///< at least k sides done by h, the present act included
  Judged in_order(const Person& h);
  Judged fewer_than(const Keys& keys);                     ///< c + m < n

 private:
  struct Act {
    std::uint32_t step = 0;
    bool certain = false;
    std::uint32_t group = 0;
    std::span<const Person> persons;
  };

  const layout::Side& side(std::uint32_t i) const { return e_.view_.sides[rule_.first_side + i]; }
  const layout::SideElement& element(const layout::Side& s, std::uint32_t i) const { return e_.view_.side_elements[s.first_element + i]; }
  Judged in_window(const Event& event);
  void collect(const std::string_view* key, Why why);
  Judged present_in(const layout::Side& side) { return e_.act_in_side(side); }
  Judged event_in(Index access, const Past& past);
  Judged done_by(const Person& h, const Past& past);
  /// Cuts [start, end) of `cuts_`; one past the last: now.
  struct Window {
    std::size_t start = 0, end = 0;
  };
  Judged earlier(const layout::SideElement& element, const Person& h, const Window* when);
  Judged done(const layout::SideElement& element, const Person& h);
  Judged done(const layout::Side& side, const Person& h);

  // Order (order.cpp).
  void cut();
  Judged lies(const Event& event, const Window& when);
  Judged dated_before_now(Instant time);
  Judged done_within(const layout::Side& side, const Person& h, const Window& when);
  void extend(const Person& h, std::span<const Judged> shorter, std::span<Judged> longer, bool last);

  // People (people.cpp).
  void add_acts(List<Act>& acts, Instant& horizon);
  bool shared(std::span<const Person> persons) const;
  void group(std::span<Act> acts);
  std::uint32_t fewest(std::span<Act> acts, std::uint32_t& undone);
  static bool meet(std::span<const Person> a, std::span<const Person> b);

  Evaluation& e_;
  const layout::Restriction& rule_;
  bool known_;
  std::span<Past> past_;
  std::span<Instant> cuts_;                ///< times of the events, and the beginning of time
  Judged complete_;
};

}  // namespace writ::core
