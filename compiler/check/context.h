// What one run of the checker knows: modules, the symbol table, the program under construction and where messages go. The passes are
// free functions over a Context, one header per topic (names, types, conditions, accesses, roles, chains, rules, limits, days).
// Symbols are sorted by qualified name before they get ids, so the order of statements and files shows nowhere. Lives for one call of
// check() or for a TestChecker; belongs to one thread.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "compiler/check/check.h"

namespace writ::check {

using ast::Range;
using diagnostics::Code;
using typed_ir::ActionId;
using typed_ir::AttributeId;
using typed_ir::ChainId;
using typed_ir::CondId;
using typed_ir::ControlId;
using typed_ir::EntityId;
using typed_ir::EnumId;
using typed_ir::Instant;
using typed_ir::RoleId;
using typed_ir::RuleId;
using typed_ir::Scalar;
using typed_ir::TermId;
using typed_ir::Type;
using typed_ir::Value;
using typed_ir::ValueSet;

using ModuleId = support::Id<struct ModuleTag>;
using SymbolId = support::Id<struct SymbolTag>;

/// Where a phrase stands: which file's expressions it uses, whose names and zone it sees.
struct Site {
  const ast::File* file = nullptr;
  ModuleId module;
  bool in_test = false;                 ///< items and expectations of a `test`
};

/// One statement of the policy, and where it stands.
struct Place {
  const ast::Item* item = nullptr;
  Site site;
};

struct Module {
  std::string name;
  const ast::File* file = nullptr;
  ModuleId parent;                      ///< the module whose name is the longest proper prefix
  std::string zone;                     ///< own or inherited; empty: none
  Range zone_range;
  bool zone_reported = false;
  Site owner_site;                      ///< where `owner` is written: own header or the nearest ancestor's
  const ast::Party* owner = nullptr;
};

enum class SymbolKind : std::uint8_t {
  System, Enum, Entity, Action, Duty, Predicate, Threshold, Calendar, Role, Approval, Rule, Terms, Control, Lift, Emergency, Flow,
  Overlay, Process, Staffing, Claim
};
/// "role", "action", "rule" …
std::string_view to_string(SymbolKind kind);

struct Symbol {
  SymbolKind kind = SymbolKind::Role;
  std::string name;                     ///< qualified
  std::string local;
  ast::Name written;                    ///< where it is defined
  Place place;
  std::uint32_t index = 0xFFFF'FFFF;    ///< the id in the program's store of its kind; systems, thresholds: index; others: none

  EnumId enumeration() const { return EnumId{index}; }
  EntityId entity() const { return EntityId{index}; }
  ActionId action() const { return ActionId{index}; }
  RoleId role() const { return RoleId{index}; }
  ChainId chain() const { return ChainId{index}; }
  RuleId rule() const { return RuleId{index}; }
  ControlId control() const { return ControlId{index}; }
};

struct Kinds {
  std::uint32_t bits = 0;
  template <class... Ks>
  static constexpr Kinds of(Ks... ks) { return Kinds{(0u | ... | (1u << static_cast<unsigned>(ks)))}; }
  constexpr bool has(SymbolKind k) const { return (bits >> static_cast<unsigned>(k)) & 1u; }
};

/// An enumerator by its bare name, for phrases whose type is not known beforehand (`within BR`).
struct EnumeratorRef {
  EnumId enumeration;
  std::uint32_t ordinal = 0;
};

struct DutyTable;       // accesses.cpp
struct LimitTable;      // limits.h
struct PredicateCache;  // conditions.h

struct Context {
  Context(const Options& options, diagnostics::Sink& sink);
  ~Context();
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;

  const Options& options;
  diagnostics::Sink* sink;              ///< replaced by a Trial for a while, and for each test by the caller's
  typed_ir::Program program;

  support::Store<ModuleId, Module> modules;
  std::unordered_map<std::string, ModuleId> module_by_name;
  support::Store<SymbolId, Symbol> symbols;             ///< sorted by qualified name
  std::unordered_map<std::string, std::vector<SymbolId>> by_name;    ///< qualified, and local
  std::unordered_map<std::string, std::vector<EnumeratorRef>> enumerators;
  std::vector<Place> places;                            ///< every item, files by module name, then source order
  std::unordered_map<std::string, std::size_t> system_index;
  EnumId systems;                                       ///< the built-in dimension, once something speaks of it (systems.h)

  std::vector<SymbolId> of_rule;                        ///< RuleId, RoleId, … → symbol
  std::vector<SymbolId> of_role;
  std::vector<SymbolId> of_chain;
  std::vector<SymbolId> of_control;
  std::vector<SymbolId> of_action;
  std::vector<typed_ir::ThresholdId> thresholds;        ///< by Symbol::index

  std::unique_ptr<LimitTable> limits;
  std::unique_ptr<PredicateCache> predicates;
  std::unique_ptr<DutyTable> duties;
  std::unordered_map<SymbolId, std::vector<Place>> duty_extensions;   ///< `extend duty D { … }`
  std::vector<ChainId> open_chains;                     ///< approvals being checked now
  std::unordered_set<ChainId> failed_chains;
  std::unordered_set<RoleId> broken_roles;              ///< whose parameter or holders have a type that is none: what follows from it is not told
  std::set<std::pair<EntityId, std::string>> broken_attributes;   ///< declared with a type that is none: reported once, where declared
  std::set<Range> unsupported_heads;
  std::vector<ast::Name> local_uses;                    ///< recorded: of parameters and binders
  std::map<std::pair<std::uint32_t, std::uint32_t>, Range> enumerator_ranges;   ///< (enum, ordinal) → where it is written
  int trials = 0;                                       ///< Trials alive

  SymbolId id_of(const Symbol& symbol) const { return SymbolId{static_cast<std::uint32_t>(&symbol - &*symbols.begin())}; }
  const ast::Expr& expr(const Site& site, ast::ExprId id) const { return site.file->exprs[id]; }
  typed_ir::Conditions& conditions() { return program.conditions; }
  typed_ir::Schema& schema() { return program.schema; }
  /// Part of the language but not of this edition: said once per place (the statement's head), however much of it is not supported.
  void unsupported(Range head, std::string words);
  // What Options::recording is told; nothing where there is none.
  void used(Range use, Range definition);
  void used(const ast::Name& name, Range definition);
  void used_local(const ast::Name& name);
  void typed(Range range, const Type& type);
  diagnostics::Diagnostic& report(Code code, Range range, std::vector<std::string> args = {}) {
    return sink->report(code, range, std::move(args));
  }
};

/// While it lives, messages go to a sink of its own: "would this type?"
class Trial {
 public:
  explicit Trial(Context& context) : context_(context), saved_(context.sink) {
    context.sink = &scratch_;
    ++context.trials;
    if (const Recording* r = context.options.recording) uses_ = r->uses.size(), types_ = r->types.size(), locals_ = context.local_uses.size();
  }
  ~Trial() {
    context_.sink = saved_;
    --context_.trials;
    if (Recording* r = context_.options.recording; r != nullptr && failed()) {
      r->uses.resize(uses_);
      r->types.resize(types_);
      context_.local_uses.resize(locals_);
    }
  }
  Trial(const Trial&) = delete;
  Trial& operator=(const Trial&) = delete;
  bool failed() const { return scratch_.has_errors(); }
  const diagnostics::Sink& messages() const { return scratch_; }

 private:
  Context& context_;
  diagnostics::Sink* saved_;
  diagnostics::Sink scratch_;
  std::size_t uses_ = 0, types_ = 0, locals_ = 0;       ///< recorded before; a failed trial leaves nothing
};

/// What is to be checked: files, plus a test's items in the module of its file, minus the statements named in `without`.
struct Input {
  std::vector<const ast::File*> files;
  const ast::File* test_file = nullptr;
  std::vector<const std::vector<ast::Item>*> added;     ///< of `test_file`
  std::vector<ast::Name> without;
};

/// Adds what can be said only at the end: definitions, parameters, modules.
void finish_recording(const Context& context);

/// All passes over the policy (everything but tests' `given`, `history` and `expect`). True if no error was reported.
bool check_policy(Context& context, const Input& input);

}  // namespace writ::check
