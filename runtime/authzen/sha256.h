// The digest of bytes as Writ writes it. Used for the identity of a bundle, the id of a decision and what an approver signs.
#pragma once

#include <string>
#include <string_view>

namespace writ::authzen {

/// "sha256:" and 64 hexadecimal digits; "" if libcrypto refuses.
std::string sha256(std::string_view bytes);

}  // namespace writ::authzen
