// The few inks of the house, as terminal codes or as nothing. Whoever writes text to a terminal goes through a Palette, so that colour
// is decided in one place (the driver) and text for files and tests has none.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace writ::report {

enum class Colour : std::uint8_t { Off, On };

enum class Ink : std::uint8_t { Plain, Strong, Error, Warning, Note, Good, Place, Faint, Code };

class Palette {
 public:
  explicit Palette(Colour colour = Colour::Off) : on_(colour == Colour::On) {}
  std::string paint(Ink ink, std::string_view text) const;
  Colour colour() const { return on_ ? Colour::On : Colour::Off; }

 private:
  bool on_;
};

}  // namespace writ::report
