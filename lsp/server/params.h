// Reading a client's parameters without trusting them: whatever is missing or of another kind is a BadParams, which becomes an error answer.
#pragma once

#include <stdexcept>
#include <string>

#include "lsp/protocol/framing.h"

namespace writ::lsp {

struct BadParams : std::runtime_error {
  using std::runtime_error::runtime_error;
};

const Json& member(const Json& of, const char* key);
std::string text_member(const Json& of, const char* key);
/// nullptr where there is none, or something above it is no object.
const Json* find_member(const Json& of, std::initializer_list<const char*> path);

struct EditorPosition {
  std::uint32_t line = 0;
  std::uint32_t character = 0;
};
EditorPosition position_member(const Json& of, const char* key);

}  // namespace writ::lsp
