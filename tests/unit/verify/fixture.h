// What the tests of this room share: a small vocabulary, and one obligation's result.
#pragma once

#include <gtest/gtest.h>

#include "compiler/verify/run.h"
#include "compiler/verify/verify.h"
#include "tests/unit/support/kernel_builder.h"

namespace writ::verify {

using namespace testing_support;

inline constexpr std::int64_t kDay = 86'400'000;
inline constexpr std::int64_t kJune = 1'780'272'000'000;   // 2026-06-01T00:00Z

/// Invoices that clerks enter and approve.
struct Invoices : KernelBuilder {
  EntityId invoice = entity("Invoice", typed_ir::EntityKind::Resource);
  AttributeId grade = attribute(employee, "grade", scalar(Scalar::Int));
  AttributeId amount = attribute(invoice, "amount", scalar(Scalar::Int));
  AttributeId closed = attribute(invoice, "closed", scalar(Scalar::Bool));
  AttributeId urgent = attribute(context, "urgent", scalar(Scalar::Bool));
  ActionId enter = action("inv.enter", invoice), approve = action("inv.approve", invoice);
  RoleId clerk = role("clerk");
};

inline Result only(const kernel::Kernel& kernel, const std::string& id, Faults faults = {}) {
  const source::SourceSet sources;
  const Settings settings{kernel, sources, 4'000'000, nullptr, std::move(faults), {}};
  std::vector<Obligation> all = collect(kernel);
  std::erase_if(all, [&](const Obligation& o) { return o.id != id; });
  EXPECT_EQ(all.size(), 1U) << id;
  if (all.empty()) return {};
  return run_obligations(settings, all, {}).results.front();
}
inline std::string verdict(const kernel::Kernel& kernel, const std::string& id, Faults faults = {}) {
  return std::string(to_string(only(kernel, id, std::move(faults)).verdict.kind));
}
inline std::string why(const kernel::Kernel& kernel, const std::string& id) {
  const Result r = only(kernel, id);
  return r.verdict.success() ? "proved" : r.verdict.detail;
}

}  // namespace writ::verify
