// Where a report goes: text to standard output with diagnostics on standard error, or each `--format` to its file or to standard output.
#pragma once

#include "compiler/driver/session.h"

namespace writ::driver {

/// Usage, if a file could not be written.
ExitCode write_report(const report::Report& report, const Options& options, const report::Places& places);

/// To be asked last: whether everything went out. Usage if not; why is told on standard error, unless the reader is gone.
ExitCode end_output();

}  // namespace writ::driver
