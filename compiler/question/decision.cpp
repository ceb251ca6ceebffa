#include "compiler/question/decision.h"

#include <chrono>

#include <fmt/format.h>

#include "runtime/json/json.h"

namespace writ::question {
namespace {

using json::Value;

Value text_or_null(const std::string& text) { return text.empty() ? json::null() : json::string(text); }
Value instant_or_null(const std::optional<Instant>& instant) { return instant ? json::string(format_instant(*instant)) : json::null(); }

template <class T, class F>
Value list(const std::vector<T>& items, F to_value) {
  Value array = json::array();
  for (const T& item : items) array.items.push_back(to_value(item));
  return array;
}

Value to_value(const Citation& c) {
  return json::object({{"id", json::string(c.id)}, {"at", json::string(c.at)}, {"sentence", json::string(c.sentence)}});
}
Value to_value(const LiftUse& l) {
  return json::object({{"id", json::string(l.id)}, {"kind", json::string(l.kind)}, {"owner", text_or_null(l.owner)},
                       {"until", instant_or_null(l.until)}, {"approval", text_or_null(l.approval)}, {"control", text_or_null(l.control)}});
}
Value to_value(const ObligationUse& o) {
  return json::object({{"id", json::string(o.id)}, {"kind", json::string(o.kind)}, {"whom", text_or_null(o.whom)}});
}
Value to_value(const Missing& m) {
  return json::object({{"requirement", json::string(m.requirement)}, {"approval", text_or_null(m.chain)}, {"step", json::number(m.step)},
                       {"who", json::string(m.who)}, {"by", instant_or_null(m.by)}});
}
Value to_value(const UnknownFact& u) {
  return json::object({{"fact", json::string(u.fact)}, {"reason", json::string(u.reason)}});
}
Value to_value(const Finding& f) {
  return json::object({{"rule", json::string(f.rule)}, {"person", json::string(f.person)}, {"within", text_or_null(f.within)},
                       {"state", json::string(f.state)}, {"from", instant_or_null(f.from)}, {"until", instant_or_null(f.until)}});
}
Value to_value(const NearestMiss& n) {
  return json::object({{"grant", json::string(n.grant)}, {"at", json::string(n.at)}, {"held", json::boolean(n.held)},
                       {"failed", list(n.failed, json::string)}, {"unknown", list(n.unknown, json::string)}});
}
Value to_value(const Ignored& i) {
  if (i.path) return json::object({{"path", json::number(*i.path)}, {"why", json::string(i.why)}});
  return json::object({{"name", json::string(i.name)}, {"nearest", text_or_null(i.nearest)}});
}
Value to_value(const std::optional<End>& end) {
  if (!end) return json::null();
  return json::object({{"at", json::string(format_instant(end->at))}, {"why", json::string(end->why)}});
}

/// In the order of the tree, unlike json::canonical, which sorts.
void write(std::string& out, const Value& value) {
  if (value.is(json::Kind::Array)) {
    out += '[';
    for (std::size_t i = 0; i < value.items.size(); ++i) {
      if (i) out += ", ";
      write(out, value.items[i]);
    }
    out += ']';
  } else if (value.is(json::Kind::Object)) {
    out += '{';
    for (std::size_t i = 0; i < value.members.size(); ++i) {
      if (i) out += ", ";
      out += json::quoted(value.members[i].name) + ": ";
      write(out, value.members[i].value);
    }
    out += '}';
  } else {
    out += json::canonical(value);
  }
}

const auto as_value = [](const auto& item) { return to_value(item); };

}  // namespace

std::string_view to_string(Outcome outcome) {
  switch (outcome) {
    case Outcome::Deny: return "deny";
    case Outcome::Indeterminate: return "indeterminate";
    case Outcome::Pending: return "pending";
    case Outcome::Permit: return "permit";
  }
  return "";
}

std::string format_instant(Instant instant) {
  using namespace std::chrono;
  const sys_time<milliseconds> time{milliseconds{instant}};
  const auto day = floor<days>(time);
  const year_month_day date{day};
  const hh_mm_ss clock{time - day};
  const std::string second = fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                                         static_cast<unsigned>(date.day()), clock.hours().count(), clock.minutes().count(), clock.seconds().count());
  const auto fraction = clock.subseconds().count();
  return fraction ? fmt::format("{}.{:03}Z", second, fraction) : second + "Z";
}

std::string to_json(const Decision& d) {
  const Value context = json::object({
      {"outcome", json::string(std::string(to_string(d.outcome)))},
      {"reason", text_or_null(d.reason)},
      {"valid_until", instant_or_null(d.valid_until)},
      {"end", to_value(d.end)},
      {"possible_from", instant_or_null(d.possible_from)},
      {"decided_by", list(d.decided_by, as_value)},
      {"lifts", list(d.lifts, as_value)},
      {"obligations", list(d.obligations, as_value)},
      {"missing", list(d.missing, as_value)},
      {"unknown", list(d.unknown, as_value)},
      {"rests_on", list(d.rests_on, json::string)},
      {"holds_for_version", text_or_null(d.holds_for_version)},
      {"findings", list(d.findings, as_value)},
      {"nearest_misses", list(d.nearest_misses, as_value)},
      {"emergencies", list(d.emergencies, json::string)},
      {"ignored", list(d.ignored, as_value)},
      {"bundle", text_or_null(d.bundle)},
      {"policy_version", text_or_null(d.policy_version)},
      {"decision_id", text_or_null(d.decision_id)},
  });
  std::string out;
  write(out, json::object({{"decision", json::boolean(d.outcome == Outcome::Permit)}, {"context", context}}));
  return out;
}

}  // namespace writ::question
