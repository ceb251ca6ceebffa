#include "compiler/parse/slips_of_words.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace writ::parse {
namespace {

using cst::RuleKind;
using cst::TokenKind;

/// Where a word is refused.
enum class Place : std::uint8_t { Anywhere, Statement, RoleLine, SodLine, RuleLine, LiftLine };

struct Row {
  Place place;
  std::string_view words;     ///< separated by blanks, in small letters
  std::string_view instead;   ///< offered where it can stand
  std::string_view lesson;
};

constexpr Row kRows[] = {
    {Place::Statement, "allow permit grant can", "", "what somebody may do stands in a role: `role clerk for Employee { may inv.enter }`"},
    {Place::Statement, "deny disallow block prohibit reject forbidden", "", "what nobody may do: `never NAME { ACTION where … }`, or `forbid NAME { … }` if exceptions lift it; all else is denied unless a role grants it"},
    {Place::Statement, "user subject actor person employee account", "principal", "who acts is declared by a type: `principal Employee is human { … }`; people themselves are facts"},
    {Place::Statement, "class table object type entity struct record model", "resource", "what is acted on is declared by `resource Invoice { … }`, who acts by `principal`"},
    {Place::Statement, "policy statement", "", "there is no general rule: `role` grants, `never`, `forbid`, `sod` and `require` restrict"},
    {Place::Statement, "group profile team permissionset", "role", "access is bundled in a `role`"},
    {Place::Statement, "permission privilege operation verb transaction tcode right entitlement activity", "action", "what can be done is declared by `action inv.enter on Invoice`"},
    {Place::Statement, "package namespace policyset", "module", "a file begins with `module NAME`"},
    {Place::Statement, "include using from load require_once", "import", "names of another file need no import; `import std.…` takes in a package"},
    {Place::Statement, "def define function fn func let var const set", "predicate", "a condition gets a name by `predicate NAME(x: int) = …`, an amount by `threshold`"},
    {Place::Statement, "segregation separation conflict risk toxic incompatible mutex", "sod", "what one person must not do both is `sod NAME high \"Title\" { separate A from B }`"},
    {Place::Statement, "waiver exemption", "exception", "`exception NAME waives RULE { … }`"},
    {Place::Statement, "workflow approve approver", "approval", "who approves has a name: `approval NAME = role controller due 3d`"},
    {Place::Statement, "enumeration list", "enum", "`enum NAME { one, other }`"},
    {Place::Statement, "app application source", "system", ""},
    {Place::Statement, "organization organisation company org orgunit", "dimension", "a structure to which access is scoped is a `dimension`"},
    {Place::Statement, "check ensure verify invariant expect", "assert", "what must hold of the whole policy is `assert NAME: never e: Employee where …`; an example with its answer stands in a `test`"},
    {Place::Statement, "default", "", "nothing needs to be said: what no role grants is denied"},
    {Place::Statement, "if when unless for", "", "a condition belongs to what it limits: `may inv.enter where …`"},
    {Place::Statement, "insert create alter select update", "", "a policy declares: `principal`, `resource`, `action`, `role`, `sod` …"},
    {Place::RoleLine, "can allow permit grant grants action actions permission permissions access", "may", ""},
    {Place::RoleLine, "approval approve approved requires request requestable", "", "how the role is got is `on request after APPROVAL`"},
    {Place::RoleLine, "scope scoped limited org", "within", ""},
    {Place::RoleLine, "valid expires expiry max duration ttl lifetime", "", "how long a holding lasts at most is `at most 90d`"},
    {Place::RoleLine, "automatic auto default given assigned member members", "", "who has the role without asking is `birthright where …`"},
    {Place::RoleLine, "if when where unless condition", "", "a condition belongs to what it limits: `may ACTION where …`, `birthright where …`"},
    {Place::RoleLine, "cannot deny forbid not never", "", "a role only grants; what nobody may do is a statement of its own: `never NAME { … }`"},
    {Place::RoleLine, "inherits extends parent includes", "", "what a role extends stands before its brace: `role chief extends clerk for Employee { … }`"},
    {Place::RoleLine, "description title name label", "", "the title stands in quotes after the name, a description in a `///` line above"},
    {Place::RoleLine, "recertify certify certification", "review", "`review every 90d`"},
    {Place::SodLine, "conflict conflicts exclude excludes forbid deny split between nobody_may", "separate", "`separate A from B`"},
    {Place::SodLine, "same for per scope on_same", "", "one object is `on same Invoice`, one unit is `within same Entity`"},
    {Place::SodLine, "description title why reason rationale risk", "because", "`because \"…\"`"},
    {Place::SodLine, "severity level criticality", "", "the level stands after the name: `sod NAME high \"Title\" { … }`"},
    {Place::SodLine, "exception exempt except unless", "waiver", "that the rule yields is `waiver at most 30d, by APPROVAL`; who is excepted is an `exception` of its own"},
    {Place::RuleLine, "description title why reason rationale risk", "because", "`because \"…\"`"},
    {Place::RuleLine, "severity level criticality", "", "the level stands after the name: `never NAME high \"Title\" { … }`"},
    {Place::RuleLine, "exception exempt except unless", "waiver", "that the rule yields is `waiver at most 30d, by APPROVAL`; who is excepted is an `exception` of its own"},
    {Place::RuleLine, "if when where", "", "a condition stands on the line of the actions: `ACTION where …`"},
    {Place::LiftLine, "user who person subject employee", "for", "`for \"ada\"`"},
    {Place::LiftLine, "start starts begin since valid validfrom", "from", "`from 2026-03-01 through 2026-03-31`"},
    {Place::LiftLine, "to until end ends expires expiry through validto", "", "start and end are one line: `from 2026-03-01 through 2026-03-31`"},
    {Place::LiftLine, "because why justification description rationale comment", "reason", "`reason \"…\"`"},
    {Place::LiftLine, "approver approval approve signed approvedby by", "", "`approved by \"eve\" on 2026-02-27`"},
    {Place::LiftLine, "control compensating mitigation", "with", "`with CONTROL`"},
    {Place::LiftLine, "scope in", "within", ""},
    {Place::Anywhere, "when if", "where", ""},
    {Place::Anywhere, "allow allowed", "permit", ""},
    {Place::Anywhere, "forbidden", "deny", ""},
    {Place::Anywhere, "=", ":", "a colon stands between a name and what it is"},
    {Place::Anywhere, "by via from with", "after", ""},
    {Place::Anywhere, "person user employee people natural", "human", "who acts is `human`, `workload` or `agent`"},
    {Place::Anywhere, "service machine bot technical application robot", "workload", "who acts is `human`, `workload` or `agent`"},
    {Place::Anywhere, "ai llm assistant", "agent", "who acts is `human`, `workload` or `agent`"},
    {Place::Anywhere, "=", "==", "`=` gives a name to something, `==` compares"},
    {Place::Anywhere, ":", "==", "`==` compares"},
    {Place::Anywhere, "equals eq is", "==", "`==` compares"},
    {Place::Anywhere, "can", "may", ""},
    {Place::Anywhere, "to till", "through", ""},
    {Place::Anywhere, "null nil undefined", "none", ""},
    {Place::Anywhere, "contains has", "includes", "a set `includes` an element; of a text `starts with` and `ends with` are asked"},
    {Place::Anywhere, "like matches matching regex ~", "starts with", "there are no patterns: `starts with \"…\"`, `ends with \"…\"` and sets of texts are all"},
    {Place::Anywhere, "between", "", "say both halves: `x >= a and x <= b`; of dates `x during 2026-01-01 through 2026-03-31`"},
    {Place::Anywhere, "before", "<", "instants are compared by <, <=, > and >="},
    {Place::Anywhere, "after", ">", "instants are compared by <, <=, > and >="},
    {Place::Anywhere, "intersects", "overlaps", ""},
    {Place::Anywhere, "except unless", "", "what is left out is a condition: `where not …`"},
    {Place::Anywhere, "inherits", "extends", ""},
    {Place::Anywhere, "? else then", "", "there is no choice of values: say both cases, joined by `or`"},
    {Place::Anywhere, "/ %", "", "nothing is divided: multiply the other side by a constant"},
};

std::string in_small_letters(std::string_view word) {
  std::string small(word);
  std::transform(small.begin(), small.end(), small.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return small;
}

bool one_of(std::string_view words, std::string_view word) {
  return (' ' + std::string(words) + ' ').find(' ' + std::string(word) + ' ') != std::string::npos;
}

class Adviser {
 public:
  Adviser(const Problem& problem, const FileText& file) : problem_(problem), file_(file) {}

  std::optional<Advice> advise() const {
    for (auto one : {&Adviser::read_as_currency, &Adviser::closed_too_early, &Adviser::no_pattern_of_actions, &Adviser::action_without_its_word, &Adviser::joined_actions, &Adviser::missing_word,
                     &Adviser::missing_comma, &Adviser::has_role, &Adviser::name_after_type, &Adviser::optional_before_colon, &Adviser::default_value,
                     &Adviser::listed_approvers, &Adviser::action_in_brackets, &Adviser::called_with_nothing, &Adviser::level_dressed_up, &Adviser::number_for_duration, &Adviser::named_interval, &Adviser::import_of_file,
                     &Adviser::value_in_quotes, &Adviser::extends_too_late, &Adviser::question_first, &Adviser::grouped_number, &Adviser::hyphen_in_name, &Adviser::blank_in_name, &Adviser::text_for_name, &Adviser::part_of_now, &Adviser::is_something,
                     &Adviser::not_in, &Adviser::list_in_parentheses, &Adviser::less_zero, &Adviser::other_case, &Adviser::requirement_without_name}) {
      if (auto advice = (this->*one)()) return advice;
    }
    return by_word();
  }

 private:
  // ---- looking; 0 is the refused token, -1 the one before
  const TokenShape* shape(std::ptrdiff_t by = 0) const {
    const auto at = static_cast<std::ptrdiff_t>(problem_.shape) + by;
    return at < 0 || at >= static_cast<std::ptrdiff_t>(file_.shapes.size()) ? nullptr : &file_.shapes[static_cast<std::size_t>(at)];
  }
  TokenKind kind(std::ptrdiff_t by = 0) const { return shape(by) ? shape(by)->kind : TokenKind::EndOfFile; }
  std::string_view text(std::ptrdiff_t by = 0) const {
    if (!shape(by)) return "";
    const cst::Token& token = file_.tokens[shape(by)->token];
    return file_.text.substr(token.begin, token.end - token.begin);
  }
  source::Range range(std::ptrdiff_t from, std::ptrdiff_t to) const { return {file_.file, file_.tokens[shape(from)->token].begin, file_.tokens[shape(to)->token].end}; }
  bool adjacent(std::ptrdiff_t left) const { return shape(left) && shape(left + 1) && file_.tokens[shape(left)->token].end == file_.tokens[shape(left + 1)->token].begin; }
  bool is_word(std::ptrdiff_t by) const { return kind(by) == TokenKind::Name || cst::is_keyword(kind(by)); }

  bool could_stand(std::string_view word) const {
    if (word == "==" || word == "<" || word == ">" || word == "includes" || word == "starts with" || word == "overlaps") {
      return std::any_of(problem_.expected.begin(), problem_.expected.end(), [](const Expectation& one) { return one.rule == RuleKind::ComparisonTail; });
    }
    return std::any_of(problem_.words.begin(), problem_.words.end(), [word](TokenKind kind) { return cst::spelling(kind) == word; }) ||
           std::any_of(problem_.expected.begin(), problem_.expected.end(), [word](const Expectation& one) { return !one.rule && cst::spelling(one.token) == word; });
  }
  bool expects(RuleKind rule) const {
    return std::any_of(problem_.expected.begin(), problem_.expected.end(), [rule](const Expectation& one) { return one.rule == rule; });
  }
  bool expects_name() const { return expects(RuleKind::Word) || expects(RuleKind::Dotted) || expects(RuleKind::AnyWord) || expects(RuleKind::Names); }

  Place place() const {
    if (problem_.kind == Problem::Kind::UnknownStatement) return Place::Statement;
    if (problem_.kind != Problem::Kind::UnknownLine && problem_.kind != Problem::Kind::AfterLine) return Place::Anywhere;
    switch (problem_.inside) {
      case RuleKind::RoleLine: return Place::RoleLine;
      case RuleKind::SodLine: return Place::SodLine;
      case RuleKind::RuleLine: return Place::RuleLine;
      case RuleKind::LiftLine: return Place::LiftLine;
      // No table for the lines of other bodies.
      default: return Place::Anywhere;
    }
  }

  std::optional<Advice> by_word() const {
    const std::string word = in_small_letters(text());
    // Behind a line the line may go on; at the start of a row it does not.
    std::array<Place, 2> places = {place(), Place::Anywhere};
    if (problem_.kind == Problem::Kind::AfterLine) std::swap(places[0], places[1]);
    for (const Place wanted : places) {
      for (const Row& row : kRows) {
        if (row.place != wanted || !one_of(row.words, word)) continue;
        const bool fits = wanted != Place::Anywhere || row.instead.empty() || could_stand(row.instead);
        if (!fits || row.instead == word) continue;
        if (wanted == Place::Anywhere && row.instead.empty() && !could_stand("==") && !could_stand("and") && !could_stand("where")) continue;
        return Advice{std::string(row.instead), std::string(row.lesson), std::nullopt};
      }
    }
    return std::nullopt;
  }

  // ---- what depends on the tokens around

  /// `10,000`: the comma is refused, and stands between digits.
  std::optional<Advice> grouped_number() const {
    if (kind() != TokenKind::Comma || kind(-1) != TokenKind::Int || kind(1) != TokenKind::Int || !adjacent(-1) || !adjacent(0) || text(1).size() != 3) return std::nullopt;
    return Advice{fmt::format("{}_{}", text(-1), text(1)), "digits are grouped by `_`", range(-1, 1)};
  }

  source::Range gap() const { return {file_.file, file_.tokens[shape(-1)->token].end, file_.tokens[shape(-1)->token].end}; }
  static bool is_level(TokenKind kind) { return kind == TokenKind::KwCritical || kind == TokenKind::KwHigh || kind == TokenKind::KwMedium || kind == TokenKind::KwLow; }

  /// `x == 1 AND …`: the capitals were taken for the currency of an amount.
  std::optional<Advice> read_as_currency() const {
    const std::string word = in_small_letters(text(-1));
    if (kind(-1) != TokenKind::Name || (kind(-2) != TokenKind::Int && kind(-2) != TokenKind::Decimal) || (word != "and" && word != "or")) return std::nullopt;
    return Advice{word, "words of the language are in small letters", range(-1, -1)};
  }

  std::optional<Advice> closed_too_early() const {
    if (kind() == TokenKind::Rbrace && could_stand("from") && could_stand("where")) return Advice{"", "the other side is missing: `separate A from B`", std::nullopt};
    if (kind() != TokenKind::Rbrace || !could_stand(")") || !shape(-1)) return std::nullopt;
    return Advice{")", "the `(` before it is still open", gap()};
  }

  /// `may *`
  std::optional<Advice> no_pattern_of_actions() const {
    if (kind() != TokenKind::Star || !is_word(-1)) return std::nullopt;
    if (!expects(RuleKind::Accesses) && !expects(RuleKind::What) && !expects(RuleKind::Access)) return std::nullopt;
    return Advice{kind(-1) == TokenKind::KwMay ? "" : "everything", "all actions are `everything`, which restricts only: a grant names its actions", std::nullopt};
  }

  /// `role r for E { inv.enter }`, `sod s { inv.enter … }`
  std::optional<Advice> action_without_its_word() const {
    if (kind() != TokenKind::Name || kind(1) != TokenKind::Dot) return std::nullopt;
    const bool first = kind(-1) == TokenKind::Lbrace || shape()->first_on_line;
    if (!first) return std::nullopt;
    if (place() == Place::RoleLine) return Advice{fmt::format("may {}", text()), "what a role may do stands after `may`", std::nullopt};
    if (place() == Place::SodLine) return Advice{"", "the two sides stand in a line `separate A from B`", std::nullopt};
    return std::nullopt;
  }

  /// `may inv.enter and inv.approve`, `separate A and B`
  std::optional<Advice> joined_actions() const {
    if (kind() != TokenKind::KwAnd && kind() != TokenKind::KwOr) return std::nullopt;
    if (could_stand("from") && kind() == TokenKind::KwAnd) return Advice{"from", "the sides of a rule stand apart: `separate A from B`", std::nullopt};
    if (!could_stand("where") || could_stand("and")) return std::nullopt;
    const std::uint32_t end = file_.tokens[shape()->token].end;
    return Advice{",", "actions are listed with commas", source::Range{file_.file, gap().begin, end}};
  }

  /// A name where one small word is missing: `action vendor.create Vendor`, `mfa inv.approve`.
  std::optional<Advice> missing_word() const {
    if (kind() != TokenKind::Name || shape()->first_on_line) return std::nullopt;
    const bool type = !text().empty() && text()[0] >= 'A' && text()[0] <= 'Z';
    if (type && could_stand("on") && could_stand("reads")) return Advice{fmt::format("on {}", text()), "", std::nullopt};
    if (type && could_stand("for") && kind(-2) == TokenKind::KwRole) return Advice{fmt::format("for {}", text()), "whom a role is for stands after `for`", std::nullopt};
    if (could_stand("before") && kind(1) == TokenKind::Dot) return Advice{fmt::format("before {}", text()), "", std::nullopt};
    return std::nullopt;
  }

  /// `may inv.enter inv.approve`, `enum E { red green }`
  std::optional<Advice> missing_comma() const {
    if (kind() != TokenKind::Name || !is_word(-1)) return std::nullopt;
    const bool next_action = kind(1) == TokenKind::Dot && could_stand("where") && !could_stand("and");
    const bool next_name = could_stand(",") && problem_.words.empty();
    if (!next_action && !next_name) return std::nullopt;
    return Advice{",", "the elements of a list are separated by commas", gap()};
  }

  /// `principal has role boss`, `holds role boss`
  std::optional<Advice> has_role() const {
    const std::string word = in_small_letters(text());
    if ((word == "has" || word == "is" || word == "in") && kind(1) == TokenKind::KwRole && could_stand("==")) return Advice{"holds", "", range(0, 1)};
    if (kind(-1) == TokenKind::KwRole && kind(-2) == TokenKind::KwHolds) return Advice{std::string(text()), "`holds` is followed by the role's name alone", range(-1, 0)};
    return std::nullopt;
  }

  /// `string name`
  std::optional<Advice> name_after_type() const {
    if (!is_word(0) || !is_word(-1) || !could_stand(":") || (kind(-2) != TokenKind::Lbrace && kind(-2) != TokenKind::Comma)) return std::nullopt;
    return Advice{fmt::format("{}: {}", text(), text(-1)), "the name comes first, its type after a colon", range(-1, 0)};
  }
  /// `name?: string`
  std::optional<Advice> optional_before_colon() const {
    if (kind() != TokenKind::Question || !could_stand(":")) return std::nullopt;
    if (kind(1) != TokenKind::Colon || !is_word(2)) return Advice{"", "the `?` stands behind the type", std::nullopt};
    return Advice{fmt::format(": {}?", text(2)), "the `?` stands behind the type", range(0, 2)};
  }
  /// `active: bool = true`
  std::optional<Advice> default_value() const {
    if (kind() != TokenKind::Assign || !could_stand("fixed")) return std::nullopt;
    return Advice{"", "attributes have no default: what may be absent is `bool?`, and a condition says `… otherwise false`", std::nullopt};
  }

  /// `approval a = b, c`
  std::optional<Advice> listed_approvers() const {
    if (kind() != TokenKind::Comma || !could_stand("due")) return std::nullopt;
    return Advice{" and", "who must both approve is joined by `and`, one after the other by `then`", source::Range{file_.file, gap().begin, file_.tokens[shape()->token].end}};
  }
  /// `may inv.enter()`
  std::optional<Advice> action_in_brackets() const {
    if (kind() != TokenKind::Lparen || kind(1) != TokenKind::Rparen || !is_word(-1) || !could_stand("where")) return std::nullopt;
    return Advice{std::string(text(-1)), "an action is named without brackets", range(-1, 1)};
  }

  /// `now()`
  std::optional<Advice> called_with_nothing() const {
    if (kind() != TokenKind::Rparen || kind(-1) != TokenKind::Lparen || !is_word(-2)) return std::nullopt;
    const std::string word = in_small_letters(text(-2));
    if (one_of("now today sysdate getdate", word)) return Advice{"now", "`now` is the instant of the request, and takes no brackets", range(-2, 0)};
    return Advice{std::string(text(-2)), "what takes no arguments is written without brackets", range(-2, 0)};
  }

  /// `sod x severity high "t"`, `sod x "high" "t"`
  std::optional<Advice> level_dressed_up() const {
    if (expects(RuleKind::Level) && kind() == TokenKind::Name && is_level(kind(1))) return Advice{std::string(text(1)), "the level stands alone", range(0, 1)};
    if (kind() != TokenKind::String || kind(-1) != TokenKind::String) return std::nullopt;
    std::string level = in_small_letters(text(-1));
    if (level.size() < 3) return std::nullopt;
    level = level.substr(1, level.size() - 2);
    return one_of("critical high medium low", level) ? std::optional(Advice{level, "a level has no quotes", range(-1, -1)}) : std::nullopt;
  }

  /// `at most 90`
  std::optional<Advice> number_for_duration() const {
    const bool duration = std::any_of(problem_.expected.begin(), problem_.expected.end(), [](const Expectation& one) { return !one.rule && one.token == TokenKind::Duration; });
    if (kind() != TokenKind::Int || !duration) return std::nullopt;
    return Advice{fmt::format("{}d", text()), "a duration says its unit: s, min, h or d", std::nullopt};
  }
  /// `review quarterly`
  std::optional<Advice> named_interval() const {
    static constexpr std::pair<std::string_view, std::string_view> kIntervals[] = {{"daily", "1d"}, {"weekly", "7d"}, {"monthly", "30d"}, {"quarterly", "90d"}, {"yearly", "365d"}, {"annually", "365d"}};
    for (const auto& [word, duration] : kIntervals) {
      if (in_small_letters(text()) == word && could_stand("every")) return Advice{fmt::format("every {}", duration), "", std::nullopt};
    }
    return std::nullopt;
  }

  /// `import "base.writ"`, `use base`
  std::optional<Advice> import_of_file() const {
    if (kind(-1) == TokenKind::KwImport && kind() == TokenKind::String)
      return Advice{"", "the files of a project see each other without an import; `import std.p2p` takes in a package", std::nullopt};
    if (kind(-1) == TokenKind::KwUse) return Advice{"", "the files of a project see each other; `use facts NAME` says which facts a file is about", std::nullopt};
    return std::nullopt;
  }

  /// `enum E { "red" }`
  std::optional<Advice> value_in_quotes() const {
    if (kind() != TokenKind::String || !expects_name() || (kind(-1) != TokenKind::Lbrace && kind(-1) != TokenKind::Comma) || text().size() < 3) return std::nullopt;
    const std::string inner(text().substr(1, text().size() - 2));
    const bool plain = inner.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == std::string::npos;
    return Advice{plain ? inner : "", "names here are bare words", std::nullopt};
  }

  /// `role r for E extends s`
  std::optional<Advice> extends_too_late() const {
    if (kind() != TokenKind::KwExtends) return std::nullopt;
    return Advice{"", "what a role extends stands before `for`: `role chief extends clerk for Employee { … }`", std::nullopt};
  }

  /// `expect bob can …`
  std::optional<Advice> question_first() const {
    if (!expects(RuleKind::Expectation) || kind(-1) != TokenKind::KwExpect || (kind(1) != TokenKind::Name && !cst::is_keyword(kind(1)))) return std::nullopt;
    if (one_of("allow allowed forbidden denied permitted", in_small_letters(text()))) return std::nullopt;
    return Advice{"", "the answer comes first: `expect permit bob inv.enter on invoice`", std::nullopt};
  }

  /// `vendor-clerk`
  std::optional<Advice> hyphen_in_name() const {
    if (kind() != TokenKind::Minus || !is_word(-1) || !is_word(1) || !adjacent(-1) || !adjacent(0)) return std::nullopt;
    std::string whole(text(-1));
    std::ptrdiff_t last = 0;
    while (kind(last) == TokenKind::Minus && adjacent(last) && is_word(last + 1)) {
      whole += fmt::format("_{}", text(last + 1));
      last += 2;
    }
    return Advice{whole, "a name has letters, digits and `_`", range(-1, last - 1)};
  }

  /// `role accounts clerk for …`: a second word where the first was the name.
  std::optional<Advice> blank_in_name() const {
    if (kind() != TokenKind::Name || kind(-1) != TokenKind::Name || shape()->first_on_line || !shape(-2) || !shape(-2)->first_on_line || !cst::is_keyword(kind(-2))) return std::nullopt;
    const std::string head = in_small_letters(text());
    if (std::any_of(std::begin(kRows), std::end(kRows), [&](const Row& row) { return row.place == Place::Anywhere && one_of(row.words, head); })) return std::nullopt;
    if (kind(-2) == TokenKind::KwSod || kind(-2) == TokenKind::KwNever || kind(-2) == TokenKind::KwForbid || kind(-2) == TokenKind::KwRequire || kind(-2) == TokenKind::KwSensitive) {
      if (kind(1) == TokenKind::String || kind(1) == TokenKind::Lbrace) return std::nullopt;   // more likely a level
    }
    return Advice{fmt::format("{}_{}", text(-1), text()), "a name is one word", range(-1, 0)};
  }

  /// `role "Accounts clerk" for …`
  std::optional<Advice> text_for_name() const {
    if (kind() != TokenKind::String || !expects_name() || !shape(-1) || !shape(-1)->first_on_line) return std::nullopt;
    std::string name;
    for (const char c : text().substr(1, text().size() - 2)) name += (c >= 'A' && c <= 'Z') ? static_cast<char>(c - 'A' + 'a') : (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : '_';
    if (name.empty() || (name[0] >= '0' && name[0] <= '9')) return std::nullopt;
    if (is_level(kind(1))) return Advice{fmt::format("{} {} {}", name, text(1), text()), "the name comes first, then the level and the title", range(0, 1)};
    return Advice{fmt::format("{} {}", name, text()), "the name comes first, the title in quotes after it", std::nullopt};
  }

  /// `now.hour`
  std::optional<Advice> part_of_now() const {
    if (kind() != TokenKind::Dot || kind(-1) != TokenKind::KwNow) return std::nullopt;
    return Advice{"", "an instant has no parts: compare `now` with a time, say `during 2026-01-01 through 2026-03-31`, or let the request tell a fact of `context`", std::nullopt};
  }

  /// `x is null`, `x is AP`, `x is not none`
  std::optional<Advice> is_something() const {
    if (kind(-1) != TokenKind::KwIs || !could_stand("empty")) return std::nullopt;
    const std::string word = in_small_letters(text());
    if (word == "null" || word == "none" || word == "nil") return Advice{"== none", "`is` asks `is empty` only", range(-1, 0)};
    if (word != "not") return Advice{"==", "`is` asks `is empty` only; `==` compares", range(-1, -1)};
    const std::string next = in_small_letters(text(1));
    if (next == "null" || next == "none" || next == "nil") return Advice{"!= none", "`is` asks `is empty` only", range(-1, 1)};
    if (next == "empty") return Advice{"", "`not` stands in front: `not x is empty`", std::nullopt};
    return Advice{"!=", "`!=` compares", range(-1, 0)};
  }

  /// `x not in { … }`: the `not` goes in front of x.
  std::optional<Advice> not_in() const {
    if (in_small_letters(text()) != "not" || !could_stand("==")) return std::nullopt;
    std::ptrdiff_t first = -1;
    while (kind(first - 1) == TokenKind::Dot && is_word(first - 2)) first -= 2;
    if (!is_word(first) || !is_word(1)) return Advice{"", "`not` stands in front of the whole comparison: `not x in { … }`", std::nullopt};
    const source::Range path = range(first, -1);
    return Advice{"not " + std::string(file_.text.substr(path.begin, path.end - path.begin)), "`not` stands in front of the whole comparison", range(first, 0)};
  }

  /// `x in ("a", "b")`
  std::optional<Advice> list_in_parentheses() const {
    if (kind() != TokenKind::Comma) return std::nullopt;
    std::ptrdiff_t open = -1;
    while (shape(open) && kind(open) != TokenKind::Lparen && kind(open) != TokenKind::Lbrace) --open;
    if (kind(open) != TokenKind::Lparen || kind(open - 1) != TokenKind::KwIn) return std::nullopt;
    std::ptrdiff_t close = 1;
    while (shape(close) && kind(close) != TokenKind::Rparen && kind(close) != TokenKind::Rbrace && kind(close) != TokenKind::EndOfFile) ++close;
    if (kind(close) != TokenKind::Rparen) return std::nullopt;
    const source::Range list = range(open, close);
    const std::string inside(file_.text.substr(list.begin + 1, list.end - list.begin - 2));
    return Advice{fmt::format("{{ {} }}", inside.substr(0, inside.find_last_not_of(' ') + 1)), "a set stands in braces", list};
  }

  /// `-5`
  std::optional<Advice> less_zero() const {
    if (kind() != TokenKind::Minus || (kind(1) != TokenKind::Int && kind(1) != TokenKind::Decimal) || !expects(RuleKind::Primary)) return std::nullopt;
    return Advice{"", "there are no negative numbers: bring it to the other side", std::nullopt};
  }

  /// `AND`, `Where`
  std::optional<Advice> other_case() const {
    if (kind() != TokenKind::Name) return std::nullopt;
    const std::string small = in_small_letters(text());
    if (small == text()) return std::nullopt;
    const bool known = std::any_of(problem_.words.begin(), problem_.words.end(), [&](TokenKind word) { return cst::spelling(word) == small; });
    return known ? std::optional(Advice{small, "words of the language are in small letters", std::nullopt}) : std::nullopt;
  }

  /// `require mfa before …`
  std::optional<Advice> requirement_without_name() const {
    if (kind(-2) != TokenKind::KwRequire && kind(-1) != TokenKind::KwRequire) return std::nullopt;
    const std::ptrdiff_t what = kind(-2) == TokenKind::KwRequire ? -1 : 0;
    if (kind(what) != TokenKind::KwMfa && kind(what) != TokenKind::KwApproval && kind(what) != TokenKind::KwEvidence && kind(what) != TokenKind::KwLog && text(what) != "notify") return std::nullopt;
    return Advice{"", "a requirement has a name and a body: `require fresh_login { mfa before inv.approve }`", std::nullopt};
  }

  const Problem& problem_;
  const FileText& file_;
};

struct Form {
  TokenKind word;
  std::string_view written;
};
/// How each statement is written, told where its head went wrong.
constexpr Form kForms[] = {
    {TokenKind::KwRole, "role NAME for TYPE { may ACTION where CONDITION }"},
    {TokenKind::KwPrincipal, "principal TYPE is human { department: Department }"},
    {TokenKind::KwResource, "resource TYPE { amount: money<EUR> }"},
    {TokenKind::KwAction, "action NOUN.VERB on TYPE"},
    {TokenKind::KwEnum, "enum NAME { one, other }"},
    {TokenKind::KwDuty, "duty NAME = { ACTION, ACTION where CONDITION }"},
    {TokenKind::KwPredicate, "predicate NAME(x: int) = CONDITION"},
    {TokenKind::KwThreshold, "threshold NAME = { 10_000 EUR }"},
    {TokenKind::KwApproval, "approval NAME = principal.manager due 3d"},
    {TokenKind::KwRequire, "require NAME { mfa before ACTION }"},
    {TokenKind::KwNever, "never NAME { ACTION where CONDITION }"},
    {TokenKind::KwForbid, "forbid NAME high \"Title\" { ACTION where CONDITION  waiver at most 30d, by APPROVAL }"},
    {TokenKind::KwSod, "sod NAME high \"Title\" { separate ACTION from ACTION  on same TYPE }"},
    {TokenKind::KwException, "exception NAME waives RULE { for \"ada\"  from 2026-03-01 through 2026-03-31  reason \"…\" }"},
    {TokenKind::KwMitigation, "mitigation NAME covers RULE { for \"ada\"  from 2026-03-01 through 2026-03-31  with CONTROL }"},
    {TokenKind::KwControl, "control NAME \"Title\" { for RULE  owner role ROLE  every 7d }"},
    {TokenKind::KwAssert, "assert NAME: never e: Employee where CONDITION"},
    {TokenKind::KwTest, "test \"what it shows\" { given …  expect permit WHO ACTION on THING }"},
    {TokenKind::KwSystem, "system NAME \"Title\" kind erp precision object enforced"},
};

}  // namespace

std::optional<Advice> advice_on(const Problem& problem, const FileText& file) { return Adviser(problem, file).advise(); }

std::string form_of(const Problem& problem, const FileText& file) {
  if (problem.kind != Problem::Kind::Unexpected || problem.shape == 0) return "";
  // Back to the word that begins the statement, unless the fault is inside its body.
  for (std::size_t i = problem.shape; i > 0; --i) {
    const TokenShape& shape = file.shapes[i - 1];
    if (shape.kind == TokenKind::Lbrace || shape.kind == TokenKind::Rbrace) return "";
    if (!shape.first_on_line) continue;
    const auto* found = std::find_if(std::begin(kForms), std::end(kForms), [&](const Form& form) { return form.word == shape.kind; });
    return found == std::end(kForms) || shape.braces > 1 ? "" : fmt::format("it is written `{}`", found->written);
  }
  return "";
}

}  // namespace writ::parse
