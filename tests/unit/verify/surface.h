// Obligations of policies written as text, in the firm of semantics.md.
#pragma once

#include "compiler/verify/run.h"
#include "compiler/verify/verify.h"
#include "tests/unit/kernel/surface.h"

namespace writ::verify {

class Policy {
 public:
  explicit Policy(const std::string& statements) : elaborated_(kernel::elaborate_in_firm(statements)) {
    EXPECT_TRUE(elaborated_->kernel) << elaborated_->messages();
  }
  const kernel::Kernel& kernel() const { return *elaborated_->kernel; }
  Result only(const std::string& id, Faults faults = {}) const {
    const Settings settings{kernel(), elaborated_->sources, 4'000'000, nullptr, std::move(faults), {}};
    std::vector<Obligation> all = collect(kernel());
    std::erase_if(all, [&](const Obligation& o) { return o.id != id; });
    EXPECT_EQ(all.size(), 1U) << id;
    return all.empty() ? Result{} : run_obligations(settings, all, {}).results.front();
  }
  /// "proved", or "refuted: why".
  std::string say(const std::string& id, Faults faults = {}) const {
    const Result r = only(id, std::move(faults));
    std::string text(to_string(r.verdict.kind));
    return r.verdict.success() || r.verdict.detail.empty() ? text : text + ": " + r.verdict.detail;
  }
  std::string verdict(const std::string& id, Faults faults = {}) const { return std::string(to_string(only(id, std::move(faults)).verdict.kind)); }

 private:
  std::unique_ptr<kernel::Elaborated> elaborated_;
};

}  // namespace writ::verify
