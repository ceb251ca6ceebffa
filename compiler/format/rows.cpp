#include "compiler/format/rows.h"

#include <algorithm>

namespace writ::format {
namespace {

using cst::TokenId;
using cst::TokenKind;

class RowMaker {
 public:
  RowMaker(const cst::Syntax& root, const std::vector<Mark>& marks) : root_(root), marks_(marks) {}

  std::vector<Row> run() {
    for (const TokenId token : root_.tree().tokens().ids()) {
      const TokenKind kind = root_.kind_of(token);
      if (kind == TokenKind::Blank) {
        const std::string_view blank = root_.text(token);
        newlines_ += std::count(blank.begin(), blank.end(), '\n');
      } else if (cst::is_trivia(kind)) {
        comments_.push_back({trimmed(root_.text(token)), newlines_});
        newlines_ = 0;
      } else {
        add_token(token, kind);
      }
    }
    return std::move(rows_);
  }

 private:
  struct Comment {
    std::string text;
    std::ptrdiff_t newlines_before;
  };

  static std::string trimmed(std::string_view text) {
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) text.remove_suffix(1);
    return std::string(text);
  }

  void add_token(TokenId token, TokenKind kind) {
    const Mark& mark = marks_[token.index];
    const bool written_break = newlines_ > 0 || !comments_.empty();
    place_comments(kind == TokenKind::Rbrace ? static_cast<std::uint16_t>(mark.indent + 2) : kind == TokenKind::EndOfFile ? std::uint16_t{0} : mark.indent);
    if (kind == TokenKind::EndOfFile) return;
    const bool forced = after_comment_;
    if (rows_.empty() || forced || mark.row == Break::Always || (mark.row == Break::AsWritten && written_break)) start_row(mark, kind);
    rows_.back().pieces.push_back({token, mark, std::string(root_.text(token))});
    newlines_ = 0;
    after_comment_ = false;
  }

  void start_row(const Mark& mark, TokenKind kind) {
    Row row;
    row.indent = mark.indent;
    row.continuation = mark.continuation;
    row.blank_before = newlines_ > 1 && row.continuation == Continuation::None && kind != TokenKind::Rbrace && !after_open_brace();
    row.block = mark.block;
    rows_.push_back(std::move(row));
  }

  bool after_open_brace() const {
    return rows_.empty() || (!rows_.back().pieces.empty() && rows_.back().pieces.back().text == "{");
  }

  /// A comment on the line of the token before it stays there; the others are rows.
  void place_comments(std::uint16_t indent) {
    for (const Comment& comment : comments_) {
      const bool at_end = comment.newlines_before == 0 && !rows_.empty() && !rows_.back().pieces.empty() && rows_.back().comment.empty();
      if (at_end) {
        rows_.back().comment = comment.text;
      } else {
        Row row;
        row.comment = comment.text;
        row.indent = indent;
        row.blank_before = comment.newlines_before > 1 && !after_open_brace();
        rows_.push_back(std::move(row));
      }
      after_comment_ = true;
    }
    comments_.clear();
  }

  const cst::Syntax& root_;
  const std::vector<Mark>& marks_;
  std::vector<Row> rows_;
  std::vector<Comment> comments_;
  std::ptrdiff_t newlines_ = 0;
  bool after_comment_ = false;
};

}  // namespace

std::vector<Row> rows_of(const cst::Syntax& root, const std::vector<Mark>& marks) { return RowMaker(root, marks).run(); }

}  // namespace writ::format
