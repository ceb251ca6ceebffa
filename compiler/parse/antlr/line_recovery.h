// How the parser goes on after an error: at the next line of the same body, the next statement, or the next element of a list. Inside
// such a unit nothing is repaired: the unit is broken, the rest of the file is read as if it were not there, and each unit yields one
// problem. Words at the start of a line and the column of the statement tell a forgotten `}` from a long body.
#pragma once

#include <antlr4-runtime.h>

#include <map>
#include <vector>

#include "compiler/parse/antlr/expected.h"
#include "compiler/parse/problem.h"
#include "compiler/parse/token_shapes.h"

namespace writ::parse::antlr {

class LineRecovery : public antlr4::DefaultErrorStrategy {
 public:
  LineRecovery(const antlr4::atn::ATN& atn, const std::vector<TokenShape>& shapes, std::size_t limit);

  std::vector<Problem> take_problems() { return std::move(problems_); }

  void sync(antlr4::Parser* parser) override;
  antlr4::Token* recoverInline(antlr4::Parser* parser) override;
  void recover(antlr4::Parser* parser, std::exception_ptr error) override;
  void reportError(antlr4::Parser* parser, const antlr4::RecognitionException& error) override;

 private:
  enum class Unit : std::uint8_t { None, Statement, Line, Element };
  /// The unit that is being skipped: where it began and which words begin the next one.
  struct Skipping {
    Unit unit = Unit::None;
    std::size_t start = 0;
    std::size_t rule = 0;
  };

  static Unit unit_of(std::size_t rule);
  const antlr4::misc::IntervalSet& first_words(std::size_t rule) const;
  /// The rule whose repetitions the state loops over, if it is a unit.
  std::optional<std::size_t> looped_unit(std::size_t state) const;

  void report_at_loop(antlr4::Parser* parser, std::size_t rule);
  Problem::Kind kind_at_loop(antlr4::Parser* parser, std::size_t rule) const;
  void add_problem(Problem problem);
  /// What could stand at the token `at`, seen from the widest phrase that would begin where the parser is, or from the first choice
  /// that it left undone there.
  Expected expected_at(antlr4::Parser* parser, std::size_t at);
  void remember_choice(antlr4::Parser* parser);
  std::vector<cst::TokenKind> kinds_between(std::size_t begin, std::size_t end) const;

  Skipping skipping_of(antlr4::ParserRuleContext* context) const;
  void skip(antlr4::Parser* parser, const Skipping& skipping, std::optional<std::size_t> statement_column);
  bool next_unit_at(std::size_t at, const Skipping& skipping, std::optional<std::size_t> statement_column) const;
  bool next_element_at(std::size_t at, const Skipping& skipping) const;
  bool starts_statement(std::size_t at) const;
  bool starts_use(std::size_t at, const Skipping& skipping) const;
  std::optional<std::size_t> column_of_statement(antlr4::RuleContext* context) const;

  const antlr4::atn::ATN& atn_;
  const std::vector<TokenShape>& shapes_;
  std::size_t limit_;
  bool gave_up_ = false;
  /// The first choice that the parser made before the token that it is at.
  struct Choice {
    std::size_t at = static_cast<std::size_t>(-1);
    std::size_t state = 0;
    antlr4::ParserRuleContext* context = nullptr;
  };
  Choice choice_;
  std::size_t budget_ = 5'000;  ///< tokens that may be walked again for the sake of messages
  std::vector<Problem> problems_;
};

}  // namespace writ::parse::antlr
