#include "lsp/features/snapshot.h"

#include <algorithm>
#include <chrono>

#include "compiler/ast/build.h"
#include "compiler/kernel/elaborate.h"
#include "compiler/packages/packages.h"
#include "compiler/parse/parse.h"

namespace writ::lsp {
namespace {

/// One snapshot under construction. Steps as in `writ check`; after a syntax error names are still resolved, for the editor's sake, but
/// what checking says of half a policy is not told.
class Taking {
 public:
  Taking(const project::Texts& texts, const std::function<bool()>& cancelled, Snapshot& into) : texts_(texts), cancelled_(cancelled), into_(into) {}

  bool run() {
    into_.project = project::open({into_.home, std::nullopt, &texts_}, into_.sources, sink_);
    if (into_.project && (!parse() || !check())) return false;
    into_.recording.settle();
    read_baseline();
    into_.diagnostics = into_.counted(sink_.take(into_.sources));
    return true;
  }

 private:
  bool stopped() const { return cancelled_ && cancelled_(); }

  /// Without the baseline that the project names, everything counts, and it says so.
  void read_baseline() {
    if (!into_.project || !into_.project->manifest.baseline) return;
    const std::string& shown = *into_.project->manifest.baseline;
    project::FileText read = project::read_file(into_.root / shown, project::FileLimits{}.bytes_of_one);
    if (read.error.empty()) into_.baseline = project::read_baseline(into_.sources, into_.sources.add(shown, std::move(read.text)), into_.today, sink_);
    else sink_.report(diagnostics::Code::cannot_read, {}, {shown, read.error});
  }

  bool parse() {
    for (const source::FileId file : into_.project->files) {
      if (stopped()) return false;
      into_.trees.push_back(parse::parse(into_.sources, file, sink_));
      into_.files.push_back(ast::build(into_.trees.back(), into_.sources, sink_));
    }
    into_.packages = packages::imported_by(into_.files, into_.sources, sink_);
    return true;
  }

  check::Options options(check::Recording& recording) const {
    const project::Manifest& m = into_.project->manifest;
    return {m.name, m.version, m.marks == project::Marks::Accept, &recording};
  }

  bool check() {
    if (stopped()) return false;
    const bool parsed_well = !sink_.has_errors();
    diagnostics::Sink unheard;
    diagnostics::Sink& sink = parsed_well ? sink_ : unheard;
    into_.program = check::check(into_.file_pointers(), options(into_.recording), sink);
    if (into_.program && parsed_well) into_.kernel = kernel::elaborate(*into_.program, sink);
    return check_tests(sink);
  }

  bool check_tests(diagnostics::Sink& sink) {
    diagnostics::Sink unheard;
    check::Recording of_tests;
    check::TestChecker checker(into_.file_pointers(), options(of_tests));
    std::vector<source::Range> tests;
    for (const ast::File& file : into_.files) {
      for (const ast::Item& item : file.items) {
        const auto* test = std::get_if<ast::Test>(&item.statement);
        if (test == nullptr) continue;
        if (stopped()) return false;
        checker.check(file, *test, into_.program ? sink : unheard);
        tests.push_back(item.range);
        for (const ast::Name& name : test->without) note_removed(name);
      }
    }
    // What is recorded inside a test is that test's: its own policy may lack a statement, or have another one of the same name.
    of_tests.settle();
    for (const source::Range& test : tests) into_.recording.add_within(of_tests, test);
    return true;
  }

  /// `test "…" without P05`: a statement that the test's own policy does not have.
  void note_removed(const ast::Name& name) {
    for (const check::Definition& d : into_.recording.definitions)
      if ((d.name == name.text || d.local == name.text) && d.kind != "field" && d.kind != "value") into_.recording.uses.push_back({name.range, d.range});
  }

  const project::Texts& texts_;
  const std::function<bool()>& cancelled_;
  Snapshot& into_;
  diagnostics::Sink sink_;
};

}  // namespace

std::vector<diagnostics::Diagnostic> Snapshot::counted(std::vector<diagnostics::Diagnostic> all) const {
  if (!project) return all;
  all = project::judged(project->manifest, std::move(all));
  return baseline ? project::sort_out(std::move(all), *baseline, today, sources).open : all;
}

std::vector<const ast::File*> Snapshot::file_pointers() const {
  std::vector<const ast::File*> all;
  for (const ast::File& file : files) all.push_back(&file);
  for (const ast::File& file : packages) all.push_back(&file);
  return all;
}

bool Snapshot::is_package(source::FileId file) const {
  return std::any_of(packages.begin(), packages.end(), [&](const ast::File& package) { return package.file == file; });
}

std::optional<source::FileId> Snapshot::find(const std::filesystem::path& path) const {
  const std::string shown = path.lexically_relative(root).generic_string();
  for (const source::FileId file : sources.files())
    if (sources.path(file) == shown && !is_package(file)) return file;
  return std::nullopt;
}

std::optional<std::size_t> Snapshot::index(source::FileId file) const {
  for (std::size_t i = 0; i < files.size(); ++i)
    if (files[i].file == file) return i;
  return std::nullopt;
}

std::shared_ptr<const Snapshot> take_snapshot(const std::filesystem::path& home, const project::Texts& texts, const std::function<bool()>& cancelled) {
  auto snapshot = std::make_shared<Snapshot>();
  std::error_code ignored;
  snapshot->home = home;
  snapshot->today = static_cast<project::Day>(std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()).time_since_epoch().count());
  snapshot->root = std::filesystem::is_directory(home, ignored) ? home : home.parent_path();
  return Taking(texts, cancelled, *snapshot).run() ? snapshot : nullptr;
}

}  // namespace writ::lsp
