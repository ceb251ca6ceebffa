// The facts of a question as formulas. A World hands out, by path ("principal.department", "resource.vendor.entity"), one symbolic value per
// fact with its three states, and keeps the axioms that make any model of them a request that the schema allows: domains, one state at
// a time, equal entities with equal facts, a finite universe for sets of strings. Several questions about one person are paths of one
// World ("principal" is shared, "1.resource" and "2.resource" are not). A View is one reading of it: an instant, and perhaps with
// facts left out. Belongs to one query.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "compiler/kernel/forms.h"
#include "compiler/verify/encode/logic.h"

namespace writ::verify {

/// Strings, ids and open dimensions are Ints; literals get the first numbers, in order of appearance.
class Strings {
 public:
  std::int64_t code(const std::string& text);
  /// The literal's text, or an invented one that is no literal's: "vendor-1" of the stem "vendor".
  std::string text(std::int64_t code, const std::string& stem = "other") const;
  /// The nth code, from 1, that is no literal's.
  std::int64_t invented(std::int64_t n) const { return static_cast<std::int64_t>(literals_.size()) + n - 1; }
  const std::vector<std::string>& literals() const { return literals_; }

 private:
  std::map<std::string, std::int64_t> codes_;
  std::vector<std::string> literals_;
};

/// A collection as formulas: the known elements, and whether they are all.
struct Elements {
  Term complete;
  std::vector<Term> ordinals;            ///< sets of a closed enum: one Bool per value
  bool by_ordinal = false;
  std::optional<smt::Function> member;   ///< other sets that are facts
  Term guard;                            ///< `member` counts only where this holds
  std::vector<std::pair<Term, Term>> listed;   ///< set literals: (value, is it known)
  bool is_listed = false;
};

/// What a term denotes. `has`: known and present; `none`: known to be absent; neither: unknown.
struct Denoted {
  typed_ir::Type type;
  Term has, none;
  Term value;                            ///< Bool, Int or Bits by type; unset for sets
  Term currency;                         ///< Money: code of the currency
  std::int64_t denominator = 1;          ///< `value` is that many times the number it stands for
  bool of_now = false;                   ///< the number is now + value
  Term fresh_until;                      ///< first later instant at which freshness changes `has`
  std::optional<Elements> set;
  std::string path;                      ///< of a reference that is a fact: its attributes live under it
  int group = 0;
};

/// An entity that conditions may read: its attributes are facts at `path`.
struct Entity {
  std::string path;
  kernel::EntityId type;
  Term present;                          ///< F: unknown or absent, then so is everything below
  Term id;
  int group = 0;                         ///< 0: shared by all requests of the question; k: of request k
};

/// One declared fact that some condition has read.
struct Fact {
  std::string path;
  kernel::AttributeId attribute;
  Entity owner;
  Term has, none;
  Term value, currency;
  std::optional<Elements> set;
  Term as_of;                            ///< `fresh within` only
  std::map<std::string, Term> dates = {};   ///< the same in the requests of acts that have dates of their own, by act
  bool fresh = false;
  bool otherwise = false;                ///< as the other request has it (World::vary); its path ends in `kOtherwise`
};
/// Ends the path of what only the other request reads.
inline constexpr char kOtherwise = '~';

/// An approval that a request may show: who gave it when.
struct ApprovalRecord {
  std::string path, act;
  kernel::ChainId chain;
  std::size_t step = 0;
  Term present;
  Entity approver;
  Term given;
};

/// What a chain answered in one reading to records that nobody shows.
struct ChainReading {
  std::string chain;
  Term now, later;                       ///< `later`: as of Logic, if horizons are asked for
  Term known;
  std::vector<Denoted> inputs;
  Kleene met, obtainable;
};

class World {
 public:
  World(const kernel::Kernel& kernel, smt::Terms& terms, const Faults& faults) : kernel_(kernel), terms_(terms), faults_(faults) {}

  const kernel::Kernel& kernel() const { return kernel_; }
  smt::Terms& terms() const { return terms_; }
  const Faults& faults() const { return faults_; }
  bool faulty(Fault fault) const { return faults_.contains(fault); }
  Strings& strings() { return strings_; }
  const Strings& strings() const { return strings_; }

  Entity entity(std::string path, kernel::EntityId type, int group);
  Fact& fact(const Entity& owner, kernel::AttributeId attribute);
  /// From here on there is another request, alike in every fact but one: the attribute of the owner, by whatever path it is read.
  void vary(const Entity& owner, kernel::AttributeId attribute) { varied_.emplace(Varied{owner, attribute}); }
  bool varies(kernel::AttributeId attribute) const { return varied_ && varied_->attribute == attribute; }
  /// When the fact was true last as the request of the act says: the fact is the same, and may have been told anew.
  Term as_of(const Fact& fact, const std::string& act);
  /// The fact as the other request has it.
  Fact& otherwise(const Fact& fact);
  /// A free value of the type that is always known (a role's argument, a scope value).
  Denoted free_value(const std::string& name, const typed_ir::Type& type);
  smt::Sort sort(const typed_ir::Type& type) const;
  /// Width of the bit-vectors that stand for values of a closed enum.
  std::uint32_t width(kernel::EnumId enumeration) const;
  Term ordinal(kernel::EnumId enumeration, std::uint32_t ordinal) { return terms_.bits(ordinal, width(enumeration)); }
  Term code(const std::string& text) { return terms_.integer(strings_.code(text)); }
  /// A fresh name with the stem.
  std::string fresh(const std::string& stem);

  // Sets
  Term contains(const Elements& set, Term value);
  Term is_empty(const Elements& set);
  Term subset(const Elements& a, const Elements& b);
  Term overlap(const Elements& a, const Elements& b);
  /// Some element known of `a` and not known of `b`.
  Term escapes(const Elements& a, const Elements& b) { return terms_.negation(subset(a, b)); }

  /// Whether the string starts (ends) with the pattern.
  Term has_affix(Term string, const std::string& pattern, bool at_start);

  void assume(Term axiom) { axioms_.push_back(axiom); }
  /// All axioms that the facts read so far need. Call after encoding, before solving.
  std::vector<Term> axioms();

  /// Whatever the encoding leaves open and a request cannot show: `concrete` holds where a request can. No such condition: F.
  struct Abstraction { std::string what; Term concrete; };
  void abstract(std::string what, Term concrete);
  /// The one way to leave something open: any truth and any horizon, anew at every call, noted as an abstraction. Whatever stands in its place must
  /// not be fixed, or a proof would hold for one guess only.
  Kleene anything(const std::string& what);
  Denoted any_set(const std::string& what, const typed_ir::Type& type);
  const std::vector<Abstraction>& abstractions() const { return abstractions_; }

  /// What a request shows besides declared facts; `what` says how the request builder spells it.
  struct Note {
    enum class Kind : std::uint8_t { Event, Unresolved, Mfa, Evidence, Control } kind;
    std::string path;
    Term present;
    std::string of;                        ///< Event, Unresolved: action; Evidence: its kind; Control: its name
    std::string act;                       ///< Event, Unresolved, Mfa, Evidence: the act it belongs to
    std::string key = {};                  ///< Event, Unresolved: entity name of the key
    std::optional<Entity> person = {};     ///< Event
    Term dated = {}, time = {};            ///< Event, Mfa, Control
    Term effective = {}, monitored = {};   ///< Control
  };
  void note(Note note);
  /// That nothing which was read is unknown: a request on which every fact is supplied.
  std::vector<Term> completeness() const;
  /// That no fact which was read is stale then.
  std::vector<Term> freshness(Term now) const;
  /// A further thing that a complete request knows.
  void known_if_complete(Term known) { knowable_.push_back(known); }
  const std::vector<Note>& notes() const { return notes_; }
  /// The record of that path; made now unless it was read before.
  const ApprovalRecord& record(ApprovalRecord record) { return records_.emplace(record.path, record).first->second; }
  const std::map<std::string, ApprovalRecord>& records() const { return records_; }
  std::vector<ChainReading>& readings() { return readings_; }

  const std::map<std::string, Fact>& facts() const { return facts_; }
  /// Those that no fact refers to: who asks, what is acted on.
  const std::map<std::string, Entity>& roots() const { return roots_; }
  const std::vector<Term>& universe() const { return universe_; }
  struct Affix { std::string pattern; bool at_start; smt::Function holds; };
  const std::vector<Affix>& affixes() const { return affixes_; }

 private:
  struct Comparison { Elements a, b; Term result; Term element; bool overlap; };
  struct Varied { Entity owner; kernel::AttributeId attribute; };

  Term domain(const typed_ir::Type& type, Term value) const;
  Term unknown_value(const std::string& name, const typed_ir::Type& type);
  Elements elements(const std::string& path, const typed_ir::Type& element, Term guard);
  void note_element(Term value);
  Fact& declare(std::string path, const Entity& owner, kernel::AttributeId attribute);
  enum class Dated : std::uint8_t { Same, Anew };
  std::vector<Term> alike(const Fact& a, const Fact& b, Dated dated);
  Term of_varied(const Entity& owner) const;
  void congruence(std::vector<Term>& out);
  void variation(std::vector<Term>& out);
  void date_in_every_act();
  void set_axioms(std::vector<Term>& out);
  void affix_axioms(std::vector<Term>& out);

  const kernel::Kernel& kernel_;
  smt::Terms& terms_;
  const Faults& faults_;
  Strings strings_;
  std::map<std::string, Entity> roots_;
  std::map<std::string, Fact> facts_;
  std::optional<Varied> varied_;
  std::vector<Term> axioms_;
  std::vector<Term> universe_;
  std::vector<Comparison> comparisons_;
  std::vector<Affix> affixes_;
  std::vector<Term> affixed_;
  std::vector<Abstraction> abstractions_;
  std::vector<Note> notes_;
  std::map<std::string, ApprovalRecord> records_;
  std::vector<ChainReading> readings_;
  std::vector<Term> knowable_;
  std::map<std::string, unsigned> names_;
};

/// How one reading sees the facts, at `logic.now()`.
class View {
 public:
  enum class Reading : std::uint8_t {
    Plain,
    Thinned,                             ///< perhaps with some of them left out (`fail-closed`)
    Otherwise                            ///< with the one fact that varies as the other request has it (`does not depend on`)
  };
  View(World& world, const Logic& logic, Reading reading = Reading::Plain) : world_(world), logic_(logic), reading_(reading) {}
  /// The reading of one act among several, each at its instant: its request dates facts itself.
  View(World& world, const Logic& logic, std::string act) : world_(world), logic_(logic), reading_(Reading::Plain), act_(std::move(act)) {}

  World& world() const { return world_; }
  const Logic& logic() const { return logic_; }
  Denoted read(const Entity& owner, kernel::AttributeId attribute);
  Term as_of(const Fact& fact) const { return act_.empty() ? fact.as_of : world_.as_of(fact, act_); }
  /// T, or whether this reading keeps the thing of that name.
  Term keeps(const std::string& name) const;
  /// Whether it reads that attribute as the other request has it.
  bool rereads(kernel::AttributeId attribute) const { return reading_ == Reading::Otherwise && world_.varies(attribute); }
  /// Whether the fact is one of those that this reading can read.
  bool sees(const Fact& fact) const;

 private:
  World& world_;
  const Logic& logic_;
  Reading reading_;
  std::string act_;
};

}  // namespace writ::verify
