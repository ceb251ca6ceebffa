// What an author calls the parts of the grammar: "a duration such as `90d`". Messages never speak of rules or tokens.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/parse/problem.h"

namespace writ::parse {

/// The words for a rule, or nothing when its own first words say it better.
std::optional<std::string_view> phrase_of(cst::RuleKind rule);
std::string phrase_of(cst::TokenKind token);

/// "`extends`, `for` or `{`": the three most telling of them.
std::string say_expected(const std::vector<Expectation>& expected);

/// "role" for role_line: what the body with such lines belongs to.
std::string_view owner_of_line(cst::RuleKind line);

}  // namespace writ::parse
