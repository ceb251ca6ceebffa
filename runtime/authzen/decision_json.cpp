// The decision's JSON: all keys always, in the order of interfaces.md; what only other questions fill is empty.
#include "runtime/authzen/policy.h"

namespace writ::authzen {
namespace {

using json::Value;

Value text_or_null(const std::string& text) { return text.empty() ? json::null() : json::string(text); }
Value instant_or_null(const std::optional<Instant>& at) { return at ? json::string(explain::instant(*at)) : json::null(); }

template <class T, class F>
Value list(const std::vector<T>& items, F to_value) {
  Value array = json::array();
  for (const T& item : items) array.items.push_back(to_value(item));
  return array;
}

Value value_of(const explain::Citation& c) {
  return json::object({{"id", json::string(c.id)}, {"at", json::string(c.at)}, {"sentence", json::string(c.sentence)}});
}
Value value_of(const explain::LiftUse& l) {
  return json::object({{"id", json::string(l.id)}, {"kind", json::string(l.kind)}, {"owner", text_or_null(l.owner)},
                       {"until", instant_or_null(l.until)}, {"approval", text_or_null(l.approval)}, {"control", text_or_null(l.control)}});
}
Value value_of(const explain::ObligationUse& o) {
  return json::object({{"id", json::string(o.id)}, {"kind", json::string(o.kind)}, {"whom", text_or_null(o.whom)}});
}
Value value_of(const explain::Missing& m) {
  return json::object({{"requirement", json::string(m.requirement)}, {"approval", text_or_null(m.chain)}, {"step", json::number(m.step)},
                       {"who", json::string(m.who)}, {"by", instant_or_null(m.by)}});
}
Value value_of(const explain::UnknownFact& u) { return json::object({{"fact", json::string(u.fact)}, {"reason", json::string(u.reason)}}); }
Value value_of(const explain::NearestMiss& n) {
  return json::object({{"grant", json::string(n.grant)}, {"at", json::string(n.at)}, {"held", json::boolean(n.held)},
                       {"failed", list(n.failed, json::string)}, {"unknown", list(n.unknown, json::string)}});
}
Value value_of(const explain::Finding& f) {
  return json::object({{"rule", json::string(f.rule)}, {"person", json::string(f.person)}, {"within", text_or_null(f.within)},
                       {"state", json::string(f.state)}, {"from", instant_or_null(f.from)}, {"until", instant_or_null(f.until)}});
}
Value value_of(const Ignored& i) {
  if (i.path) return json::object({{"path", json::number(*i.path)}, {"why", json::string(i.why)}});
  return json::object({{"name", json::string(i.name)}, {"nearest", text_or_null(i.nearest)}});
}

/// Members as they stand, unlike the canonical text, which sorts them.
void write(std::string& out, const Value& value) {
  const bool array = value.is(json::Kind::Array), object = value.is(json::Kind::Object);
  if (!array && !object) {
    out += json::canonical(value);
    return;
  }
  out += array ? '[' : '{';
  std::string_view between;
  for (const Value& item : value.items) {
    out += between;
    between = ", ";
    write(out, item);
  }
  for (const json::Member& m : value.members) {
    out += between;
    between = ", ";
    out += json::quoted(m.name) + ": ";
    write(out, m.value);
  }
  out += array ? ']' : '}';
}

const auto as_value = [](const auto& item) { return value_of(item); };

}  // namespace

std::string to_json(const Answer& a) {
  const explain::Decision& d = a.decision;
  const Value context = json::object({
      {"outcome", json::string(std::string(core::to_string(d.outcome)))},
      {"reason", text_or_null(d.reason)},
      {"valid_until", instant_or_null(d.valid_until)},
      {"end", json::null()},
      {"possible_from", json::null()},
      {"decided_by", list(d.decided_by, as_value)},
      {"lifts", list(d.lifts, as_value)},
      {"obligations", list(d.obligations, as_value)},
      {"missing", list(d.missing, as_value)},
      {"unknown", list(d.unknown, as_value)},
      {"rests_on", json::array()},
      {"holds_for_version", text_or_null(a.holds_for_version)},
      {"findings", list(d.findings, as_value)},
      {"nearest_misses", list(d.nearest_misses, as_value)},
      {"emergencies", json::array()},
      {"ignored", list(a.ignored, as_value)},
      {"bundle", text_or_null(a.bundle)},
      {"policy_version", text_or_null(a.policy_version)},
      {"decision_id", text_or_null(a.decision_id)},
  });
  std::string out;
  write(out, json::object({{"decision", json::boolean(d.outcome == core::Outcome::Permit)}, {"context", context}}));
  return out;
}

}  // namespace writ::authzen
