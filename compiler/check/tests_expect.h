// `expect …` → expectations with every name resolved (semantics.md 14.3). Uses the register of the test to tell words from ids.
#pragma once

#include "compiler/check/facts.h"

namespace writ::check {

class ExpectationChecker {
 public:
  ExpectationChecker(Context& context, const Site& site, FactsWriter& facts) : context_(context), site_(site), facts_(facts) {}

  /// nullopt after an error. An ExpectError comes back unjudged (`found` false): that needs a check of its own.
  std::optional<typed_ir::Expectation> check(const ast::Expect& written);

 private:
  std::optional<typed_ir::ExpectDecision> decision(const ast::ExpectDecision& written, Range range);
  bool perform(const ast::ExpectDecision& written, typed_ir::ExpectDecision& result, Range range);
  bool assignment(const ast::ExpectDecision& written, typed_ir::ExpectDecision& result, Range range);
  std::optional<typed_ir::ExpectFinding> finding(const ast::ExpectFinding& written, Range range);
  std::optional<typed_ir::ExpectOverdue> overdue(const ast::ExpectOverdue& written);
  std::optional<typed_ir::ExpectError> error(const ast::ExpectError& written);
  std::optional<typed_ir::ExpectProof> proof(const ast::ExpectProof& written, Range range);
  std::optional<typed_ir::Details> details(const ast::ExpectDetails& written);
  bool times(const ast::ExpectDetails& written, typed_ir::Details& details);
  bool names(const ast::ExpectDetails& written, typed_ir::Details& details);
  bool instant(const std::optional<ast::DayAt>& written, std::optional<Instant>& into);
  std::optional<std::vector<std::string>> qualified_names(const std::vector<ast::Name>& written);
  std::nullopt_t unsupported(Range range, std::string words);

  Context& context_;
  const Site& site_;
  FactsWriter& facts_;
};

/// Warns once of a test without a register and without `at` whose answer depends on time.
void warn_of_missing_time(Context& context, const typed_ir::Scenario& scenario);

}  // namespace writ::check
