// Three values and horizons as formulas: a condition is a pair (yes, no), never both, and `until`: whether its horizon (semantics.md 3.4) lies after
// one chosen later instant, which is all that any question asks of a horizon; minima become `and`, maxima `or`. Written apart from
// the reference interpreter, on purpose. A Logic speaks of one instant `now`; several of them may share one Terms store.
#pragma once

#include <vector>

#include "compiler/smt/terms.h"
#include "compiler/typed_ir/values.h"
#include "compiler/verify/encode/faults.h"

namespace writ::verify {

using smt::Term;

/// A Kleene value. `until`: it holds beyond `later`; true where time alone never changes it, and where no horizons are asked for.
struct Kleene {
  Term yes, no, until;
};

class Logic {
 public:
  enum class Horizons : std::uint8_t { Off, On };   ///< On: `later` is the Int variable of that name
  /// `time_known`: whether the request carries a time at all.
  Logic(smt::Terms& terms, Term now, Term time_known, Horizons horizons, const Faults& faults)
      : terms_(terms), now_(now), time_known_(time_known), horizons_(horizons), faults_(faults) {}

  smt::Terms& terms() const { return terms_; }
  Term now() const { return now_; }
  Term time_known() const { return time_known_; }
  bool faulty(Fault fault) const { return faults_.contains(fault); }
  Term forever() const { return terms_.truth(); }
  bool timed() const { return horizons_ == Horizons::On; }
  Term later() const { return terms_.variable("later", smt::kInt); }
  /// Whether the instant lies after `later`.
  Term beyond(Term instant) const {
    if (!timed()) return forever();
    return faulty(Fault::HorizonAtEnd) ? terms_.less_equal(later(), instant) : terms_.less(later(), instant);
  }

  Kleene truth() const { return {terms_.truth(), terms_.falsity(), forever()}; }
  Kleene falsity() const { return {terms_.falsity(), terms_.truth(), forever()}; }
  Kleene unknown() const { return {terms_.falsity(), terms_.falsity(), forever()}; }
  /// T where `known` and `holds`, F where `known` and not, else U; time plays no part.
  Kleene known(Term known, Term holds) const;
  Kleene of(Term holds) const { return known(terms_.truth(), holds); }
  /// T, F or U as the terms say.
  Kleene state(Term yes, Term no) const { return {yes, no, forever()}; }
  /// `now < threshold`, U unless `known`.
  Kleene before(Term threshold, Term known) const;
  /// `now >= threshold`, U unless `known`.
  Kleene from(Term threshold, Term known) const;

  Kleene negation(const Kleene& a) const { return {a.no, a.yes, a.until}; }
  Kleene conjunction(const std::vector<Kleene>& all) const;
  Kleene disjunction(const std::vector<Kleene>& all) const;
  Kleene at_least(std::size_t count, const std::vector<Kleene>& all) const;
  /// The same truth, ending at `until` at the latest.
  Kleene capped(const Kleene& a, Term until) const;

  Term is_unknown(const Kleene& a) const { return terms_.conjunction(terms_.negation(a.yes), terms_.negation(a.no)); }
  Term not_false(const Kleene& a) const { return terms_.negation(a.no); }
  Term not_true(const Kleene& a) const { return terms_.negation(a.yes); }
  /// Same truth value (horizons apart).
  Term same(const Kleene& a, const Kleene& b) const {
    return terms_.conjunction(terms_.equal(a.yes, b.yes), terms_.equal(a.no, b.no));
  }
  /// The least of horizons.
  Term earliest(const std::vector<Term>& untils) const { return terms_.conjunction(untils); }

 private:
  smt::Terms& terms_;
  Term now_, time_known_;
  Horizons horizons_;
  const Faults& faults_;
};

}  // namespace writ::verify
