// The decision's JSON: all keys always, in the order of interfaces.md; what only other questions fill is empty. Written as it goes: nothing of it
// is built first.
#include "runtime/authzen/policy.h"

namespace writ::authzen {
namespace {

/// Members and items follow one another with ", " between them.
class Writer {
 public:
  std::string take() { return std::move(out_); }

  Writer& key(std::string_view name) {
    next();
    json::append_quoted(out_, name);
    out_ += ": ";
    between_ = false;
    return *this;
  }
  void string(std::string_view text) {
    next();
    json::append_quoted(out_, text);
  }
  void literal(std::string_view text) {
    next();
    out_ += text;
  }
  void null() { literal("null"); }
  void boolean(bool value) { literal(value ? "true" : "false"); }
  void number(std::int64_t value) { literal(std::to_string(value)); }
  void text_or_null(std::string_view text) { text.empty() ? null() : string(text); }
  void instant_or_null(const std::optional<Instant>& at) { at ? string(explain::instant(*at)) : null(); }

  template <class F>
  void object(F members) {
    open('{');
    members();
    close('}');
  }
  template <class T, class F>
  void list(const std::vector<T>& items, F write) {
    open('[');
    for (const T& item : items) write(item);
    close(']');
  }
  void strings(const std::vector<std::string>& items) {
    list(items, [&](const std::string& item) { string(item); });
  }

 private:
  void next() {
    if (between_) out_ += ", ";
    between_ = true;
  }
  void open(char bracket) {
    next();
    out_ += bracket;
    between_ = false;
  }
  void close(char bracket) {
    out_ += bracket;
    between_ = true;
  }

  std::string out_;
  bool between_ = false;
};

void write(Writer& to, const explain::Citation& c) {
  to.key("id").string(c.id);
  to.key("at").string(c.at);
  to.key("sentence").string(c.sentence);
}
void write(Writer& to, const explain::LiftUse& l) {
  to.key("id").string(l.id);
  to.key("kind").string(l.kind);
  to.key("owner").text_or_null(l.owner);
  to.key("until").instant_or_null(l.until);
  to.key("approval").text_or_null(l.approval);
  to.key("control").text_or_null(l.control);
}
void write(Writer& to, const explain::ObligationUse& o) {
  to.key("id").string(o.id);
  to.key("kind").string(o.kind);
  to.key("whom").text_or_null(o.whom);
}
void write(Writer& to, const explain::Missing& m) {
  to.key("requirement").string(m.requirement);
  to.key("approval").text_or_null(m.chain);
  to.key("step").number(m.step);
  to.key("who").string(m.who);
  to.key("by").instant_or_null(m.by);
}
void write(Writer& to, const explain::UnknownFact& u) {
  to.key("fact").string(u.fact);
  to.key("reason").string(u.reason);
}
void write(Writer& to, const explain::NearestMiss& n) {
  to.key("grant").string(n.grant);
  to.key("at").string(n.at);
  to.key("held").boolean(n.held);
  to.key("failed").strings(n.failed);
  to.key("unknown").strings(n.unknown);
}
void write(Writer& to, const explain::Finding& f) {
  to.key("rule").string(f.rule);
  to.key("person").string(f.person);
  to.key("within").text_or_null(f.within);
  to.key("state").string(f.state);
  to.key("from").instant_or_null(f.from);
  to.key("until").instant_or_null(f.until);
}
void write(Writer& to, const Ignored& i) {
  if (i.path) {
    to.key("path").number(*i.path);
    to.key("why").string(i.why);
    return;
  }
  to.key("name").string(i.name);
  to.key("nearest").text_or_null(i.nearest);
}

template <class T>
void objects(Writer& to, std::string_view key, const std::vector<T>& items) {
  to.key(key).list(items, [&](const T& item) { to.object([&] { write(to, item); }); });
}

void context(Writer& to, const Answer& a) {
  const explain::Decision& d = a.decision;
  to.key("outcome").string(core::to_string(d.outcome));
  to.key("reason").text_or_null(d.reason);
  to.key("valid_until").instant_or_null(d.valid_until);
  to.key("end").null();
  to.key("possible_from").null();
  objects(to, "decided_by", d.decided_by);
  objects(to, "lifts", d.lifts);
  objects(to, "obligations", d.obligations);
  objects(to, "missing", d.missing);
  objects(to, "unknown", d.unknown);
  to.key("rests_on").strings({});
  to.key("holds_for_version").text_or_null(a.holds_for_version);
  objects(to, "findings", d.findings);
  objects(to, "nearest_misses", d.nearest_misses);
  to.key("emergencies").strings({});
  objects(to, "ignored", a.ignored);
  to.key("bundle").text_or_null(a.bundle);
  to.key("policy_version").text_or_null(a.policy_version);
  to.key("decision_id").text_or_null(a.decision_id);
}

}  // namespace

std::string to_json(const Answer& a) {
  Writer to;
  to.object([&] {
    to.key("decision").boolean(a.decision.outcome == core::Outcome::Permit);
    to.key("context").object([&] { context(to, a); });
  });
  return to.take();
}

}  // namespace writ::authzen
