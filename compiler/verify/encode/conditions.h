// Kernel conditions as formulas (Appendix T), read in an environment: who `principal`, `resource`, `context`, `input` and the parameters are.
// What the encoding cannot express is a free Kleene value, noted in the World as an abstraction: a proof over it stands, a witness
// that needs it does not.
#pragma once

#include <functional>

#include "compiler/verify/encode/world.h"

namespace writ::verify {

struct Environment {
  std::optional<Entity> principal, resource, context, input, subject;
  std::vector<Denoted> parameters;
  std::vector<Entity> binders;
  std::map<std::uint32_t, Denoted> instants;   ///< binders that are instants, by number
  std::vector<std::optional<Denoted>> scopes;  ///< Root::Scope, by index
  /// `p holds R(args)`; unset: abstracted.
  std::function<Kleene(const Denoted& person, kernel::RoleId role, const std::vector<Denoted>& args)> holds;
  /// Claims: `e can a on r`; unset: abstracted.
  std::function<Kleene(const typed_ir::Cond& cond)> can;
};

class Reader {
 public:
  Reader(View& view, const Environment& environment) : view_(view), env_(environment) {}

  Kleene condition(kernel::CondId id);
  /// T where `id` is none.
  Kleene optional_condition(kernel::CondId id) { return id ? condition(id) : logic().truth(); }
  Denoted term(kernel::TermId id);
  Kleene equal(const Denoted& a, const Denoted& b);
  /// The value lies in `scope`: equal, or rolling up to it.
  Kleene lies_in(const Denoted& value, const Denoted& scope);
  Kleene in(const Denoted& element, const Denoted& set);

 private:
  const Logic& logic() const { return view_.logic(); }
  smt::Terms& terms() const { return view_.world().terms(); }
  const kernel::Conditions& store() const { return view_.world().kernel().conditions; }

  Kleene evaluate(const typed_ir::Cond& cond);
  Kleene less(const Denoted& a, const Denoted& b, bool or_equal);
  Kleene compare_now(const Denoted& a, const Denoted& b, bool or_equal);
  Kleene threshold(const Denoted& amount, const typed_ir::Threshold& threshold, bool or_equal);
  Kleene equal_sets(const Denoted& a, const Denoted& b);
  Kleene subset(const Denoted& a, const Denoted& b);
  Kleene overlaps(const Denoted& a, const Denoted& b);
  Kleene affix(const Denoted& string, const Denoted& pattern, bool at_start);
  Kleene fresh(const Kleene& value, const std::vector<const Denoted*>& read);

  Denoted literal(const typed_ir::Value& value, const typed_ir::Type& type);
  Denoted root(const typed_ir::Term& term);
  Denoted attribute(const typed_ir::Term& term);
  Denoted roll_up(const Denoted& base, const typed_ir::Type& to);
  Denoted sum(const Denoted& a, const Denoted& b, int sign, const typed_ir::Type& type);
  Denoted scaled(const Denoted& a, const typed_ir::Value& by, const typed_ir::Type& type);
  Denoted otherwise(const Denoted& a, const Denoted& fallback);
  Denoted set_literal(const typed_ir::Term& term);
  Denoted unknown(const typed_ir::Type& type);
  Denoted of_entity(const Entity& entity);

  View& view_;
  const Environment& env_;
  std::map<kernel::CondId, Kleene> known_;   ///< conditions share structure; each is encoded once per reader
};

/// 8.2: its last test is effective and recent enough, and somebody independent monitors it.
Kleene control_in_force(View& view, kernel::ControlId control);

/// Entity that a reference denotes, so that its attributes can be read.
Entity referenced(const Denoted& reference);

}  // namespace writ::verify
