// Formulas for solvers, and nothing about policies: hash-consed terms over Bool, Int, bit-vectors and uninterpreted functions. Equal terms
// have equal ids, so sharing is free. Builders apply classical two-valued laws (constants, idempotence, complements) and nothing else.
// A store belongs to one query and one thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "compiler/support/ids.h"

namespace writ::smt {

using Term = support::Id<struct SmtTermTag>;
using Function = support::Id<struct SmtFunctionTag>;

/// Bool, Int, or a bit-vector of `bits` bits.
struct Sort {
  enum class Kind : std::uint8_t { Bool, Int, Bits } kind = Kind::Bool;
  std::uint32_t bits = 0;
  friend bool operator==(const Sort&, const Sort&) = default;
};
inline constexpr Sort kBool{Sort::Kind::Bool, 0};
inline constexpr Sort kInt{Sort::Kind::Int, 0};
constexpr Sort bits_sort(std::uint32_t bits) { return {Sort::Kind::Bits, bits}; }

enum class Op : std::uint8_t {
  True, False, Constant, Variable, Apply,   // Constant: an Int or bit-vector; Apply: function of Ints
  Not, And, Or, Equal, Ite,
  Less, Add, Scale,                         // Int; Scale: by `number`
  UnsignedLess                              // Bits
};

struct Node {
  Op op = Op::True;
  Sort sort;
  std::vector<Term> args;
  __int128 number = 0;       ///< Constant, Scale
  std::string name;          ///< Variable
  Function function;         ///< Apply

  friend bool operator==(const Node&, const Node&) = default;
};

struct Declaration {
  std::string name;
  std::vector<Sort> domain;
  Sort range;
};

class Terms {
 public:
  Terms();

  Term truth() const { return true_; }
  Term falsity() const { return false_; }
  Term boolean(std::string name) { return variable(std::move(name), kBool); }
  /// The variable of that name; a second call with another sort is a bug.
  Term variable(std::string name, Sort sort);
  Term integer(__int128 value);
  Term bits(std::uint64_t value, std::uint32_t width);
  Function declare(std::string name, std::vector<Sort> domain, Sort range);
  Term apply(Function function, std::vector<Term> args);

  Term negation(Term t);
  Term conjunction(std::vector<Term> ts);
  Term disjunction(std::vector<Term> ts);
  Term conjunction(Term a, Term b) { return conjunction(std::vector<Term>{a, b}); }
  Term disjunction(Term a, Term b) { return disjunction(std::vector<Term>{a, b}); }
  Term implies(Term a, Term b) { return disjunction(negation(a), b); }
  Term equal(Term a, Term b);
  Term ite(Term condition, Term then, Term otherwise);
  Term less(Term a, Term b);
  Term less_equal(Term a, Term b);
  Term add(Term a, Term b);
  Term scale(Term a, __int128 by);
  Term unsigned_less(Term a, Term b);
  Term minimum(Term a, Term b) { return ite(less_equal(a, b), a, b); }
  Term maximum(Term a, Term b) { return ite(less_equal(a, b), b, a); }
  /// At least `count` of them.
  Term at_least(std::size_t count, const std::vector<Term>& ts);

  const Node& node(Term t) const { return nodes_[t]; }
  const Declaration& declaration(Function f) const { return functions_[f]; }
  std::size_t size() const { return nodes_.size(); }

 private:
  Term intern(Node node);
  Term nary(Op op, std::vector<Term> ts, Term neutral, Term absorbing);

  support::Store<Term, Node> nodes_;
  support::Store<Function, Declaration> functions_;
  std::unordered_multimap<std::size_t, Term> index_;
  std::unordered_map<std::string, Term> variables_;
  Term true_, false_;
};

std::string to_string(__int128 number);

/// One script: declarations, assertions, `(check-sat)`.
std::string print_smtlib(const Terms& terms, const std::vector<Term>& assertions);

}  // namespace writ::smt
