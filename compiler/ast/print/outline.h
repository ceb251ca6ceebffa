// How --emit=ast shows statements: an indented outline in which a phrase is one line. Conditions are shown as operators before their
// operands, so that the structure is visible and nothing looks like source.
#pragma once

#include <string>
#include <string_view>

#include "compiler/ast/ast.h"

namespace writ::ast::printing {

/// Phrases as text. Conditions live in `exprs`.
class Phrases {
 public:
  explicit Phrases(const support::Store<ExprId, Expr>& exprs) : exprs_(exprs) {}

  std::string say(const Name& name) const { return name.text; }
  std::string say(const Text& text) const;
  std::string say(const Duration& duration) const;
  std::string say(const Count& count) const;
  std::string say(const DayAt& day) const;
  std::string say(const Literal& literal) const;
  std::string say(ExprId expr) const;
  std::string say(const TypeRef& type) const;
  std::string say(const Field& field) const;
  std::string say(const Param& param) const;
  std::string say(const RoleRef& role) const;
  std::string say(const TypeId& id) const;
  std::string say(const Subject& subject) const;
  std::string say(const What& what) const;
  std::string say(const Accesses& accesses) const;
  std::string say(const Side& side) const;
  std::string say(const Chain& chain) const;
  std::string say(const Party& party) const;
  std::string say(const Period& period) const;
  std::string say(const LevelAt& level) const;
  std::string say(const Cap& cap) const;
  std::string say(const YieldLine& line) const;
  std::string say(const PointAt& point) const;
  std::string say(const Record& record) const;
  std::string say(const Who& who) const;
  std::string say_path(const std::vector<Name>& path) const;

  template <class T>
  std::string list(const std::vector<T>& items, std::string_view separator = ", ") const {
    std::string text;
    for (const T& item : items) text += (text.empty() ? "" : std::string(separator)) + say(item);
    return text;
  }

 private:
  std::string say_operands(const Expr& expr) const;

  const support::Store<ExprId, Expr>& exprs_;
};

/// Lines under a statement. What is absent or empty makes no line.
class Outline {
 public:
  explicit Outline(const File& file) : phrases(file.exprs) {}

  void head(const std::string& text) { out_ += std::string(depth_ * 2, ' ') + text + "\n"; }
  void line(std::string_view label, const std::string& text) {
    if (!text.empty()) head(std::string(label) + ": " + text);
  }
  void flag(std::string_view label, std::optional<Range> present) {
    if (present) head(std::string(label));
  }
  template <class T>
  void line(std::string_view label, const std::optional<T>& value) {
    if (value) line(label, phrases.say(*value));
  }
  void line(std::string_view label, ExprId expr) {
    if (expr.valid()) line(label, phrases.say(expr));
  }
  template <class T>
  void line(std::string_view label, const std::vector<T>& items) {
    line(label, phrases.list(items));
  }
  /// One line for each.
  template <class T>
  void lines(std::string_view label, const std::vector<T>& items) {
    for (const T& item : items) line(label, phrases.say(item));
  }
  std::string take() { return std::move(out_); }

  Phrases phrases;

 private:
  friend class Under;
  std::string out_;
  std::size_t depth_ = 0;
};

/// A head, and everything printed while it lives stands under it.
class Under {
 public:
  Under(Outline& outline, const std::string& head) : outline_(outline) {
    outline_.head(head);
    ++outline_.depth_;
  }
  ~Under() { --outline_.depth_; }
  Under(const Under&) = delete;
  Under& operator=(const Under&) = delete;

 private:
  Outline& outline_;
};

void print_item(Outline& outline, const Item& item);
void print_history(Outline& outline, const History& history);

// One for each statement; print_*.cpp
#define WRIT_ITEM(Struct, words) void print_statement(Outline& outline, const Struct& statement);
#include "compiler/ast/items.def"
#undef WRIT_ITEM

void print_rule_lines(Outline& outline, const RuleLines& lines);
std::string head_of(const RuleHead& head, const Phrases& phrases);

}  // namespace writ::ast::printing
