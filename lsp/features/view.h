// What a feature sees: a snapshot, the verdicts on exactly that snapshot if there are any, and how files are called in the editor.
#pragma once

#include <map>
#include <string>

#include "compiler/verify/verify.h"
#include "lsp/features/snapshot.h"
#include "lsp/protocol/framing.h"

namespace writ::lsp {

/// What the prover said of one snapshot.
struct Verdicts {
  std::shared_ptr<const Snapshot> of;
  verify::ProofRun run;
  std::vector<diagnostics::Diagnostic> diagnostics;
};

struct View {
  const Snapshot& snapshot;
  const Verdicts* verdicts;                                ///< of this snapshot, or none
  const std::map<std::filesystem::path, std::string>& uris;///< the editor's own spelling of open files
  std::string pages;                                       ///< URI of the folder with the pages of diagnostics; "": none
  std::string library;                                     ///< URI of the folder with the sources of packages; "": none

  /// "" for a file that the editor cannot open: of a package whose sources are not at hand.
  std::string uri(source::FileId file) const;
};

/// A byte of a file of the snapshot.
struct Spot {
  source::FileId file;
  std::uint32_t offset = 0;
};

Json position_json(const source::SourceSet& sources, source::FileId file, std::uint32_t offset);
Json range_json(const source::SourceSet& sources, const source::Range& range);
/// Null where the file has no URI.
Json location_json(const View& view, const source::Range& range);
/// Those that have a place in the editor.
Json locations_json(const View& view, const std::vector<source::Range>& ranges);
/// `{ uri: [ { range, newText } … ] }` of edits in any files.
Json changes_json(const View& view, const std::vector<diagnostics::Edit>& edits);

inline bool contains(const source::Range& range, const Spot& spot) {
  return range.file == spot.file && range.begin <= spot.offset && spot.offset < range.end;
}
/// … or it ends there: editors ask with the cursor behind a word, too.
inline bool touches(const source::Range& range, const Spot& spot) {
  return range.file == spot.file && range.begin <= spot.offset && spot.offset <= range.end;
}

}  // namespace writ::lsp
