#include "compiler/smt/terms.h"

#include <algorithm>
#include <functional>

namespace writ::smt {

namespace {

std::size_t combine(std::size_t seed, std::size_t value) { return seed ^ (value + 0x9e3779b97f4a7c15ULL + (seed << 6) + (seed >> 2)); }

std::size_t hash(const Node& n) {
  std::size_t h = static_cast<std::size_t>(n.op);
  h = combine(h, static_cast<std::size_t>(n.sort.kind) * 131 + n.sort.bits);
  for (Term t : n.args) h = combine(h, t.index);
  h = combine(h, static_cast<std::size_t>(n.number));
  h = combine(h, static_cast<std::size_t>(n.number >> 64));
  h = combine(h, std::hash<std::string>{}(n.name));
  return combine(h, n.function.index);
}

}  // namespace

Terms::Terms() {
  true_ = intern({.op = Op::True, .sort = kBool, .args = {}, .name = {}, .function = {}});
  false_ = intern({.op = Op::False, .sort = kBool, .args = {}, .name = {}, .function = {}});
}

Term Terms::intern(Node node) {
  const std::size_t h = hash(node);
  auto [first, last] = index_.equal_range(h);
  for (auto it = first; it != last; ++it)
    if (nodes_[it->second] == node) return it->second;
  const Term id = nodes_.add(std::move(node));
  index_.emplace(h, id);
  return id;
}

Term Terms::variable(std::string name, Sort sort) {
  if (auto found = variables_.find(name); found != variables_.end()) {
    WRIT_CHECK(node(found->second).sort == sort, "a variable of two sorts: " + name);
    return found->second;
  }
  const Term id = intern({.op = Op::Variable, .sort = sort, .args = {}, .name = name, .function = {}});
  variables_.emplace(std::move(name), id);
  return id;
}

Term Terms::integer(__int128 value) {
  return intern({.op = Op::Constant, .sort = kInt, .args = {}, .number = value, .name = {}, .function = {}});
}

Term Terms::bits(std::uint64_t value, std::uint32_t width) {
  return intern({.op = Op::Constant, .sort = bits_sort(width), .args = {}, .number = value, .name = {}, .function = {}});
}

Function Terms::declare(std::string name, std::vector<Sort> domain, Sort range) {
  return functions_.add({std::move(name), std::move(domain), range});
}

Term Terms::apply(Function function, std::vector<Term> args) {
  return intern({.op = Op::Apply, .sort = declaration(function).range, .args = std::move(args), .name = {}, .function = function});
}

Term Terms::negation(Term t) {
  if (t == true_) return false_;
  if (t == false_) return true_;
  if (node(t).op == Op::Not) return node(t).args[0];
  return intern({.op = Op::Not, .sort = kBool, .args = {t}, .name = {}, .function = {}});
}

Term Terms::nary(Op op, std::vector<Term> ts, Term neutral, Term absorbing) {
  std::vector<Term> flat;
  for (Term t : ts) {
    if (node(t).op == op) {
      flat.insert(flat.end(), node(t).args.begin(), node(t).args.end());
    } else if (t != neutral) {
      flat.push_back(t);
    }
  }
  std::sort(flat.begin(), flat.end());
  flat.erase(std::unique(flat.begin(), flat.end()), flat.end());
  for (Term t : flat) {
    if (t == absorbing) return absorbing;
    if (node(t).op == Op::Not && std::binary_search(flat.begin(), flat.end(), node(t).args[0])) return absorbing;
  }
  if (flat.empty()) return neutral;
  if (flat.size() == 1) return flat.front();
  return intern({.op = op, .sort = kBool, .args = std::move(flat), .name = {}, .function = {}});
}

Term Terms::conjunction(std::vector<Term> ts) { return nary(Op::And, std::move(ts), true_, false_); }
Term Terms::disjunction(std::vector<Term> ts) { return nary(Op::Or, std::move(ts), false_, true_); }

Term Terms::equal(Term a, Term b) {
  WRIT_CHECK(node(a).sort == node(b).sort, "equality of two sorts");
  if (a == b) return true_;
  if (node(a).op == Op::Constant && node(b).op == Op::Constant) return false_;
  if (node(a).sort == kBool) {
    if (a == true_) return b;
    if (b == true_) return a;
    if (a == false_) return negation(b);
    if (b == false_) return negation(a);
  }
  if (b < a) std::swap(a, b);
  return intern({.op = Op::Equal, .sort = kBool, .args = {a, b}, .name = {}, .function = {}});
}

Term Terms::ite(Term condition, Term then, Term otherwise) {
  if (condition == true_ || then == otherwise) return then;
  if (condition == false_) return otherwise;
  if (node(then).sort == kBool) return conjunction(implies(condition, then), disjunction(condition, otherwise));
  return intern({.op = Op::Ite, .sort = node(then).sort, .args = {condition, then, otherwise}, .name = {}, .function = {}});
}

Term Terms::less(Term a, Term b) {
  if (a == b) return false_;
  if (node(a).op == Op::Constant && node(b).op == Op::Constant) return node(a).number < node(b).number ? true_ : false_;
  return intern({.op = Op::Less, .sort = kBool, .args = {a, b}, .name = {}, .function = {}});
}

Term Terms::less_equal(Term a, Term b) { return negation(less(b, a)); }

Term Terms::add(Term a, Term b) {
  if (node(a).op == Op::Constant && node(b).op == Op::Constant) return integer(node(a).number + node(b).number);
  if (node(a).op == Op::Constant && node(a).number == 0) return b;
  if (node(b).op == Op::Constant && node(b).number == 0) return a;
  return intern({.op = Op::Add, .sort = kInt, .args = {a, b}, .name = {}, .function = {}});
}

Term Terms::scale(Term a, __int128 by) {
  if (by == 1) return a;
  if (by == 0) return integer(0);
  if (node(a).op == Op::Constant) return integer(node(a).number * by);
  return intern({.op = Op::Scale, .sort = kInt, .args = {a}, .number = by, .name = {}, .function = {}});
}

Term Terms::unsigned_less(Term a, Term b) {
  if (a == b) return false_;
  if (node(a).op == Op::Constant && node(b).op == Op::Constant) return node(a).number < node(b).number ? true_ : false_;
  return intern({.op = Op::UnsignedLess, .sort = kBool, .args = {a, b}, .name = {}, .function = {}});
}

Term Terms::at_least(std::size_t count, const std::vector<Term>& ts) {
  // reached[j]: at least j of those seen so far; a unary counter, since counts here are small.
  std::vector<Term> reached(count + 1, false_);
  reached[0] = true_;
  for (Term t : ts)
    for (std::size_t j = count; j > 0; --j) reached[j] = disjunction(reached[j], conjunction(t, reached[j - 1]));
  return reached[count];
}

std::string to_string(__int128 number) {
  if (number == 0) return "0";
  const bool negative = number < 0;
  std::string digits;
  for (; number != 0; number /= 10) digits.push_back(static_cast<char>('0' + static_cast<int>(negative ? -(number % 10) : number % 10)));
  if (negative) digits.push_back('-');
  std::reverse(digits.begin(), digits.end());
  return digits;
}

}  // namespace writ::smt
