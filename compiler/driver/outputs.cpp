#include "compiler/driver/outputs.h"

#include <cstdio>
#include <cstdlib>

#include <fmt/format.h>
#include <unistd.h>

#include "compiler/driver/command_line.h"
#include "compiler/driver/files.h"

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

void write_error(const std::string& text) { std::fwrite(text.data(), 1, text.size(), stderr); }

void write_diagnostics(const report::Report& report, const Options& options, const report::Places& places) {
  write_error(report::text(report.diagnostics, places, palette_for(options.colour, STDERR_FILENO)));
  if (const std::string counts = report::count_line(report.diagnostics); report.diagnostics.size() > 1 && !counts.empty()) write_error(counts + "\n\n");
  std::fflush(stderr);
}

void write_text(const report::Report& report, const Options& options, const report::Places& places) {
  write_diagnostics(report, options, places);
  write_standard_output(report::render_text(report, palette_for(options.colour, STDOUT_FILENO)));
}

std::string rendered(const Format& format, const report::Report& report, const report::Places& places) {
  switch (format.kind) {
    case FormatKind::Text: return report::text(report.diagnostics, places, report::Palette()) + report::render_text(report, report::Palette());
    case FormatKind::Json: return report::render_json(report, places);
    case FormatKind::Sarif: return report::render_sarif(report, places, version());
  }
  return "";
}

ExitCode not_written(std::string_view what, std::string_view why) {
  write_error(fmt::format("error[WRIT6007]: {} cannot be written: {}\n", what, why));
  return ExitCode::Usage;
}

ExitCode write_to(const std::string& file, const std::string& text) {
  const std::string why = write_file(file, text);
  return why.empty() ? ExitCode::Good : not_written(fmt::format("`{}`", file), why);
}

/// A decision's own shape has no place for what is noticed beside it.
void write_plain(const Format& format, const report::Report& report, const Options& options, const report::Places& places) {
  if (format.kind == FormatKind::Json && report.envelope == report::Envelope::Bare) write_diagnostics(report, options, places);
  write_standard_output(rendered(format, report, places));
}

}  // namespace

ExitCode write_report(const report::Report& report, const Options& options, const report::Places& places) {
  ExitCode worst = ExitCode::Good;
  bool shown = false;
  for (const Format& format : options.formats) {
    if (format.file) {
      worst = worse(worst, write_to(*format.file, rendered(format, report, places)));
    } else {
      shown = true;
      if (format.kind == FormatKind::Text) write_text(report, options, places);
      else write_plain(format, report, options, places);
    }
  }
  if (!shown) write_text(report, options, places);
  return worst;
}

ExitCode end_output() {
  const Told told = told_on_standard_output();
  if (told.whole) return ExitCode::Good;
  return told.why.empty() ? ExitCode::Usage : not_written("standard output", told.why);
}

}  // namespace writ::driver
