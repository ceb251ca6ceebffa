#include "compiler/verify/engines/population.h"

#include <fmt/format.h>

#include <algorithm>

namespace writ::verify {

using interpret::Held;
using interpret::Record;
using typed_ir::Scalar;

std::vector<Inhabitant> read_population(const kernel::Kernel& kernel, const std::vector<std::string>& requests) {
  std::vector<Inhabitant> out;
  for (const std::string& text : requests) {
    const auto json = json::parse(text);
    WRIT_CHECK(json, "a register is written as JSON");
    auto bound = interpret::bind_subject(kernel, *json);
    WRIT_CHECK(bound, "a register is a valid request: " + text);
    out.push_back(std::move(*bound));
  }
  return out;
}

std::vector<const Inhabitant*> of_type(const std::vector<Inhabitant>& population, kernel::EntityId type) {
  std::vector<const Inhabitant*> out;
  for (const Inhabitant& i : population)
    if (i.subject.first == type) out.push_back(&i);
  return out;
}

namespace {

class Confinement {
 public:
  Confinement(Question& q, const Entity& person, const Inhabitant& him) : q_(q), t_(q.terms()), person_(person), him_(him) {}

  void facts() {
    q_.require(person_.present);
    q_.require(t_.equal(person_.id, q_.world().code(him_.subject.second)));
    const std::map<std::string, Fact> all = q_.world().facts();
    for (const auto& [path, fact] : all) {
      if (path.find(kOtherwise) != std::string::npos) continue;   // the register does not say how it would be otherwise
      if (fact.owner.path != person_.path && !fact.owner.path.starts_with(person_.path + ".")) continue;
      const Record* owner = record(all, fact.owner.path);
      const auto found = owner ? owner->attributes.find(fact.attribute) : std::map<kernel::AttributeId, interpret::Fact>::const_iterator{};
      if (!owner || found == owner->attributes.end()) unknown(fact);
      else known(fact, found->second);
    }
  }

  tl::expected<void, std::string> holdings(Holdings& holdings) {
    const Record* him = him_.find(him_.subject);
    q_.require(him->held.complete ? holdings.complete() : t_.negation(holdings.complete()));
    if (holdings.owned_complete().valid()) {
      if (!him->owned.ids.empty()) return tl::unexpected(std::string("what his workloads hold"));
      q_.require(him->owned.complete ? holdings.owned_complete() : t_.negation(holdings.owned_complete()));
      for (const auto& [type, robot] : holdings.robots()) q_.require(t_.negation(robot.present));
    }
    if (!him->held.access.empty()) return tl::unexpected(std::string("holdings of no role"));
    const std::map<kernel::RoleId, std::vector<Slot>> all = holdings.all();
    for (const auto& [role, slots] : all) {
      std::size_t next = 0;
      for (const Held& held : him->held.roles) {
        if (held.role != role) continue;
        const std::string& name = q_.kernel().roles[role].name;
        if (next == slots.size()) return tl::unexpected(fmt::format("more than {} holdings of `{}`", slots.size(), name));
        if (held.delegated || held.attested_now || !held.rests_on.empty()) return tl::unexpected(fmt::format("a holding of `{}` that rests on something", name));
        if (held.since_ever && q_.kernel().roles[role].cap > 0) return tl::unexpected(fmt::format("a holding of `{}`, which has a longest time, without a start", name));
        slot(slots[next++], held);
      }
      for (; next < slots.size(); ++next) q_.require(t_.negation(slots[next].listed));
    }
    return {};
  }

 private:
  /// Who or what lies at the path, if the register says.
  const Record* record(const std::map<std::string, Fact>& facts, const std::string& path) const {
    if (path == person_.path) return him_.find(him_.subject);
    const auto on_the_way = facts.find(path);
    if (on_the_way == facts.end()) return nullptr;
    const Record* owner = record(facts, on_the_way->second.owner.path);
    if (!owner) return nullptr;
    const auto reference = owner->attributes.find(on_the_way->second.attribute);
    if (reference == owner->attributes.end() || reference->second.state != interpret::Fact::State::Known || reference->second.values.size() != 1) return nullptr;
    const auto& value = reference->second.values.front();
    return him_.find({kernel::EntityId{value.type}, value.text});
  }

  Term term(const typed_ir::Value& v) {
    switch (v.scalar) {
      case Scalar::Bool: return v.number != 0 ? t_.truth() : t_.falsity();
      case Scalar::Enum:
        if (q_.kernel().schema.enums[kernel::EnumId{v.type}].open) return q_.world().code(v.text);
        return q_.world().ordinal(kernel::EnumId{v.type}, static_cast<std::uint32_t>(v.number));
      case Scalar::String:
      case Scalar::Ref: return q_.world().code(v.text);
      case Scalar::Int:
      case Scalar::Decimal:
      case Scalar::Money:
      case Scalar::Time:
      case Scalar::Duration: return t_.integer(v.number);
    }
    return t_.falsity();
  }

  void unknown(const Fact& fact) {
    q_.require(t_.negation(fact.has));
    q_.require(t_.negation(fact.none));
  }
  void known(const Fact& fact, const interpret::Fact& said) {
    using State = interpret::Fact::State;
    if (fact.fresh && !said.as_of) return unknown(fact);   // what has no date counts as stale
    if (fact.fresh) q_.require(t_.equal(fact.as_of, t_.integer(*said.as_of)));
    for (const auto& [act, date] : fact.dates) q_.require(t_.equal(date, t_.integer(*said.as_of)));
    if (said.state == State::Unknown && !fact.set) return unknown(fact);
    if (said.state == State::Absent) {
      q_.require(fact.none);
      return;
    }
    q_.require(fact.has);
    if (fact.set) elements(fact, said);
    else q_.require(t_.equal(fact.value, term(said.values.front())));
    if (!fact.set && fact.currency.valid()) q_.require(t_.equal(fact.currency, q_.world().code(said.values.front().text)));
  }
  void elements(const Fact& fact, const interpret::Fact& said) {
    const Elements& set = *fact.set;
    q_.require(said.complete ? set.complete : t_.negation(set.complete));
    for (std::uint32_t i = 0; i < set.ordinals.size(); ++i) {
      const bool in = std::any_of(said.values.begin(), said.values.end(), [&](const auto& v) { return v.number == i; });
      q_.require(in ? set.ordinals[i] : t_.negation(set.ordinals[i]));
    }
    if (!set.member) return;
    std::vector<Term> values;
    for (const auto& v : said.values) {
      values.push_back(term(v));
      q_.require(q_.world().contains(set, values.back()));   // makes it one of the elements that matter
    }
    for (Term u : std::vector<Term>(q_.world().universe())) {
      if (t_.node(u).sort.kind != t_.node(values.empty() ? u : values.front()).sort.kind) continue;
      std::vector<Term> any;
      for (Term v : values) any.push_back(t_.equal(u, v));
      q_.require(t_.implies(t_.apply(*set.member, {u}), t_.disjunction(any)));
    }
  }

  /// A holding since ever began when the person did.
  std::int64_t start_of_tenure() const {
    const Record* him = him_.find(him_.subject);
    const auto found = him->attributes.find(q_.kernel().schema.entities[him->type].tenure_from);
    return found != him->attributes.end() && found->second.state == interpret::Fact::State::Known ? found->second.values.front().number : 0;
  }

  void slot(const Slot& s, const Held& held) {
    q_.require(s.listed);
    for (std::size_t i = 0; i < s.args.size(); ++i)
      if (held.args[i]) q_.require(t_.equal(s.args[i].value, term(*held.args[i])));
    q_.require(held.since_ever || held.from ? s.from.has : t_.negation(s.from.has));
    q_.require(t_.equal(s.from.value, t_.integer(held.from.value_or(start_of_tenure()))));
    q_.require(held.endless ? s.until.none : t_.negation(s.until.none));
    q_.require(held.until ? s.until.has : t_.negation(s.until.has));
    if (held.until) q_.require(t_.equal(s.until.value, t_.integer(*held.until)));
    q_.require(held.by == Held::By::Unsaid ? t_.truth() : s.route_known);
    const bool settled = s.by_birthright == t_.truth() || s.by_birthright == t_.falsity();
    if (!settled) q_.require(held.by == Held::By::Birthright ? s.by_birthright : t_.negation(s.by_birthright));
  }

  Question& q_;
  smt::Terms& t_;
  const Entity& person_;
  const Inhabitant& him_;
};

}  // namespace

tl::expected<void, std::string> confine(Question& question, const Entity& person, Holdings& holdings, const Inhabitant& him) {
  Confinement c(question, person, him);
  c.facts();
  return c.holdings(holdings);
}

}  // namespace writ::verify
