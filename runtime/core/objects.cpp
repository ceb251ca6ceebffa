#include "runtime/core/ledger.h"

namespace writ::core {
/// 6.6: the history holds everything that the rule may ask for, since the start of its window.
Judged Evaluation::history_complete(const layout::Restriction& rule) {
  const History& h = request_.history;
  const Judged missing = unknown_word(Word::history, h.reason);
  if (!h.readable || !h.covered) return missing;
  if (h.since_beginning) return surely(Truth::True);
  if (h.since == kNoInstant || rule.over == 0) return missing;
  const Judged reaches = not_before(now_.now, later(h.since, rule.over));   // since ≤ now − D
  return reaches.is(Truth::True) ? reaches : unknown_word(Word::history, Reason::incomplete, reaches.horizon);
}

const Persons& Evaluation::event_persons(std::size_t event) {
  static constexpr Persons kNobody{.members = {}, .effective = {}, .members_known = false, .complete = false};
  if (event_persons_.empty()) event_persons_ = arena_.take<Persons*>(request_.history.events.size());
  if (event >= event_persons_.size()) return kNobody;
  Persons*& known = event_persons_[event];
  if (known) return *known;
  const Persons persons = persons_of(request_.history.events[event].path, now_);
  Persons* kept = arena_.one<Persons>();
  if (!kept) return kNobody;
  *kept = persons;
  return *(known = kept);
}

/// Nothing, and complete, where the rule does not bind the present act.
Keys Ledger::keys(Evaluation& e, const layout::Restriction& rule) {
  Index path = kNone;
  for (std::uint32_t i = 0; i < rule.key_path_count; ++i) {
    const layout::KeyPath& k = e.view_.key_paths[rule.first_key_path + i];
    if (e.spend() && k.action == e.request_.action) path = k.term;
  }
  if (path == kNone) return {};
  Keys keys;
  if (const Record* itself = Evaluation::rooted(e.view_.terms[path], e.now_); itself && !e.is_set(path)) {
    keys.ids = {&itself->id, 1};
    return keys;
  }
  const Result key = e.value(path, e.now_);
  List<std::string_view> ids(e.arena_);
  keys.horizon = key.horizon;
  keys.complete = key.state == State::Absent;   // absent: the rule does not bind
  if (e.is_set(path)) {
    for (const Value& v : key.values) ids.push(v.text);
    keys.complete |= key.complete;
  } else if (key.known()) {
    ids.push(key.value.text);
    keys.complete = key.value.scalar == layout::Scalar::Ref;
  }
  if (!keys.complete) keys.why = key.why;
  keys.ids = ids.get();
  return keys;
}

Ledger::Ledger(Evaluation& e, const layout::Restriction& rule, const std::string_view* key, Why why)
    : e_(e), rule_(rule), known_(key != nullptr), complete_(e.history_complete(rule)) {
  if (!e.request_.history.events.empty()) collect(key, why);
}

Judged Ledger::in_window(const Event& event) {
  if (rule_.over == 0) return surely(Truth::True);
  if (event.time == kNoInstant) return e_.unknown_word(Word::history, Reason::ill_typed);
  All all(e_.leaves_);
  all.add(e_.not_before(e_.now_.now, event.time));
  all.add(e_.before(e_.now_.now, later(event.time, rule_.over)));
  return all.get();
}

void Ledger::collect(const std::string_view* key, Why why) {
  List<Past> past(e_.arena_);
  const std::span<const Event> events = e_.request_.history.events;
  for (std::size_t i = 0; i < events.size(); ++i) {
    const auto meets = [&](const EventKey& k) { return k.entity == rule_.key && (!key || k.id == *key); };
    if (!e_.spend(static_cast<std::uint32_t>(events[i].keys.size()) + 1)) break;
    if (std::none_of(events[i].keys.begin(), events[i].keys.end(), meets)) continue;
    All counts(e_.leaves_);
    counts.add(in_window(events[i]));
    if (!key) counts.add(unknown(why));
    past.push({&events[i], &e_.event_persons(i), counts.get()});
  }
  past_ = past.get();
}

Judged Evaluation::act_in_side(const layout::Side& side) {
  Any any(leaves_);
  for (std::uint32_t i = 0; i < side.element_count && !any.settled(); ++i) any.add(act_in_any(view_.side_elements[side.first_element + i].accesses));
  return any.get();
}

Judged Evaluation::act_in_sides(const layout::Restriction& rule) {
  Any any(leaves_);
  for (std::uint32_t i = 0; i < rule.side_count && !any.settled(); ++i) any.add(act_in_side(view_.sides[rule.first_side + i]));
  return any.get();
}

/// A past act is in an access: of what held then only action and people are known.
Judged Ledger::event_in(Index id, const Past& past) {
  const layout::Access& access = e_.view_.accesses[id];
  if (!e_.spend(access.actions.count + 1) || !e_.lists(access, past.event->action)) return surely(Truth::False);
  All all(e_.leaves_);
  all.add(past.counts);
  if (access.principal != kNone) {
    Any any(e_.leaves_);
    for (const Person& m : past.persons->members)
      any.add(surely(truth_of(m.key.type == access.principal && (access.principal_id == 0 || m.key.id == e_.view_.text(access.principal_id)))));
    if (!past.persons->complete) any.add(e_.unknown_word(Word::history, Reason::incomplete));
    all.add(any.get());
  }
  const bool open = access.where != kNone && e_.view_.conds[access.where].kind != static_cast<std::uint32_t>(layout::CondKind::True);
  if (open && !all.settled()) {
    const Judged where = e_.judge(access.where, Scene{});
    all.add(where.is(Truth::Unknown) ? e_.unknown_word(Word::history, Reason::incomplete) : where);
  }
  return all.get();
}

Judged Ledger::done_by(const Person& h, const Past& past) {
  Truth best = past.persons->complete ? Truth::False : Truth::Unknown;
  for (const Person& p : past.persons->effective)
    if (e_.spend()) best = std::max(best, e_.same_person(h.key, p.key));
  const Instant horizon = past.persons->horizon;
  return best == Truth::Unknown ? e_.unknown_word(Word::history, Reason::incomplete, horizon) : surely(best, horizon);
}

/// By h before now, and within `when` if it is said; what is not listed may have happened.
Judged Ledger::earlier(const layout::SideElement& element, const Person& h, const Window* when) {
  Any any(e_.leaves_);
  for (const Past& past : past_) {
    for (const Index access : e_.list(element.accesses)) {
      All all(e_.leaves_);
      all.add(event_in(access, past));
      if (!all.settled()) all.add(done_by(h, past));
      if (when && !all.settled()) all.add(lies(*past.event, *when));
      any.add(all.get());
    }
    if (any.settled()) break;
  }
  any.add(!complete_);
  return any.get();
}

Judged Ledger::done(const layout::SideElement& element, const Person& h) {
  const Judged now = e_.act_in_any(element.accesses);
  if (now.always_true()) return now;
  if (now.never_true() && past_.empty()) return !complete_;
  Any any(e_.leaves_);
  any.add(now);
  any.add(earlier(element, h, nullptr));
  return any.get();
}

Judged Ledger::done(const layout::Side& side, const Person& h) {
  if (side.element_count == 1 && side.need == 1) return done(element(side, 0), h);
  Count count(e_.leaves_, side.need);
  for (std::uint32_t i = 0; i < side.element_count; ++i) count.add(done(element(side, i), h));
  return count.get();
}

Judged Ledger::combined(const Person& h) {
  Count count(e_.leaves_, rule_.count);
  for (std::uint32_t i = 0; i < rule_.side_count; ++i) count.add(done(side(i), h));
  return count.get();
}

void Evaluation::object_instances(Index id, bool people) {
  const layout::Restriction& rule = view_.restrictions[id];
  const Judged inside = act_in_sides(rule);
  if (inside.never_true()) return conclude_false(inside);   // so is every instance
  const Keys keys = Ledger::keys(*this, rule);
  const Judged since = in_force_since(rule);
  // One per key, and one for those nobody knows; where what names them may go stale, one that is false until it does.
  const bool others = !keys.complete || keys.horizon != kForever;
  for (std::size_t k = 0; k < keys.ids.size() + (others ? 1 : 0) && spend(); ++k) {
    const bool known = k < keys.ids.size();
    Ledger ledger(*this, rule, known ? &keys.ids[k] : nullptr, keys.why);
    const auto add = [&](const Person* h, const Judged& rho) {
      All all(leaves_);
      all.add(since);
      all.add(surely(truth_of(known || !keys.complete), keys.horizon));
      all.add(inside);
      all.add(rho);
      const Judged restricts = all.get();
      if (restricts.is(Truth::False)) return conclude_false(restricts);
      Instance instance;
      instance.of = id;
      instance.has_person = h != nullptr;
      if (h) instance.person = *h;
      instance.has_key = known;
      if (known) instance.key = keys.ids[k];
      instance.rho = restricts;
      if (!known && !people && instance.rho.is(Truth::Unknown)) instance.rho.why = leaves_.unite(instance.rho.why, keys.why);
      conclude(instance);
    };
    if (people) {
      add(nullptr, ledger.fewer_than(keys));
      continue;
    }
    const bool in_order = (rule.flags & layout::kRestrictionInOrder) != 0;
    for (const Person& h : persons_.effective) {
      All all(leaves_);
      all.add(surely(Truth::True, persons_.horizon));
      all.add(in_order ? ledger.in_order(h) : ledger.combined(h));
      add(&h, all.get());
    }
    const Judged other = persons_.somebody_else();
    if (!persons_.complete) add(nullptr, unknown(persons_.why, other.horizon));   // 4.3: at least unknown
    else if (!other.never_true()) add(nullptr, other);
  }
}

}  // namespace writ::core
