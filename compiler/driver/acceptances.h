// The project's baseline in a run: read with the project, applied to what the run found, and written by `--accept-through`. The one place
// that asks what day it is, and it asks only where there is a baseline.
#pragma once

#include <optional>

#include "compiler/project/baseline.h"
#include "compiler/project/project.h"

namespace writ::driver {

/// Of which findings a run has seen all: entries for them that accept nothing are out of date.
enum class Judged : std::uint8_t { Nothing, Policy, Proofs };

class Acceptances {
 public:
  /// A file that is named and not there is an error, unless the run is to write it.
  enum class Missing : std::uint8_t { IsAnError, IsEmpty };
  static std::optional<Acceptances> open(const project::Project& project, Missing missing, source::SourceSet& sources, diagnostics::Sink& sink);

  /// What counts; what is accepted is kept in `accepted`. Says which entries are out of date.
  std::vector<diagnostics::Diagnostic> apply(std::vector<diagnostics::Diagnostic> found, Judged judged, const source::SourceSet& sources);
  const std::vector<project::Sorted::Accepted>& accepted() const { return accepted_; }

  /// Why `through` cannot be the end of an acceptance; "" if it can.
  std::string why_not(const std::string& through) const;
  /// Accepts all of `found` as well, drops what is out of date and writes the file. False: it cannot be written.
  std::string accept(const std::vector<diagnostics::Diagnostic>& found, project::Day through, const std::string& because, const source::SourceSet& sources);
  const std::string& shown() const { return shown_; }

 private:
  std::string shown_;                       ///< as writ.toml names it
  std::filesystem::path file_;
  project::Day today_ = 0;
  project::Baseline baseline_;
  std::vector<project::Acceptance> outdated_;
  std::vector<project::Sorted::Accepted> accepted_;
};

}  // namespace writ::driver
