// Statements that restrict, lift and require: terms, limits, sod, forbid, never, require, approval, control, exception, mitigation,
// emergency. See phrases.h for what recurs in them.
#pragma once

#include "compiler/ast/phrases.h"

namespace writ::ast {

enum class Level : std::uint8_t { Low, Medium, High, Critical };
struct LevelAt {
  Level level;
  Range range;
};

/// One cap of a yield line, a limit, a delegation.
struct Cap {
  enum class Kind : std::uint8_t {
    AtMost, AtMostInARow, Once, Depth, Transfer, UsesIn, Renew, Cooling, By, With, TestedEvery, ReviewDue, ReviewEvery, Due, LevelDue
  };
  Kind kind = Kind::AtMost;
  std::optional<Duration> duration;   ///< AtMost, AtMostInARow, UsesIn (window), Cooling, TestedEvery, ReviewDue, ReviewEvery, Due, LevelDue
  std::optional<Count> count;         ///< Depth, UsesIn, Renew
  std::optional<Chain> chain;         ///< By
  std::vector<Name> controls;         ///< With: control names; `with control` has the one name "control"
  std::optional<LevelAt> level;       ///< LevelDue
  Range range;
};

enum class YieldKind : std::uint8_t { Waiver, Mitigation, Emergency };
struct YieldLine {
  YieldKind kind = YieldKind::Waiver;
  std::vector<Cap> caps;
  Range range;
};

/// Lines that every restriction may carry.
struct RuleLines {
  std::vector<YieldLine> yields;
  std::vector<Name> terms;              ///< at most one in a correct rule
  std::optional<Party> owner;
  std::optional<Text> because;
  std::vector<Name> implements;
  std::optional<DayAt> enforced_from;
  std::optional<Range> report_only;
};

struct RuleHead {
  Name name;
  std::optional<LevelAt> level;
  std::optional<Text> title;
};

struct Approval {
  Name name;
  Chain chain;
  std::optional<Duration> good_for;
  std::vector<std::vector<Name>> over;
  std::optional<Range> may_repeat;
};

struct Require {
  enum class Kind : std::uint8_t { Mfa, Approval, Evidence, Notify, Log };
  RuleHead head;
  Kind kind = Kind::Mfa;
  std::optional<Duration> mfa_fresh_within;
  std::optional<Chain> approval;
  std::optional<Text> evidence;
  std::optional<Party> notify;
  bool after_denied = false;
  Accesses accesses;
  RuleLines lines;
};

struct Never {
  RuleHead head;
  Accesses accesses;
  RuleLines lines;
};

struct Forbid {
  RuleHead head;
  Accesses accesses;
  RuleLines lines;
};

enum class Point : std::uint8_t { Assignment, Activation, Use };
struct PointAt {
  Point point;
  Range range;
};

struct KeyPath {
  Name action;
  std::vector<Name> path;
};
/// `on same Vendor { pay.execute by resource.vendors } over 90d in order`
struct ObjectBinding {
  std::vector<Name> types;
  std::vector<KeyPath> keys;
  std::optional<Duration> over;
  bool in_order = false;
  Range range;
};

/// `sod` and `sensitive`.
struct Sod {
  enum class Form : std::uint8_t { Separate, AtMost, AtLeastPeople, NobodyHolds };
  RuleHead head;
  bool sensitive = false;
  Form form = Form::Separate;
  std::vector<Side> sides;              ///< Separate: 2; AtMost, AtLeastPeople: each element; NobodyHolds: 1
  std::optional<Count> count;           ///< AtMost, AtLeastPeople
  std::vector<Name> within_same;
  std::optional<Name> across;
  std::vector<PointAt> points;
  std::vector<ObjectBinding> objects;
  RuleLines lines;
};

struct Terms {
  Name name;
  std::vector<YieldLine> yields;
};

struct LimitLine {
  enum class Kind : std::uint8_t { Waiver, Mitigation, Emergency, Role, Workload, Finding, Approval, Skew, Reuse, LedgerAge, Raise, No };
  Kind kind = Kind::Waiver;
  std::vector<Name> of;                 ///< `waiver of R02 at most …`; Raise, No: the rules
  std::vector<Cap> caps;
  std::optional<Duration> duration;     ///< Skew, Reuse, LedgerAge
  std::optional<LevelAt> level;         ///< Raise
  std::optional<YieldKind> denied;      ///< No
  ExprId where;                         ///< No
  Range range;
};
struct Limits {
  std::vector<LimitLine> lines;
};

struct Control {
  Name name;
  std::optional<Text> title;
  std::vector<Name> rules;
  std::optional<Party> owner;
  std::vector<Party> monitors;
  std::optional<Duration> every;
  std::optional<Name> by_requirement;
};

struct ApprovalMark {
  Text person;
  DayAt on;
};
/// `on Invoice "inv-7"`, `on PaymentRun where …`
struct ObjectSelect {
  Name type;
  std::vector<Text> ids;
  ExprId where;
  Range range;
};
/// `exception`, `mitigation`.
struct Lift {
  Name name;
  bool mitigation = false;
  std::vector<Name> rules;
  std::optional<Subject> subject;
  std::vector<Name> within;
  std::optional<Period> period;
  ExprId while_condition;
  std::vector<PointAt> points;
  std::vector<Name> same;                       ///< `on same Invoice`
  std::vector<ObjectSelect> objects;
  std::vector<RoleRef> on_end_remove;
  std::optional<Party> owner;
  std::vector<ApprovalMark> approved_by;
  std::optional<Text> reason;
  std::optional<Text> ticket;
  std::vector<Name> with_controls;
};

struct Emergency {
  Name name;
  std::optional<Text> title;
  std::optional<Subject> subject;
  std::optional<Party> owner;
  std::vector<Name> within;                     ///< path
  std::vector<Accesses> may;
  std::vector<Name> lifts;
  std::optional<Chain> after;
  std::optional<Duration> at_most;
  std::optional<Count> uses;
  std::optional<Duration> uses_in;
  bool needs_reason = false;
  std::vector<Name> reasons;
  bool needs_ticket = false;
  std::vector<Party> notify;
  std::optional<Duration> review_due;
  std::optional<Party> review_by;
  std::vector<std::pair<Name, Text>> natives;
};

}  // namespace writ::ast
