// Numbers, dates, durations and texts from their written form. What is malformed or out of range is told, and a harmless value stands
// in for it.
#pragma once

#include "compiler/ast/build/context.h"

namespace writ::ast::building {

/// The token that writes a whole number, also one that only looks like it.
TokenId number_token(const Syntax& node, std::size_t nth = 0);
std::optional<TokenId> find_string(const Syntax& node, std::size_t nth = 0);

Count count_of(Context& context, const Syntax& node, std::size_t nth = 0);
Text text_of(Context& context, const Syntax& node, TokenId token);
/// The nth text in quotes among the node's own tokens, if it is there.
std::optional<Text> find_text(Context& context, const Syntax& node, std::size_t nth = 0);
Text text_in(Context& context, const Syntax& node, std::size_t nth = 0);
std::vector<Text> texts_in(Context& context, const Syntax& node);
Duration duration_in(Context& context, const Syntax& node, std::size_t nth = 0);
/// A `day` node.
DayAt day_of(Context& context, const Syntax& day);
DayAt day_in(Context& context, const Syntax& node, std::size_t nth = 0);
/// A `money` node.
Literal money_of(Context& context, const Syntax& money);
/// A `literal` node other than `now`.
Literal literal_of(Context& context, const Syntax& literal);

}  // namespace writ::ast::building
