#include "lsp/server/settings.h"

#include <fmt/format.h>

#include "lsp/server/params.h"

namespace writ::lsp {
namespace {

std::optional<Settings::Run> run_of(const Json& value) {
  if (value == "onSave") return Settings::Run::OnSave;
  if (value == "onType") return Settings::Run::OnType;
  if (value == "off") return Settings::Run::Off;
  return std::nullopt;
}

std::optional<std::uint64_t> count_of(const Json& value, std::uint64_t least, std::uint64_t most) {
  if (!value.is_number_unsigned()) return std::nullopt;
  const auto count = value.get<std::uint64_t>();
  return count < least || count > most ? std::nullopt : std::optional(count);
}

}  // namespace

std::vector<std::string> apply(const Json& settings, Settings& to) {
  std::vector<std::string> wrong;
  const Json* proofs = find_member(settings, {"writ", "proofs"});
  if (proofs == nullptr) proofs = find_member(settings, {"proofs"});
  if (proofs == nullptr || !proofs->is_object()) return wrong;
  const auto number = [&](const char* key, std::uint64_t least, std::uint64_t most, auto take) {
    const Json* value = find_member(*proofs, {key});
    if (value == nullptr || value->is_null()) return;
    if (const auto count = count_of(*value, least, most)) take(*count);
    else wrong.push_back(fmt::format("writ.proofs.{}: a whole number from {} to {} expected", key, least, most));
  };
  if (const Json* run = find_member(*proofs, {"run"}); run != nullptr && !run->is_null()) {
    if (const auto known = run_of(*run)) to.run = *known;
    else wrong.push_back("writ.proofs.run: onSave, onType or off expected");
  }
  number("debounceMs", 0, 60'000, [&](std::uint64_t n) { to.rest = std::chrono::milliseconds(n); });
  number("budget", 0, UINT64_MAX, [&](std::uint64_t n) { to.budget = n == 0 ? std::nullopt : std::optional(n); });
  number("threads", 1, 256, [&](std::uint64_t n) { to.threads = static_cast<unsigned>(n); });
  return wrong;
}

}  // namespace writ::lsp
