// The register of facts and what a test states, resolved: entities with attribute values in three states, holdings, control tests, events,
// warrants, expectations. `testing` turns them into requests. Immutable after check.
#pragma once

#include <optional>
#include <variant>

#include "compiler/typed_ir/statements.h"

namespace writ::typed_ir {

/// A supplied attribute: absent (`none`), one value, or a set. An attribute not in the map is unknown.
struct FactValue {
  bool absent = false;
  ValueSet values;                     ///< one, or any number for a set
  bool complete = true;                ///< sets
  bool of_test = false;                ///< stated by a test: fresh at the instant asked, not only as of the register
};
struct Holding {
  RoleId role;
  ValueSet args;                       ///< in parameter order; kept as given, one per parameter
  Instant from = kInstantMin;
  Instant until = kForever;
  std::vector<std::string> rests_on;   ///< qualified lift names, or as written
  bool from_known = true;              ///< false: no `from` was written; held since ever, and no cap counts (14.3, E40)
  bool by_birthright = false;          ///< added by whoever asks (14.1); no cap counts
};
/// `has A within v`: an anonymous live holding that grants A in exactly that scope.
struct AnonymousAccess {
  std::vector<Access> accesses;
  enum class Scope : std::uint8_t { None, Value, Any, Unknown } scope = Scope::None;
  EnumId dimension;
  Value value;
};
struct EntityFacts {
  std::string id;                      ///< what strings refer to ("svc-pn-inv", "ada")
  std::string word;                    ///< the word it was given under (may equal id)
  EntityId type;
  std::map<AttributeId, FactValue> attributes;
  std::vector<Holding> holds;
  std::vector<AnonymousAccess> has;
  bool held_complete = true;
  bool closed = false;                 ///< first named in a test: has what is written and nothing else
  Origin origin;
};
struct ControlTest { ControlId control; Instant tested; bool effective; };
struct Event {
  std::string who;
  bool resolved = true;                ///< false: an account that is no known person
  ActionId action;
  std::string on;                      ///< entity id of the resource
  std::optional<Instant> at;
};

/// When a test takes place that starts from no register and says no `at`: 2000-01-01.
inline constexpr Instant kInstantWithoutFacts = 946'684'800'000;

/// The world at `as_of` (14.1). Holdings by birthright are not listed: whoever asks adds them, since their conditions must be evaluated.
struct Register {
  std::string name;                    ///< norvik.people
  Instant as_of = 0;
  std::string zone;
  std::vector<Value> complete_within;
  EnumId complete_dimension;
  std::map<std::string, EntityFacts> entities;   ///< by id
  std::map<AttributeId, FactValue> context;
  std::vector<ControlTest> controls;
  std::vector<Event> history;
  Origin origin;
};

struct ApprovalWarrant {
  ChainId chain;
  std::vector<std::string> by;
  std::optional<Instant> at;
  std::vector<std::pair<AttributeId, FactValue>> over;
};
struct Warrants {
  std::vector<ApprovalWarrant> approvals;
  std::vector<std::string> mfa_of;
  std::vector<std::string> evidence;
};

enum class Outcome : std::uint8_t { Deny, Indeterminate, Pending, Permit };

struct Resting {
  std::vector<std::string> on;         ///< qualified lift names, sorted
  std::optional<Instant> until;
};
/// What is written must hold; absent means not asked. Names are qualified and sorted.
struct Details {
  std::optional<Instant> at;
  std::optional<Instant> from;
  std::optional<Instant> until_day;    ///< `from A through B`: end, exclusive
  std::optional<std::vector<std::string>> by;
  std::optional<Value> within;
  EnumId disjoint;
  std::optional<std::vector<std::string>> unknown;   ///< fact paths as written
  std::optional<Instant> until;        ///< kForever for `until never`
  std::optional<std::vector<std::string>> missing;
  std::optional<std::vector<std::string>> owing;
  std::optional<Instant> possible_from;
  std::optional<Resting> resting;
};
struct ExpectDecision {
  Outcome outcome = Outcome::Permit;
  enum class Question : std::uint8_t { Perform, Request, Assign } question = Question::Perform;
  std::string who;
  bool who_resolved = true;
  std::string for_person;              ///< `x for y`
  std::string run_by;                  ///< `x run by y`
  ActionId action;
  std::string on;
  RoleId role;
  ValueSet args;
  std::string to;
  Details details;
};
struct ExpectFinding {
  enum class Qualifier : std::uint8_t { Open, No, Possible, Mitigated, Excepted, Lapsed } qualifier = Qualifier::Open;
  bool exposure = false;
  std::vector<RuleId> rules;
  std::string of;
  Details details;
};
struct ExpectOverdue { std::string lift; std::string of; Instant since; };
struct ExpectError { std::string error; bool found = false; std::vector<std::string> got; };  ///< judged by check itself
struct ExpectProof { bool proved = true; std::string obligation; std::string statement; std::optional<Claim> claim; };
struct Expectation {
  std::variant<ExpectDecision, ExpectFinding, ExpectOverdue, ExpectError, ExpectProof> what;
  source::Range range;
};

/// One `test`, on the program that check made of policy + the test's items: its own register (facts with `given` replaced) and questions.
struct Scenario {
  std::string name;
  std::string module;
  Register facts;
  Instant now = 0;                     ///< `as of`
  bool partial_history = false;
  std::vector<Event> history;
  Warrants warrants;
  std::vector<Expectation> expectations;
  source::Range range;
};

}  // namespace writ::typed_ir
