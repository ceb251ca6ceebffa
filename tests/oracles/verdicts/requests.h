// Every request of a small policy, as the enumerator of the interpreter lists them, and what a kernel answers to each. A request is a point: one
// value per axis. What a variant of the policy answers is asked of the same requests.
#pragma once

#include "compiler/interpret/enumerate.h"
#include "compiler/interpret/request.h"
#include "tests/oracles/verdicts/tally.h"

namespace writ::oracles {

class Requests {
 public:
  /// Empty if the policy is too large.
  static std::optional<Requests> all(const kernel::Kernel& kernel, kernel::ActionId action, std::size_t most) {
    interpret::EnumerationLimits limits;
    limits.requests = most;
    Requests r;
    const auto sized = interpret::enumerate(kernel, action, [&](const json::Value& request, const question::Decision& d) { r.keep(request, d); }, limits);
    if (!sized) return std::nullopt;
    r.axes_ = sized->axes;
    return r;
  }

  std::size_t size() const { return requests_.size(); }
  const std::vector<interpret::Axis>& axes() const { return axes_; }
  const json::Value& request(std::size_t point) const { return requests_[point]; }
  const question::Decision& decision(std::size_t point) const { return decisions_[point]; }

  const std::string& value(std::size_t point, std::size_t axis) const { return axes_[axis].values[position(point, axis)]; }
  /// The point that differs on this axis alone; nothing if there is no such value.
  std::optional<std::size_t> with(std::size_t point, std::size_t axis, const std::string& value) const {
    const auto& values = axes_[axis].values;
    const auto at = std::find(values.begin(), values.end(), value);
    if (at == values.end()) return std::nullopt;
    return point + stride(axis) * static_cast<std::size_t>(at - values.begin()) - stride(axis) * position(point, axis);
  }
  std::size_t now_axis() const {
    return static_cast<std::size_t>(std::find_if(axes_.begin(), axes_.end(), [](const auto& a) { return a.name == "now"; }) - axes_.begin());
  }
  question::Instant now(std::size_t point) const { return *interpret_instant(value(point, now_axis())); }
  bool complete(std::size_t point) const {
    for (std::size_t a = 0; a < axes_.size(); ++a)
      if (value(point, a) == "unknown") return false;
    return true;
  }

 private:
  static std::optional<question::Instant> interpret_instant(const std::string& text) { return interpret::read_instant(text); }
  void keep(const json::Value& request, const question::Decision& d) {
    requests_.push_back(request);
    decisions_.push_back(d);
  }
  std::size_t stride(std::size_t axis) const {
    std::size_t n = 1;
    for (std::size_t a = 0; a < axis; ++a) n *= axes_[a].values.size();
    return n;
  }
  std::size_t position(std::size_t point, std::size_t axis) const { return point / stride(axis) % axes_[axis].values.size(); }

  std::vector<interpret::Axis> axes_;
  std::vector<json::Value> requests_;
  std::vector<question::Decision> decisions_;
};

/// The decisions of another kernel on the same requests, each asked when needed.
class Answers {
 public:
  Answers(const kernel::Kernel& kernel, const Requests& requests) : kernel_(kernel), requests_(requests), decisions_(requests.size()) {}
  Answers(const Answers&) = delete;
  Answers& operator=(const Answers&) = delete;

  const question::Decision& at(std::size_t point) const {
    auto& kept = decisions_[point];
    if (!kept) {
      auto decision = interpret::Interpreter(kernel_).decide(requests_.request(point));
      WRIT_CHECK(decision, "the enumerator writes valid requests");
      kept = std::move(*decision);
    }
    return *kept;
  }
  bool allowed(std::size_t point) const { return at(point).outcome >= question::Outcome::Pending; }
  template <class F>
  bool any(F&& f) const {
    for (std::size_t p = 0; p < requests_.size(); ++p)
      if (f(p)) return true;
    return false;
  }

 private:
  const kernel::Kernel kernel_;
  const Requests& requests_;
  mutable std::vector<std::optional<question::Decision>> decisions_;
};

/// 11.2: the outcome, and for permit and pending obligations, missing warrants and lifts.
inline bool same(const question::Decision& a, const question::Decision& b) {
  if (a.outcome != b.outcome) return false;
  if (a.outcome < question::Outcome::Pending) return true;
  const auto ids = [](const auto& list, auto name) {
    std::set<std::string> out;
    for (const auto& e : list) out.insert(name(e));
    return out;
  };
  const auto lift = [](const question::LiftUse& l) { return l.id; };
  const auto missing = [](const question::Missing& m) { return m.requirement; };
  return ids(a.lifts, lift) == ids(b.lifts, lift) && ids(a.missing, missing) == ids(b.missing, missing) && a.obligations == b.obligations;
}

}  // namespace writ::oracles
