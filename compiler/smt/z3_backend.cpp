// The one file that sees Z3. Its exceptions and its context end here.
#include <z3++.h>

#include <algorithm>
#include <optional>

#include "compiler/smt/solver.h"

namespace writ::smt {

void Interrupt::raise() {
  raised_.store(true);
  std::lock_guard lock(mutex_);
  for (void* context : running_) Z3_interrupt(static_cast<Z3_context>(context));
}

void Interrupt::attach(void* context) {
  std::lock_guard lock(mutex_);
  running_.push_back(context);
}

void Interrupt::detach(void* context) {
  std::lock_guard lock(mutex_);
  running_.erase(std::remove(running_.begin(), running_.end(), context), running_.end());
}

struct Solver::Impl {
  const Terms& terms;
  std::uint64_t budget;
  Interrupt* interrupt;
  z3::context context;
  z3::solver solver;
  std::unordered_map<Term, z3::expr> made;
  std::unordered_map<Function, z3::func_decl> functions;
  std::optional<z3::model> model;
  std::vector<std::size_t> core;
  std::vector<Term> assumed;
  std::uint64_t effort = 0;
  std::string failure;

  Impl(const Terms& t, std::uint64_t b, Interrupt* i) : terms(t), budget(b), interrupt(i), solver(context, z3::solver::simple()) {}

  z3::sort sort(Sort s) {
    switch (s.kind) {
      case Sort::Kind::Bool: return context.bool_sort();
      case Sort::Kind::Int: return context.int_sort();
      case Sort::Kind::Bits: return context.bv_sort(s.bits);
    }
    return context.bool_sort();
  }

  z3::func_decl function(Function f) {
    if (auto found = functions.find(f); found != functions.end()) return found->second;
    const Declaration& d = terms.declaration(f);
    z3::sort_vector domain(context);
    for (Sort s : d.domain) domain.push_back(sort(s));
    return functions.emplace(f, context.function(d.name.c_str(), domain, sort(d.range))).first->second;
  }

  /// Children first, with a stack of our own: conditions may nest deeper than the machine's.
  z3::expr make(Term root) {
    std::vector<Term> stack{root};
    while (!stack.empty()) {
      const Term t = stack.back();
      if (made.contains(t)) {
        stack.pop_back();
        continue;
      }
      bool ready = true;
      for (Term a : terms.node(t).args)
        if (!made.contains(a)) {
          stack.push_back(a);
          ready = false;
        }
      if (!ready) continue;
      stack.pop_back();
      made.emplace(t, build(terms.node(t)));
    }
    return made.at(root);
  }

  z3::expr_vector arguments(const Node& n) {
    z3::expr_vector args(context);
    for (Term a : n.args) args.push_back(made.at(a));
    return args;
  }

  z3::expr build(const Node& n) {
    auto arg = [&](std::size_t i) { return made.at(n.args[i]); };
    switch (n.op) {
      case Op::True: return context.bool_val(true);
      case Op::False: return context.bool_val(false);
      case Op::Constant:
        if (n.sort.kind == Sort::Kind::Bits) return context.bv_val(static_cast<std::uint64_t>(n.number), n.sort.bits);
        return context.int_val(to_string(n.number).c_str());
      case Op::Variable: return context.constant(n.name.c_str(), sort(n.sort));
      case Op::Apply: return function(n.function)(arguments(n));
      case Op::Not: return !arg(0);
      case Op::And: return z3::mk_and(arguments(n));
      case Op::Or: return z3::mk_or(arguments(n));
      case Op::Equal: return arg(0) == arg(1);
      case Op::Ite: return z3::ite(arg(0), arg(1), arg(2));
      case Op::Less: return arg(0) < arg(1);
      case Op::Add: return arg(0) + arg(1);
      case Op::Scale: return context.int_val(to_string(n.number).c_str()) * arg(0);
      case Op::UnsignedLess: return z3::ult(arg(0), arg(1));
    }
    return context.bool_val(false);
  }

  std::uint64_t spent() {
    const z3::stats stats = solver.statistics();
    for (unsigned i = 0; i < stats.size(); ++i)
      if (stats.key(i) == "rlimit count") return stats.is_uint(i) ? stats.uint_value(i) : static_cast<std::uint64_t>(stats.double_value(i));
    return 0;
  }

  /// Some of Z3's engines stop at the limit and say no more than "unknown", so what the query used is looked at as well.
  Answer classify_unknown(std::uint64_t used) {
    if (interrupt != nullptr && interrupt->raised()) return Answer::Interrupted;
    failure = solver.reason_unknown();
    const bool limit = used >= budget || failure.find("resource") != std::string::npos || failure.find("cancel") != std::string::npos ||
                       failure.find("rlimit") != std::string::npos || failure.find("max.") != std::string::npos;
    return limit ? Answer::Limit : Answer::Failed;
  }

  void read_core(const z3::expr_vector& literals) {
    const z3::expr_vector needed = solver.unsat_core();
    for (unsigned i = 0; i < literals.size(); ++i)
      for (unsigned j = 0; j < needed.size(); ++j)
        if (z3::eq(literals[static_cast<int>(i)], needed[static_cast<int>(j)])) {
          core.push_back(i);
          break;
        }
  }

  Answer check(const std::vector<Term>& assumptions) {
    model.reset();
    core.clear();
    if (interrupt != nullptr && interrupt->raised()) return Answer::Interrupted;
    z3::params params(context);
    params.set("rlimit", static_cast<unsigned>(std::min<std::uint64_t>(budget, 0xFFFF'FFFFu)));
    solver.set(params);
    // Assumptions must be literals: each gets a fresh name that implies it.
    z3::expr_vector literals(context);
    for (std::size_t i = 0; i < assumptions.size(); ++i) {
      const Node& n = terms.node(assumptions[i]);
      if (n.op == Op::Variable) {
        literals.push_back(make(assumptions[i]));
        continue;
      }
      const z3::expr name = context.bool_const(("assume!" + std::to_string(assumptions[i].index)).c_str());
      solver.add(z3::implies(name, make(assumptions[i])));
      literals.push_back(name);
    }
    const std::uint64_t before = spent();
    const z3::check_result result = solver.check(literals);
    effort = spent();
    switch (result) {
      case z3::sat: model.emplace(solver.get_model()); return Answer::Sat;
      case z3::unsat: read_core(literals); return Answer::Unsat;
      case z3::unknown: return classify_unknown(effort - before);
    }
    return Answer::Failed;
  }

  z3::expr value(Term t) {
    WRIT_CHECK(model.has_value(), "a value is asked without a model");
    return model->eval(make(t), true);
  }
};

namespace {

/// An interrupt cancels whatever the context is doing, assertions and models included; then `otherwise` is the answer, and every later check
/// says Interrupted.
template <class T, class F>
T shielded(const char* what, const Interrupt* interrupt, T otherwise, F&& f) {
  const auto stopped = [&] { return interrupt != nullptr && interrupt->raised(); };
  if (stopped()) return otherwise;
  try {
    return f();
  } catch (const z3::exception& e) {
    if (stopped()) return otherwise;
    support::fail_check(__FILE__, __LINE__, what, e.msg());
  }
}

__int128 parse_number(const std::string& digits) {
  __int128 n = 0;
  const bool negative = !digits.empty() && digits[0] == '-';
  for (char c : digits)
    if (c >= '0' && c <= '9') n = n * 10 + (c - '0');
  return negative ? -n : n;
}

}  // namespace

Solver::Solver(const Terms& terms, std::uint64_t budget, Interrupt* interrupt) {
  impl_ = std::make_unique<Impl>(terms, budget, interrupt);
  if (interrupt != nullptr) interrupt->attach(static_cast<Z3_context>(impl_->context));
}

Solver::~Solver() {
  if (impl_->interrupt != nullptr) impl_->interrupt->detach(static_cast<Z3_context>(impl_->context));
}

void Solver::add(Term assertion) {
  shielded("assert", impl_->interrupt, 0, [&] { impl_->solver.add(impl_->make(assertion)); return 0; });
}

Answer Solver::check(const std::vector<Term>& assumptions) {
  try {
    return impl_->check(assumptions);
  } catch (const z3::exception& e) {
    if (impl_->interrupt != nullptr && impl_->interrupt->raised()) return Answer::Interrupted;
    impl_->failure = e.msg();
    return Answer::Failed;
  }
}

void Solver::push() {
  shielded("push", impl_->interrupt, 0, [&] { impl_->solver.push(); return 0; });
}

void Solver::pop() {
  shielded("pop", impl_->interrupt, 0, [&] { impl_->solver.pop(); return 0; });
}

bool Solver::boolean(Term t) {
  return shielded("model", impl_->interrupt, false, [&] { return impl_->value(t).is_true(); });
}

__int128 Solver::number(Term t) {
  return shielded("model", impl_->interrupt, __int128{0}, [&] { return parse_number(Z3_get_numeral_string(impl_->context, impl_->value(t))); });
}

std::vector<std::size_t> Solver::core() { return impl_->core; }
std::uint64_t Solver::effort() const { return impl_->effort; }
std::string Solver::failure() const { return impl_->failure; }

std::string solver_version() {
  unsigned major = 0, minor = 0, build = 0, revision = 0;
  Z3_get_version(&major, &minor, &build, &revision);
  return "Z3 " + std::to_string(major) + "." + std::to_string(minor) + "." + std::to_string(build);
}

}  // namespace writ::smt
