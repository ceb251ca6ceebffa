// An error answer that is nobody's mistake: cancelled, overtaken by a newer text, refused with a reason.
#pragma once

#include <stdexcept>
#include <string>

namespace writ::lsp {

inline constexpr int kRequestFailed = -32803;
inline constexpr int kContentModified = -32801;
inline constexpr int kRequestCancelled = -32800;

struct Refusal : std::runtime_error {
  Refusal(int code_, const std::string& why) : std::runtime_error(why), code(code_) {}
  int code;
};

}  // namespace writ::lsp
