// The firm of semantics.md with statements added, asked by requests.
#pragma once

#include <fmt/format.h>

#include "compiler/interpret/interpret.h"
#include "tests/unit/kernel/surface.h"

namespace writ::interpret {

/// Facts of one person as the members of `properties`; `held` is the list of his holdings.
struct Person {
  std::string id = "ada";
  std::string held = "";
  std::string facts = R"("dept": "AP", "grade": 3, "entities": ["DE", "FR"], "manager": "eve", "training": ["SOX"], "hired": "2020-01-01", "last_day": null, "limit": {"value": "1", "currency": "EUR"})";
  std::string more = R"("managers": {"ids": ["eve"], "complete": true}, "owned": {"ids": [], "complete": true})";
  bool complete = true;

  std::string properties() const {
    return fmt::format(R"({{{}, {}, "held": {{"roles": [{}], "complete": {}}}}})", facts, more, held, complete ? "true" : "false");
  }
};

inline std::string holding(const std::string& role, const std::string& args = "{}", const std::string& more = R"("from": null, "until": null, "rests_on": [])") {
  return fmt::format(R"({{"role": "{}", "args": {}, {}}})", role, args, more);
}

inline const char* const kInvoice = R"({"type": "Invoice", "id": "i", "properties": {"entity": "DE", "vendor": "v", "order": null, "amount": {"value": "500", "currency": "EUR"}, "period": "open"}})";
inline const char* const kRun = R"({"type": "Run", "id": "r", "properties": {"entity": "DE", "vendors": ["v"], "total": {"value": "500", "currency": "EUR"}, "hit": false}})";
inline const char* const kVendor = R"({"type": "Vendor", "id": "v", "properties": {"entity": "DE"}})";
inline const char* const kHistory = R"({"events": [], "complete_for": ["local"], "since": null, "version": "7"})";

struct Ask {
  Person who;
  std::string action = "inv.enter";
  std::string resource = kInvoice;
  std::string time = R"("2026-06-01T12:00:00Z")";
  std::string history = kHistory;
  std::string more = "";                   ///< further members of context, each with a leading comma
  std::string input = "{}";

  std::string json() const {
    return fmt::format(R"({{"subject": {{"type": "Employee", "id": "{}", "properties": {}}}, "action": {{"name": "{}", "properties": {}}}, )"
                       R"("resource": {}, "context": {{"urgent": false, "time": {}, "history": {}{}}}}})",
                       who.id, who.properties(), action, input, resource, time, history, more);
  }
};

class Firm {
 public:
  explicit Firm(const std::string& statements = "") : elaborated_(kernel::elaborate_in_firm(statements)) {
    EXPECT_TRUE(elaborated_->kernel) << elaborated_->messages();
    if (elaborated_->kernel) interpreter_.emplace(*elaborated_->kernel);
  }
  const kernel::Kernel& kernel() const { return *elaborated_->kernel; }
  const Interpreter& interpreter() const { return *interpreter_; }

  question::Decision decide(const std::string& json) const {
    auto d = interpreter_->decide_text(json);
    EXPECT_TRUE(d) << (d ? "" : d.error().code + " " + d.error().at + ": " + d.error().what) << "\n" << json;
    return d ? *d : question::Decision{};
  }
  question::Decision decide(const Ask& ask) const { return decide(ask.json()); }
  /// "permit", or "deny by bp", "indeterminate unknown resource.amount(not_supplied)" …
  std::string say(const Ask& ask) const { return told(decide(ask)); }
  static std::string told(const question::Decision& d) {
    std::string text(to_string(d.outcome));
    if (!d.reason.empty()) text += " " + d.reason;
    if (d.outcome == question::Outcome::Deny)
      for (const auto& c : d.decided_by) text += " by " + c.id.substr(c.id.rfind('.') + 1);
    for (const auto& u : d.unknown) text += " unknown " + u.fact + "(" + u.reason + ")";
    for (const auto& l : d.lifts) text += " lift " + l.id.substr(l.id.rfind('.') + 1);
    for (const auto& m : d.missing) text += " missing " + (m.chain.empty() ? m.who : m.chain.substr(m.chain.rfind('.') + 1));
    return text;
  }
  static std::string until(const question::Decision& d) { return d.valid_until ? question::format_instant(*d.valid_until) : "never"; }
  std::string until(const Ask& ask) const { return until(decide(ask)); }
  std::string error(const std::string& json) const {
    const auto d = interpreter_->decide_text(json);
    return d ? "decided" : d.error().code;
  }
  /// "bp within FR open 2026-…..never", one a line; `disjoint` entries as "og disjoint Entity".
  std::vector<std::string> standing(const Person& person, const std::string& more = "", Instant from = 1'780'315'200'000) const {
    const std::string json = fmt::format(R"({{"subject": {{"type": "Employee", "id": "{}", "properties": {}}}, "context": {{"time": "2026-06-01T12:00:00Z"{}}}}})", person.id, person.properties(), more);
    const auto parsed = json::parse(json);
    EXPECT_TRUE(parsed) << json;
    const auto findings = interpreter_->standing(*parsed, {from, typed_ir::kForever});
    EXPECT_TRUE(findings);
    std::vector<std::string> lines;
    for (const auto& f : *findings) {
      const std::string rule = f.rule.substr(f.rule.rfind('.') + 1);
      if (!f.disjoint.empty()) { lines.push_back(rule + " disjoint " + f.disjoint); continue; }
      static const char* const kStates[] = {"open", "excepted", "mitigated", "lapsed", "overdue"};
      std::string line = fmt::format("{}{} {}{}", f.exposure ? "exposure " : "", rule, f.possible ? "possible " : "", kStates[static_cast<int>(f.state)]);
      if (!f.within.empty()) line += " within " + f.within;
      if (!f.lift.empty()) line += " " + f.lift.substr(f.lift.rfind('.') + 1);
      if (f.since) line += " since " + question::format_instant(*f.since);
      if (f.until) line += " until " + question::format_instant(*f.until);
      for (const auto& u : f.unknown) line += " unknown " + u.fact;
      lines.push_back(line);
    }
    return lines;
  }

 private:
  std::unique_ptr<kernel::Elaborated> elaborated_;
  std::optional<Interpreter> interpreter_;
};

inline std::string event(const std::string& action, const std::string& who, const std::string& keys, const std::string& time = "2026-05-20T10:00:00Z") {
  return fmt::format(R"({{"action": "{}", "path": [{{"type": "Employee", "id": "{}"}}], "keys": {}, "time": "{}"}})", action, who, keys, time);
}
inline std::string history(const std::string& events) {
  return fmt::format(R"({{"events": [{}], "complete_for": ["local"], "since": null, "version": "7"}})", events);
}

}  // namespace writ::interpret
