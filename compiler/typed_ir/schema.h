// The vocabulary of a checked policy: systems, enums and dimensions, entity types and their attributes, actions. Everything is found by
// id; `name` is qualified (`norvik.p2p.ap_clerk`), `local` is the last part. Immutable after check; readable from any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "compiler/source/source.h"
#include "compiler/typed_ir/values.h"

namespace writ::typed_ir {

/// Where a form comes from: the statement's qualified name, its place, and the narrowest range that says it.
struct Origin {
  std::string statement;
  source::Range range;
};

struct EnumValue {
  std::string name;
  std::uint32_t parent = support::Id<EnumTag>::kNone;  ///< ordinal in the parent dimension; kNone: its image is missing
};
struct Enum {
  std::string name;
  std::string local;
  bool dimension = false;
  bool open = false;                   ///< a dimension of identifiers; values are strings
  EnumId parent;                       ///< dimension … in
  std::vector<EnumValue> values;
  Origin origin;
};

enum class EntityKind : std::uint8_t { Human, Workload, Agent, Resource, Context, Input };
struct Attribute {
  EntityId owner;
  std::string name;
  Type type;
  bool fixed = false;
  bool acyclic = false;
  std::optional<std::int64_t> fresh_within;  ///< ms
  Origin origin;
};
struct Entity {
  std::string name;
  std::string local;
  EntityKind kind = EntityKind::Resource;
  std::vector<AttributeId> attributes;
  AttributeId tenure_from;
  AttributeId tenure_until;
  AttributeId owner;                       ///< workload, agent: the attribute `owner`, if declared
  std::vector<AttributeId> operated_by;    ///< count as effective persons instead of `owner`
  AttributeId manager;                     ///< human: the attribute `manager`, if declared
  Origin origin;

  bool is_principal() const { return kind == EntityKind::Human || kind == EntityKind::Workload || kind == EntityKind::Agent; }
};
struct Action {
  std::string name;      ///< as written, dotted: `vendor.bank.change` (actions are named globally; module in `module`)
  std::string module;
  EntityId resource;     ///< none: `resource` is not in scope
  EntityId input;        ///< none: no `with { … }`
  bool reads = false;
  std::vector<AttributeId> writes;
  Origin origin;
};
struct System {
  std::string name;
  std::string title;
  bool enforced = true;
  std::vector<std::string> complete_for;   ///< "held", "history", "owned", …
  Origin origin;
};

struct Schema {
  std::vector<System> systems;
  support::Store<EnumId, Enum> enums;
  support::Store<EntityId, Entity> entities;
  support::Store<AttributeId, Attribute> attributes;
  support::Store<ActionId, Action> actions;
  EntityId context;                        ///< always present, perhaps without attributes

  std::optional<AttributeId> find_attribute(EntityId entity, std::string_view name) const;
  std::optional<ActionId> find_action(std::string_view name) const;
  std::optional<EntityId> find_entity(std::string_view name) const;   ///< qualified, or local where unique
  /// The value of `to` that `ordinal` of `from` rolls up to (itself if equal); nullopt if its image is missing or `to` is no ancestor.
  std::optional<std::uint32_t> roll_up(EnumId from, std::uint32_t ordinal, EnumId to) const;
  bool rolls_up(EnumId from, EnumId to) const;   ///< reflexive
  /// 6.3: the attribute of a resource that carries its scope in `dimension`; none if there is none.
  std::optional<AttributeId> scope_attribute(EntityId resource, EnumId dimension) const;
  /// The fields of the nearest rank (0: type `dimension` itself) that could carry the scope; two or more are ambiguous, an error.
  std::vector<AttributeId> scope_candidates(EntityId resource, EnumId dimension) const;
};

std::string_view to_string(EntityKind kind);
/// `set<Entity>`, `money<EUR>`, `Employee?`
std::string print(const Schema& schema, const Type& type);
/// As an author writes it: `DE`, `10000 EUR`, `"ada"`, `90d`, `2026-06-01T12:00Z`.
std::string print(const Schema& schema, const Value& value);

}  // namespace writ::typed_ir
