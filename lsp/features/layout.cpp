#include "lsp/features/layout.h"

#include <algorithm>

#include "compiler/format/format.h"
#include "compiler/parse/parse.h"
#include "lsp/features/view.h"

namespace writ::lsp {
namespace {

bool is_middle(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

/// Where two texts begin to differ, never inside a character.
std::size_t common_prefix(std::string_view a, std::string_view b) {
  const auto [at, other] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  auto n = static_cast<std::size_t>(at - a.begin());
  while (n > 0 && ((n < a.size() && is_middle(a[n])) || (n < b.size() && is_middle(b[n])))) --n;
  return n;
}

std::size_t common_suffix(std::string_view a, std::string_view b) {
  const auto [at, other] = std::mismatch(a.rbegin(), a.rend(), b.rbegin(), b.rend());
  auto n = static_cast<std::size_t>(at - a.rbegin());
  while (n > 0 && (is_middle(a[a.size() - n]) || is_middle(b[b.size() - n]))) --n;
  return n;
}

}  // namespace

Json formatting(const std::string& path, const std::string& text) {
  source::SourceSet sources;
  diagnostics::Sink sink;
  const source::FileId file = sources.add(path, text);
  const auto laid_out = format::format(parse::parse(sources, file, sink), sources);
  if (!laid_out) return nullptr;
  if (*laid_out == text) return Json::array();
  const std::size_t begin = common_prefix(text, *laid_out);
  const std::size_t end = common_suffix(std::string_view(text).substr(begin), std::string_view(*laid_out).substr(begin));
  const source::Range changed{file, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(text.size() - end)};
  return Json::array({{{"range", range_json(sources, changed)}, {"newText", laid_out->substr(begin, laid_out->size() - begin - end)}}});
}

}  // namespace writ::lsp
