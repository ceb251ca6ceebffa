// English for the small parts: words, lists, numbers, durations, days.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/ast/phrases.h"

namespace writ::say {

std::string spaced(std::string_view name);                  ///< "LegalEntity", "last_day" → "legal entity", "last day"
std::string with_article(std::string_view noun);            ///< "an employee"
std::string listed(const std::vector<std::string>& items, std::string_view joint);   ///< "a, b and c"
std::string duration(std::int64_t ms);                      ///< "90 days"
std::string every(std::int64_t ms);                         ///< "every 90 days", "every day"
std::string people(std::int64_t count);                     ///< "1 person", "2 people"
std::string day(const ast::Day& day);                       ///< "2026-03-02", "2026-03-02T09:00Z"
std::string day(const ast::DayAt& at);
std::string quoted(std::string_view text);                  ///< "…" with quotes
std::string literal(const ast::LiteralValue& value);
std::string period(const ast::Period& period);              ///< "from … through …", or ""
std::string times(std::int64_t count);                      ///< "once", "twice", "3 times"
std::string capital(std::string text);
std::vector<std::string> texts(const std::vector<ast::Name>& names);

}  // namespace writ::say
