#include "runtime/explain/explain.h"

#include <algorithm>
#include <chrono>

#include "runtime/core/explain.h"

namespace writ::explain {
namespace {

using core::Index;
using runtime::View;

template <class T>
void sort_unique(std::vector<T>& items) {
  std::sort(items.begin(), items.end());
  items.erase(std::unique(items.begin(), items.end()), items.end());
}

std::optional<Instant> some(Instant at) { return at == core::kForever ? std::nullopt : std::optional(at); }

/// The core writes into room that it is given and says how much it needs.
template <class Write>
std::string written(Write write) {
  std::string text(64, '\0');
  const std::size_t size = write(std::span<char>(text));
  if (size > text.size()) {
    text.resize(size);
    write(std::span<char>(text));
  }
  text.resize(size);
  return text;
}

class Teller {
 public:
  explicit Teller(const View& view) : view_(view) {}

  std::string text(layout::Str s) const { return std::string(view_.text(s)); }
  std::string place(Index source) const { return text(view_.sources[source].at); }
  std::string sentence(Index source) const { return view_.sentences.data == nullptr ? "" : text(view_.sentences[source].sentence); }

  Citation cite(const core::Citation& c) const { return {text(c.id), place(c.source), sentence(c.source)}; }

  LiftUse lift(Index id) const {
    const layout::Lift& lift = view_.lifts[id];
    LiftUse use{text(lift.id), "", text(lift.owner), some(lift.until), "", ""};
    const auto kind = static_cast<layout::LiftKind>(lift.kind);
    switch (kind) {
      case layout::LiftKind::Exception: use.kind = "exception"; break;
      case layout::LiftKind::Mitigation: use.kind = "mitigation"; break;
      case layout::LiftKind::Warrant: use.kind = "warrant"; return use;
    }
    if ((lift.flags & layout::kLiftClaimed) != 0) use.approval = "claimed";
    if (kind == layout::LiftKind::Mitigation) use.control = lift.controls.count == 0 ? "recorded" : "tested";
    return use;
  }

  ObligationUse obligation(Index id) const {
    const layout::Obligation& o = view_.obligations[id];
    return {text(o.id), o.kind == static_cast<std::uint32_t>(layout::ObligationKind::Notify) ? "notify" : "log", text(o.whom)};
  }

  Missing missing(const core::Missing& m) const {
    const layout::Lift& lift = view_.lifts[m.lift];
    Missing told{text(lift.id), "", m.step, "", some(m.by)};
    switch (static_cast<layout::WarrantKind>(lift.warrant)) {
      case layout::WarrantKind::Mfa: told.who = "mfa"; break;
      case layout::WarrantKind::Evidence: told.who = "evidence " + text(lift.evidence); break;
      case layout::WarrantKind::Approval:
        if (lift.chain != core::kNone) told.chain = text(view_.chains[lift.chain].name);
        if (m.step_record != core::kNone) told.who = parties(view_.steps[m.step_record]);
        break;
    }
    return told;
  }

  UnknownFact unknown(const core::UnknownFact& fact) const {
    return {written([&](std::span<char> into) { return core::fact_name(view_, fact, into); }), std::string(core::to_string(fact.reason))};
  }

  NearestMiss miss(const core::NearestMiss& m) const {
    const layout::Grant& grant = view_.grants[m.grant];
    NearestMiss told{text(grant.id), place(grant.source), m.held, {}, {}};
    for (const Index c : m.failed) told.failed.emplace_back(core::condition_text(view_, c));
    for (const Index c : m.unknown) told.unknown.emplace_back(core::condition_text(view_, c));
    for (std::uint8_t i = 0; i < core::kHoldingParts; ++i) {
      const auto part = static_cast<core::HoldingPart>(i);
      if ((m.failed_parts & core::bit_of(part)) != 0) told.failed.emplace_back(core::to_string(part));
      if ((m.unknown_parts & core::bit_of(part)) != 0) told.unknown.emplace_back(core::to_string(part));
    }
    return told;
  }

  Finding finding(const core::Finding& f) const {
    std::string within;
    for (const core::Place place : {f.place, f.other})
      for (const core::PlaceValue& v : place) within += (within.empty() ? "" : ", ") + place_value(v);
    return {text(view_.restrictions[f.restriction].rule), std::string(f.person), within, f.possible ? "not_enforced_possible" : "not_enforced", some(f.from), std::nullopt};
  }

 private:
  std::string place_value(const core::PlaceValue& v) const {
    if (v.value.text == core::kAnyOther) return "any other";
    if (!v.value.text.empty()) return std::string(v.value.text);
    const layout::Enum& e = view_.enums[v.dimension];
    if ((e.flags & layout::kEnumOpen) != 0) return "\"\"";
    return text(view_.enum_values[e.first_value + static_cast<std::uint32_t>(v.value.number)].name);
  }

  std::string parties(const layout::Step& step) const {
    std::string all;
    for (const Index p : view_.list(step.parties)) all += (all.empty() ? "" : step.either != 0 ? " or " : " and ") + text(view_.parties[p].text);
    return all;
  }

  const View& view_;
};

void pad(std::string& out, std::int64_t number, std::size_t width) {
  const std::string digits = std::to_string(number);
  if (digits.size() < width) out.append(width - digits.size(), '0');
  out += digits;
}

}  // namespace

Decision tell(const View& view, const core::Decision& d) {
  const Teller teller(view);
  Decision told;
  told.outcome = d.outcome;
  told.reason = core::to_string(d.reason);
  told.valid_until = some(d.valid_until);
  told.reads_history = d.reads_history;
  for (const core::Citation& c : d.decided_by) told.decided_by.push_back(teller.cite(c));
  for (const Index l : d.lifts) told.lifts.push_back(teller.lift(l));
  for (const Index o : d.obligations) told.obligations.push_back(teller.obligation(o));
  for (const core::Missing& m : d.missing) told.missing.push_back(teller.missing(m));
  for (const core::UnknownFact& u : d.unknown) told.unknown.push_back(teller.unknown(u));
  for (const core::NearestMiss& m : d.nearest_misses) told.nearest_misses.push_back(teller.miss(m));
  for (const core::Finding& f : d.findings) told.findings.push_back(teller.finding(f));
  sort_unique(told.findings);
  sort_unique(told.lifts);
  sort_unique(told.obligations);
  sort_unique(told.missing);
  sort_unique(told.unknown);
  return told;
}

std::string instant(Instant at) {
  using namespace std::chrono;
  const sys_time<milliseconds> time{milliseconds{at}};
  const auto day = floor<days>(time);
  const year_month_day date{day};
  const hh_mm_ss clock{time - day};
  std::string out;
  pad(out, static_cast<int>(date.year()), 4);
  out += '-';
  pad(out, static_cast<unsigned>(date.month()), 2);
  out += '-';
  pad(out, static_cast<unsigned>(date.day()), 2);
  out += 'T';
  pad(out, clock.hours().count(), 2);
  out += ':';
  pad(out, clock.minutes().count(), 2);
  out += ':';
  pad(out, clock.seconds().count(), 2);
  if (clock.subseconds().count() != 0) {
    out += '.';
    pad(out, clock.subseconds().count(), 3);
  }
  return out + 'Z';
}

std::string term_name(const View& view, Index term) {
  return written([&](std::span<char> into) { return core::term_name(view, term, into); });
}

}  // namespace writ::explain
