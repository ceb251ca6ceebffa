// Speaks the phrases of one file: expressions, accesses, parties, chains, terms. A Speaker is made per statement and remembers which
// noun `resource` stands for while it speaks a condition.
#pragma once

#include <string>

#include "compiler/say/say.h"

namespace writ::say {

class Speaker {
 public:
  Speaker(const Phrasebook& phrasebook, const ast::File& file) : phrasebook_(phrasebook), file_(file) {}

  // speaker_expressions.cpp
  std::string condition(ast::ExprId id);
  std::string value(ast::ExprId id);

  // speaker_phrases.cpp
  std::string accesses(const ast::Accesses& a);                 ///< 'a' or 'b' in s4 by an agent where …
  std::string accesses(const std::vector<ast::Accesses>& all);
  std::string side(const ast::Side& side);
  std::string role(const ast::RoleRef& ref);                    ///< ap_clerk(FR)
  std::string party(const ast::Party& party);
  std::string chain(const ast::Chain& chain);
  std::string subject(const ast::Subject& subject, bool plural = false);
  std::string record(const ast::Record& record);
  std::string yields(const ast::RuleLines& lines, std::string_view otherwise);
  std::string caps(const std::vector<ast::Cap>& caps);

  /// What `principal` is called from now on: "the person" unless a type says better.
  void call_principal(std::string_view type);
  /// Names that stand for instants (the binders of a claim).
  void call_time(std::string name) { time_names_.push_back(std::move(name)); }
  /// "no employee", "no integration or agent", "no one": for accesses with a `by`; the `by` is then not spoken again.
  std::string nobody(const ast::Accesses& a);
  const Phrasebook& phrasebook() const { return phrasebook_; }

 private:
  std::string operand(ast::ExprId id);                          ///< a condition that is part of a larger one
  std::string path(const std::vector<ast::Name>& path);
  std::string comparison(const ast::Expr& e, std::string_view number, std::string_view time);
  std::string equality(const ast::Expr& e, bool equal);
  std::string negated(ast::ExprId id);
  std::string can(const ast::Expr& e);
  bool is_time(ast::ExprId id) const;
  bool is_none(ast::ExprId id) const;
  bool is_value(ast::ExprId id) const;
  std::string what(const ast::What& what);
  std::string type_id(const ast::TypeId& type);
  std::string step(const ast::ChainStep& step);
  std::string yield(const ast::YieldLine& line);
  void notice_resource(const ast::Accesses& a);
  const ast::Expr& expr(ast::ExprId id) const { return file_.exprs[id]; }

  const Phrasebook& phrasebook_;
  const ast::File& file_;
  std::string resource_ = "resource";
  std::string principal_ = "person";
  std::vector<std::string> time_names_;
};

}  // namespace writ::say
