#include "compiler/format/marks.h"

#include <algorithm>

#include "compiler/format/lines.h"

namespace writ::format {
namespace {

using cst::RuleKind;
using cst::Syntax;
using cst::TokenId;
using cst::TokenKind;

bool has_newline_before(const Syntax& root, TokenId token) {
  const std::vector<TokenId> trivia = root.tree().trivia_before(token);
  return std::any_of(trivia.begin(), trivia.end(), [&](TokenId id) {
    return root.kind_of(id) != TokenKind::Blank || root.text(id).find('\n') != std::string_view::npos;
  });
}

class Marker {
 public:
  explicit Marker(const Syntax& root) : root_(root), marks_(root.tree().tokens().size()) {}

  std::vector<Mark> run() {
    visit(root_);
    return std::move(marks_);
  }

 private:
  Mark& mark(TokenId token) { return marks_[token.index]; }
  Mark& mark(const Syntax& node) { return mark(first_token(node)); }
  static TokenId first_token(const Syntax& node) { return node.tree().node(node.id()).first; }
  bool on_new_line(const Syntax& node) const { return has_newline_before(root_, first_token(node)); }
  static bool empty(const Syntax& node) { return !first_token(node).valid(); }
  Syntax at(cst::NodeId id) const { return Syntax(root_.tree(), root_.sources(), id); }

  void visit(const Syntax& node) {
    if (empty(node)) return;
    const std::uint16_t outer = indent_;
    before_children(node);
    for (const cst::Child& child : node.children()) {
      if (child.token.valid()) {
        mark_token(node, child.token);
      } else {
        visit(at(child.node));
      }
    }
    indent_ = outer;
  }

  // ---- rows

  void before_children(const Syntax& node) {
    switch (node.kind()) {
      case RuleKind::File: return mark_lines(node, {RuleKind::Header, RuleKind::UseLine, RuleKind::Item});
      case RuleKind::RoleDecl: case RuleKind::SodDecl: case RuleKind::NeverDecl: case RuleKind::ForbidDecl: case RuleKind::RequireDecl:
      case RuleKind::TermsDecl: case RuleKind::LimitsDecl: case RuleKind::ControlDecl: case RuleKind::LiftDecl:
      case RuleKind::EmergencyDecl: case RuleKind::OverlayDecl: case RuleKind::ProcessDecl: case RuleKind::MapDecl:
      case RuleKind::DimensionDecl: case RuleKind::TestDecl: case RuleKind::ExpectError:
        mark_columns(node);
        return mark_body(node);
      case RuleKind::Fields: case RuleKind::AccessSet: case RuleKind::Record: case RuleKind::Set: case RuleKind::KeyPaths:
      case RuleKind::EnumDecl: case RuleKind::ThresholdDecl: case RuleKind::CalendarDecl: case RuleKind::ReasonValues:
        mark_columns(node);
        return mark_list(node);
      // Everything else has no rows of its own.
      default:
        mark_columns(node);
        mark_joints(node);
    }
  }

  /// Statements: each starts a row.
  void mark_lines(const Syntax& node, std::initializer_list<RuleKind> kinds) {
    for (const Syntax& line : node.nodes()) {
      if (std::find(kinds.begin(), kinds.end(), line.kind()) != kinds.end()) start_row(line, Break::Always);
    }
  }

  void start_row(const Syntax& line, Break row) {
    Mark& start = mark(line);
    start.row = row;
    start.continuation = Continuation::None;
    start.indent = indent_;
    start.spaces = line.kind() == RuleKind::FromSide ? 1 : 2;
    if (row == Break::Always) start.block = block_of(line);
  }

  /// `{ lines }`. The lines stand in rows if the author put any of them on a line of its own.
  void mark_body(const Syntax& node) {
    const auto open = node.token(TokenKind::Lbrace);
    const auto close = node.token(TokenKind::Rbrace);
    if (!open || !close) return mark_joints(node);
    const std::vector<Syntax> lines = body_lines(node, *open);
    const bool in_rows = std::any_of(lines.begin(), lines.end(), [this](const Syntax& line) { return on_new_line(line); }) ||
                         has_comment_before(*close);
    close_body(*close, in_rows);
    if (!in_rows) {
      for (const Syntax& line : lines) mark(line).spaces = &line == &lines.front() || line.kind() == RuleKind::FromSide ? 1 : 2;
      mark_joints(node);
      return;
    }
    indent_ += 2;
    for (const Syntax& line : lines) start_row(line, &line == &lines.front() ? Break::Always : Break::AsWritten);
    for (const Syntax& line : lines) mark(line).block = block_of(line);
    pad_lines(node, lines);
  }

  void close_body(TokenId close, bool in_rows) {
    Mark& closing = mark(close);
    closing.indent = indent_;
    if (!in_rows) return;
    closing.row = Break::Always;
    closing.continuation = Continuation::None;
  }

  bool has_comment_before(TokenId token) const {
    const std::vector<TokenId> trivia = root_.tree().trivia_before(token);
    return std::any_of(trivia.begin(), trivia.end(), [this](TokenId id) { return root_.kind_of(id) != TokenKind::Blank; });
  }

  /// The nodes between the braces, and the second side of a `separate`, which reads as a line of its own.
  static std::vector<Syntax> body_lines(const Syntax& node, TokenId open) {
    std::vector<Syntax> lines;
    for (const Syntax& child : node.nodes()) {
      if (empty(child) || first_token(child).index < open.index) continue;
      lines.push_back(child);
      const Syntax inner = innermost_line(child);
      if (const auto from = inner.child(RuleKind::FromSide)) lines.push_back(*from);
    }
    return lines;
  }

  void pad_lines(const Syntax& statement, const std::vector<Syntax>& lines) {
    const std::uint8_t width = line_column(statement.kind());
    if (width == 0) return;
    for (const Syntax& line : lines) {
      const Syntax inner = innermost_line(line);
      const auto content = content_of_line(inner);
      if (!content) continue;
      mark(*content).pad = width;
      mark(*content).line = first_token(line);
    }
  }

  /// `{ a, b }`. In rows if the author broke after the brace.
  void mark_list(const Syntax& node) {
    const auto open = node.token(TokenKind::Lbrace);
    const auto close = node.token(TokenKind::Rbrace);
    const auto first = open ? root_.tree().next(*open) : std::nullopt;
    if (!open || !close || !first) return;
    const bool in_rows = *first != *close && has_newline_before(root_, *first);
    close_body(*close, in_rows);
    if (!in_rows) return mark_joints(node);
    indent_ += 2;
    mark(*first).row = Break::Always;
    mark(*first).continuation = Continuation::None;
    mark(*first).indent = indent_;
    mark_elements(node);
    mark_table_of_fields(node);
  }

  void mark_elements(const Syntax& list) {
    for (const TokenId comma : list.tokens(TokenKind::Comma)) {
      const auto next = root_.tree().next(comma);
      if (!next || root_.kind_of(*next) == TokenKind::Rbrace) continue;
      Mark& element = mark(*next);
      element.row = Break::AsWritten;
      element.continuation = Continuation::None;
      element.indent = indent_;
    }
    if (const auto values = list.child(RuleKind::EnumValues)) mark_elements(*values);
  }

  /// Fields on a row each: their types share a column.
  void mark_table_of_fields(const Syntax& node) {
    const std::vector<Syntax> fields = node.all(RuleKind::Field);
    if (fields.empty() || !std::all_of(fields.begin(), fields.end(), [this](const Syntax& field) { return on_new_line(field); })) return;
    for (const Syntax& field : fields) {
      mark(field).block = RuleKind::Field;
      mark(*field.child(RuleKind::Type)).slot = 1;
    }
  }

  // ---- joints: where a row may end in the middle of a line

  void mark_joints(const Syntax& node) {
    for (const cst::Child& child : node.children()) {
      if (child.token.valid()) {
        mark_token_joint(node, child.token);
      } else if (const Syntax part = at(child.node); !empty(part) && is_clause(part.kind())) {
        soften(mark(part));
      }
    }
  }

  void soften(Mark& joint) {
    if (joint.row == Break::Never) joint.row = Break::AsWritten;
    joint.indent = indent_;
  }

  void mark_token_joint(const Syntax& node, TokenId token) {
    const TokenKind kind = root_.kind_of(token);
    if (kind == TokenKind::Comma) {
      if (const auto next = root_.tree().next(token)) soften(mark(*next));
      return;
    }
    if (kind != TokenKind::KwAnd && kind != TokenKind::KwOr && kind != TokenKind::KwThen) return;
    soften(mark(token));
    if (node.kind() == RuleKind::Expr || node.kind() == RuleKind::Conjunction) {
      mark(token).continuation = Continuation::Operand;
      mark(token).anchor = first_token(node);
    }
  }

  // ---- columns

  void mark_columns(const Syntax& node) {
    for (const Column& column : columns_of(node)) {
      Mark& start = mark(column.token);
      start.slot = column.slot;
      start.spaces = column.gap;
    }
    if (node.kind() == RuleKind::MapLine) mark_ways(node);
    for (const Syntax& clause : wide_clauses(node)) mark(clause).spaces = 2;
  }

  /// `or` of another way in, on a row of its own, ends where the ways begin.
  void mark_ways(const Syntax& line) {
    for (const Syntax& way : line.all(RuleKind::NativeWay)) soften(mark(way));
    for (const TokenId token : line.tokens(TokenKind::KwOr)) {
      soften(mark(token));
      if (!has_newline_before(root_, token)) continue;
      mark(token).hangs = true;
      const TokenId way = *root_.tree().next(token);
      mark(way).slot = 1;
      mark(way).row = Break::Never;
    }
  }

  // ---- blanks inside a row

  void mark_token(const Syntax& parent, TokenId token) {
    if (glued_to_previous(parent, token)) mark(token).spaces = 0;
    if (glues_next(parent, token)) {
      if (const auto next = root_.tree().next(token)) mark(*next).spaces = 0;
    }
  }

  bool glued_to_previous(const Syntax& parent, TokenId token) const {
    switch (root_.kind_of(token)) {
      case TokenKind::Comma: case TokenKind::Dot: case TokenKind::Dotdot: case TokenKind::Rparen: case TokenKind::Question:
        return true;
      case TokenKind::Colon: return parent.kind() != RuleKind::ThenClause;
      case TokenKind::Lparen: return parent.kind() == RuleKind::Args || parent.kind() == RuleKind::Params;
      case TokenKind::Lt: case TokenKind::Gt: return parent.kind() == RuleKind::TypeArgument;
      // Every other token stands apart.
      default: return false;
    }
  }

  bool glues_next(const Syntax& parent, TokenId token) const {
    switch (root_.kind_of(token)) {
      case TokenKind::Dot: case TokenKind::Dotdot: case TokenKind::Lparen: return true;
      case TokenKind::Lt: return parent.kind() == RuleKind::TypeArgument;
      // Every other token stands apart.
      default: return false;
    }
  }

  const Syntax& root_;
  std::vector<Mark> marks_;
  std::uint16_t indent_ = 0;
};

}  // namespace

std::vector<Mark> marks_of(const Syntax& root) { return Marker(root).run(); }

}  // namespace writ::format
