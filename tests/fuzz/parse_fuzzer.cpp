// Any bytes as a policy file: a whole tree, statements, diagnostics with places; and what parses is laid out, once.
#include "compiler/ast/build.h"
#include "compiler/format/format.h"
#include "compiler/parse/parse.h"
#include "tests/fuzz/fuzz.h"

namespace {

using namespace writ;
using fuzz::demand;

std::string outline(const std::string& text) {
  source::SourceSet sources;
  diagnostics::Sink sink;
  const source::FileId file = sources.add("f.writ", text);
  return ast::print(ast::build(parse::parse(sources, file, sink), sources, sink));
}

std::optional<std::string> laid_out(const std::string& text) {
  source::SourceSet sources;
  diagnostics::Sink sink;
  const source::FileId file = sources.add("f.writ", text);
  return format::format(parse::parse(sources, file, sink), sources);
}

void check_layout(const std::string& text) {
  const auto once = laid_out(text);
  if (!once) return;
  demand(laid_out(*once) == once, "formatting twice changes something");
  demand(outline(*once) == outline(text), "formatting changes a statement");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text = fuzz::text_of(data, size);
  source::SourceSet sources;
  diagnostics::Sink sink;
  const source::FileId file = sources.add("f.writ", text);
  const cst::Tree tree = parse::parse(sources, file, sink);
  demand(!cst::verify(tree, sources), "the tree covers the file");
  demand(cst::print_source(tree, sources) == text, "the tree prints the file");
  ast::build(tree, sources, sink);
  for (const diagnostics::Diagnostic& diagnostic : sink.peek()) {
    demand(diagnostic.range.valid() && diagnostic.range.end <= size, "a diagnostic has its place in the file");
    demand(!diagnostic.message().empty(), "a diagnostic says something");
  }
  check_layout(text);
  return 0;
}
