#include <fstream>
#include <iterator>

#include <fmt/format.h>

#include "compiler/driver/commands.h"
#include "compiler/emit/emit.h"

namespace writ::driver {

ExitCode run_bundle_inspect(Session& session) {
  const std::string path = session.options().bundle.value_or("");
  std::ifstream in(path, std::ios::binary);
  if (!in) {
    session.sink().report(diagnostics::Code::cannot_read, {}, {path, "there is no such file, or it may not be read"});
    return ExitCode::Usage;
  }
  const std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  const auto tables = emit::from_bytes(bytes);
  if (!tables) {
    session.sink().report(diagnostics::Code::bundle_refused, {}, {path, tables.error()});
    return ExitCode::Integrity;
  }
  session.report.sections.push_back(report::plain("bundle", fmt::format("digest {}\n", emit::digest(bytes)) + decision_ir::print(*tables)));
  return ExitCode::Good;
}

}  // namespace writ::driver
