#include <fmt/format.h>

#include "compiler/ast/build.h"

namespace writ::ast {

std::string print(const File& file) {
  std::string out = fmt::format("{} {}\n", file.header.facts ? "facts" : "module", file.header.name.text);
  for (const Item& item : file.items) out += fmt::format("{} {}\n", words_of(item), name_of(item).text);
  return out;
}

}  // namespace writ::ast
