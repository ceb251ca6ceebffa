#include "compiler/format/columns.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace writ::format {
namespace {

/// Columns are counted in code points, as a reader's editor shows most of them.
std::size_t width_of(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

/// Where the slots of one block stand.
using Slots = std::map<std::uint8_t, std::size_t>;

class Renderer {
 public:
  explicit Renderer(const std::vector<Row>& rows) : rows_(rows) {}

  std::string run() {
    for (std::size_t begin = 0; begin < rows_.size();) {
      const std::size_t end = block_end(begin);
      const Slots slots = slots_of(begin, end);
      for (std::size_t i = begin; i < end; ++i) render_row(rows_[i], slots);
      begin = end;
    }
    return finish();
  }

 private:
  struct Line {
    std::string text;
    std::string comment;
    bool blank_before;
  };

  bool continues(const Row& row) const { return !row.pieces.empty() && row.continuation != Continuation::None; }

  /// Neighbouring rows with one key, with the rows that continue them.
  std::size_t block_end(std::size_t begin) const {
    const Row& first = rows_[begin];
    std::size_t end = begin + 1;
    if (!first.block || opens_rows(first)) return end;
    while (end < rows_.size() && (continues(rows_[end]) || is_comment(rows_[end]) || neighbours(rows_[end], first))) ++end;
    return end;
  }

  static bool neighbours(const Row& row, const Row& first) {
    return !row.pieces.empty() && row.block == first.block && row.indent == first.indent && !row.blank_before && !opens_rows(row);
  }

  static bool is_comment(const Row& row) { return row.pieces.empty() && !row.blank_before; }

  /// A row that leaves its braces open has no neighbours to please.
  static bool opens_rows(const Row& row) { return !row.pieces.empty() && row.pieces.back().text == "{"; }

  Slots slots_of(std::size_t begin, std::size_t end) const {
    Slots slots;
    for (std::uint8_t slot = 1; slot <= kSlots; ++slot) {
      std::vector<std::size_t> wanted;
      for (std::size_t i = begin; i < end; ++i) {
        if (rows_[i].pieces.empty() || continues(rows_[i])) continue;
        if (const std::size_t column = column_wanted(rows_[i], slot, slots); column > 0) wanted.push_back(column);
      }
      if (!wanted.empty()) slots[slot] = widest_near(wanted);
    }
    return slots;
  }

  /// The column that suits most: a row much longer than the shortest sticks out instead of pushing all others away.
  static std::size_t widest_near(const std::vector<std::size_t>& wanted) {
    constexpr std::size_t kFarthest = 40;
    const std::size_t nearest = *std::min_element(wanted.begin(), wanted.end());
    std::size_t widest = nearest;
    for (const std::size_t column : wanted) {
      if (column <= nearest + kFarthest) widest = std::max(widest, column);
    }
    return widest;
  }

  /// Where the slot would stand in this row, given the slots before it; 0: the row has it not, or begins with it.
  std::size_t column_wanted(const Row& row, std::uint8_t slot, const Slots& slots) const {
    std::size_t column = row.indent;
    for (std::size_t i = 0; i < row.pieces.size(); ++i) {
      const Piece& piece = row.pieces[i];
      if (i > 0) column += spaces_of(row, piece);
      if (i > 0 && piece.mark.slot == slot) return column;
      if (i > 0) column = std::max(column, slot_column(piece.mark, slots));
      column += width_of(piece.text);
    }
    return 0;
  }

  /// The gap of a column is kept only where columns are shared.
  static std::size_t spaces_of(const Row& row, const Piece& piece) {
    return piece.mark.slot > 0 && !row.block && piece.mark.spaces > 1 ? 1 : piece.mark.spaces;
  }

  static std::size_t slot_column(const Mark& mark, const Slots& slots) {
    const auto found = mark.slot == 0 ? slots.end() : slots.find(mark.slot);
    return found == slots.end() ? 0 : found->second;
  }

  std::size_t start_of(const Row& row, const Slots& slots) const {
    const Mark& first = row.pieces.front().mark;
    if (first.hangs) return first_slot_ < row.indent + 7u ? row.indent + 4 : first_slot_ - row.pieces.front().text.size() - 1;
    if (row.continuation == Continuation::None) return row.indent;
    if (first.slot > 0 && slot_column(first, slots) > 0) return slot_column(first, slots);
    if (row.continuation == Continuation::Operand) {
      const auto operand = columns_.find(first.anchor.index);
      const std::size_t operator_width = row.pieces.front().text.size() + 1;
      if (operand != columns_.end() && operand->second >= row.indent + operator_width + 2) return operand->second - operator_width;
    }
    return content_ > row.indent ? content_ : row.indent + 4u;
  }

  void render_row(const Row& row, const Slots& slots) {
    if (row.pieces.empty()) {
      lines_.push_back({std::string(row.indent, ' ') + row.comment, "", row.blank_before});
      return;
    }
    if (row.continuation == Continuation::None) content_ = 0;
    std::string text(start_of(row, slots), ' ');
    std::size_t column = text.size();
    for (std::size_t i = 0; i < row.pieces.size(); ++i) {
      const Piece& piece = row.pieces[i];
      if (i > 0) {
        const std::size_t wanted = std::max({column + spaces_of(row, piece), slot_column(piece.mark, slots), padded(row, piece)});
        text.append(wanted - column, ' ');
        column = wanted;
      }
      columns_[piece.token.index] = column;
      if (piece.mark.slot == 1 && !row.pieces.front().mark.hangs) first_slot_ = column;
      text += piece.text;
      column += width_of(piece.text);
    }
    lines_.push_back({std::move(text), row.comment, row.blank_before});
  }

  /// The content of a line stands in the statement's column if the line starts the row.
  std::size_t padded(const Row& row, const Piece& piece) {
    if (piece.mark.pad == 0 || row.pieces.front().token != piece.mark.line || row.continuation != Continuation::None) return 0;
    content_ = row.indent + piece.mark.pad;
    return content_;
  }

  /// Comments at the ends of neighbouring rows share a column.
  std::string finish() const {
    std::string out;
    std::size_t group_end = 0;
    std::size_t column = 0;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      const Line& line = lines_[i];
      if (i >= group_end) std::tie(group_end, column) = comment_group(i);
      if (line.blank_before) out += '\n';
      out += line.text;
      if (!line.comment.empty()) out += std::string(column - width_of(line.text), ' ') + line.comment;
      out += '\n';
    }
    return out;
  }

  /// Where the group of rows that begins here ends, and the column of its comments.
  std::pair<std::size_t, std::size_t> comment_group(std::size_t begin) const {
    std::size_t end = begin + 1;
    std::size_t column = width_of(lines_[begin].text) + 2;
    for (; end < lines_.size() && shares_comment_column(end); ++end) column = std::max(column, width_of(lines_[end].text) + 2);
    return {end, column};
  }

  bool shares_comment_column(std::size_t at) const {
    const Line& before = lines_[at - 1];
    return !before.comment.empty() && !before.text.ends_with('{') && !lines_[at].comment.empty() && !lines_[at].blank_before;
  }

  static constexpr std::uint8_t kSlots = 6;

  const std::vector<Row>& rows_;
  std::vector<Line> lines_;
  std::map<std::uint32_t, std::size_t> columns_;  ///< where each token stands
  std::size_t content_ = 0;                       ///< of the line being continued
  std::size_t first_slot_ = 0;                    ///< where slot 1 stood last
};

}  // namespace

std::string render(const std::vector<Row>& rows) { return Renderer(rows).run(); }

}  // namespace writ::format
