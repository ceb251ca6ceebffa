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

/// A folder beside the executable: of an installation, or of the tree that it was built in. Its URI, "" if there is none.
std::string folder_uri(const char* installed, const char* in_tree) {
  std::error_code error;
  const fs::path executable = fs::read_symlink("/proc/self/exe", error);
  if (error) return "";
  if (const fs::path folder = executable.parent_path().parent_path() / installed; fs::is_directory(folder, error)) return lsp::uri_of_path(folder);
  for (fs::path above = executable.parent_path(); above.has_relative_path(); above = above.parent_path()) {
    const bool ours = fs::is_regular_file(above / "docs/diagnostics/WRIT1001.md", error);
    if (ours && fs::is_directory(above / in_tree, error)) return lsp::uri_of_path(above / in_tree);
  }
  return "";
}

}  // namespace

ExitCode run_lsp(Session& session) {
  std::signal(SIGPIPE, SIG_IGN);   // an editor that is gone is met at the end of input
  std::ios::sync_with_stdio(false);
  const lsp::ServerOptions options{version(), folder_uri("share/doc/writ/diagnostics", "docs/diagnostics"), folder_uri("share/writ/stdlib", "stdlib")};
  const auto serve = session.options().in_order ? lsp::serve_in_order : lsp::serve;
  return serve(std::cin, std::cout, options) == 0 ? ExitCode::Good : ExitCode::Findings;
}

}  // namespace writ::driver
