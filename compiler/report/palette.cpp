#include "compiler/report/palette.h"

#include <fmt/format.h>

namespace writ::report {
namespace {

std::string_view code_of(Ink ink) {
  switch (ink) {
    case Ink::Plain: return "";
    case Ink::Strong: return "1";
    case Ink::Error: return "1;31";
    case Ink::Warning: return "1;33";
    case Ink::Note: return "1;36";
    case Ink::Good: return "1;32";
    case Ink::Place: return "1;34";
    case Ink::Faint: return "2";
    case Ink::Code: return "36";
  }
  return "";
}

}  // namespace

std::string Palette::paint(Ink ink, std::string_view text) const {
  if (!on_ || ink == Ink::Plain || text.empty()) return std::string(text);
  return fmt::format("\x1b[{}m{}\x1b[0m", code_of(ink), text);
}

}  // namespace writ::report
