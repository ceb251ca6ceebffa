// `given` and `history` → values of a register (semantics.md 14.1, 14.2). One FactsWriter fills one register, for a facts file from nothing,
// for a test from a copy of the register that it starts from. Words and quoted ids are kept apart: a word must be given somewhere.
#pragma once

#include <set>

#include "compiler/check/context.h"

namespace writ::check {

enum class FactsOf : std::uint8_t { File, Test };

class FactsWriter {
 public:
  FactsWriter(Context& context, const Site& site, FactsOf kind, typed_ir::Register& facts);

  /// Names first, so that facts may refer to each other in any order. False after an error.
  bool declare(const std::vector<const ast::Given*>& all);
  bool state(const ast::Given& given, typed_ir::Warrants& warrants, bool& partial_history);
  std::optional<typed_ir::Event> event(const ast::History& written);
  /// What `complete within` adds: absent optionals, empty sets, complete holdings; references by word become ids.
  void finish();

  /// The id of someone named; reports a bare word that nobody has.
  std::optional<std::string> id_of(const ast::Who& who);
  const typed_ir::EntityFacts* find(const std::string& id) const;

 private:
  bool declare_entity(const ast::GivenEntity& given, const ast::Who& who);
  bool state(const ast::GivenEntity& given);
  bool state(const ast::GivenControl& given);
  bool state(const ast::GivenNumber& given);
  bool state(const ast::GivenContext& given);
  bool state(const ast::GivenApproval& given, typed_ir::Warrants& warrants);
  bool state_record(typed_ir::EntityFacts& entity, const ast::Record& record);
  bool state_attribute(const std::string& owner, std::map<AttributeId, typed_ir::FactValue>& facts, AttributeId id, const ast::RecordEntry& entry);
  bool state_holdings(typed_ir::EntityFacts& entity, const std::vector<ast::HeldRole>& holds);
  bool state_accesses(typed_ir::EntityFacts& entity, const std::vector<ast::HasAccess>& has);
  std::optional<typed_ir::Holding> holding(const typed_ir::EntityFacts& entity, const ast::HeldRole& written);
  std::optional<typed_ir::AnonymousAccess> access(const typed_ir::EntityFacts& entity, const ast::HasAccess& written);
  std::optional<typed_ir::FactValue> fact(const ast::RecordEntry& entry, const std::string& name, const Type& type);
  bool words_known(ast::ExprId expr);
  bool is_complete(const typed_ir::EntityFacts& entity) const;
  std::optional<std::pair<AttributeId, typed_ir::FactValue>> approved_value(const ast::RecordEntry& entry);

  Context& context_;
  Site site_;
  FactsOf kind_;
  typed_ir::Register& facts_;
  std::map<std::string, std::string> words_;                    ///< word → id
  std::set<std::pair<std::string, AttributeId>> stated_;        ///< by this writer, so that a second, different value is an error
  std::set<std::pair<std::string, RoleId>> held_;               ///< roles whose former holdings this test has replaced
};

}  // namespace writ::check
