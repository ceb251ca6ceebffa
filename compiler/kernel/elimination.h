// The parts of `eliminate` (capability.h). A *variable* is a fact to be eliminated: a path that starts at the resource, the context or the
// input. Everything else is *kept*. A step fails by throwing Stuck, which `eliminate` alone catches. One store, one thread.
#pragma once

#include <functional>
#include <optional>
#include <set>

#include "compiler/kernel/capability.h"

namespace writ::kernel::elimination {

struct Stuck {
  std::string why;
  std::string help{};                        ///< a rewriting that says what is meant
};

struct Workbench;
/// Two facts that are not known beforehand decide together what a variable may be.
Stuck several_facts(const Workbench& bench, TermId variable);

/// What every step works on.
struct Workbench {
  Conditions& store;
  const typed_ir::Schema& schema;
  EntityId holder{};                         ///< whose condition it is; none: nobody in particular

  const typed_ir::Term& term(TermId id) const { return store.term(id); }
  const typed_ir::Cond& cond(CondId id) const { return store.cond(id); }
  bool is_variable(TermId id) const;
  bool is_literal(TermId id) const;          ///< a literal, or a set of literals
  bool reads_variable(TermId id) const;
  bool reads_variable(CondId id) const;
  bool finite(const Type& type) const;       ///< bool, or an enum that lists its values
  bool settled(CondId id) const;             ///< no variable, and no atom between literals: nothing to rewrite
  std::string path(TermId id) const { return typed_ir::print(store, schema, id); }

  // Conditions share parts, so every walk over them remembers what it has seen.
  mutable std::unordered_map<TermId, bool> terms_that_read{};
  mutable std::unordered_map<CondId, bool> conditions_that_read{};
  mutable std::unordered_map<CondId, bool> conditions_settled{};

  std::set<std::string> unspoken{};          ///< currencies that nobody names: those of kept amounts, whatever they are
  std::uint32_t witnesses = 0;               ///< elements of sets that stood for themselves for a while
};

/// The variables that a condition reads as values, with those optional ones on the way to them.
std::set<TermId> variables(const Workbench& bench, CondId condition);
/// Whether `variable` is a fact of what `base` refers to (`resource.vendor` and `resource.vendor.entity`).
bool leads_to(const Workbench& bench, TermId base, TermId variable);

/// What is assumed of variables while a condition is rewritten.
struct Assumed {
  std::map<TermId, TermId> values;           ///< variable → literal, or another term
  TermId absent;                             ///< an optional one that is `none`
  TermId present;                            ///< an optional one that is not
};

/// The condition under the assumption, in negation normal form wherever it reads a variable, with atoms between literals evaluated.
/// Whatever else reads no variable is not touched.
CondId normalize(Workbench& bench, CondId condition, const Assumed& assumed = {});

/// T where the term is known, else U.
CondId known(Workbench& bench, TermId term);

/// A variable that nothing has read yet.
TermId fresh(Workbench& bench, Type type);

/// Kept terms of the variable's type, the holder among them: who is one of them has his facts, and anybody else has facts of his own.
std::vector<TermId> namesakes(Workbench& bench, CondId condition, TermId variable);
/// The condition where `variable` is `kept`, with his facts.
CondId as_one_of_them(Workbench& bench, CondId condition, TermId variable, TermId kept);
/// The condition where `variable` is none of `kept`: what is read of him does not depend on who he is.
CondId as_stranger(Workbench& bench, CondId condition, TermId variable, const std::vector<TermId>& kept);

/// One value of every cell that the atoms of `condition` can tell apart, if they compare the variable with literals only (or if it has
/// only finitely many values); nullopt if they do more.
std::optional<std::vector<TermId>> representatives(Workbench& bench, CondId condition, TermId variable);
/// Every value of a set of few possible elements; nullopt if there are many.
std::optional<std::vector<TermId>> all_sets(Workbench& bench, TermId variable);

/// ∃ variable of a conjunction of literals, by the theory of its type; throws Stuck. A set is told by its elements, so that it needs
/// `some`: ∃ of another variable, in any condition.
using Some = std::function<CondId(CondId)>;
CondId eliminate_set(Workbench& bench, const std::vector<CondId>& literals, TermId variable, const Some& some);
CondId eliminate_identity(Workbench& bench, const std::vector<CondId>& literals, TermId variable);
CondId eliminate_number(Workbench& bench, const std::vector<CondId>& literals, TermId variable);

}  // namespace writ::kernel::elimination
