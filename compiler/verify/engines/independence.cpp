// `decision on A does not depend on F` (semantics.md 12.3): two requests that are alike in every fact but one get the same decision.
#include <fmt/format.h>

#include "compiler/verify/engines/pairs.h"
#include "compiler/verify/engines/population.h"

namespace writ::verify {

namespace {

/// Which member of the path `principal` is: a rule speaks of each.
enum class Member : std::uint8_t { Subject, Initiator };

/// People of a register who ask; none: anybody.
struct Askers {
  const Inhabitant* subject = nullptr;
  const Inhabitant* initiator = nullptr;
};

class Independence {
 public:
  Independence(const Settings& settings, const kernel::Claim& claim, Askers askers) : settings_(settings), claim_(claim), askers_(askers) {}

  /// Nothing: no pair of requests differs in the fact and in the decision.
  SearchResult search_pair(kernel::TermId fact, Member member) {
    Search s;
    s.pose = [&](Scene& scene) { pose(scene, fact, member); };
    s.found = [&](Scene& scene) { return told(scene, fact); };
    SearchResult r = search(settings_, {claim_.action}, Logic::Horizons::Off, s);
    if (unclear_.empty()) return r;
    return {SearchResult::Kind::Undecided, open({VerdictKind::Undecided, Reason::NotSupported, "in the register: " + unclear_})};
  }
  /// Whether anybody who has such a fact can be asked about.
  bool posed() const { return posed_; }

 private:
  const typed_ir::Term& term(kernel::TermId id) const { return settings_.kernel.conditions.term(id); }

  kernel::EntityId root_type(kernel::TermId fact) const {
    while (term(fact).kind == typed_ir::TermKind::Attribute) fact = term(fact).a[0];
    return term(fact).root == typed_ir::Root::Principal ? term(fact).type.entity : kernel::EntityId{};
  }

  bool asks(const Scene& scene) const {
    const auto fits = [](const Inhabitant* him, const Entity& person) { return him->subject.first == person.type; };
    if (!askers_.subject) return true;
    return fits(askers_.subject, scene.subject) && (scene.act.initiator ? askers_.initiator && fits(askers_.initiator, *scene.act.initiator) : !askers_.initiator);
  }

  void pose(Scene& scene, kernel::TermId fact, Member member) {
    Question& q = scene.question;
    const kernel::EntityId principal = root_type(fact);
    const std::optional<Entity> who = member == Member::Subject ? std::optional(scene.subject) : scene.act.initiator;
    if (!who || !asks(scene) || (principal && principal != who->type)) return q.require(scene.terms().falsity());
    posed_ = true;
    const Environment env = DecisionEncoder(q.view(), scene.holdings, scene.act).environment(*who);
    const Entity owner = referenced(Reader(q.view(), env).term(term(fact).a[0]));
    q.world().vary(owner, term(fact).attribute);
    view_ = std::make_unique<View>(q.world(), q.logic(), View::Reading::Otherwise);
    varied_ = &q.world().fact(owner, term(fact).attribute);
    first_ = scene.decide();
    second_ = scene.decide(*view_);
    q.require(owner.present);
    q.require(scene.terms().negation(scene.same(first_, second_)));
    confine_askers(scene);
  }

  void confine_askers(Scene& scene) {
    if (!askers_.subject) return;
    auto done = confine(scene.question, scene.subject, scene.holdings, *askers_.subject);
    if (done && scene.act.initiator) done = confine(scene.question, *scene.act.initiator, scene.holdings.of(*scene.act.initiator), *askers_.initiator);
    if (!done) unclear_ = done.error();
  }

  Solved told(Scene& scene, kernel::TermId fact) {
    Question& q = scene.question;
    const Fact& other = q.world().otherwise(*varied_);
    q.prefer(scene.terms().conjunction({varied_->has, other.has}));   // two values tell more than one that is missing
    q.prefer(scene.allowed(first_));
    scene.minimise();
    const std::string name = typed_ir::print(q.kernel().conditions, q.kernel().schema, fact, {});
    const AskedRequest a = scene.asked(first_), b = scene.asked(*view_, second_);
    return refuted(fmt::format("{} where {}, {} where {}", question::to_string(a.outcome), fact_text(q, name, *varied_), question::to_string(b.outcome), fact_text(q, name, other)),
                   pair(WitnessKind::DecisionPair, {a, b},
                        joined(tell_request(scene, q.view(), first_), fmt::format("and where {}:", fact_text(q, name, other)), tell_request(scene, *view_, second_))));
  }

  const Settings& settings_;
  const kernel::Claim& claim_;
  Askers askers_;
  Outcome first_, second_;
  std::unique_ptr<View> view_;
  const Fact* varied_ = nullptr;
  bool posed_ = false;
  std::string unclear_;
};

/// Nobody in particular, or everybody in the register, each alone and with everybody who may run him.
std::vector<Askers> askers(const Settings& settings, const kernel::Claim& claim) {
  if (!claim.in_population) return {Askers{}};
  std::vector<Askers> out;
  for (const Inhabitant& subject : *settings.population) {
    out.push_back({&subject, nullptr});
    if (settings.kernel.schema.entities[subject.subject.first].kind == typed_ir::EntityKind::Human) continue;
    for (const Inhabitant& initiator : *settings.population)
      if (settings.kernel.schema.entities[initiator.subject.first].kind == typed_ir::EntityKind::Human) out.push_back({&subject, &initiator});
  }
  return out;
}

/// 6.6: the system of a resource says whose history must be complete; the encoding knows one history.
bool asks_for_another_history(const kernel::Kernel& kernel, const kernel::Claim& claim) {
  const auto system = [&](kernel::TermId fact) {
    const typed_ir::Term& t = kernel.conditions.term(fact);
    return t.kind == typed_ir::TermKind::Attribute && kernel.schema.attributes[t.attribute].name == "system";
  };
  const auto reached = kernel.restrictions_of_action.find(claim.action);
  if (reached == kernel.restrictions_of_action.end() || std::none_of(claim.facts.begin(), claim.facts.end(), system)) return false;
  return std::any_of(reached->second.begin(), reached->second.end(), [&](kernel::RestrictionId id) { return kernel.restrictions[id].key.valid(); });
}

}  // namespace

Solved solve_independence(const Settings& settings, const kernel::Claim& claim) {
  if (asks_for_another_history(settings.kernel, claim)) return open({VerdictKind::Undecided, Reason::NotSupported, "the history of another system"});
  if (claim.in_population && !settings.population) return open({VerdictKind::Undecided, Reason::NotSupported, "`in population`: no register of facts is part of the run"});
  Solved out = proved();
  std::optional<Solved> undecided;
  bool posed = false;
  for (const Askers& who : askers(settings, claim)) {
    for (kernel::TermId fact : claim.facts) {
      for (Member member : {Member::Subject, Member::Initiator}) {
        Independence pairs(settings, claim, who);
        SearchResult r = pairs.search_pair(fact, member);
        posed |= pairs.posed();
        r.solved.effort += out.effort;
        if (r.kind == SearchResult::Kind::Found) return std::move(r.solved);
        if (r.kind == SearchResult::Kind::Undecided && !undecided) undecided = r.solved;
        out.effort = r.solved.effort;
        if (pairs.posed()) out.assumptions.insert(out.assumptions.end(), r.solved.assumptions.begin(), r.solved.assumptions.end());
      }
    }
  }
  if (undecided) return std::move(*undecided);
  if (!posed) return vacuous(settings, Reason::AssumptionsUnmet, "nobody who has that fact is granted the action");
  if (!can_be_allowed(settings, {claim.action})) return vacuous(settings, Reason::AssumptionsUnmet, "nothing is ever permitted");
  if (claim.in_population) out.assumptions.emplace_back("people, facts and holdings are those of the registers");
  return out;
}

}  // namespace writ::verify
