// `--verify`: a file says in comments what must be reported, and the run is good if exactly that is.
//
//   // expected-error {{part of the message}} [WRIT2103]        this line
//   // expected-warning@+1 {{…}}                                the next line; the code may be left out
#pragma once

#include "compiler/diagnostics/diagnostics.h"

namespace writ::driver {

/// Takes the place of the diagnostics: what was expected and not reported, and what was reported and not expected. Empty: as expected.
std::vector<diagnostics::Diagnostic> unmet_expectations(const std::vector<diagnostics::Diagnostic>& reported, const source::SourceSet& sources);

}  // namespace writ::driver
