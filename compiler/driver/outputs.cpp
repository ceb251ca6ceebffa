#include "compiler/driver/outputs.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>

#include <fmt/format.h>
#include <unistd.h>

#include "compiler/driver/command_line.h"

namespace writ::driver {
namespace {

report::Palette palette_for(ColourChoice choice, int descriptor) {
  const char* no_colour = std::getenv("NO_COLOR");
  const bool forbidden = no_colour != nullptr && *no_colour != '\0';
  const char* term = std::getenv("TERM");
  const bool dumb = term != nullptr && std::string_view(term) == "dumb";
  const bool on = choice == ColourChoice::Always || (choice == ColourChoice::Auto && !forbidden && !dumb && isatty(descriptor) != 0);
  return report::Palette(on ? report::Colour::On : report::Colour::Off);
}

void write(std::FILE* to, const std::string& text) { std::fwrite(text.data(), 1, text.size(), to); }

void write_text(const report::Report& report, const Options& options, const source::SourceSet& sources) {
  write(stderr, report::text(report.diagnostics, sources, palette_for(options.colour, STDERR_FILENO)));
  if (const std::string counts = report::count_line(report.diagnostics); report.diagnostics.size() > 1 && !counts.empty()) write(stderr, counts + "\n\n");
  std::fflush(stderr);
  write(stdout, report::render_text(report, palette_for(options.colour, STDOUT_FILENO)));
}

std::string rendered(const Format& format, const report::Report& report, const source::SourceSet& sources) {
  switch (format.kind) {
    case FormatKind::Text: return report::text(report.diagnostics, sources, report::Palette()) + report::render_text(report, report::Palette());
    case FormatKind::Json: return report::render_json(report, sources);
    case FormatKind::Sarif: return report::render_sarif(report, sources, version());
  }
  return "";
}

ExitCode write_file(const std::string& file, const std::string& text) {
  std::ofstream out(file, std::ios::binary);
  out.write(text.data(), static_cast<std::streamsize>(text.size()));
  out.close();
  if (out) return ExitCode::Good;
  write(stderr, fmt::format("error[WRIT6007]: `{}` cannot be written\n", file));
  return ExitCode::Usage;
}

}  // namespace

ExitCode write_report(const report::Report& report, const Options& options, const source::SourceSet& sources) {
  ExitCode worst = ExitCode::Good;
  bool shown = false;
  for (const Format& format : options.formats) {
    if (format.file) {
      worst = worse(worst, write_file(*format.file, rendered(format, report, sources)));
    } else {
      shown = true;
      if (format.kind == FormatKind::Text) write_text(report, options, sources);
      else write(stdout, rendered(format, report, sources));
    }
  }
  if (!shown) write_text(report, options, sources);
  std::fflush(stdout);
  return worst;
}

}  // namespace writ::driver
