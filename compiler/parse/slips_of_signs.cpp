#include "compiler/parse/slips_of_signs.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include <fmt/format.h>

namespace writ::parse {
namespace {

using cst::TokenKind;
using diagnostics::Code;
using Tokens = support::Store<cst::TokenId, cst::Token>;

// ---- tables

struct Sign {
  std::string_view written;
  TokenKind kind;
  std::string_view here;     ///< empty: nothing stands there
  std::string_view lesson;
};
/// The longer before the shorter.
constexpr Sign kSigns[] = {
    {"===", TokenKind::Eq, "==", "`==` compares"},
    {"!==", TokenKind::Ne, "!=", "`!=` compares"},
    {"&&", TokenKind::KwAnd, "and", "conditions are joined by `and` and `or`"},
    {"||", TokenKind::KwOr, "or", "conditions are joined by `and` and `or`"},
    {"<>", TokenKind::Ne, "!=", "`!=` compares"},
    {"=>", TokenKind::Ge, ">=", "`>=` compares"},
    {"=<", TokenKind::Le, "<=", "`<=` compares"},
    {"≤", TokenKind::Le, "<=", ""},
    {"≥", TokenKind::Ge, ">=", ""},
    {"≠", TokenKind::Ne, "!=", ""},
    {"&", TokenKind::KwAnd, "and", "conditions are joined by `and` and `or`"},
    {"|", TokenKind::KwOr, "or", "conditions are joined by `and` and `or`"},
    {"!", TokenKind::KwNot, "not ", "a condition is turned round by `not`"},
    {";", TokenKind::Blank, "", "lines and statements need no sign at their end; a list has commas"},
    {"->", TokenKind::KwThen, "then", "approvals follow each other by `then`"},
    {"/", TokenKind::Star, "", "nothing is divided: multiply the other side by a constant"},
    {"%", TokenKind::Star, "", "there is no remainder and no percentage: a share is a decimal such as `0.15`"},
    {"\u00A0", TokenKind::Blank, " ", "this is a blank of another kind, such as text processors write"},
    {"\u202F", TokenKind::Blank, " ", "this is a blank of another kind, such as text processors write"},
    {"\u200B", TokenKind::Blank, "", "this character shows nothing, and text processors write it"},
};

struct Quote {
  std::string_view open;
  std::string_view closes;   ///< any of these, separated by blanks
};
constexpr Quote kQuotes[] = {{"'", "'"}, {"`", "`"}, {"“", "” “ \""}, {"„", "“ ” \""}, {"”", "” \""}, {"‘", "’ ‘"}, {"’", "’"}, {"«", "»"}};

struct Unit {
  std::string_view words;
  std::int64_t factor;
  std::string_view unit;
  std::string_view lesson;
};
constexpr Unit kUnitWords[] = {
    {"second seconds sec secs", 1, "s", ""},
    {"minute minutes mins", 1, "min", ""},
    {"hour hours hr hrs", 1, "h", ""},
    {"day days", 1, "d", ""},
    {"w wk week weeks", 7, "d", "a week is 7d"},
    {"mo month months", 30, "d", "a month has no fixed length: count days"},
    {"y yr year years", 365, "d", "a year has no fixed length: count days"},
};
constexpr std::string_view kCurrencies = "EUR USD GBP CHF NOK SEK DKK JPY CNY INR AUD CAD PLN CZK HUF BRL ZAR SGD HKD NZD MXN TRY";
struct Coin {
  std::string_view sign;
  std::string_view currency;
};
constexpr Coin kCoins[] = {{"$", "USD"}, {"€", "EUR"}, {"£", "GBP"}, {"¥", "JPY"}};

/// More are not told anyway; each may look at the rest of the file.
constexpr std::size_t kMostSlips = 200;
constexpr std::uint32_t kLongestText = 2'000;

bool one_of(std::string_view words, std::string_view word) {
  return !word.empty() && fmt::format(" {} ", words).find(fmt::format(" {} ", word)) != std::string::npos;
}

class Mender {
 public:
  Mender(const Tokens& tokens, std::string_view text) : text_(text) {
    for (const cst::Token& token : tokens) in_.push_back(token);
  }

  Mended run() {
    while (at_ < in_.size()) {
      const std::size_t before = at_;
      if (result_.slips.size() < kMostSlips && suspicious()) try_all();
      if (at_ == before) result_.tokens.add(in_[at_++]);
    }
    return std::move(result_);
  }

 private:
  // ---- looking
  const cst::Token& token(std::size_t ahead = 0) const { return in_[std::min(at_ + ahead, in_.size() - 1)]; }
  TokenKind kind(std::size_t ahead = 0) const { return token(ahead).kind; }
  std::string_view text(std::size_t ahead = 0) const { return text_of(token(ahead)); }
  std::string_view text_of(const cst::Token& token) const { return text_.substr(token.begin, token.end - token.begin); }
  std::string_view rest() const { return text_.substr(token().begin); }
  std::uint32_t begin() const { return token().begin; }
  /// Just before, without a blank between: nullptr at the start.
  const cst::Token* before() const { return at_ == 0 ? nullptr : &in_[at_ - 1]; }
  bool name_before() const { return before() && (before()->kind == TokenKind::Name || cst::is_keyword(before()->kind)); }
  bool blank_on_line(std::size_t ahead) const { return kind(ahead) == TokenKind::Blank && text(ahead).find('\n') == std::string_view::npos; }
  static bool is_number(TokenKind kind) { return kind == TokenKind::Int || kind == TokenKind::Decimal; }
  static bool is_date(TokenKind kind) { return kind == TokenKind::Date || kind == TokenKind::Instant; }
  bool is_word(std::size_t ahead) const { return kind(ahead) == TokenKind::Name || cst::is_keyword(kind(ahead)); }
  std::uint32_t line_end() const {
    const std::size_t found = text_.find_first_of("\r\n", begin());
    return static_cast<std::uint32_t>(found == std::string_view::npos ? text_.size() : found);
  }

  bool suspicious() const {
    switch (kind()) {
      case TokenKind::Unknown:
      case TokenKind::Int:
      case TokenKind::Decimal:
      case TokenKind::BadNumber:
      case TokenKind::Name:
      case TokenKind::Eq:
      case TokenKind::Ne:
      case TokenKind::Lt:
      case TokenKind::Assign:
      case TokenKind::Minus: return true;
      // Every other token is fine wherever it stands, as far as its sign goes.
      default: return false;
    }
  }

  // ---- taking: up to the offset `end`, as one token of the kind
  void join(std::uint32_t end, TokenKind kind) {
    const std::uint32_t start = begin();
    std::uint32_t last = end;
    while (in_[at_].kind != TokenKind::EndOfFile && in_[at_].begin < end) last = in_[at_++].end;
    result_.tokens.add({kind, start, std::max(last, end)});
  }
  Slip& tell(Code code, std::uint32_t end, std::string_view lesson) {
    result_.slips.push_back({code, begin(), end, std::string(lesson), {}, true});
    return result_.slips.back();
  }
  static void offer(Slip& slip, std::string replacement) {
    std::string title = replacement.empty() ? std::string("leave it out") : fmt::format("write `{}`", replacement.substr(0, replacement.find_last_not_of(' ') + 1));
    const std::uint32_t from = slip.begin, to = slip.end;
    slip.repairs.push_back({std::move(title), {{from, to, std::move(replacement)}}});
  }
  void replace(Code code, std::uint32_t end, TokenKind kind, std::string replacement, std::string_view lesson) {
    offer(tell(code, end, lesson), std::move(replacement));
    join(end, kind);
  }

  void try_all() {
    const std::size_t start = at_;
    for (auto one : {&Mender::block_comment, &Mender::line_comment, &Mender::address, &Mender::annotation, &Mender::quoted, &Mender::square_bracket, &Mender::day_with_slashes,
                     &Mender::amount_with_commas, &Mender::amount_of_the_continent, &Mender::coin, &Mender::currency_first, &Mender::long_duration, &Mender::thousands, &Mender::percent,
                     &Mender::entity_path, &Mender::sign}) {
      (this->*one)();
      if (at_ != start) return;
    }
  }

  // ---- comments
  void block_comment() {
    if (!rest().starts_with("/*")) return;
    const std::size_t close = text_.find("*/", begin() + 2);
    const bool closed = close != std::string_view::npos;
    const auto end = static_cast<std::uint32_t>(closed ? close + 2 : text_.size());
    Slip& slip = tell(Code::unknown_character, begin() + 2, "a comment begins with `//` on each of its lines");
    std::string lines = "//";
    for (const char c : text_.substr(begin() + 2, end - begin() - (closed ? 4 : 2))) {
      lines += c;
      if (c == '\n') lines += "//";
    }
    while (lines.size() > 2 && (lines.back() == ' ' || lines.back() == '\t')) lines.pop_back();
    const std::size_t next = text_.find_first_not_of(" \t\r", end);
    if (next != std::string_view::npos && text_[next] != '\n') lines += '\n';
    slip.repairs.push_back({"write `//` on each line", {{begin(), end, std::move(lines)}}});
    join(end, TokenKind::Blank);
  }
  void line_comment() {
    const bool sql = kind() == TokenKind::Minus && kind(1) == TokenKind::Minus && token(1).begin == token().end;
    if (!sql && text() != "#") return;
    const std::uint32_t end = line_end();
    Slip& slip = tell(Code::unknown_character, sql ? token(1).end : token().end, "a comment begins with `//`");
    offer(slip, "//");
    join(end, TokenKind::Comment);
  }
  /// Cedar's `@id("x")`, Java's `@Role`.
  void annotation() {
    if (text() != "@" || !is_word(1)) return;
    std::uint32_t end = token(1).end;
    if (kind(2) == TokenKind::Lparen) {
      const std::size_t close = text_.find(')', end);
      if (close != std::string_view::npos && close < line_end()) end = static_cast<std::uint32_t>(close) + 1;
    }
    offer(tell(Code::unknown_character, end, "there are no annotations: a title stands in quotes after the name, and what a statement is for in a `///` line above it"), "");
    join(end, TokenKind::Comment);
  }

  // ---- texts
  void quoted() {
    for (const Quote& quote : kQuotes) {
      if (!rest().starts_with(quote.open)) continue;
      const auto close = closing(quote, begin() + static_cast<std::uint32_t>(quote.open.size()));
      if (!close) return;
      const std::string_view inner = text_.substr(begin() + quote.open.size(), close->first - begin() - quote.open.size());
      if (inner.find('"') != std::string_view::npos) return;
      const std::string whole = fmt::format("\"{}\"", inner);
      return replace(Code::unknown_character, close->second, TokenKind::String, whole, "text stands between \" and \"");
    }
  }
  std::optional<std::pair<std::uint32_t, std::uint32_t>> closing(const Quote& quote, std::uint32_t from) const {
    const std::uint32_t end = std::min(from + kLongestText, static_cast<std::uint32_t>(text_.size()));
    for (std::uint32_t i = from; i < end && text_[i] != '\n' && text_[i] != '\r'; ++i) {
      std::string_view closes = quote.closes;
      while (!closes.empty()) {
        const std::string_view one = closes.substr(0, closes.find(' '));
        if (text_.substr(i).starts_with(one)) return std::pair{i, i + static_cast<std::uint32_t>(one.size())};
        closes.remove_prefix(std::min(closes.size(), one.size() + 1));
      }
    }
    return std::nullopt;
  }

  // ---- brackets
  void square_bracket() {
    if (text() == "]") return close_bracket();
    if (text() != "[") return;
    const auto close = matching();
    if (close && text_.substr(token().end, close->begin - token().end).find_first_not_of(' ') == std::string_view::npos) return empty_brackets(*close);
    if (close && name_before()) return indexed(*close);
    Slip& slip = tell(Code::unknown_character, token().end, "a set stands in braces: `{ \"a\", \"b\" }`");
    std::vector<TextEdit> edits = {{begin(), token().end, "{"}};
    if (close) edits.push_back({close->begin, close->end, "}"});
    if (close) open_.push_back(close->begin);
    slip.repairs.push_back({"write braces", std::move(edits)});
    join(token().end, TokenKind::Lbrace);
  }
  /// `string[]` for `set<string>`, `[]` for `{}`.
  void empty_brackets(const cst::Token& close) {
    const std::uint32_t end = close.end;
    if (!name_before()) return replace(Code::unknown_character, end, TokenKind::Blank, "{}", "a set stands in braces");
    Slip& slip = tell(Code::unknown_character, end, "many of a type are a set of it: `set<string>`");
    const std::string whole = fmt::format("set<{}>", text_of(*before()));
    slip.repairs.push_back({fmt::format("write `{}`", whole), {{before()->begin, end, whole}}});
    join(end, TokenKind::Blank);
  }
  /// `principal["department"]`
  void indexed(const cst::Token& close) {
    std::string inner(text_.substr(token().end, close.begin - token().end));
    std::erase_if(inner, [](char c) { return c == '"' || c == '\'' || c == ' '; });
    replace(Code::unknown_character, close.end, TokenKind::Blank, "." + inner, "an attribute stands after a dot, and nothing else is looked up");
  }
  std::optional<cst::Token> matching() const {
    int depth = 0;
    for (std::size_t i = at_; i < in_.size(); ++i) {
      if (text_of(in_[i]) == "[") ++depth;
      if (text_of(in_[i]) == "]" && --depth == 0) return in_[i];
      if (in_[i].kind == TokenKind::Rbrace && depth > 0) return std::nullopt;
    }
    return std::nullopt;
  }
  void close_bracket() {
    const auto found = std::find(open_.begin(), open_.end(), begin());
    if (found == open_.end()) return;
    tell(Code::unknown_character, token().end, "").told = false;
    join(token().end, TokenKind::Rbrace);
  }

  // ---- days
  void day_with_slashes() {
    const std::string_view sign = text(1);
    if (!(kind() == TokenKind::Int && (sign == "/" || sign == ".") && kind(2) == TokenKind::Int && text(3) == sign && kind(4) == TokenKind::Int) &&
        !dotted_day()) {
      return;
    }
    const std::uint32_t end = dotted_day() ? token(2).end : token(4).end;
    const std::array<int, 3> parts = three_numbers(text_.substr(begin(), end - begin()));
    const auto day = [](int y, int m, int d) { return fmt::format("{:04}-{:02}-{:02}", y < 100 ? y + 2000 : y, m, d); };
    const bool year_first = parts[0] > 31;
    if (!year_first && parts[2] <= 31 && parts[2] < 20) return;
    Slip& slip = tell(Code::bad_date, end, "year, month, day");
    if (year_first) {
      offer(slip, day(parts[0], parts[1], parts[2]));
    } else {
      if (parts[1] <= 12) offer(slip, day(parts[2], parts[1], parts[0]));
      if (parts[0] <= 12 && parts[0] != parts[1]) offer(slip, day(parts[2], parts[0], parts[1]));
      if (parts[0] <= 12 && parts[1] <= 12 && parts[0] != parts[1]) slip.lesson = "year, month, day; which of the two the day was is not known here";
    }
    join(end, TokenKind::Date);
  }
  /// `3.2.2026` is the number 3.2, a dot and the number 2026; `31.12.2026` likewise.
  bool dotted_day() const { return kind() == TokenKind::Decimal && kind(1) == TokenKind::Dot && kind(2) == TokenKind::Int && token(2).begin == token().end + 1; }
  static std::array<int, 3> three_numbers(std::string_view text) {
    std::array<int, 3> numbers{};
    std::size_t n = 0;
    const char* at = text.data();
    const char* const end = text.data() + text.size();
    while (at < end && n < 3) {
      const auto [next, error] = std::from_chars(at, end, numbers[n++]);
      at = next + 1;
    }
    return numbers;
  }

  // ---- amounts
  bool currency_at(std::size_t ahead) const { return kind(ahead) == TokenKind::Name && text(ahead).size() == 3 && one_of(kCurrencies, text(ahead)); }
  /// `10,000 EUR`, `1,000,000.50 EUR`: three digits after each comma and a currency after the last.
  void amount_with_commas() {
    if (kind() != TokenKind::Int || kind(1) != TokenKind::Comma || token(1).begin != token().end) return;
    std::size_t last = 0;
    while (kind(last + 1) == TokenKind::Comma && is_number(kind(last + 2)) && token(last + 2).begin == token(last + 1).end &&
           text(last + 2).substr(0, text(last + 2).find('.')).size() == 3) {
      last += 2;
    }
    const std::size_t behind = blank_on_line(last + 1) ? last + 2 : last + 1;
    if (last == 0 || !currency_at(behind)) return;
    std::string grouped(text_.substr(begin(), token(last).end - begin()));
    std::replace(grouped.begin(), grouped.end(), ',', '_');
    replace(Code::unknown_character, token(last).end, kind(last), grouped, "digits are grouped by `_`, and a comma ends an element of a list");
  }
  /// `$10000`, `10000 €`
  void coin() {
    for (const Coin& coin : kCoins) {
      if (text() == coin.sign && is_number(kind(1)) && token(1).begin == token().end) {
        const std::string amount = with_underscores(1);
        return replace(Code::unknown_character, end_of_number(1), TokenKind::Int, fmt::format("{} {}", amount, coin.currency), "the currency stands after the amount, in three letters");
      }
      const std::size_t sign = blank_on_line(1) ? 2 : 1;
      if (is_number(kind()) && text(sign) == coin.sign)
        return replace(Code::unknown_character, token(sign).end, TokenKind::Int, fmt::format("{} {}", text(), coin.currency), "the currency is written in three letters");
    }
  }
  /// Of `10,000` where the `10` stands `ahead`.
  std::uint32_t end_of_number(std::size_t ahead) const {
    std::size_t last = ahead;
    while (kind(last + 1) == TokenKind::Comma && is_number(kind(last + 2)) && token(last + 2).begin == token(last + 1).end && token(last + 1).begin == token(last).end) last += 2;
    return token(last).end;
  }
  std::string with_underscores(std::size_t ahead) const {
    std::string written(text_.substr(token(ahead).begin, end_of_number(ahead) - token(ahead).begin));
    std::replace(written.begin(), written.end(), ',', '_');
    return written;
  }
  /// `EUR 10_000`
  void currency_first() {
    if (!currency_at(0)) return;
    const std::size_t number = blank_on_line(1) ? 2 : 1;
    if (number == 1 || !is_number(kind(number))) return;
    if (const cst::Token* word = word_before(); word && word->kind == TokenKind::KwGiven) return;
    replace(Code::unknown_character, end_of_number(number), TokenKind::Int, fmt::format("{} {}", with_underscores(number), text()), "the currency stands after the amount");
  }
  const cst::Token* word_before() const {
    std::size_t i = at_;
    while (i > 0 && in_[i - 1].kind == TokenKind::Blank) --i;
    return i == 0 ? nullptr : &in_[i - 1];
  }

  // ---- durations and numbers
  static std::size_t digits_of(std::string_view number) { return std::min(number.find_first_not_of("0123456789_"), number.size()); }
  void told_duration(std::string_view count, std::string_view unit, std::uint32_t end) {
    for (const Unit& known : kUnitWords) {
      if (!one_of(known.words, unit)) continue;
      std::int64_t n = 0;
      std::from_chars(count.data(), count.data() + count.size(), n);
      if (n > 100'000) return;
      return replace(Code::bad_number, end, TokenKind::Duration, fmt::format("{}{}", n * known.factor, known.unit), known.lesson);
    }
    if (unit != "m" && unit != "M") return;
    std::int64_t n = 0;
    std::from_chars(count.data(), count.data() + count.size(), n);
    if (n > 100'000) return;
    Slip& slip = tell(Code::bad_number, end, "minutes are `min`, and months have no fixed length: count days");
    offer(slip, fmt::format("{}min", n));
    offer(slip, fmt::format("{}d", n * 30));
    join(end, TokenKind::Duration);
  }
  /// `20 days`, `6months`, `2w`, `6m`
  void long_duration() {
    if (kind() == TokenKind::BadNumber) {
      const std::size_t digits = digits_of(text());
      return told_duration(text().substr(0, digits), text().substr(digits), token().end);
    }
    if (kind() != TokenKind::Int || !blank_on_line(1) || kind(2) != TokenKind::Name) return;
    if (text(2).size() > 1) told_duration(text(), text(2), token(2).end);
  }
  /// `10k`, `5M`: `m` alone is more often a duration.
  void thousands() {
    if (kind() != TokenKind::BadNumber) return;
    const std::string_view number = text();
    const std::size_t digits = digits_of(number);
    const std::string_view unit = number.substr(digits);
    if (unit != "k" && unit != "K" && unit != "mio" && unit != "Mio" && unit != "mn") return;
    replace(Code::bad_number, token().end, TokenKind::Int, fmt::format("{}{}", number.substr(0, digits), unit == "k" || unit == "K" ? "_000" : "_000_000"), "a number is written with all its digits, grouped by `_`");
  }
  void percent() {
    if (!is_number(kind()) || text(1) != "%") return;
    tell(Code::unknown_character, token(1).end, "there are no percentages: a share is a decimal such as `0.15`");
    join(token(1).end, TokenKind::Decimal);
  }

  // ---- Cedar's `User::"alice"` and `Department::AP`
  void entity_path() {
    if (kind() != TokenKind::Name || kind(1) != TokenKind::Colon || kind(2) != TokenKind::Colon || token(2).begin != token(1).end || token(1).begin != token().end) return;
    if (kind(3) == TokenKind::String)
      return replace(Code::unknown_character, token(3).end, TokenKind::String, std::string(text(3)), "a person or thing is written by its text alone, and an action by its name");
    if (!is_word(3)) return;
    replace(Code::unknown_character, token(3).end, TokenKind::Name, fmt::format("{}.{}", text(), text(3)), "a name is joined by a dot");
  }

  void sign() {
    for (const Sign& sign : kSigns) {
      // `!=` is a sign of its own, however a `!` begins.
      const bool whole = kind() == TokenKind::Unknown || sign.written.size() > text().size();
      if (!whole || !rest().starts_with(sign.written)) continue;
      const auto end = begin() + static_cast<std::uint32_t>(sign.written.size());
      std::string here(sign.here);
      // `a&&b` needs blanks around a word; `!x` has one.
      if (cst::is_keyword(sign.kind) && !here.ends_with(' ')) {
        if (before() && before()->kind != TokenKind::Blank) here = " " + here;
        if (end < text_.size() && text_[end] != ' ') here += " ";
      }
      if (sign.kind == TokenKind::Star) {
        tell(Code::unknown_character, end, sign.lesson);
        return join(end, sign.kind);
      }
      if (sign.written == ";" && between_elements()) return replace(Code::unknown_character, end, TokenKind::Comma, ",", "the elements of a list are separated by commas");
      return replace(Code::unknown_character, end, sign.kind, here, sign.lesson);
    }
  }

  /// Inside the braces of a statement that lists, and not behind its last element.
  bool between_elements() const {
    std::size_t next = at_ + 1;
    while (next < in_.size() && (in_[next].kind == TokenKind::Blank || in_[next].kind == TokenKind::Comment)) ++next;
    if (next >= in_.size() || in_[next].kind == TokenKind::Rbrace) return false;
    for (std::size_t i = at_; i > 0; --i) {
      switch (in_[i - 1].kind) {
        case TokenKind::KwEnum:
        case TokenKind::KwResource:
        case TokenKind::KwPrincipal:
        case TokenKind::KwContext: return i < 2 || in_[i - 2].kind == TokenKind::Blank;
        case TokenKind::KwRole:
        case TokenKind::KwSod:
        case TokenKind::KwNever:
        case TokenKind::Rbrace: return false;
        // Everything else stands inside the list.
        default: break;
      }
    }
    return false;
  }

  /// `bob@firm.com`
  void address() {
    if (kind() != TokenKind::Name || text(1) != "@" || token(1).begin != token().end || !is_word(2)) return;
    std::size_t last = 2;
    while (kind(last + 1) == TokenKind::Dot && is_word(last + 2) && token(last + 1).begin == token(last).end) last += 2;
    const std::string whole = fmt::format("\"{}\"", text_.substr(begin(), token(last).end - begin()));
    replace(Code::unknown_character, token(last).end, TokenKind::String, whole, "a person stands in quotes");
  }
  /// `10.000,00 EUR`
  void amount_of_the_continent() {
    if (kind() != TokenKind::Decimal || kind(1) != TokenKind::Comma || kind(2) != TokenKind::Int || token(1).begin != token().end || token(2).begin != token(1).end) return;
    const std::size_t behind = blank_on_line(3) ? 4 : 3;
    if (!currency_at(behind)) return;
    std::string whole(text());
    std::replace(whole.begin(), whole.end(), '.', '_');
    replace(Code::unknown_character, token(2).end, TokenKind::Decimal, fmt::format("{}.{}", whole, text(2)), "digits are grouped by `_`, and a dot begins the places");
  }

  std::string_view text_;
  std::vector<cst::Token> in_;
  std::size_t at_ = 0;
  std::vector<std::uint32_t> open_;   ///< where the `]` of a told `[` stand
  Mended result_;
};

}  // namespace

Mended mend_signs(const Tokens& tokens, std::string_view text) { return Mender(tokens, text).run(); }

}  // namespace writ::parse
