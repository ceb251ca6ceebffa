// The table of known slips of names: what other languages (Cedar, Rego, SQL, Python, ERP systems) call a thing, and what it is here.
// Asked only after a name was not found, so a policy that uses such a word for something of its own is never bothered. Case does not
// matter. The slips of signs and sentences are in compiler/parse.
#pragma once

#include <optional>
#include <string_view>

namespace writ::check {

struct Meant {
  std::string_view here;    ///< what to write instead; empty: there is no such word, the lesson says what to do
  std::string_view lesson;  ///< a note; may be empty
};

std::optional<Meant> foreign_type(std::string_view word);        ///< `number`, `varchar`, `list`
std::optional<Meant> foreign_value(std::string_view word);       ///< `null`, `True`, `today`
std::optional<Meant> foreign_root(std::string_view word);        ///< `user`, `object`, `env`
std::optional<Meant> foreign_attribute(std::string_view word);   ///< of a principal: `roles`, `id`
std::optional<Meant> foreign_function(std::string_view word);    ///< `contains`, `len`, `hasRole`

}  // namespace writ::check
