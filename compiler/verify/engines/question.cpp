#include "compiler/verify/engines/question.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace writ::verify {

namespace {
/// Models prefer this instant, 2026-01-01: a story about 1970 distracts.
constexpr std::int64_t kPlainInstant = 1'767'225'600'000;
}  // namespace

Question::Question(const Settings& settings, Logic::Horizons horizons)
    : settings_(settings),
      now_(terms_.variable("now", smt::kInt)),
      time_known_(terms_.truth()),
      world_(settings.kernel, terms_, settings.faults),
      logic_(terms_, now_, time_known_, horizons, settings.faults),
      view_(world_, logic_) {
  world_.assume(terms_.less_equal(terms_.integer(typed_ir::kInstantMin), now_));
  world_.assume(terms_.less(now_, terms_.integer(typed_ir::kInstantEnd)));
}

std::vector<Term> Question::assertions() {
  std::vector<Term> all = world_.axioms();
  all.insert(all.end(), required_.begin(), required_.end());
  return all;
}

Question::Found Question::interpret(smt::Answer answer) {
  effort_ += solver_->effort();
  switch (answer) {
    case smt::Answer::Sat: return Found::Model;
    case smt::Answer::Unsat: return Found::Nothing;
    case smt::Answer::Limit: undecided_ = {VerdictKind::Undecided, Reason::Limit, "the budget is spent"}; break;
    case smt::Answer::Failed: undecided_ = {VerdictKind::Undecided, Reason::SolverError, solver_->failure()}; break;
    case smt::Answer::Interrupted: undecided_ = {VerdictKind::Undecided, Reason::Cancelled, "cancelled"}; break;
  }
  return Found::Undecided;
}

Question::Found Question::solve() {
  std::vector<Term> closed;
  bool can_close = true;
  std::set<std::string> open;
  const std::vector<Term> asserted = assertions();
  for (const World::Abstraction& a : world_.abstractions()) {
    closed.push_back(a.concrete);
    can_close = can_close && a.concrete != terms_.falsity();
    open.insert(a.what);
  }
  if (settings_.written) settings_.written(smt::print_smtlib(terms_, asserted));
  if (can_close) {
    solver_ = std::make_unique<smt::Solver>(terms_, settings_.budget, settings_.interrupt);
    for (Term t : asserted) solver_->add(t);
    for (Term t : closed) solver_->add(t);
    const Found found = interpret(solver_->check());
    if (found != Found::Nothing || closed.empty()) return found;
  }
  solver_ = std::make_unique<smt::Solver>(terms_, settings_.budget, settings_.interrupt);
  for (Term t : asserted) solver_->add(t);
  const Found found = interpret(solver_->check());
  if (found != Found::Model) return found;
  std::string what;
  for (const std::string& o : open) what += (what.empty() ? "" : ", ") + o;
  undecided_ = {VerdictKind::Undecided, Reason::NotSupported, what};
  return Found::Undecided;
}

Question::Found Question::solve_with(Term formula) {
  required_.push_back(formula);
  const Found found = solve();
  required_.pop_back();
  return found;
}

void Question::shrink(Term formula) {
  if (formula == terms_.truth() || formula == terms_.falsity()) return;
  if (!solver_->boolean(formula)) {
    if (solver_->check({formula}) != smt::Answer::Sat) {
      if (solver_->check() != smt::Answer::Sat) return;
      return;
    }
  }
  solver_->add(formula);
  solver_->check();
}

std::vector<Term> Question::candidates(const typed_ir::Type& type, Term value) {
  std::vector<Term> out;
  switch (type.scalar) {
    case typed_ir::Scalar::Bool: return {terms_.falsity()};
    case typed_ir::Scalar::Enum:
      if (!settings_.kernel.schema.enums[type.enumeration].open) {
        const auto& values = settings_.kernel.schema.enums[type.enumeration].values;
        for (std::uint32_t i = 0; i < values.size() && i < 40; ++i) out.push_back(world_.ordinal(type.enumeration, i));
        return out;
      }
      [[fallthrough]];
    case typed_ir::Scalar::String:
    case typed_ir::Scalar::Ref:
      // A name of its own first: what the policy spells stands for something there.
      for (int n = 1; n <= 8; ++n) out.push_back(terms_.integer(world_.strings().invented(n)));
      for (std::size_t i = 0; i < world_.strings().literals().size() && i < 16; ++i) out.push_back(terms_.integer(static_cast<int>(i)));
      return out;
    case typed_ir::Scalar::Int:
    case typed_ir::Scalar::Decimal:
    case typed_ir::Scalar::Money:
    case typed_ir::Scalar::Time:
    case typed_ir::Scalar::Duration: break;
  }
  const bool time = type.scalar == typed_ir::Scalar::Time;
  const bool scaled = type.scalar == typed_ir::Scalar::Decimal || type.scalar == typed_ir::Scalar::Money;
  const std::int64_t step = scaled ? typed_ir::kScale : time ? 1000 : 1;
  std::set<std::int64_t> near;
  if (time) near.insert(kPlainInstant);
  near.insert(0);
  const std::int64_t now_value = number(value);
  for (std::uint32_t i = 0; i < terms_.size() && near.size() < 48; ++i) {
    const smt::Node& n = terms_.node(Term{i});
    if (n.op != smt::Op::Constant || n.sort != smt::kInt) continue;
    const bool instant = n.number > 86'400'000'000 && n.number < typed_ir::kInstantEnd;
    if (n.number < -typed_ir::kMaxScaled || n.number > typed_ir::kMaxScaled || (time && !instant)) continue;
    const auto c = static_cast<std::int64_t>(n.number);
    near.insert({c, c + step, c - step, c + 1, c - 1});
  }
  std::vector<std::int64_t> sorted;
  for (std::int64_t c : near)
    if (c >= 0) sorted.push_back(c);
  if (time)
    std::stable_sort(sorted.begin(), sorted.end(), [](std::int64_t a, std::int64_t b) {
      const auto distance = [](std::int64_t x) { return x < kPlainInstant ? kPlainInstant - x : x - kPlainInstant; };
      return distance(a) < distance(b);
    });
  for (std::int64_t c : sorted)
    if (time || c <= std::max<std::int64_t>(now_value, 0) || now_value < 0) out.push_back(terms_.integer(c));
  return out;
}

void Question::shrink_value(Term value, const std::vector<Term>& candidates) {
  for (Term c : candidates) {
    const Term equal = terms_.equal(value, c);
    if (equal == terms_.truth()) return;
    if (solver_->check({equal}) == smt::Answer::Sat) {
      solver_->add(equal);
      solver_->check();
      return;
    }
  }
  solver_->check();
}

void Question::minimise() {
  for (Term t : preferred_) shrink(t);
  for (const World::Note& n : world_.notes()) shrink(terms_.negation(n.present));
  std::vector<const ApprovalRecord*> presented;
  for (const auto& [path, record] : world_.records()) {
    shrink(terms_.negation(record.present));
    if (is_true(record.present)) presented.push_back(&record);
  }
  std::vector<Term> values;
  for (const auto& [path, fact] : world_.facts()) shrink(terms_.conjunction(terms_.negation(fact.has), terms_.negation(fact.none)));
  for (const auto& [path, fact] : world_.facts()) {
    if (!fact.set) continue;
    for (Term o : fact.set->ordinals) shrink(terms_.negation(o));
    for (Term u : world_.universe())
      if (fact.set->member) shrink(terms_.negation(world_.contains(*fact.set, u)));
  }
  typed_ir::Type time;
  time.scalar = typed_ir::Scalar::Time;
  shrink_value(now_, candidates(time, now_));
  typed_ir::Type reference;
  reference.scalar = typed_ir::Scalar::Ref;
  for (const auto& [path, entity] : world_.roots()) shrink_value(entity.id, candidates(reference, entity.id));
  for (const ApprovalRecord* record : presented) shrink_value(record->given, {now_});
  for (const auto& [path, fact] : world_.facts()) {
    if (fact.set || !is_true(fact.has)) continue;
    const auto& type = settings_.kernel.schema.attributes[fact.attribute].type;
    if (type.scalar == typed_ir::Scalar::Bool) {
      shrink(terms_.negation(fact.value));
    } else {
      shrink_value(fact.value, candidates(type, fact.value));
    }
    if (fact.fresh) shrink_value(fact.as_of, candidates(time, fact.as_of));
    for (const auto& [act, date] : fact.dates) shrink_value(date, candidates(time, date));
  }
}

}  // namespace writ::verify
