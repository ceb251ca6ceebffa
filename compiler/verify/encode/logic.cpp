#include "compiler/verify/encode/logic.h"

namespace writ::verify {

Kleene Logic::known(Term known, Term holds) const {
  return {terms_.conjunction(known, holds), terms_.conjunction(known, terms_.negation(holds)), forever()};
}

Kleene Logic::before(Term threshold, Term known) const {
  const Term both = terms_.conjunction(known, time_known_);
  const Term earlier = faulty(Fault::InclusiveEnd) ? terms_.less_equal(now_, threshold) : terms_.less(now_, threshold);
  Kleene result = this->known(both, earlier);
  if (timed()) result.until = terms_.implies(result.yes, beyond(threshold));
  return result;
}

Kleene Logic::from(Term threshold, Term known) const {
  const Term both = terms_.conjunction(known, time_known_);
  Kleene result = this->known(both, terms_.less_equal(threshold, now_));
  if (timed()) result.until = terms_.implies(result.no, beyond(threshold));
  return result;
}

Kleene Logic::conjunction(const std::vector<Kleene>& all) const {
  std::vector<Term> yes, no, ends;
  for (const Kleene& k : all) {
    yes.push_back(k.yes);
    no.push_back(k.no);
    ends.push_back(k.until);
  }
  Kleene result{terms_.conjunction(yes), terms_.disjunction(no), forever()};
  if (!timed()) return result;
  const Term next = earliest(ends);
  if (next == forever()) return result;
  if (faulty(Fault::HorizonOfDecider)) {
    Term decided = forever();
    for (const Kleene& k : all) decided = terms_.ite(k.no, k.until, decided);
    result.until = decided;
    return result;
  }
  // Result F: the last end of the operands that are F; they keep it F until then.
  std::vector<Term> lasting_false;
  for (const Kleene& k : all) lasting_false.push_back(terms_.conjunction(k.no, k.until));
  result.until = terms_.ite(result.no, terms_.disjunction(lasting_false), next);
  return result;
}

Kleene Logic::disjunction(const std::vector<Kleene>& all) const {
  std::vector<Kleene> negated;
  negated.reserve(all.size());
  for (const Kleene& k : all) negated.push_back(negation(k));
  return negation(conjunction(negated));
}

Kleene Logic::at_least(std::size_t count, const std::vector<Kleene>& all) const {
  if (count > all.size()) return falsity();
  if (count == all.size()) return conjunction(all);
  if (count == 1) return disjunction(all);
  std::vector<Term> yes, possible, ends;
  for (const Kleene& k : all) {
    yes.push_back(k.yes);
    possible.push_back(terms_.negation(k.no));
    ends.push_back(k.until);
  }
  return {terms_.at_least(count, yes), terms_.negation(terms_.at_least(count, possible)), timed() ? earliest(ends) : forever()};
}

Kleene Logic::capped(const Kleene& a, Term until) const {
  if (!timed() || until == forever()) return a;
  return {a.yes, a.no, earliest({a.until, until})};
}

}  // namespace writ::verify
