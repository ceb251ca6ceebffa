#include <array>
#include <optional>

#include <fmt/format.h>
#include <openssl/evp.h>

#include "compiler/interpret/interpret.h"

namespace writ::interpret {

std::string sha256(std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> hash{};
  unsigned int size = 0;
  const int ok = EVP_Digest(bytes.data(), bytes.size(), hash.data(), &size, EVP_sha256(), nullptr);
  WRIT_CHECK(ok == 1 && size == 32, "SHA-256 is always available");
  std::string out = "sha256:";
  for (unsigned int i = 0; i < size; ++i) out += fmt::format("{:02x}", hash[i]);
  return out;
}

}  // namespace writ::interpret
