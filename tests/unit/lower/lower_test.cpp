// What lowering promises: tables that verify, bytes that say the same when read back, and no trace of the order of statements.
#include "compiler/lower/lower.h"

#include <cstring>

#include <gtest/gtest.h>

#include "compiler/emit/emit.h"
#include "runtime/validate/validate.h"
#include "tests/unit/kernel/surface.h"

namespace writ::lower {
namespace {

constexpr const char* kWords = R"(module firm  owner role boss  zone "Europe/Amsterdam"
enum Dept { AP, TR }
principal Employee is human { dept: Dept, grade: int, manager: Employee? }
resource Invoice { amount: money<EUR>, late: bool }
action inv.enter, inv.approve on Invoice
approval line = principal.manager due 3d
)";
constexpr const char* kFirst = R"(role boss for Employee { birthright where principal.grade >= 9 }
role clerk for Employee { may inv.enter where resource.amount <= 500 EUR and principal.dept == AP  on request after line }
)";
constexpr const char* kSecond = R"(never late { inv.enter where resource.late  because "closed" }
sod eyes high "Four eyes" { separate inv.enter from inv.approve  on same Invoice  because "four eyes" }
role approver for Employee { may inv.approve  on request after line }
)";

decision_ir::Tables lowered(const std::string& text) { const auto e = kernel::elaborate_texts({text});
  if (!e->kernel) throw std::runtime_error(e->messages());
  return lower(*e->kernel, {}); }

TEST(Lower, TablesKeepTheirInvariants) {
  const decision_ir::Tables tables = lowered(std::string(kWords) + kFirst + kSecond);
  EXPECT_EQ(decision_ir::verify(tables), std::vector<std::string>{});
  EXPECT_EQ(tables.grants.size(), 2U);
  EXPECT_EQ(tables.actions.size(), 2U);
}

TEST(Lower, OrderOfStatementsShowsInNoByte) {
  const std::string one = emit::to_bytes(lowered(std::string(kWords) + kFirst + kSecond));
  const std::string two = emit::to_bytes(lowered(std::string(kWords) + kSecond + kFirst));
  EXPECT_EQ(emit::digest(one), emit::digest(two));
}

TEST(Lower, AnotherPolicyIsAnotherBundle) {
  std::string other = kFirst;
  other.replace(other.find("500"), 3, "501");
  EXPECT_NE(emit::to_bytes(lowered(std::string(kWords) + kFirst)), emit::to_bytes(lowered(std::string(kWords) + other)));
}

TEST(Lower, WhatIsReadBackWritesTheSameBytes) {
  const decision_ir::Tables tables = lowered(std::string(kWords) + kFirst + kSecond);
  const std::string bytes = emit::to_bytes(tables);
  const auto read = emit::from_bytes(bytes);
  ASSERT_TRUE(read.has_value()) << read.error();
  EXPECT_EQ(emit::to_bytes(*read), bytes);
  EXPECT_EQ(decision_ir::print(*read), decision_ir::print(tables));
}

TEST(Lower, TheLoaderAcceptsWhatIsWritten) {
  const std::string bytes = emit::to_bytes(lowered(std::string(kWords) + kFirst + kSecond));
  std::vector<std::uint64_t> aligned((bytes.size() + 7) / 8);
  std::memcpy(aligned.data(), bytes.data(), bytes.size());
  const runtime::Validation judged = runtime::validate(aligned.data(), bytes.size());
  EXPECT_TRUE(judged.accepted()) << runtime::to_string(judged.refusal) << " in section " << judged.section << " record " << judged.record;
}

TEST(Lower, VerifySeesANodeThatLooksForward) {
  decision_ir::Tables tables = lowered(std::string(kWords) + kFirst + kSecond);
  for (layout::Cond& cond : tables.conds) {
    if (cond.conds.count == 0) continue;
    tables.indices[cond.conds.begin] = static_cast<std::uint32_t>(tables.conds.size());
    break;
  }
  EXPECT_NE(decision_ir::verify(tables), std::vector<std::string>{});
}

TEST(Emit, EveryCutAndEveryForeignHeadIsRefused) {
  const std::string bytes = emit::to_bytes(lowered(std::string(kWords) + kFirst));
  for (std::size_t size = 0; size < bytes.size(); size += 97) EXPECT_FALSE(emit::from_bytes(std::string_view(bytes).substr(0, size)).has_value()) << size;
  std::string foreign = bytes;
  foreign[0] = 'X';
  EXPECT_FALSE(emit::from_bytes(foreign).has_value());
  std::string newer = bytes;
  newer[8] = 2;
  EXPECT_FALSE(emit::from_bytes(newer).has_value());
  EXPECT_FALSE(emit::from_bytes(bytes + "x").has_value());
}

}  // namespace
}  // namespace writ::lower
