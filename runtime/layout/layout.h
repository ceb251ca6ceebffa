// The bundle's format: the one header that compiler/emit and the runtime share. A bundle is a header, a directory and canonical tables of
// fixed-size little-endian records; docs/bundle_format.md says the same in words. Every reference is a 32-bit index, every list a span of
// the Indices pool, every operand of a node lies before the node, so that one linear pass proves a bundle sound and finite. Later
// versions add sections; they never change a byte of these. No functions here but arithmetic on constants, nothing of the compiler's.
#pragma once

#include <cstdint>

namespace writ::layout {

inline constexpr char kMagic[8] = {'W', 'R', 'I', 'T', 'B', 'N', 'D', 'L'};
inline constexpr std::uint32_t kFormat = 1;
inline constexpr std::uint32_t kNone = 0xFFFF'FFFF;
inline constexpr std::int64_t kForever = INT64_MAX;
inline constexpr std::uint64_t kMaxBytes = std::uint64_t{1} << 30;
/// Feature bits that a loader must know, else it refuses. Bits: none in format 1.
inline constexpr std::uint32_t kKnownFeatures = 0;

using Str = std::uint32_t;      ///< index of a string
using Index = std::uint32_t;    ///< index into the section that the field names

struct Span {                   ///< [begin, begin + count) of Indices
  std::uint32_t begin = 0;
  std::uint32_t count = 0;
};

struct Header {
  char magic[8];
  std::uint32_t format;
  std::uint32_t required_features;
  std::uint32_t section_count;
  std::uint32_t zero;
  std::uint64_t total_size;
  std::uint64_t reserved[4];    ///< zero
};
static_assert(sizeof(Header) == 64);

struct SectionEntry {
  std::uint32_t id;
  std::uint32_t record_size;
  std::uint64_t offset;
  std::uint64_t count;
};
static_assert(sizeof(SectionEntry) == 24);

enum class Section : std::uint32_t {
  Manifest = 1, StringOffsets = 2, StringBytes = 3, Indices = 4, Values = 5, Types = 6, Enums = 7, EnumValues = 8, Systems = 9,
  Entities = 10, Attributes = 11, Actions = 12, Thresholds = 13, Terms = 14, Conds = 15, RoleUses = 16, Roles = 17, Accesses = 18,
  Grants = 19, Routes = 20, Capabilities = 21, SideElements = 22, Sides = 23, KeyPaths = 24, Restrictions = 25, Lifts = 26,
  Parties = 27, Steps = 28, Chains = 29, Controls = 30, Obligations = 31, ProofRecords = 32, Sources = 64, Sentences = 65,
  ConditionTexts = 66
};

struct Manifest {
  Str name, policy_version, root_module, edition, compiler, tzdb_version, previous_digest, verdict_hash;
  std::int64_t epoch, not_before, not_after, skew, reuse_at_most, earliest_exception_end;
  std::uint32_t accept_marks, unproved;
  Span source_digests;          ///< pairs of strings: path, "sha256:…", by path
};
static_assert(sizeof(Manifest) == 96);

enum class Scalar : std::uint32_t { Bool, Int, Decimal, Money, String, Time, Duration, Enum, Ref };

struct Value {
  std::uint32_t scalar;
  std::uint32_t type;           ///< Enum: Enums; Ref: Entities; else 0
  std::int64_t number;
  Str text;
  std::uint32_t zero;
};
static_assert(sizeof(Value) == 24);

inline constexpr std::uint32_t kTypeSet = 1, kTypeOptional = 2;
struct Type {
  std::uint32_t scalar, flags;
  Index enumeration, entity;    ///< Enums, Entities, or kNone
  Str currency;
  std::uint32_t zero;
};

inline constexpr std::uint32_t kEnumDimension = 1, kEnumOpen = 2;
struct Enum {
  Str name, local;
  std::uint32_t flags;
  Index parent;                 ///< Enums or kNone; coarser dimensions come first
  std::uint32_t first_value, value_count;   ///< EnumValues
};
struct EnumValue {
  Str name;
  std::uint32_t parent;         ///< ordinal in the parent dimension, or kNone
};

inline constexpr std::uint32_t kSystemEnforced = 1;
struct System {
  Str name;
  std::uint32_t flags;
  Span complete_for;            ///< strings
};

enum class EntityKind : std::uint32_t { Human, Workload, Agent, Resource, Context, Input };
struct Entity {
  Str name, local;
  std::uint32_t kind;
  std::uint32_t first_attribute, attribute_count;   ///< Attributes
  Index tenure_from, tenure_until, owner, manager;  ///< Attributes or kNone
  std::uint32_t zero;
  Span operated_by;             ///< Attributes
};

inline constexpr std::uint32_t kAttributeFixed = 1;
struct Attribute {
  Index owner;                  ///< Entities
  Str name;
  Index type;                   ///< Types
  std::uint32_t flags;
  std::int64_t fresh_within;    ///< ms; 0: always fresh
};

inline constexpr std::uint32_t kActionReads = 1;
struct Action {                 ///< sorted by name
  Str name, module;
  Index resource, input;        ///< Entities or kNone
  std::uint32_t flags, zero;
  Span grants, restrictions, obligations;   ///< Grants; Restrictions that the action reaches; Obligations
};

struct Threshold {
  Str name;
  std::uint32_t zero;
  Span values;                  ///< Values, money, by currency
};

enum class TermKind : std::uint32_t {
  Literal, SetLiteral, Root, Now, Attribute, RollUp, Add, Subtract, Scale, Otherwise, Unknown
};
enum class Root : std::uint32_t { Principal, Resource, Context, Input, Subject, Parameter, Binder, Scope };
struct Term {
  std::uint32_t kind;
  Index type;                   ///< Types
  std::uint32_t root, index;    ///< Root
  Index attribute, value;       ///< Attributes; Values (Literal, Scale)
  Span terms;                   ///< operands, each before this term
};

enum class CondKind : std::uint32_t {
  True, False, Unknown, Fact, Equal, Less, LessEqual, ThresholdLess, ThresholdLessEqual, Known, In, SubsetOf, Overlaps, IsEmpty,
  StartsWith, EndsWith, Under, Holds, Can, Not, And, Or, AtLeast
};
struct Cond {
  std::uint32_t kind, count;    ///< AtLeast
  Index role, threshold;        ///< Holds; Threshold…
  Span terms, conds;            ///< conds: operands, each before this condition
};

struct RoleUse {
  Index role;                   ///< Roles
  std::uint32_t zero;
  Span args;                    ///< Terms
};
inline constexpr std::uint32_t kRoleContinuous = 1, kRoleHasBirthright = 2, kRoleHasOtherRoute = 4;
struct Role {                   ///< sorted by name
  Str name, local;
  Index type;                   ///< Entities
  Str only_id;
  Index eligible;               ///< Conds
  std::uint32_t flags;
  Span parameter_names, parameter_types;    ///< strings; Types
  Span ancestors;               ///< RoleUses, itself first
  std::int64_t cap;             ///< ms; 0: none
  Index source;                 ///< Sources
  Index scope;                  ///< Terms or kNone: `within`
};

inline constexpr std::uint32_t kAccessEverything = 1, kAccessBuiltIn = 2;
struct Access {
  Span actions;                 ///< Actions, ascending
  std::uint32_t flags;
  Index principal;              ///< Entities or kNone
  Str principal_id;
  Index where;                  ///< Conds
};
struct Grant {
  Str id;
  Index role, declared_in, access, scope, source;   ///< Roles, Roles, Accesses, Conds, Sources
  Span conjuncts;               ///< Conds
};
enum class RouteKind : std::uint32_t { Birthright, Request };
struct Route {
  Index role;
  std::uint32_t kind;
  Index when;                   ///< Conds or kNone
  Index source;
  Span gates;                   ///< Chains
};
struct Capability {
  Index role, grant, action, where;                 ///< …, Conds
  Span scopes;                  ///< per joined dimension (`same`, then `across`): Enums or kNone; Root::Scope index i is scope i,
                                ///< of equal ones the first
};
struct SideElement {
  Span accesses;                ///< Accesses: holds if one of these does …
  Span roles;                   ///< RoleUses: … or a live holding of one of these
  Str text;
  std::uint32_t first_capability, capability_count;
  std::uint32_t zero;
};
struct Side {
  std::uint32_t need;
  Index within_dimension;       ///< Enums or kNone
  std::uint32_t first_element, element_count;
  Span within;                  ///< ordinals
  Str text;
  std::uint32_t zero;
};
struct KeyPath {
  Index action, term;
};
enum class RestrictionKind : std::uint32_t { Act, Standing, Object, People };
inline constexpr std::uint32_t kRestrictionAtAssignment = 1, kRestrictionAtUse = 2, kRestrictionExposureOnly = 4,
                               kRestrictionSensitive = 8, kRestrictionRequirement = 16, kRestrictionInOrder = 32;
struct Restriction {            ///< sorted by name
  Str name, rule;
  std::uint32_t kind, flags, count, level;
  Span accesses;                ///< Accesses (Act)
  std::uint32_t first_side, side_count;
  Span same;                    ///< Enums
  Index across, key;            ///< Enums, Entities, or kNone
  std::uint32_t first_key_path, key_path_count;     ///< KeyPaths, by action
  std::int64_t over, from;
  Span lifts;                   ///< Lifts
  Index source;
  std::uint32_t yields;         ///< bit per YieldKind: waiver 1, mitigation 2, emergency 4
};
enum class LiftKind : std::uint32_t { Exception, Mitigation, Warrant };
enum class WarrantKind : std::uint32_t { Mfa, Evidence, Approval };
inline constexpr std::uint32_t kLiftClaimed = 1, kLiftApproved = 2;
struct Lift {
  Str id;
  Index of;                     ///< Restrictions
  std::uint32_t kind, flags;
  Span persons;                 ///< strings, ascending
  Index type, who;              ///< Entities or kNone, Conds
  Index within_dimension, object_type;
  Span within;                  ///< ordinals
  Span object_ids;              ///< strings
  Index object_where, while_condition;              ///< Conds
  std::int64_t from, until;
  std::uint32_t warrant;
  Str evidence;
  std::int64_t fresh_within;
  Index chain;                  ///< Chains or kNone
  Index source;
  Span controls;                ///< Controls
  Str owner;
  std::uint32_t zero;
};
enum class PartyKind : std::uint32_t { Role, Person, Several, Path, Chain };
struct Party {
  std::uint32_t kind, count;
  Index role_use, within_same;  ///< RoleUses or kNone, Enums or kNone
  Str person, text;
  Index path, chain;            ///< Terms, Chains, or kNone
  Span inner;                   ///< Parties, each before this one
};
struct Step {
  Span parties;
  std::uint32_t either, zero;
  std::int64_t due;
};
struct Chain {
  Str name;
  std::uint32_t may_repeat;
  std::uint32_t first_step, step_count;
  std::int64_t good_for;
  Span over;                    ///< Terms
  Index source;
  std::uint32_t zero;
};
struct Control {
  Str name;
  std::uint32_t by_requirement; ///< 1: in force because a requirement enforces it; nothing is tested
  std::int64_t tested_every;
  Index source;
  std::uint32_t zero;
};
enum class ObligationKind : std::uint32_t { Notify, Log };
struct Obligation {
  Str id, whom;
  std::uint32_t kind, on_deny;
  Span after;                   ///< Accesses
  Index source;
  std::uint32_t zero;
};
struct ProofRecord {
  Str obligation, verdict;
};
struct Source {
  Str statement, at;            ///< "norvik.risks.P09", "risks.writ:61"; by statement, then place
};
struct Sentence {               ///< one per Source
  Str sentence;
};
struct ConditionText {          ///< by condition
  Index cond;
  Str text;
};

}  // namespace writ::layout
