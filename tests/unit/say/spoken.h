// A text, spoken: what `say` makes of each of its statements.
#pragma once

#include <string>
#include <vector>

#include "compiler/ast/build.h"
#include "compiler/parse/parse.h"
#include "compiler/say/say.h"

namespace writ::say {

struct Spoken {
  explicit Spoken(std::string text)
      : id(sources.add("test.writ", std::move(text))), file(ast::build(parse::parse(sources, id, sink), sources, sink)), all(sentences({&file}, Scope::Everything)) {}

  /// The sentence of the statement of that local name; "" if there is none.
  std::string of(std::string_view name) const {
    for (const Sentence& s : all) if (s.local == name) return s.text;
    return "";
  }
  std::string last() const { return all.empty() ? "" : all.back().text; }

  source::SourceSet sources;
  diagnostics::Sink sink;
  source::FileId id;
  ast::File file;
  std::vector<Sentence> all;
};

}  // namespace writ::say
