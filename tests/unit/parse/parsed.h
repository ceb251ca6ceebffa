// A text parsed, with what was said about it.
#pragma once

#include <string>
#include <vector>

#include <fmt/format.h>

#include "compiler/parse/parse.h"

namespace writ::parse {

struct ParsedText {
  explicit ParsedText(std::string text, const ParseLimits& limits = {})
      : file(sources.add("test.writ", std::move(text))), tree(parse(sources, file, sink, limits)), diagnostics(sink.take(sources)) {}

  /// "3:5 WRIT1010 `x` cannot stand here: …", one per diagnostic, in the order of the file.
  std::vector<std::string> told() const {
    std::vector<std::string> lines;
    for (const diagnostics::Diagnostic& diagnostic : diagnostics) {
      const source::Position at = sources.position(file, diagnostic.range.begin);
      lines.push_back(fmt::format("{}:{} {} {}", at.line, at.column, diagnostics::code_label(diagnostic.code), diagnostic.message()));
    }
    return lines;
  }

  source::SourceSet sources;
  diagnostics::Sink sink;
  source::FileId file;
  cst::Tree tree;
  std::vector<diagnostics::Diagnostic> diagnostics;
};

}  // namespace writ::parse
