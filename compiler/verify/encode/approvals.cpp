#include "compiler/verify/encode/approvals.h"

#include <fmt/format.h>

#include <algorithm>

namespace writ::verify {

namespace {

/// Ways times orders of records that are still worth trying one by one.
constexpr std::size_t kMostFillings = 64;

std::size_t orders(std::size_t records, std::size_t slots) {
  std::size_t n = 1;
  for (std::size_t i = 0; i < slots; ++i) n *= records - i;
  return n;
}

using Ways = std::vector<std::vector<const kernel::Party*>>;
Ways both(const Ways& a, const Ways& b) {
  Ways all;
  for (const auto& x : a)
    for (const auto& y : b) {
      all.push_back(x);
      all.back().insert(all.back().end(), y.begin(), y.end());
    }
  return all;
}

std::size_t widest(const Ways& ways) {
  std::size_t most = 0;
  for (const auto& way : ways) most = std::max(most, way.size());
  return most;
}

bool reads_what_is_asked_for(const kernel::Conditions& store, kernel::TermId id) {
  for (kernel::TermId base = id;; base = store.term(base).a[0]) {
    const typed_ir::Term& term = store.term(base);
    if (term.kind == typed_ir::TermKind::Attribute) continue;
    return term.kind == typed_ir::TermKind::Root && (term.root == typed_ir::Root::Resource || term.root == typed_ir::Root::Input);
  }
}

void facts_in(const kernel::Conditions& store, kernel::TermId id, std::vector<kernel::TermId>& into) {
  if (store.term(id).kind == typed_ir::TermKind::Attribute) {
    if (reads_what_is_asked_for(store, id)) into.push_back(id);
    return;
  }
  for (kernel::TermId inner : store.term(id).a) facts_in(store, inner, into);
}
void facts_in(const kernel::Conditions& store, kernel::CondId id, std::vector<kernel::TermId>& into) {
  for (kernel::TermId t : store.cond(id).t) facts_in(store, t, into);
  for (kernel::CondId c : store.cond(id).c) facts_in(store, c, into);
}

/// 7.3: `over`, else what the conditions read of requirements that name the chain.
std::vector<kernel::TermId> covered(const kernel::Kernel& kernel, kernel::ChainId chain) {
  if (!kernel.chains[chain].over.empty()) return kernel.chains[chain].over;
  std::vector<kernel::TermId> out;
  for (const kernel::Lift& l : kernel.lifts) {
    if (l.kind != kernel::Lift::Kind::Warrant || l.warrant.kind != kernel::Warrant::Kind::Approval || l.warrant.chain != chain) continue;
    for (const kernel::Access& a : kernel.restrictions[l.of].accesses)
      if (a.where) facts_in(kernel.conditions, a.where, out);
  }
  return out;
}

/// Paths that the parties name.
void paths_in(const kernel::Kernel& kernel, const kernel::Party& party, std::vector<kernel::TermId>& into) {
  if (party.kind == kernel::Party::Kind::Path) into.push_back(party.path);
  for (kernel::TermId arg : party.role.args) into.push_back(arg);
  for (const kernel::Party& inner : party.inner) paths_in(kernel, inner, into);
  if (party.kind == kernel::Party::Kind::Chain)
    for (const typed_ir::Step& s : kernel.chains[party.chain].steps)
      for (const kernel::Party& p : s.parties) paths_in(kernel, p, into);
}

/// Whatever `a` knows `b` knows too, and it is the same.
Term known_of(smt::Terms& t, const Denoted& a, const Denoted& b) {
  if (!a.set) {
    std::vector<Term> same{b.has, t.equal(a.value, b.value)};
    if (a.currency.valid()) same.push_back(t.equal(a.currency, b.currency));
    return t.conjunction(t.implies(a.has, t.conjunction(same)), t.implies(a.none, b.none));
  }
  const Elements &x = *a.set, &y = *b.set;
  std::vector<Term> same{y.complete};
  if (x.by_ordinal && y.by_ordinal) {
    for (std::size_t i = 0; i < x.ordinals.size(); ++i) same.push_back(t.equal(x.ordinals[i], y.ordinals[i]));
  } else if (!x.member || !y.member || *x.member != *y.member) {
    return t.falsity();
  }
  return t.conjunction(t.implies(x.complete, t.conjunction(same)), t.implies(a.none, b.none));
}

bool alike(const std::vector<Denoted>& a, const std::vector<Denoted>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Denoted& x, const Denoted& y) {
    const bool sets = x.set && y.set && x.set->complete == y.set->complete && x.set->ordinals == y.set->ordinals && x.set->member == y.set->member;
    return x.has == y.has && x.none == y.none && x.value == y.value && x.currency == y.currency && x.fresh_until == y.fresh_until && (sets || (!x.set && !y.set));
  });
}

}  // namespace

std::vector<Chains::Way> Chains::ways(const kernel::Party& party) const {
  if (party.kind == kernel::Party::Kind::Several) {
    std::vector<Way> all{{}};
    for (std::uint32_t i = 0; i < party.count; ++i) all = both(all, ways(party.inner.at(0)));
    return all;
  }
  if (party.kind != kernel::Party::Kind::Chain) return {{&party}};
  std::vector<Way> all{{}};
  for (const typed_ir::Step& step : kernel().chains[party.chain].steps) all = both(all, ways(step));
  return all;
}

std::vector<Chains::Way> Chains::ways(const typed_ir::Step& step) const {
  std::vector<Way> all;
  if (!step.either) all = {{}};
  for (const kernel::Party& party : step.parties) {
    const std::vector<Way> one = ways(party);
    if (step.either) all.insert(all.end(), one.begin(), one.end());
    else all = both(all, one);
  }
  return all;
}

std::string Chains::name(const Chain& chain) const { return fmt::format("{}.approval:{}", asked_.act, form(chain).name); }

Denoted Chains::read(kernel::TermId term) { return Reader(view_, asked_.environment).term(term); }

Kleene Chains::either(Term condition, const Kleene& then, const Kleene& otherwise) const {
  return {terms().ite(condition, then.yes, otherwise.yes), terms().ite(condition, then.no, otherwise.no), terms().ite(condition, then.until, otherwise.until)};
}

Chains::Chain Chains::chain(kernel::ChainId id) {
  Chain out{id, {}, {}, asked_.persons_known, asked_.persons_until};
  for (const typed_ir::Step& step : kernel().chains[id].steps) out.ways.push_back(ways(step));
  for (kernel::TermId term : covered(kernel(), id)) {
    const Denoted value = read(term);
    out.counted = terms().conjunction(out.counted, value.set ? value.set->complete : terms().disjunction(value.has, value.none));
    out.until = logic().earliest({out.until, value.fresh_until});
  }
  out.counted = terms().conjunction(out.counted, as_signed(out));
  present(out);
  return out;
}

/// Records are signed in the first reading in which all is known that they cover; they count in another one if that is the same.
Term Chains::as_signed(const Chain& chain) {
  const auto& readings = view_.world().readings();
  const auto first = std::find_if(readings.begin(), readings.end(), [&](const ChainReading& r) { return r.chain == name(chain); });
  if (first == readings.end()) return terms().truth();
  const std::vector<Denoted> mine = inputs(chain);
  const std::size_t covers = covered(kernel(), chain.id).size(), persons = asked_.persons.size();
  std::vector<Term> same;
  for (std::size_t i = 0; i < mine.size(); ++i)
    if (i < covers || i + persons >= mine.size()) same.push_back(known_of(terms(), first->inputs[i], mine[i]));
  return terms().implies(first->known, terms().conjunction(same));
}

ChainValue Chains::value(kernel::ChainId id) {
  World& w = view_.world();
  const Chain of = chain(id);
  const Term beyond = terms().boolean(fmt::format("{}.approval:{}!others", asked_.act, kernel().chains[id].name));
  w.abstract("approval records beyond one for each party", terms().negation(beyond));
  const ChainValue few = shown(of), any = others(of);
  return {either(beyond, any.met, few.met), either(beyond, any.obtainable, few.obtainable)};
}

/// Whether a witness can present records of the party: people of one type, and one scope to lie in.
bool Chains::writable(const kernel::Party& party, std::set<kernel::EntityId>& approvers) const {
  switch (party.kind) {
    case kernel::Party::Kind::Person: return true;
    case kernel::Party::Kind::Path:
      approvers.insert(kernel().conditions.term(party.path).type.entity);
      return party.inner.empty() || writable(party.inner.front(), approvers);
    case kernel::Party::Kind::Role:          // what an approver held, and was eligible for, when he signed is not encoded
    case kernel::Party::Kind::Several:
    case kernel::Party::Kind::Chain: break;
  }
  return false;
}

bool Chains::writable(const Chain& chain) const {
  std::set<kernel::EntityId> approvers;
  std::size_t fillings = 1;
  for (const std::vector<Way>& step : chain.ways) {
    std::size_t here = 0;
    for (const Way& way : step) {
      here += orders(widest(step), way.size());
      for (const kernel::Party* party : way)
        if (!writable(*party, approvers)) return false;
    }
    fillings *= here;
    if (fillings > kMostFillings) return false;
  }
  return approvers.size() == 1 && kernel().schema.entities[*approvers.begin()].kind == typed_ir::EntityKind::Human;
}

ApprovalRecord Chains::record(const Chain& chain, std::size_t step, std::size_t n, kernel::EntityId type) {
  World& w = view_.world();
  typed_ir::Type time;
  time.scalar = typed_ir::Scalar::Time;
  const std::string path = fmt::format("{}.approval:{}:{}:{}", asked_.act, form(chain).name, step, n);
  return {.path = path, .act = asked_.act, .chain = chain.id, .step = step, .present = terms().boolean(path + "!presented"),
                   .approver = w.entity(path + ".approver", type, 0), .given = w.free_value(path + "!given", time).value};
}

/// The records that the request may show: of different people, none of whom asks, the latest of a step first.
void Chains::present(Chain& chain) {
  World& w = view_.world();
  smt::Terms& t = terms();
  std::set<kernel::EntityId> approvers;
  const bool can = writable(chain);
  for (const auto& step : chain.ways)
    for (const Way& way : step)
      for (const kernel::Party* party : way) writable(*party, approvers);
  std::vector<const ApprovalRecord*> all;
  for (std::size_t i = 0; i < chain.ways.size(); ++i) {
    chain.records.emplace_back();
    for (std::size_t n = 0; can && n < widest(chain.ways[i]); ++n) {
      const bool first = w.records().find(fmt::format("{}.approval:{}:{}:{}", asked_.act, form(chain).name, i, n)) == w.records().end();
      const ApprovalRecord& r = w.record(record(chain, i, n, *approvers.begin()));
      if (first) {
        for (const ApprovalRecord* other : all)
          w.assume(t.implies(t.conjunction(r.present, other->present), t.negation(t.equal(r.approver.id, other->approver.id))));
        if (!chain.records.back().empty()) {
          const ApprovalRecord& later = *chain.records.back().back();
          w.assume(t.implies(r.present, t.conjunction(later.present, t.less_equal(r.given, later.given))));
        }
      }
      for (const Entity& p : asked_.persons)
        if (p.type == r.approver.type) w.assume(t.implies(t.conjunction(r.present, p.present), t.negation(t.equal(r.approver.id, p.id))));
      all.push_back(&r);
      chain.records.back().push_back(&r);
    }
  }
}

/// 7.5: nobody approves his own request.
Kleene Chains::obtainable(const kernel::Party& party) {
  const auto another = [&](kernel::EntityId type, Term id) {
    std::vector<Term> apart;
    for (const Entity& e : asked_.persons)
      if (!type || e.type == type) apart.push_back(terms().negation(terms().conjunction(e.present, terms().equal(e.id, id))));
    return logic().of(terms().conjunction(apart));
  };
  if (party.kind == kernel::Party::Kind::Person) return another({}, view_.world().code(party.person));
  if (party.kind != kernel::Party::Kind::Path) return logic().truth();
  const Denoted target = read(party.path);
  const Kleene nobody = party.inner.empty() ? logic().capped(logic().falsity(), target.fresh_until) : obtainable(party.inner.front());
  return either(target.has, logic().capped(another(target.type.entity, target.value), target.fresh_until),
                either(target.none, nobody, logic().capped(logic().unknown(), target.fresh_until)));
}

Kleene Chains::obtainable(const Chain& chain, std::size_t step) {
  std::vector<Kleene> any;
  for (const Way& way : chain.ways[step]) {
    std::vector<Kleene> all;
    for (const kernel::Party* party : way) all.push_back(obtainable(*party));
    any.push_back(logic().conjunction(all));
  }
  return logic().disjunction(any);
}

Kleene Chains::fits(const kernel::Party& party, const ApprovalRecord& record) {
  const auto is = [&](Term id) { return logic().of(terms().equal(record.approver.id, id)); };
  if (party.kind == kernel::Party::Kind::Person) return is(view_.world().code(party.person));
  if (party.kind != kernel::Party::Kind::Path) return logic().falsity();   // not shown
  const Denoted target = read(party.path);
  const Kleene nobody = party.inner.empty() ? logic().capped(logic().falsity(), target.fresh_until) : fits(party.inner.front(), record);
  return either(target.has, logic().capped(is(target.value), target.fresh_until), either(target.none, nobody, logic().capped(logic().unknown(), target.fresh_until)));
}

/// 0025: tried one after the other, until one is true.
Chains::Filled Chains::best(const std::vector<Filled>& tried) const {
  std::vector<Kleene> all;
  std::vector<Term> ends;
  for (const Filled& f : tried) {
    all.push_back(f.judged);
    ends.push_back(f.judged.until);
  }
  Filled out{logic().disjunction(all), {}};
  out.judged.until = logic().earliest(ends);
  for (std::size_t i = tried.size(); i-- > 0;) {
    out.judged.until = terms().ite(tried[i].judged.yes, tried[i].judged.until, out.judged.until);
    if (tried[i].last.valid()) out.last = out.last.valid() ? terms().ite(tried[i].judged.yes, tried[i].last, out.last) : tried[i].last;
  }
  return out;
}

Chains::Filled Chains::step(const Chain& chain, std::size_t i, std::size_t steps, const So& so) {
  if (i == steps) {
    const std::int64_t lasts = i == chain.ways.size() ? form(chain).good_for : form(chain).steps[i].due;
    const bool ends = lasts != 0 && so.last.valid();
    return {ends ? logic().before(terms().add(so.last, terms().integer(lasts)), terms().truth()) : logic().truth(), so.last};
  }
  std::vector<Filled> tried;
  for (const Way& way : chain.ways[i]) tried.push_back(slots(chain, i, steps, way, so.used.size(), so));
  return best(tried);
}

/// What is used from `begin` on fills the first parties of the way.
Chains::Filled Chains::slots(const Chain& chain, std::size_t i, std::size_t steps, const Way& way, std::size_t begin, const So& so) {
  smt::Terms& t = terms();
  const std::size_t at = so.used.size() - begin;
  if (at == way.size()) {
    So done = so;
    for (std::size_t u = begin; u < done.used.size(); ++u) done.last = done.last.valid() ? t.maximum(done.last, done.used[u]->given) : done.used[u]->given;
    return step(chain, i + 1, steps, done);
  }
  std::vector<Filled> tried;
  for (const ApprovalRecord* record : chain.records[i]) {
    if (std::find(so.used.begin(), so.used.end(), record) != so.used.end()) continue;
    const std::int64_t due = form(chain).steps[i].due;
    std::vector<Kleene> fitting{fits(*way[at], *record), logic().capped(logic().truth(), asked_.persons_until), logic().from(record->given, t.truth())};
    if (due != 0 && so.last.valid())
      fitting.push_back(logic().of(t.conjunction(t.less_equal(so.last, record->given), t.less(record->given, t.add(so.last, t.integer(due))))));
    const Kleene here = logic().conjunction(fitting);
    So further = so;
    further.used.push_back(record);
    const Filled rest = slots(chain, i, steps, way, begin, further);
    Kleene judged = logic().conjunction({here, rest.judged});
    judged.until = t.ite(here.no, here.until, judged.until);
    tried.push_back({either(t.conjunction(record->present, chain.counted), judged, logic().falsity()), rest.last});
  }
  return best(tried);
}

/// The longest beginning that still counts is done; what is missing can be got, or cannot.
ChainValue Chains::shown(const Chain& chain) {
  smt::Terms& t = terms();
  const std::size_t steps = chain.ways.size();
  Kleene met = first(chain, steps).judged;
  const Term whole = met.yes;
  Term begun = t.truth(), steady = chain.until;
  std::vector<Kleene> missing;
  for (std::size_t i = 0; i < steps; ++i) {
    const Kleene next = i + 1 < steps ? first(chain, i + 1).judged : logic().falsity();
    steady = logic().earliest({steady, t.disjunction({whole, t.negation(begun), next.until})});
    begun = t.conjunction(begun, next.yes);
    missing.push_back(either(t.disjunction(whole, begun), logic().truth(), obtainable(chain, i)));
  }
  met = logic().capped(met, steady);
  return {met, logic().capped(logic().conjunction(missing), chain.until)};
}

/// What the answer may depend on beside the records.
std::vector<Denoted> Chains::inputs(const Chain& chain) {
  std::vector<Denoted> out;
  std::vector<kernel::TermId> read_terms = covered(kernel(), chain.id);
  for (const typed_ir::Step& s : form(chain).steps)
    for (const kernel::Party& p : s.parties) paths_in(kernel(), p, read_terms);
  for (kernel::TermId term : read_terms) out.push_back(read(term));
    for (const Entity& e : asked_.persons) {
    Denoted person;
    person.has = e.present;
    person.none = terms().conjunction(asked_.persons_known, terms().negation(e.present));
    person.value = e.id;
    out.push_back(person);
  }
  return out;
}

/// Any records: no chain is met that nobody could fill, nor by what covers an unknown fact. The same records in two readings: who knows more is met where
/// who knows less is; and until the instant that it names, an answer stays (theorems T1 and T4, property tests of the interpreter).
ChainValue Chains::others(const Chain& chain) {
  World& w = view_.world();
  smt::Terms& t = terms();
  const std::string name = this->name(chain);
  ChainReading mine{.chain = name, .now = logic().now(), .later = logic().timed() ? logic().later() : Term{}, .known = chain.counted, .inputs = inputs(chain), .met = {}, .obtainable = {}};
  for (const ChainReading& other : w.readings())
    if (other.chain == name && other.now == mine.now && other.later == mine.later && other.known == mine.known && alike(other.inputs, mine.inputs)) return {other.met, other.obtainable};
  const std::string stem = w.fresh(name + "!any");
  const auto free = [&](const std::string& what) {
    const Term yes = t.boolean(stem + what + "!yes"), no = t.boolean(stem + what + "!no");
    w.assume(t.negation(t.conjunction(yes, no)));
    return Kleene{yes, no, logic().timed() ? t.boolean(stem + what + "!until") : logic().forever()};
  };
  mine.met = free("!met");
  mine.obtainable = free("!obtainable");
  std::vector<Kleene> steps;
  for (std::size_t i = 0; i < chain.ways.size(); ++i) steps.push_back(obtainable(chain, i));
  const Kleene could = logic().conjunction(steps);
  w.assume(t.implies(mine.met.yes, t.conjunction(chain.counted, could.yes)));
  w.assume(t.disjunction(mine.met.no, t.conjunction(chain.counted, t.negation(could.no))));
  w.assume(t.implies(mine.obtainable.yes, could.yes));
  w.assume(t.implies(could.no, mine.obtainable.no));
  if (logic().timed()) w.assume(t.implies(t.disjunction(mine.met.until, mine.obtainable.until), chain.until));
  for (const ChainReading& other : w.readings()) {
    if (other.chain != name) continue;
    const Term same = t.conjunction(logic().same(mine.met, other.met), logic().same(mine.obtainable, other.obtainable));
    if (other.later == mine.now && other.later.valid()) w.assume(t.implies(t.conjunction(other.met.until, other.obtainable.until), same));
    if (other.now != mine.now) continue;
    std::vector<Term> less{t.implies(mine.known, other.known)}, more{t.implies(other.known, mine.known)};
    for (std::size_t i = 0; i < mine.inputs.size(); ++i) {
      less.push_back(known_of(t, mine.inputs[i], other.inputs[i]));
      more.push_back(known_of(t, other.inputs[i], mine.inputs[i]));
    }
    const auto wider = [&](const Kleene& a, const Kleene& b) { return t.implies(a.yes, b.yes); };
    const Term below = t.conjunction(less), above = t.conjunction(more);
    w.assume(t.implies(below, t.conjunction(wider(mine.met, other.met), wider(mine.obtainable, other.obtainable))));
    w.assume(t.implies(above, t.conjunction(wider(other.met, mine.met), wider(other.obtainable, mine.obtainable))));
    w.assume(t.implies(t.conjunction(below, above), same));
  }
  w.readings().push_back(mine);
  return {mine.met, mine.obtainable};
}

}  // namespace writ::verify
