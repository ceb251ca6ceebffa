// The world of one question: the kernel, the bound request, and the evaluation of terms and conditions in it (semantics.md 3, Appendix T),
// holdings (5) and persons (4). A Scene says what the names of a condition stand for and when. Kernel and request must outlive it; one
// World serves one question on one thread.
#pragma once

#include <unordered_map>

#include "compiler/interpret/judged.h"
#include "compiler/interpret/request.h"

namespace writ::interpret {

using kernel::Kernel;
using typed_ir::CondId;
using typed_ir::TermId;

/// Whether a rule restricts only from its `enforced from` on, or is looked at as if it always did (6.1: what would have been restricted).
enum class Enforcement : std::uint8_t { AsWritten, Assumed };

/// What names stand for. A missing record is an unknown entity; `asked` is the instant at which freshness is judged.
struct Scene {
  const Record* principal = nullptr;
  const Record* resource = nullptr;
  const Record* context = nullptr;
  const Record* input = nullptr;
  const std::vector<std::optional<Value>>* parameters = nullptr;
  std::vector<std::optional<Value>> scopes;   ///< per joined dimension of the rule
  std::optional<Instant> now;
  std::optional<Instant> asked;
  Enforcement enforcement = Enforcement::AsWritten;
};

/// The value of a term. Numbers are n / 10,000^scale + now × (the instant); sets and not-known scalars carry the facts to blame.
struct Evaluated {
  Fact::State state = Fact::State::Unknown;
  Value value;
  __int128 n = 0;
  int scale = 0;
  std::int64_t now = 0;
  ValueSet values;
  bool complete = false;
  Leaves leaves;
  Instant horizon = kForever;

  bool known() const { return state == Fact::State::Known; }
};

/// 4.3: who answers for a path. `members` are its resolved principals.
struct Persons {
  std::vector<Key> members;
  bool members_known = true;               ///< no hop is an account that nobody resolved
  std::vector<Key> effective;              ///< humans, owners, and the non-humans themselves; distinct, in path order
  bool complete = true;
  Leaves why;                              ///< if not complete
  Instant horizon = kForever;              ///< the first instant at which an owner that was read goes stale, or becomes fresh
};
/// Somebody else answers for the path, too, whom nobody knows: F while the persons are complete, else T (whatever is said of him is unknown).
Judged somebody_else(const Persons& persons);
/// The same of the members alone: an owner whom nobody knows is none of them.
Judged another_member(const Persons& persons);

/// One condition of a holding (5.1, 5.2): "held.until", and whether it is so.
struct HoldingPart {
  std::string_view word;
  Judged judged;
};

class World {
 public:
  World(const Kernel& kernel, const Request& request) : kernel_(kernel), request_(request) {}

  const Kernel& kernel() const { return kernel_; }
  const Request& request() const { return request_; }
  const typed_ir::Schema& schema() const { return kernel_.schema; }

  /// The scene of the present act with `principal` as principal, at context.time.
  Scene scene(const Record* principal) const;
  const Record* find(const Key& key) const { return request_.find(key); }

  // Conditions (evaluate.cpp, terms.cpp).
  Judged judge(CondId cond, const Scene& scene) const;
  Evaluated value(TermId term, const Scene& scene) const;
  Judged equal(const Evaluated& a, const Evaluated& b, const Scene& scene) const;
  Truth same(const Value& a, const Value& b) const;
  /// An attribute as it counts at scene.asked (2.5); `path` names it in leaves.
  Evaluated attribute(const Record& record, AttributeId id, const std::string& path, const Scene& scene) const;

  // Holdings (holdings.cpp).
  /// What must be so for a holding to count, by the words of the request: what a nearest miss tells.
  std::vector<HoldingPart> live_parts(const Record& person, const Held& held, const Scene& scene) const;
  std::vector<HoldingPart> effective_parts(const Record& person, const Held& held, const Scene& scene) const;
  Judged live(const Record& person, const Held& held, const Scene& scene) const;
  Judged effective(const Record& person, const Held& held, const Scene& scene) const;
  /// 5.3: a live holding of the role, or of one that extends it, with these arguments.
  Judged holds(const Record* person, RoleId role, const std::vector<Evaluated>& args, const Scene& scene) const;
  Judged tenure(const Record& person, const std::optional<Instant>& start, const Scene& scene) const;
  Judged type_and_gate(const Record& person, RoleId role, const std::vector<std::optional<Value>>& args, const Scene& scene) const;
  Leaves held_leaves(const Record* person) const;

  // Persons (persons.cpp).
  Persons persons_of(const std::vector<Hop>& path, const Scene& scene) const;
  /// Of the request's path: a hop that is not attested makes them incomplete (4.2).
  Persons present_persons(const Scene& scene) const;
  bool has_unattested_hop() const;
  Truth same_person(const Key& a, const Key& b) const;
  bool human(const Key& key) const;

  /// The first instant at which a fact that was read goes stale.
  Instant freshness() const { return freshness_; }

 private:
  using Judgements = std::unordered_map<CondId, Judged>;
  Judged judge(CondId cond, const Scene& scene, Judgements& known) const;
  Judged judge_once(CondId cond, const Scene& scene, Judgements& known) const;
  Judged compare(const Evaluated& a, const Evaluated& b, bool or_equal, const Scene& scene) const;
  Judged threshold(const typed_ir::Cond& cond, const Scene& scene) const;
  Judged membership(const Evaluated& element, const Evaluated& set) const;
  Judged subset(const Evaluated& a, const Evaluated& b) const;
  Judged same_set(const Evaluated& a, const Evaluated& b) const;
  Judged overlap(const Evaluated& a, const Evaluated& b) const;
  Judged under(const Evaluated& a, const Evaluated& b) const;
  Truth contains(const ValueSet& set, const Value& value) const;

  Evaluated root(const typed_ir::Term& term, const Scene& scene) const;
  Evaluated attribute_of(const typed_ir::Term& term, const Scene& scene) const;
  Evaluated roll_up(const typed_ir::Term& term, const Scene& scene) const;
  Evaluated sum(const typed_ir::Term& term, const Scene& scene) const;
  Evaluated scaled(const typed_ir::Term& term, const Scene& scene) const;
  std::string path_of(TermId term) const;
  Judged with_currencies(Judged judged, const typed_ir::Cond& cond) const;
  void add_facts(TermId term, Leaves& leaves) const;

  Judged rests(const Record& person, const Held& held, const Scene& scene) const;
  Judged cap(const Held& held, const Scene& scene) const;

  const Kernel& kernel_;
  const Request& request_;
  mutable Instant freshness_ = kForever;
};

Evaluated known(Value value);
Evaluated known_set(ValueSet values);
/// `value` of a dimension lies in `in` of another: it is it or rolls up to it; a missing image lies perhaps in every value (6.3).
Judged lies_in(const typed_ir::Schema& schema, EnumId dimension, const Value& value, EnumId in_dimension, const Value& in);

}  // namespace writ::interpret
