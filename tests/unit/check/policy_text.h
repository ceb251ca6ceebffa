// Policies as text, checked: what the tests of the checker share.
#pragma once

#include <filesystem>
#include <fstream>
#include <list>
#include <sstream>

#include "compiler/ast/build.h"
#include "compiler/check/check.h"
#include "compiler/parse/parse.h"

namespace writ::check {

/// Files in memory or from a folder, parsed once; `check` and `check_test` may be asked repeatedly.
class PolicyText {
 public:
  PolicyText& add(const std::string& path, const std::string& text) {
    const source::FileId file = sources.add(path, text);
    trees_.push_back(parse::parse(sources, file, parse_sink));
    files_.push_back(ast::build(trees_.back(), sources, parse_sink));
    return *this;
  }
  PolicyText& add_folder(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> paths;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
      if (entry.path().extension() == ".writ") paths.push_back(entry.path());
    std::sort(paths.begin(), paths.end());
    for (const auto& path : paths) {
      std::stringstream text;
      text << std::ifstream(path).rdbuf();
      add(path.filename().string(), text.str());
    }
    return *this;
  }

  std::vector<const ast::File*> files() const {
    std::vector<const ast::File*> all;
    for (const ast::File& file : files_) all.push_back(&file);
    return all;
  }
  std::optional<typed_ir::Program> check() { return check::check(files(), options, sink); }
  /// The test whose title begins so.
  std::optional<CheckedTest> test(const std::string& title) {
    for (const ast::File& file : files_)
      for (const ast::Item& item : file.items)
        if (const auto* test = std::get_if<ast::Test>(&item.statement); test && test->name.text.rfind(title, 0) == 0)
          return check::check_test(files(), file, *test, options, sink);
    return std::nullopt;
  }
  std::vector<std::string> test_titles() const {
    std::vector<std::string> all;
    for (const ast::File& file : files_)
      for (const ast::Item& item : file.items)
        if (const auto* test = std::get_if<ast::Test>(&item.statement)) all.push_back(test->name.text);
    return all;
  }

  /// "firm.writ:3: waiver_too_long: …" per message, parse messages first.
  std::string messages() const {
    std::string text;
    for (const auto* from : {&parse_sink, &sink})
      for (const auto& message : from->peek()) {
        text += sources.place(message.range) + ": " + std::string(diagnostics::info(message.code).name) + ": " + message.message() + "\n";
      }
    return text;
  }
  /// Names of errors, sorted, each once.
  std::set<std::string> errors() const {
    std::set<std::string> names;
    for (const auto* from : {&parse_sink, &sink})
      for (const auto& message : from->peek())
        if (message.effective_severity() == diagnostics::Severity::Error) names.emplace(diagnostics::info(message.code).name);
    return names;
  }
  std::set<std::string> warnings() const {
    std::set<std::string> names;
    for (const auto& message : sink.peek())
      if (message.effective_severity() == diagnostics::Severity::Warning) names.emplace(diagnostics::info(message.code).name);
    return names;
  }

  Options options{"firm", "1", true};
  source::SourceSet sources;
  diagnostics::Sink parse_sink;
  diagnostics::Sink sink;

 private:
  std::list<cst::Tree> trees_;
  std::list<ast::File> files_;
};

}  // namespace writ::check
