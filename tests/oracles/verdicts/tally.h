// What the comparisons have seen: per kind of obligation and verdict. A verdict that a generator hardly ever meets is not tested.
#pragma once

#include <iostream>
#include <map>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "compiler/verify/verify.h"

namespace writ::oracles {

class Tally {
 public:
  /// Compares a verdict with a count: "proved", "refuted", "possible" or "vacuous".
  void compare(const std::string& kind, const verify::Result& r, const std::string& counted, const std::string& policy) {
    const std::string verdict(verify::to_string(r.verdict.kind));
    ++seen_[kind][counted];
    EXPECT_EQ(verdict, counted) << r.obligation.id << " (" << r.verdict.detail << ")\n" << policy;
  }
  void note(const std::string& kind, const std::string& what) { ++seen_[kind][what]; }
  unsigned count(const std::string& kind, const std::string& verdict) const {
    const auto k = seen_.find(kind);
    if (k == seen_.end()) return 0;
    const auto v = k->second.find(verdict);
    return v == k->second.end() ? 0 : v->second;
  }
  void expect(const std::string& kind, const std::vector<std::string>& verdicts, unsigned at_least) const {
    for (const std::string& v : verdicts) EXPECT_GE(count(kind, v), at_least) << kind << " " << v << " is too rare to test anything";
  }
  void print() const {
    for (const auto& [kind, verdicts] : seen_) {
      std::cout << kind << ":";
      for (const auto& [verdict, n] : verdicts) std::cout << " " << n << " " << verdict;
      std::cout << "\n";
    }
  }

 private:
  std::map<std::string, std::map<std::string, unsigned>> seen_;
};

}  // namespace writ::oracles
