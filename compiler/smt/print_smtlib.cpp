#include <fmt/format.h>

#include "compiler/smt/terms.h"

namespace writ::smt {

namespace {

std::string sort_text(Sort sort) {
  switch (sort.kind) {
    case Sort::Kind::Bool: return "Bool";
    case Sort::Kind::Int: return "Int";
    case Sort::Kind::Bits: return fmt::format("(_ BitVec {})", sort.bits);
  }
  return "";
}

std::string symbol(const std::string& name) { return "|" + name + "|"; }

std::string constant_text(const Node& n) {
  if (n.sort.kind == Sort::Kind::Bits) return fmt::format("(_ bv{} {})", to_string(n.number), n.sort.bits);
  return n.number < 0 ? fmt::format("(- {})", to_string(-n.number)) : to_string(n.number);
}

class Printer {
 public:
  explicit Printer(const Terms& terms) : terms_(terms) {}

  /// Shared inner nodes become definitions, so that the text is linear in the term graph.
  std::string script(const std::vector<Term>& assertions) {
    std::string asserted;
    for (Term t : assertions) asserted += fmt::format("(assert {})\n", reference(t));
    return "(set-logic ALL)\n" + declarations_ + definitions_ + asserted + "(check-sat)\n";
  }

 private:
  std::string reference(Term t) {
    if (auto found = known_.find(t); found != known_.end()) return found->second;
    const Node& n = terms_.node(t);
    std::string text = body(n);
    if (n.op != Op::True && n.op != Op::False && n.op != Op::Constant && n.op != Op::Variable && n.op != Op::Not) {
      const std::string name = fmt::format("t!{}", t.index);
      definitions_ += fmt::format("(define-fun {} () {} {})\n", name, sort_text(n.sort), text);
      text = name;
    }
    known_.emplace(t, text);
    return text;
  }

  std::string applied(std::string_view head, const Node& n) {
    std::string text = fmt::format("({}", head);
    for (Term a : n.args) text += " " + reference(a);
    return text + ")";
  }

  std::string function(Function f) {
    const Declaration& d = terms_.declaration(f);
    if (!declared_[f]) {
      declared_[f] = true;
      std::string domain;
      for (Sort s : d.domain) domain += (domain.empty() ? "" : " ") + sort_text(s);
      declarations_ += fmt::format("(declare-fun {} ({}) {})\n", symbol(d.name), domain, sort_text(d.range));
    }
    return symbol(d.name);
  }

  std::string body(const Node& n) {
    switch (n.op) {
      case Op::True: return "true";
      case Op::False: return "false";
      case Op::Constant: return constant_text(n);
      case Op::Variable: declarations_ += fmt::format("(declare-const {} {})\n", symbol(n.name), sort_text(n.sort)); return symbol(n.name);
      case Op::Apply: return applied(function(n.function), n);
      case Op::Not: return applied("not", n);
      case Op::And: return applied("and", n);
      case Op::Or: return applied("or", n);
      case Op::Equal: return applied("=", n);
      case Op::Ite: return applied("ite", n);
      case Op::Less: return applied("<", n);
      case Op::Add: return applied("+", n);
      case Op::Scale: return fmt::format("(* {} {})", n.number < 0 ? fmt::format("(- {})", to_string(-n.number)) : to_string(n.number), reference(n.args[0]));
      case Op::UnsignedLess: return applied("bvult", n);
    }
    return "";
  }

  const Terms& terms_;
  std::string declarations_, definitions_;
  std::unordered_map<Term, std::string> known_;
  std::unordered_map<Function, bool> declared_;
};

}  // namespace

std::string print_smtlib(const Terms& terms, const std::vector<Term>& assertions) { return Printer(terms).script(assertions); }

}  // namespace writ::smt
