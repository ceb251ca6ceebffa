// A generated policy taken through the compiler, as far as a measurement needs it. Any error is a broken invariant: the generator makes
// correct policies.
#pragma once

#include <deque>
#include <memory>

#include "bench/inputs/policies.h"
#include "compiler/ast/build.h"
#include "compiler/check/check.h"
#include "compiler/kernel/elaborate.h"
#include "compiler/parse/parse.h"

namespace writ::bench {

class Compiled {
 public:
  explicit Compiled(const std::vector<PolicyFile>& files) {
    for (const PolicyFile& file : files) ids_.push_back(sources.add(file.name, file.text));
  }

  // The steps, in order.
  const std::deque<cst::Tree>& parse() {
    for (const source::FileId id : ids_) trees.push_back(writ::parse::parse(sources, id, sink));
    return trees;
  }
  void build() {
    for (const cst::Tree& tree : trees) files.push_back(ast::build(tree, sources, sink));
    for (const ast::File& file : files) pointers.push_back(&file);
  }
  void check() {
    program = writ::check::check(pointers, {"bench", "1", true}, sink);
    WRIT_CHECK(program.has_value(), "a generated policy that checks: " + first_message());
  }
  void check_tests() {
    writ::check::TestChecker checker(pointers, {"bench", "1", true});
    for (const ast::File& file : files)
      for (const ast::Item& item : file.items)
        if (const auto* test = std::get_if<ast::Test>(&item.statement)) WRIT_CHECK(checker.check(file, *test, sink).has_value(), "a generated test that checks: " + first_message());
  }
  void elaborate() {
    kernel = writ::kernel::elaborate(*program, sink);
    WRIT_CHECK(kernel.has_value(), "a generated policy that elaborates: " + first_message());
  }
  /// From text to kernel.
  Compiled& all() {
    parse();
    build();
    check();
    elaborate();
    return *this;
  }

  source::SourceSet sources;
  diagnostics::Sink sink;
  std::deque<cst::Tree> trees;
  std::deque<ast::File> files;
  std::vector<const ast::File*> pointers;
  std::optional<typed_ir::Program> program;
  std::optional<kernel::Kernel> kernel;

 private:
  std::string first_message() const { return sink.size() == 0 ? "nothing said" : sink.peek().front().message(); }

  std::vector<source::FileId> ids_;
};

}  // namespace writ::bench
