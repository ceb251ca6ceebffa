// `assert … never | always` over everyone (semantics.md 12.1 to 12.3). Each `can` is a request of its own, with its own context and instant; they share
// the person, his facts and holdings. Pending counts as permit: the warrants could be given.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "compiler/verify/engines/population.h"
#include "compiler/verify/engines/scene.h"

namespace writ::verify {

namespace {

using typed_ir::CondKind;

struct Asked {
  Act act;
  std::unique_ptr<Logic> logic;
  std::unique_ptr<View> view;
  Outcome outcome;
  Holdings* holdings = nullptr;
};

/// Whether the condition reads nothing that may change about a person: then what refused an assignment once refuses it for good.
bool reads_person_or_now(const kernel::Conditions& store, kernel::TermId id) {
  const typed_ir::Term& t = store.term(id);
  if (t.kind == typed_ir::TermKind::Now || (t.kind == typed_ir::TermKind::Root && t.root == typed_ir::Root::Principal)) return true;
  return std::any_of(t.a.begin(), t.a.end(), [&](kernel::TermId a) { return reads_person_or_now(store, a); });
}
bool reads_person_or_now(const kernel::Conditions& store, kernel::CondId id) {
  const typed_ir::Cond& c = store.cond(id);
  return std::any_of(c.t.begin(), c.t.end(), [&](kernel::TermId t) { return reads_person_or_now(store, t); }) ||
         std::any_of(c.c.begin(), c.c.end(), [&](kernel::CondId i) { return reads_person_or_now(store, i); });
}

/// 10.4: in an observed system nobody asks before something is assigned. A role without native lines may be given anywhere.
bool observed(const kernel::Kernel& kernel, const std::string& system) {
  return std::any_of(kernel.schema.systems.begin(), kernel.schema.systems.end(),
                     [&](const typed_ir::System& s) { return !s.enforced && (system.empty() || s.name == system); });
}
bool asked_first(const kernel::Kernel& kernel, kernel::RoleId role) {
  const std::vector<std::string>& systems = kernel.roles[role].systems;
  if (systems.empty()) return !observed(kernel, "");
  return std::none_of(systems.begin(), systems.end(), [&](const std::string& s) { return observed(kernel, s); });
}

std::vector<kernel::CondId> whole(const kernel::Claim& claim) {
  std::vector<kernel::CondId> all;
  if (claim.where) all.push_back(claim.where);
  if (claim.then) all.push_back(claim.then);
  return all;
}

using Cans = std::vector<const typed_ir::Cond*>;
void find_cans(const kernel::Conditions& store, kernel::CondId id, Cans& cans) {
  const typed_ir::Cond& c = store.cond(id);
  if (c.kind == CondKind::Can && std::find(cans.begin(), cans.end(), &c) == cans.end()) cans.push_back(&c);
  for (kernel::CondId inner : c.c) find_cans(store, inner, cans);
}

std::optional<std::uint32_t> binder_of(const kernel::Conditions& store, const typed_ir::Cond& c, std::size_t position) {
  if (position >= c.t.size() || !c.t[position].valid()) return std::nullopt;
  const typed_ir::Term& t = store.term(c.t[position]);
  if (t.kind != typed_ir::TermKind::Root || t.root != typed_ir::Root::Binder) return std::nullopt;
  return t.index;
}

/// The requests that name the binder, from 1.
std::vector<unsigned> requests_naming(const kernel::Conditions& store, const Cans& cans, std::size_t binder) {
  std::vector<unsigned> all;
  for (unsigned k = 0; k < cans.size(); ++k)
    if (binder_of(store, *cans[k], 1) == binder || binder_of(store, *cans[k], 2) == binder) all.push_back(k + 1);
  return all;
}

/// Whether the condition reads of the binder what may be another thing in another request.
bool reads_changeable(const kernel::Kernel& kernel, kernel::TermId id, std::size_t binder, bool changed = false) {
  const typed_ir::Term& t = kernel.conditions.term(id);
  if (t.kind == typed_ir::TermKind::Root) return changed && t.root == typed_ir::Root::Binder && t.index == binder;
  const bool here = t.kind == typed_ir::TermKind::Attribute && !kernel.schema.attributes[t.attribute].fixed;
  return std::any_of(t.a.begin(), t.a.end(), [&](kernel::TermId a) { return reads_changeable(kernel, a, binder, changed || here); });
}
bool reads_changeable(const kernel::Kernel& kernel, kernel::CondId id, std::size_t binder) {
  const typed_ir::Cond& c = kernel.conditions.cond(id);
  return std::any_of(c.t.begin(), c.t.end(), [&](kernel::TermId t) { return t.valid() && reads_changeable(kernel, t, binder); }) ||
         std::any_of(c.c.begin(), c.c.end(), [&](kernel::CondId i) { return reads_changeable(kernel, i, binder); });
}

/// Per binder the request in which its facts are read; 0: none names it, or it is a person.
using Homes = std::vector<unsigned>;
/// Two acts on one thing happen at two times: what a claim says of the thing may be so at either. Every choice.
std::vector<Homes> homes_of(const kernel::Kernel& kernel, const kernel::Claim& claim) {
  Cans cans;
  for (kernel::CondId c : whole(claim)) find_cans(kernel.conditions, c, cans);
  std::vector<Homes> all{{}};
  for (std::size_t i = 0; i < claim.binders.size(); ++i) {
    const kernel::EntityId type = claim.binders[i].type;
    std::vector<unsigned> named = type && !kernel.schema.entities[type].is_principal() ? requests_naming(kernel.conditions, cans, i) : std::vector<unsigned>{};
    const std::vector<kernel::CondId> conditions = whole(claim);
    const bool context = type && kernel.schema.entities[type].kind == typed_ir::EntityKind::Context;   // one context, wherever it is named
    const bool same = context || std::none_of(conditions.begin(), conditions.end(), [&](kernel::CondId c) { return reads_changeable(kernel, c, i); });
    if (same && named.size() > 1) named.resize(1);
    if (named.empty()) named.push_back(0);
    std::vector<Homes> next;
    for (const Homes& chosen : all)
      for (unsigned home : named) {
        next.push_back(chosen);
        next.back().push_back(home);
      }
    all = std::move(next);
  }
  return all;
}

class ClaimEncoder {
 public:
  ClaimEncoder(const Settings& settings, const kernel::Claim& claim, const Homes& homes) : question_(settings, Logic::Horizons::Off), claim_(claim) {
    for (kernel::CondId c : whole(claim)) find_cans(settings.kernel.conditions, c, cans_);
    for (kernel::CondId c : whole(claim)) held_ += count_held(c);
    unsigned unused = static_cast<unsigned>(cans_.size());
    for (std::size_t i = 0; i < claim.binders.size(); ++i) bind(i, homes.at(i), unused);
    env_.holds = [this](const Denoted& person, kernel::RoleId role, const std::vector<Denoted>& args) {
      const auto found = holdings_.find(person.path);
      if (found == holdings_.end()) {
        return question_.world().anything("the holdings of somebody else");
      }
      return found->second->holds(question_.view(), role, args);
    };
    env_.can = [this](const typed_ir::Cond& c) { return can(c); };
  }

  Question& question() { return question_; }
  std::vector<std::unique_ptr<Asked>>& asked() { return asked_; }
  const std::set<std::string>& separating() const { return separating_; }

  /// The formula of a violation.
  Term violated() {
    Reader reader(question_.view(), env_);
    const Kleene where = reader.optional_condition(claim_.where);
    Term out = where.yes;
    if (claim_.kind == kernel::Claim::Kind::Always) out = question_.terms().conjunction(out, reader.condition(claim_.then).no);
    return out;
  }
  Term premise() {
    Reader reader(question_.view(), env_);
    return reader.optional_condition(claim_.where).yes;
  }

  /// Binder by binder, who it is. After encoding.
  tl::expected<void, std::string> confine(const std::vector<const Inhabitant*>& people) {
    for (std::size_t i = 0; i < people.size(); ++i) {
      if (!people[i]) continue;
      const Entity& person = env_.binders[i];
      if (auto done = verify::confine(question_, person, *holdings_.at(person.path), *people[i]); !done) return done;
    }
    return {};
  }

  std::set<std::string> holding_assumptions() const {
    std::set<std::string> out;
    for (const auto& [path, holdings] : holdings_) out.merge(verify::holding_assumptions(*holdings));
    return out;
  }

  /// Who is one person holds one thing, whatever he is called. After encoding.
  void link() {
    std::vector<Holdings*> people;
    for (auto& [path, holdings] : holdings_) people.push_back(holdings.get());
    if (people.empty()) return;
    people.front()->link({people.begin() + 1, people.end()});
  }

  /// A rule that refuses what nothing lifts: what it keeps from being held at every instant that the claim speaks of, and what it would keep
  /// from being held if every system asked first.
  struct Separation { kernel::RestrictionId rule; Term kept, meant; };
  std::vector<Separation> separations() {
    const kernel::Kernel& kernel = question_.kernel();
    smt::Terms& t = question_.terms();
    std::vector<Separation> out;
    for (auto& [path, holdings] : holdings_) {
      std::vector<kernel::RoleId> roles, asked_for;
      for (const auto& [role, slots] : holdings->all()) roles.push_back(role);
      std::copy_if(roles.begin(), roles.end(), std::back_inserter(asked_for), [&](kernel::RoleId r) { return asked_first(kernel, r); });
      std::vector<View*> views{&question_.view()};
      for (const auto& asked : asked_)
        if (asked->holdings == holdings.get()) views.push_back(asked->view.get());
      for (kernel::RestrictionId id : kernel.restrictions.ids()) {
        const kernel::Restriction& r = kernel.restrictions[id];
        const bool standing = r.kind == kernel::Restriction::Kind::Standing && r.at_assignment && r.yields.empty() && !kernel.lifts_of.contains(id);
        if (!standing || r.from == typed_ir::kForever || changeable(r)) continue;
        for (View* view : views) {
          const Term in_force = t.less_equal(t.integer(r.from), view->logic().now());
          const auto apart = [&](const std::vector<kernel::RoleId>& among) {
            const std::vector<LiveRole> held = holdings->live_roles(*view, among);
            Standing alone(*view, holdings->person(), held);
            std::vector<Term> broken{alone.broken(r).yes};
            // Of an open dimension that is one value, any; what is held is apart in each that it names.
            for (const LiveRole& role : held)
              for (const Denoted& arg : role.args) {
                if (arg.type.scalar != typed_ir::Scalar::Enum || arg.set || !kernel.schema.enums[arg.type.enumeration].open) continue;
                const auto there = [&](kernel::EnumId d) { return d == arg.type.enumeration ? arg : question_.world().free_value(question_.world().fresh("!joined:" + r.name), type_of(d)); };
                for (const StandingInstance& i : alone.instances(r, there)) broken.push_back(i.broken.yes);
              }
            return t.negation(t.conjunction(in_force, t.disjunction(broken)));
          };
          out.push_back({id, apart(asked_for), apart(roles)});
          if (out.back().kept != t.truth()) separating_.insert(r.rule);
        }
      }
    }
    return out;
  }

  /// The condition, if anybody could do and hold anything.
  Term conceivable() {
    Environment env = env_;
    World& w = question_.world();
    const auto perhaps = [&] { return question_.logic().of(question_.terms().boolean(w.fresh("!conceivable"))); };
    env.holds = [&](const Denoted&, kernel::RoleId, const std::vector<Denoted>&) { return perhaps(); };
    env.can = [&](const typed_ir::Cond&) { return perhaps(); };
    Reader reader(question_.view(), env);
    return reader.optional_condition(claim_.where).yes;
  }

 private:
  static typed_ir::Type type_of(kernel::EnumId dimension) {
    typed_ir::Type type;
    type.scalar = typed_ir::Scalar::Enum;
    type.enumeration = dimension;
    return type;
  }

  /// A side that a holding gives or not as the person's facts change, what he can do or where his role reaches: a move evades the rule (12.2).
  bool changeable(const kernel::Restriction& r) const {
    const kernel::Kernel& kernel = question_.kernel();
    const auto moves = [&](const kernel::RoleUse& wanted) {
      for (const kernel::Role& role : kernel.roles)
        for (const kernel::RoleUse& a : role.ancestors)
          if (a.role == wanted.role && role.scope && reads_person_or_now(kernel.conditions, role.scope)) return true;
      return false;
    };
    for (const kernel::Side& s : r.sides)
      for (const kernel::SideElement& e : s.elements) {
        if (std::any_of(e.roles.begin(), e.roles.end(), moves)) return true;
        for (const kernel::Capability& c : e.capabilities)
          if (reads_person_or_now(kernel.conditions, c.where)) return true;
      }
    return false;
  }

  /// A holding for each `holds` and for each `can` of the claim: no more are needed for what it says, and a limit on what it denies is printed.
  static constexpr unsigned kMostHoldings = 8;
  unsigned count_held(kernel::CondId id) const {
    const typed_ir::Cond& c = question_.kernel().conditions.cond(id);
    unsigned count = c.kind == CondKind::Holds ? 1 : 0;
    for (kernel::CondId inner : c.c) count += count_held(inner);
    return count;
  }

  std::optional<std::uint32_t> binder_of(const typed_ir::Cond& c, std::size_t position) const { return verify::binder_of(question_.kernel().conditions, c, position); }

  void bind(std::size_t i, unsigned home, unsigned& unused) {
    const typed_ir::Binder& b = claim_.binders[i];
    if (!b.type) {   // an instant
      typed_ir::Type time;
      time.scalar = typed_ir::Scalar::Time;
      env_.instants.emplace(static_cast<std::uint32_t>(i), question_.world().free_value("at:" + b.name, time));
      env_.binders.push_back({"at:" + b.name, {}, question_.terms().falsity(), question_.terms().integer(0), 0});
      return;
    }
    const typed_ir::Entity& type = question_.kernel().schema.entities[b.type];
    World& w = question_.world();
    if (type.is_principal()) {
      env_.binders.push_back(w.entity(b.name, b.type, 0));
      auto holdings = std::make_unique<Holdings>(w, env_.binders.back());
      holdings->provide(std::clamp(static_cast<unsigned>(cans_.size()) + held_, 2U, kMostHoldings));
      holdings_.emplace(b.name, std::move(holdings));
      return;
    }
    // A resource or context lives in a request that names it.
    if (home == 0) home = ++unused;
    const char* part = type.kind == typed_ir::EntityKind::Context ? "context" : "resource";
    env_.binders.push_back(w.entity(fmt::format("{}.{}", home, part), b.type, static_cast<int>(home)));
  }

  Kleene can(const typed_ir::Cond& c) {
    World& w = question_.world();
    smt::Terms& t = question_.terms();
    const auto k = static_cast<unsigned>(std::find(cans_.begin(), cans_.end(), &c) - cans_.begin()) + 1;
    for (const auto& done : asked_)
      if (done->act.name == std::to_string(k)) return value(*done);
    const auto person = binder_of(c, 0);
    const bool elsewhere = c.t.size() > 1 && c.t[1].valid() && !binder_of(c, 1);
    if (!person || elsewhere) {
      return w.anything("`can` of somebody or on something that is not bound");
    }
    auto asked = std::make_unique<Asked>();
    const Entity& subject = env_.binders[*person];
    asked->act = make_act(w, std::to_string(k), c.action, subject);
    for (const Entity& other : env_.binders)
      if (other.type && other.path != subject.path && !owners_of(question_.kernel(), other.type).empty()) asked->act.bystanders.push_back(other);
    if (const auto resource = binder_of(c, 1)) {
      const Entity& bound = env_.binders[*resource];
      if (bound.path == asked->act.name + ".resource") {
        asked->act.resource = bound;
      } else if (asked->act.resource) {
        w.assume(t.equal(asked->act.resource->id, bound.id));   // the same thing, at another time: only what is fixed is shared
      }
    }
    if (const auto context = binder_of(c, 2)) asked->act.context = env_.binders[*context];
    const bool at = c.t.size() > 3 && c.t[3].valid();
    const Term now = at ? Reader(question_.view(), env_).term(c.t[3]).value : t.variable(fmt::format("now:{}", k), smt::kInt);
    w.assume(t.less_equal(t.integer(0), now));
    w.assume(t.less(now, t.integer(typed_ir::kInstantEnd)));
    asked->logic = std::make_unique<Logic>(t, now, t.truth(), Logic::Horizons::Off, question_.settings().faults);
    asked->view = std::make_unique<View>(w, *asked->logic, asked->act.name);
    asked->holdings = holdings_.at(subject.path).get();
    Without without;
    if (c.ordinarily)
      for (kernel::LiftId l : question_.kernel().lifts.ids())
        if (question_.kernel().lifts[l].kind != kernel::Lift::Kind::Warrant) without.lifts.insert(l);
    asked->outcome = DecisionEncoder(*asked->view, *asked->holdings, asked->act, without).encode();
    asked_.push_back(std::move(asked));
    return value(*asked_.back());
  }

  Kleene value(const Asked& a) { return question_.logic().of(question_.terms().disjunction(a.outcome.permit, a.outcome.pending)); }

  Question question_;
  const kernel::Claim& claim_;
  Environment env_;
  Cans cans_;
  unsigned held_ = 0;
  std::map<std::string, std::unique_ptr<Holdings>> holdings_;
  std::vector<std::unique_ptr<Asked>> asked_;
  std::set<std::string> separating_;
};

question::Outcome outcome_of(Question& q, const Outcome& o) {
  if (q.is_true(o.permit)) return question::Outcome::Permit;
  if (q.is_true(o.pending)) return question::Outcome::Pending;
  return q.is_true(o.deny) ? question::Outcome::Deny : question::Outcome::Indeterminate;
}

void tell(Question& q, const Asked& a, std::vector<StoryLine>& story) {
  const kernel::Kernel& k = q.kernel();
  std::string what = fmt::format("\"{}\" asks for {}", id_text(q, a.act.subject), k.schema.actions[a.act.action].name);
  if (a.act.resource) what += fmt::format(" on {} \"{}\"", k.schema.entities[a.act.resource->type].local, id_text(q, *a.act.resource));
  what += fmt::format(", at {}: {}", question::format_instant(q.number(a.logic->now())), question::to_string(outcome_of(q, a.outcome)));
  story.push_back({what, {}});
  for (const std::string& f : known_facts(q, *a.view, a.act.name)) story.push_back({"where " + f, {}});
  for (const auto& [id, value] : a.outcome.grants)
    if (q.is_true(value.yes)) story.push_back({fmt::format("granted by {}", k.grants[id].id), k.grants[id].origin.range});
  for (const auto& [id, used] : a.outcome.used)
    if (q.is_true(used)) story.push_back({fmt::format("lifted by {}", k.lifts[id].id), k.lifts[id].origin.range});
}

}  // namespace

namespace {

/// `people`: per binder, who it is; empty: everyone.
Solved solve_claim(const Settings& settings, const kernel::Claim& claim, const std::vector<const Inhabitant*>& people, const Homes& homes) {
  ClaimEncoder encoder(settings, claim, homes);
  Question& q = encoder.question();
  const Term violated = encoder.violated();
  std::vector<ClaimEncoder::Separation> separations;
  if (people.empty()) separations = encoder.separations();
  encoder.link();
  if (const auto confined = encoder.confine(people); !confined) return open({VerdictKind::Undecided, Reason::NotSupported, "in the register: " + confined.error()});
  const bool negative = claim.kind == kernel::Claim::Kind::Always;
  if (negative)   // a decision that is negated is asked with every fact supplied
    for (Term t : q.world().completeness()) q.require(t);
  for (const ClaimEncoder::Separation& s : separations) q.require(s.kept);
  const Question::Found found = q.solve_with(violated);
  Solved out;
  if (found == Question::Found::Undecided) {
    out = open(q.undecided());
  } else if (found == Question::Found::Nothing) {
    std::vector<std::string> assumptions{"the facts supplied are true", "the person acts himself"};
    for (const std::string& rule : encoder.separating()) assumptions.push_back(fmt::format("nobody holds what {} refuses: holdings come about by `assign`", rule));
    for (const std::string& a : encoder.holding_assumptions()) assumptions.push_back(a);
    for (const World::Abstraction& a : q.world().abstractions()) assumptions.push_back("any value of: " + a.what);
    std::sort(assumptions.begin(), assumptions.end());
    assumptions.erase(std::unique(assumptions.begin(), assumptions.end()), assumptions.end());
    out = proved(assumptions);
    // Nothing violates it; does anything fulfil what it presupposes, or even one half of it?
    if (claim.kind == kernel::Claim::Kind::Always && q.solve_with(encoder.premise()) == Question::Found::Nothing)
      out = vacuous(settings, Reason::AssumptionsUnmet, "nothing fulfils its condition");
    if (claim.kind == kernel::Claim::Kind::Never)
      for (const auto& asked : encoder.asked())
        if (q.solve_with(q.terms().disjunction(asked->outcome.permit, asked->outcome.pending)) == Question::Found::Nothing && encoder.asked().size() > 1)
          out = vacuous(settings, Reason::AssumptionsUnmet, fmt::format("nobody can {} at all", settings.kernel.schema.actions[asked->act.action].name));
    if (claim.kind == kernel::Claim::Kind::Never && people.empty() && q.solve_with(encoder.conceivable()) == Question::Found::Nothing)
      out = vacuous(settings, Reason::AssumptionsUnmet, "its condition cannot be met, whatever anybody can or holds");
  } else {
    for (auto& asked : encoder.asked()) {
      prefer_little(q, *asked->holdings, asked->act);
      q.prefer(q.terms().equal(asked->logic->now(), q.now()));
    }
    q.minimise();
    Witness w;
    w.kind = encoder.asked().empty() ? WitnessKind::Static : WitnessKind::Decisions;
    w.story.push_back({fmt::format("assert {}", claim.name), claim.origin.range});
    std::set<std::string> told, passed_over;
    for (const auto& asked : encoder.asked()) {
      w.requests.push_back({request_json(q, *asked->holdings, asked->act, *asked->view), outcome_of(q, asked->outcome)});
      if (told.insert(asked->act.subject.path).second)
        for (const auto& [role, slots] : asked->holdings->all())
          for (const Slot& s : slots)
            if (q.is_true(s.listed)) w.story.push_back({fmt::format("\"{}\" holds {}", id_text(q, asked->act.subject), settings.kernel.roles[role].name), settings.kernel.roles[role].origin.range});
      tell(q, *asked, w.story);
    }
    for (const ClaimEncoder::Separation& s : separations) {
      const kernel::Restriction& r = settings.kernel.restrictions[s.rule];
      if (!q.is_true(s.meant) && passed_over.insert(r.rule).second)
        w.story.push_back({fmt::format("where nobody asks first, {} refuses nothing in time", r.rule), r.origin.range});
    }
    out = refuted(encoder.asked().empty() ? "a person may hold this" : "somebody can", w);
  }
  out.effort = q.effort();
  return out;
}

/// Whether it holds in all cases: one that refutes it is enough.
class Cases {
 public:
  explicit Cases(Solved of_none) : out_(std::move(of_none)) {}
  /// Whether that settles it.
  bool add(Solved one) {
    effort_ += one.effort;
    switch (one.verdict.kind) {
      case VerdictKind::Refuted:
      case VerdictKind::Possible: undecided_.reset(); out_ = std::move(one); return true;
      case VerdictKind::Undecided: if (!undecided_) undecided_ = std::move(one); break;
      case VerdictKind::Vacuous: if (!proved_) out_ = std::move(one); break;
      case VerdictKind::Proved:
        if (proved_) out_.assumptions.insert(out_.assumptions.end(), one.assumptions.begin(), one.assumptions.end());
        else out_ = std::move(one);
        proved_ = true;
        break;
    }
    return false;
  }
  Solved result() {
    Solved all = undecided_ ? std::move(*undecided_) : std::move(out_);
    std::sort(all.assumptions.begin(), all.assumptions.end());
    all.assumptions.erase(std::unique(all.assumptions.begin(), all.assumptions.end()), all.assumptions.end());
    all.effort = effort_;
    return all;
  }

 private:
  Solved out_;
  std::optional<Solved> undecided_;
  std::uint64_t effort_ = 0;
  bool proved_ = false;
};

Solved solve_claim(const Settings& settings, const kernel::Claim& claim, const std::vector<const Inhabitant*>& people) {
  const std::vector<Homes> all = homes_of(settings.kernel, claim);
  constexpr std::size_t kMostHomes = 64;
  if (all.size() > kMostHomes) return open({VerdictKind::Undecided, Reason::Limit, fmt::format("{} ways to say in which act a thing is as the claim says", all.size())});
  Cases cases({});
  for (const Homes& homes : all)
    if (cases.add(solve_claim(settings, claim, people, homes))) break;
  return cases.result();
}

/// Every choice of people for the binders that are principals.
std::vector<std::vector<const Inhabitant*>> choices(const Settings& settings, const kernel::Claim& claim) {
  std::vector<std::vector<const Inhabitant*>> all{{}};
  for (const auto& b : claim.binders) {
    std::vector<const Inhabitant*> who{nullptr};
    if (b.type && settings.kernel.schema.entities[b.type].is_principal()) who = of_type(*settings.population, b.type);
    std::vector<std::vector<const Inhabitant*>> next;
    for (const auto& chosen : all)
      for (const Inhabitant* i : who) {
        next.push_back(chosen);
        next.back().push_back(i);
      }
    all = std::move(next);
  }
  return all;
}

Solved solve_in_population(const Settings& settings, const kernel::Claim& claim) {
  if (!settings.population) return open({VerdictKind::Undecided, Reason::NotSupported, "`in population`: no register of facts is part of the run"});
  Cases cases(vacuous(settings, Reason::AssumptionsUnmet, "the registers list nobody whom it speaks of"));
  for (const auto& people : choices(settings, claim))
    if (cases.add(solve_claim(settings, claim, people))) break;
  Solved out = cases.result();
  if (out.verdict.success()) out.assumptions.emplace_back("people, facts and holdings are those of the registers");
  return out;
}

}  // namespace

Solved solve_claim(const Settings& settings, const Obligation& obligation) {
  const kernel::Claim& claim = settings.kernel.claims[obligation.target.claim];
  if (claim.kind == kernel::Claim::Kind::Independent) return solve_independence(settings, claim);
  return claim.in_population ? solve_in_population(settings, claim) : solve_claim(settings, claim, {});
}

}  // namespace writ::verify
