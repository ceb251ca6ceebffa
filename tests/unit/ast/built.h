// A text built into statements, with what was said about it.
#pragma once

#include <string>
#include <vector>

#include <fmt/format.h>

#include "compiler/ast/build.h"
#include "compiler/parse/parse.h"

namespace writ::ast {

struct BuiltText {
  explicit BuiltText(std::string text)
      : id(sources.add("test.writ", std::move(text))),
        file(build(parse::parse(sources, id, sink), sources, sink)),
        diagnostics(sink.take(sources)) {}

  std::vector<std::string> told() const {
    std::vector<std::string> lines;
    for (const diagnostics::Diagnostic& diagnostic : diagnostics) {
      const source::Position at = sources.position(id, diagnostic.range.begin);
      lines.push_back(fmt::format("{}:{} {}", at.line, at.column, diagnostic.message()));
    }
    return lines;
  }
  template <class S>
  const S& item(std::size_t index = 0) const {
    return std::get<S>(file.items.at(index).statement);
  }
  const Expr& expr(ExprId id_of_expr) const { return file.exprs[id_of_expr]; }

  source::SourceSet sources;
  diagnostics::Sink sink;
  source::FileId id;
  File file;
  std::vector<diagnostics::Diagnostic> diagnostics;
};

}  // namespace writ::ast
