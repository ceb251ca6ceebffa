#include "compiler/check/foreign_words.h"

#include <algorithm>
#include <string>

namespace writ::check {
namespace {

struct Row {
  std::string_view words;   ///< separated by blanks, in small letters
  Meant meant;
};

constexpr Row kTypes[] = {
    {"number numeric float double real", {"decimal", "`decimal` has four places, `int` none, and money is `money<EUR>`"}},
    {"integer long short bigint smallint int32 int64 uint natural", {"int", ""}},
    {"boolean bit flag logical", {"bool", ""}},
    {"text str varchar nvarchar char clob uuid guid", {"string", ""}},
    {"date datetime timestamp instant", {"time", "a `time` is an instant; a day such as `2026-03-31` is where it starts"}},
    {"interval timespan timedelta", {"duration", ""}},
    {"currency amount price", {"money", "in one currency: `money<EUR>`"}},
    {"list array vector sequence collection hashset tuple", {"set", "a set knows neither order nor repetition: `set<string>`"}},
    {"optional maybe nullable", {"", "what may be absent has a `?` after its type: `string?`"}},
    {"map dict dictionary record json struct", {"", "there are no nested records: declare a `resource` and use its name as the type"}},
    {"any", {"", "every attribute has one type: bool, int, decimal, money, string, time, duration, an enum, a declared type, or a set of these"}},
};

constexpr Row kValues[] = {
    {"null nil undefined none nothing absent", {"none", "`none` is compared with `==` and `!=` only"}},
    {"true yes", {"true", ""}},
    {"false no", {"false", ""}},
    {"today currentdate current_date sysdate current_timestamp getdate date", {"now", "`now` is the instant of the request"}},
};

constexpr Row kRoots[] = {
    {"user subject actor requester person employee caller identity me self current_user", {"principal", "who asks is `principal`"}},
    {"object target record document entity item this", {"resource", "what is acted on is `resource`"}},
    {"env environment request session device", {"context", "facts of the request are in `context`"}},
    {"args arguments params parameters payload body data", {"input", "what the action is given is `input`"}},
};

constexpr Row kAttributes[] = {
    {"role roles group groups", {"", "roles are asked for by `principal holds NAME`"}},
    {"id uid name username user_id userid login", {"", "a person is compared as a whole: `principal == \"ada\"`"}},
    {"permissions permission privileges scopes", {"", "what somebody may do is what his roles say: ask `principal holds NAME`"}},
};

constexpr Row kFunctions[] = {
    {"contains has includes containsall containsany in_array member", {"", "write it between the two: `principal.entities includes FR`"}},
    {"startswith starts_with", {"", "write it between the two: `resource.number starts with \"49\"`"}},
    {"endswith ends_with", {"", "write it between the two: `principal.email ends with \"@firm.com\"`"}},
    {"regex matches regexmatch re_match like", {"", "there are no patterns: `starts with`, `ends with` and sets of texts are all"}},
    {"len length count size", {"", "nothing is counted: `is empty` asks whether a set has an element"}},
    {"isnull is_null coalesce ifnull nvl exists isset defined", {"", "`== none` and `!= none` ask whether a value is there, and `otherwise` stands in for it"}},
    {"lower upper tolower toupper trim", {"", "texts are compared as they are"}},
    {"hasrole has_role inrole in_role isinrole ismember is_member holds", {"", "roles are asked for by `principal holds NAME`"}},
    {"now today date datetime timestamp getdate sysdate", {"", "`now` is the instant of the request and takes no brackets; a day is written as `2026-03-31`"}},
    {"any all some every", {"", "sets are compared as a whole: `includes`, `overlaps`, `subset of`"}},
};

std::string in_small_letters(std::string_view word) {
  std::string small(word);
  std::transform(small.begin(), small.end(), small.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return small;
}

template <std::size_t N>
std::optional<Meant> find_in(const Row (&rows)[N], std::string_view word) {
  const std::string wanted = ' ' + in_small_letters(word) + ' ';
  for (const Row& row : rows) {
    if ((' ' + std::string(row.words) + ' ').find(wanted) != std::string::npos) return row.meant;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Meant> foreign_type(std::string_view word) { return find_in(kTypes, word); }
std::optional<Meant> foreign_value(std::string_view word) { return find_in(kValues, word); }
std::optional<Meant> foreign_root(std::string_view word) { return find_in(kRoots, word); }
std::optional<Meant> foreign_attribute(std::string_view word) { return find_in(kAttributes, word); }
std::optional<Meant> foreign_function(std::string_view word) { return find_in(kFunctions, word); }

}  // namespace writ::check
