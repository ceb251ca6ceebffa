// Every request of a small policy, one value per cell, unknowns included, and what the reference interpreter says of each.
#pragma once

#include <fmt/format.h>

#include "compiler/interpret/interpret.h"
#include "tests/oracles/verdicts/generate.h"

namespace writ::oracles {

/// One coordinate of the grid: "" is unknown, "null" absent, else JSON.
struct Axis {
  std::string place, name;
  std::vector<std::string> values;
};

class Grid {
 public:
  explicit Grid(const Policy& policy) {
    for (const auto& [path, atom] : policy.atoms) {
      Axis axis{atom.place, atom.name, {""}};
      if (atom.optional) axis.values.push_back("null");
      if (atom.scalar == Scalar::Bool) {
        axis.values.insert(axis.values.end(), {"true", "false"});
      } else {
        std::set<std::int64_t> values;
        for (std::int64_t c : atom.cuts) values.insert({c - 1, c, c + 1});
        if (values.empty()) values.insert(0);
        for (std::int64_t v : values) axis.values.push_back(std::to_string(v));
      }
      axes.push_back(axis);
    }
    std::set<std::int64_t> times{kJune};
    for (std::int64_t c : policy.instants) times.insert({c - 1, c});
    now = {times.begin(), times.end()};
    Axis who{"who", "", policy.persons};
    axes.push_back(who);
    Axis held{"held", "", {}};
    for (unsigned set = 0; set < (1U << policy.role_ids.size()); ++set) {
      std::string roles;
      for (std::size_t r = 0; r < policy.role_ids.size(); ++r)
        if ((set >> r & 1) != 0)
          roles += fmt::format("{}{{\"role\":\"{}\",\"args\":{{}},\"from\":\"1970-01-01T00:00:00Z\",\"until\":null,\"rests_on\":[]}}", roles.empty() ? "" : ",",
                               policy.k.roles[policy.role_ids[r]].name);
      for (const char* complete : {"true", "false"}) held.values.push_back(fmt::format("{{\"roles\":[{}],\"complete\":{},\"source\":\"iga\"}}", roles, complete));
    }
    axes.push_back(held);
    if (policy.mfa) axes.push_back({"mfa", "", {"null", "{\"level\":2,\"time\":\"2026-06-01T00:00:00Z\"}"}});
  }

  std::vector<Axis> axes;
  std::vector<std::int64_t> now;

  /// Without the instants.
  std::size_t points() const {
    std::size_t n = 1;
    for (const Axis& a : axes) n *= a.values.size();
    return n;
  }
  std::size_t size() const { return points() * now.size(); }

  const std::string& value(std::size_t point, std::size_t axis) const {
    for (std::size_t i = 0; i < axis; ++i) point /= axes[i].values.size();
    return axes[axis].values[point % axes[axis].values.size()];
  }
  /// The point with that coordinate unknown.
  std::size_t without(std::size_t point, std::size_t axis) const {
    std::size_t stride = 1;
    for (std::size_t i = 0; i < axis; ++i) stride *= axes[i].values.size();
    const std::size_t here = point / stride % axes[axis].values.size();
    return point - here * stride;
  }
  bool is_fact(std::size_t axis) const { return axes[axis].values.front().empty(); }
  bool complete(std::size_t point) const {
    for (std::size_t i = 0; i < axes.size(); ++i) {
      if (is_fact(i) && value(point, i).empty()) return false;
      if (axes[i].place == "held" && value(point, i).find("\"complete\":false") != std::string::npos) return false;
    }
    return true;
  }

  std::string request(std::size_t point, std::int64_t at) const {
    std::string subject, resource, context, who = "ada", held, mfa = "null";
    for (std::size_t i = 0; i < axes.size(); ++i) {
      const std::string& v = value(point, i);
      const Axis& a = axes[i];
      if (a.place == "who") who = v;
      else if (a.place == "held") held = v;
      else if (a.place == "mfa") mfa = v;
      else if (!v.empty()) (a.place == "subject" ? subject : a.place == "resource" ? resource : context) += fmt::format("\"{}\":{},", a.name, v);
    }
    if (!resource.empty()) resource.pop_back();
    return fmt::format(
        R"({{"subject":{{"type":"Employee","id":"{}","properties":{{{}"held":{}}}}},"action":{{"name":"inv.enter","properties":{{}}}},)"
        R"("resource":{{"type":"Invoice","id":"i","properties":{{{}}}}},"context":{{{}"time":"{}","warrants":{{"mfa":{}}}}}}})",
        who, subject, held, resource, context, question::format_instant(at), mfa);
  }
};

/// The decisions of one kernel over a grid, by [instant][point].
class Answers {
 public:
  Answers(const kernel::Kernel& kernel, const Grid& grid) {
    const interpret::Interpreter interpreter(kernel);
    for (std::int64_t at : grid.now) {
      std::vector<question::Decision>& row = rows_.emplace_back();
      for (std::size_t p = 0; p < grid.points(); ++p) {
        auto decision = interpreter.decide_text(grid.request(p, at));
        if (!decision) throw std::runtime_error(decision.error().code + " " + decision.error().what + ": " + grid.request(p, at));
        row.push_back(std::move(*decision));
      }
    }
  }
  const question::Decision& at(std::size_t instant, std::size_t point) const { return rows_[instant][point]; }
  bool allowed(std::size_t instant, std::size_t point) const { return at(instant, point).outcome >= question::Outcome::Pending; }
  std::size_t instants() const { return rows_.size(); }
  std::size_t points() const { return rows_.empty() ? 0 : rows_[0].size(); }

  template <class F>
  bool any(F&& f) const {
    for (std::size_t i = 0; i < instants(); ++i)
      for (std::size_t p = 0; p < points(); ++p)
        if (f(i, p)) return true;
    return false;
  }

 private:
  std::vector<std::vector<question::Decision>> rows_;
};

/// 11.2: the outcome, and for permit and pending obligations, missing warrants and lifts.
inline bool same(const question::Decision& a, const question::Decision& b) {
  if (a.outcome != b.outcome) return false;
  if (a.outcome < question::Outcome::Pending) return true;
  auto ids = [](const auto& list, auto name) {
    std::set<std::string> out;
    for (const auto& e : list) out.insert(name(e));
    return out;
  };
  auto lift = [](const question::LiftUse& l) { return l.id; };
  auto missing = [](const question::Missing& m) { return m.requirement; };
  return ids(a.lifts, lift) == ids(b.lifts, lift) && ids(a.missing, missing) == ids(b.missing, missing) && a.obligations == b.obligations;
}

}  // namespace writ::oracles
