#include "lsp/server/params.h"

#include <algorithm>

#include <fmt/format.h>

namespace writ::lsp {
namespace {

std::uint32_t count_member(const Json& of, const char* key) {
  const Json& value = member(of, key);
  if (!value.is_number_integer() || (value.is_number_integer() && !value.is_number_unsigned() && value.get<std::int64_t>() < 0))
    throw BadParams(fmt::format("`{}` is no whole number from 0", key));
  return static_cast<std::uint32_t>(std::min<std::uint64_t>(value.get<std::uint64_t>(), 0x7FFF'FFFF));
}

}  // namespace

const Json& member(const Json& of, const char* key) {
  if (!of.is_object()) throw BadParams(fmt::format("an object with `{}` expected", key));
  const auto found = of.find(key);
  if (found == of.end()) throw BadParams(fmt::format("`{}` is missing", key));
  return *found;
}

std::string text_member(const Json& of, const char* key) {
  const Json& value = member(of, key);
  if (!value.is_string()) throw BadParams(fmt::format("`{}` is no text", key));
  return value.get<std::string>();
}

const Json* find_member(const Json& of, std::initializer_list<const char*> path) {
  const Json* at = &of;
  for (const char* key : path) {
    if (!at->is_object()) return nullptr;
    const auto found = at->find(key);
    if (found == at->end()) return nullptr;
    at = &*found;
  }
  return at;
}

EditorPosition position_member(const Json& of, const char* key) {
  const Json& position = member(of, key);
  return {count_member(position, "line"), count_member(position, "character")};
}

}  // namespace writ::lsp
