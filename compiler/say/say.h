// The one English sentence of a statement: what `writ say` prints, what decisions cite and what docs and sign-offs show. Made from the
// AST, so that a mistake in checking or elaboration cannot hide in it. It speaks the field's words: the `///` line of an action or duty
// where there is one, else its name; types as words ("legal entity"). Equal files give equal sentences; any AST is spoken, even one
// that would not pass `check`.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/ast/ast.h"

namespace writ::say {

/// What the words of all files mean to a reader. Keeps pointers into the files, which must outlive it.
class Phrasebook {
 public:
  explicit Phrasebook(const std::vector<const ast::File*>& files);

  /// 'change a vendor's bank account', or 'vendor.bank.change' where nothing better is known.
  std::string action(std::string_view name) const;
  const ast::Terms* terms(std::string_view name) const;
  /// The resource type that the action acts on, or "".
  std::string_view resource_of(std::string_view action) const;
  /// Some type declares a field of this name as `time`.
  bool is_time_field(std::string_view field) const { return time_fields_.contains(field); }
  bool is_approval(std::string_view name) const { return approvals_.contains(name); }

 private:
  struct Act { std::string phrase; std::string resource; };
  void add(const ast::Item& item);
  void add(const std::vector<ast::Field>& fields);
  std::map<std::string, Act, std::less<>> acts_;
  std::map<std::string, const ast::Terms*, std::less<>> terms_;
  std::set<std::string, std::less<>> approvals_;
  std::set<std::string, std::less<>> time_fields_;
};

/// Without a name (limits, context, given) the sentence stands alone.
std::string sentence(const Phrasebook& phrasebook, const ast::File& file, const ast::Item& item);

struct Sentence {
  std::string name;          ///< qualified, or "" for a statement without a name
  std::string local;
  std::string_view kind;     ///< "role", "sod", …
  std::string text;
  source::Range range;
};
/// Every statement of every file, in order; given facts and tests only when `everything` asks for them.
enum class Scope : std::uint8_t { Policy, Everything };
std::vector<Sentence> sentences(const std::vector<const ast::File*>& files, Scope scope);

/// Qualified name → sentence, for citations.
std::map<std::string, std::string> sentences_by_name(const std::vector<const ast::File*>& files);

}  // namespace writ::say
