#include <csignal>
#include <filesystem>
#include <iostream>

#include "compiler/driver/command_line.h"
#include "compiler/driver/commands.h"
#include "lsp/protocol/uri.h"
#include "lsp/server/serve.h"

namespace writ::driver {
namespace {

namespace fs = std::filesystem;

/// The pages of diagnostics beside the executable: of an installation, or of the tree that it was built in.
std::string pages() {
  std::error_code error;
  const fs::path executable = fs::read_symlink("/proc/self/exe", error);
  if (error) return "";
  const fs::path installed = executable.parent_path().parent_path() / "share/doc/writ/diagnostics";
  if (fs::is_directory(installed, error)) return lsp::uri_of_path(installed);
  for (fs::path folder = executable.parent_path(); folder.has_relative_path(); folder = folder.parent_path()) {
    if (fs::is_regular_file(folder / "docs/diagnostics/WRIT1001.md", error)) return lsp::uri_of_path(folder / "docs/diagnostics");
  }
  return "";
}

}  // namespace

ExitCode run_lsp(Session& session) {
  std::signal(SIGPIPE, SIG_IGN);   // an editor that is gone is met at the end of input
  std::ios::sync_with_stdio(false);
  const lsp::ServerOptions options{version(), pages()};
  const auto serve = session.options().in_order ? lsp::serve_in_order : lsp::serve;
  return serve(std::cin, std::cout, options) == 0 ? ExitCode::Good : ExitCode::Findings;
}

}  // namespace writ::driver
