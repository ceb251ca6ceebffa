// States what must hold of a kernel, asks for proof, and returns one verdict per obligation with a witness for each that fails. Only
// `Proved` is success. Obligations are solved in parallel, each in a fresh solver with a deterministic budget; results are sorted by
// id, and `verdict_hash` depends on neither threads nor order. The kernel and the sources must outlive the call and are only read.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/verify/obligation.h"
#include "compiler/verify/replay.h"
#include "compiler/verify/witness.h"

namespace writ::verify {

enum class VerdictKind : std::uint8_t { Proved, Refuted, Possible, Vacuous, Undecided };
std::string_view to_string(VerdictKind kind);

/// Why a verdict is not a plain proof or refutation; part of the verdict hash.
enum class Reason : std::uint8_t {
  None,
  AssumptionsUnmet,   ///< vacuous: nothing satisfies what the obligation presupposes
  SideUnused,         ///< vacuous: a side of the rule is given by nothing at all
  UnknownScope,       ///< possible: only where a scope or a fact is unknown
  Limit,              ///< undecided: budget spent
  SolverError,        ///< undecided: the solver gave up or failed
  Cancelled,          ///< undecided: interrupted
  NotSupported        ///< undecided: reaches a construct that the encoding does not model; `detail` names it
};
std::string_view to_string(Reason reason);

struct Verdict {
  VerdictKind kind = VerdictKind::Undecided;
  Reason reason = Reason::None;
  std::string detail;                        ///< free text, not hashed

  bool success() const { return kind == VerdictKind::Proved; }
};

struct Result {
  Obligation obligation;
  Verdict verdict;
  std::vector<std::string> assumptions;      ///< sorted; what a `Proved` rests on
  std::optional<Witness> witness;            ///< Refuted, Possible; a live example where `dead` is proved is not kept
  std::uint64_t effort = 0;                  ///< solver resource units
};

struct ProofRun {
  std::vector<Result> results;               ///< sorted by obligation id
  std::string verdict_hash;                  ///< "sha256:…" over the sorted (id, verdict, reason)
  std::string solver_version;                ///< beside the hash, not in it
};

struct Progress {
  std::size_t done = 0;
  std::size_t total = 0;
  std::string_view last;                     ///< id of the obligation just finished
};

struct Options {
  std::vector<std::string> names;            ///< obligation words, ids, or statement names (qualified or local); empty: all
  std::uint64_t budget = 4'000'000;          ///< solver resource units per query
  unsigned threads = 1;
  /// Everybody whom the registers of facts list, each as a request with subject and context (birthrights included), in a fixed order.
  /// Unset: what is asserted `in population` stays undecided.
  std::optional<std::vector<std::string>> population;
  std::function<bool()> cancelled;           ///< polled at least every 50 ms; called from several threads
  std::function<void(const Progress&)> progress;   ///< called under a lock
  std::vector<MakeReplayer> also;            ///< every witness must reproduce in these engines, too; called from several threads
};

/// All obligations of a kernel, sorted by id. Report-only rules have none.
std::vector<Obligation> collect(const kernel::Kernel& kernel);

/// Those that `names` select (words, ids, statement names); all if empty.
std::vector<Obligation> select(std::vector<Obligation> obligations, const std::vector<std::string>& names);

ProofRun prove(const kernel::Kernel& kernel, const source::SourceSet& sources, const Options& options);

/// `--emit=obligations`.
std::string print(const std::vector<Obligation>& obligations, const source::SourceSet& sources);

/// `--emit=smt2`: the first query of each selected obligation as SMT-LIB, each preceded by its id in a comment.
std::string print_smt2(const kernel::Kernel& kernel, const std::vector<std::string>& names);

/// The findings of a run as diagnostics (refuted, possible, vacuous: errors of their code; undecided: its code), with the story as notes.
void report(const ProofRun& run, const source::SourceSet& sources, diagnostics::Sink& sink);

}  // namespace writ::verify
