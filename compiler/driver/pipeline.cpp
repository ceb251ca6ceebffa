#include "compiler/driver/pipeline.h"

#include <fmt/format.h>

#include "compiler/ast/build.h"
#include "compiler/driver/lowering.h"
#include "compiler/emit/emit.h"
#include "compiler/kernel/elaborate.h"
#include "compiler/support/check.h"
#include "compiler/verify/verify.h"

namespace writ::driver {
namespace {

/// Files in order, each under its name when there are several.
template <class Print>
std::string per_file(Session& session, Print print) {
  session.parse();
  std::string out;
  for (std::size_t i = 0; i < session.files().size(); ++i) {
    if (session.files().size() > 1) out += fmt::format("// ---- {}\n", session.sources().path(session.files()[i].file));
    out += print(i);
  }
  return out;
}

}  // namespace

const std::vector<Step>& pipeline() {
  static const std::vector<Step> steps = {
      {"read", "writ.toml and the policy files, by path", ""},
      {"lex", "tokens, blanks and comments included", "tokens"},
      {"parse", "a concrete tree of every file, whatever its bytes", "cst"},
      {"build", "the author's statements without syntax", "ast"},
      {"check", "a typed program: every name an id, every date an instant", "typed-ir"},
      {"elaborate", "the kernel: eight forms and their conditions", "kernel"},
      {"collect", "what must hold, as data", "obligations"},
      {"solve", "a verdict for each obligation, with a witness where it fails", "smt2"},
      {"lower", "a computation of decisions", "decision-ir"},
      {"emit", "the bundle's bytes", "bundle-text"},
      {"confirm", "every witness replayed in interpreter and bundle", ""},
  };
  return steps;
}

std::optional<std::string> emit_step(Session& session, std::string_view word) {
  if (session.project(session.options().path) == nullptr) return std::nullopt;
  if (word == "tokens") return per_file(session, [&](std::size_t i) { return cst::print_tokens(session.trees()[i], session.sources()); });
  if (word == "cst") return per_file(session, [&](std::size_t i) { return cst::print_tree(session.trees()[i], session.sources()); });
  if (word == "ast") return per_file(session, [&](std::size_t i) { return ast::print(session.files()[i]); });
  if (word == "typed-ir") {
    const typed_ir::Program* program = session.program();
    return program == nullptr ? std::nullopt : std::optional(typed_ir::print(*program));
  }
  if (word == "kernel") {
    const kernel::Kernel* kernel = session.kernel();
    if (kernel == nullptr) return std::nullopt;
    const std::vector<std::string> broken = kernel::verify(*kernel);
    WRIT_CHECK(broken.empty(), "a kernel that keeps its invariants: " + broken.front());
    return kernel::print(*kernel, session.sources());
  }
  if (word == "obligations" || word == "smt2") {
    const kernel::Kernel* kernel = session.kernel();
    if (kernel == nullptr) return std::nullopt;
    if (word == "smt2") return verify::print_smt2(*kernel, session.manifest().obligations);
    return verify::print(verify::select(verify::collect(*kernel), session.manifest().obligations), session.sources());
  }
  const auto tables = lower_policy(session, nullptr);
  if (!tables) return std::nullopt;
  if (word == "decision-ir") return decision_ir::print(*tables);
  WRIT_CHECK(word == "bundle-text", "an --emit word that the command line knows");
  const auto read = emit::from_bytes(emit::to_bytes(*tables));
  WRIT_CHECK(read.has_value(), "bytes that can be read back");
  return decision_ir::print(*read);
}

}  // namespace writ::driver
