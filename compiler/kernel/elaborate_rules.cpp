// Rules become restrictions, one per binding, or obligations (semantics.md 1.2). Names: a rule on acts keeps its own (`R02`); a standing
// binding is `P02.assignment`, or `P10.use` where nothing is asked at assignment; one on objects is `P02.Vendor`; what review reports of
// a rule that is bound to objects only is `P05.exposure`.
#include <algorithm>
#include <map>

#include "compiler/kernel/elaboration.h"
#include "compiler/support/overloaded.h"

namespace writ::kernel {
namespace {

struct Named {
  typed_ir::RuleId rule;
  Restriction restriction;
};

Restriction start(const typed_ir::RuleInfo& info, Restriction::Kind kind, const std::string& binding) {
  Restriction r;
  r.name = binding.empty() ? info.name : info.name + "." + binding;
  r.rule = info.name;
  r.kind = kind;
  r.from = info.enforced_from;
  r.yields = info.yields;
  r.level = info.level;
  r.title = info.title;
  r.owner = info.owner;
  r.because = info.because;
  r.implements = info.implements;
  r.origin = info.origin;
  return r;
}

SideElement close(const Elaboration& e, const typed_ir::SideElement& written) {
  SideElement element;
  element.accesses = kernel::close(e, written.accesses);
  element.roles = written.roles;
  element.text = written.text;
  return element;
}

std::uint32_t needed(const typed_ir::Side& side) {
  switch (side.kind) {
    case typed_ir::Side::Kind::AnyOf: return 1;
    case typed_ir::Side::Kind::AllOf: return static_cast<std::uint32_t>(side.elements.size());
    case typed_ir::Side::Kind::AtLeast: return side.count;
  }
  return 1;
}

Side close(const Elaboration& e, const typed_ir::Side& written) {
  Side side;
  side.need = needed(written);
  for (const typed_ir::SideElement& element : written.elements) side.elements.push_back(close(e, element));
  for (const Value& value : written.within) {
    side.within.push_back(static_cast<std::uint32_t>(value.number));
    side.within_dimension = EnumId{value.type};
  }
  std::sort(side.within.begin(), side.within.end());
  side.text = written.text;
  return side;
}

std::vector<Side> close(const Elaboration& e, const std::vector<typed_ir::Side>& written) {
  std::vector<Side> sides;
  for (const typed_ir::Side& side : written) sides.push_back(close(e, side));
  return sides;
}

/// The scope of the resource lies in one of the values to which the side is cut; U where it has none.
CondId lies_in_cut(Elaboration& e, const Side& side, ActionId action) {
  Type element;
  element.scalar = typed_ir::Scalar::Enum;
  element.enumeration = side.within_dimension;
  std::vector<CondId> any;
  for (const std::uint32_t ordinal : side.within) {
    const Value value{typed_ir::Scalar::Enum, ordinal, "", side.within_dimension.index};
    any.push_back(lies_in(e, action, side.within_dimension, e.kernel.conditions.literal(value, element)));
  }
  return e.kernel.conditions.disjunction(any);
}

/// A side of acts: its cut is a condition of each of them, by the type of their resource.
void write_out_cut(Elaboration& e, Side& side) {
  if (side.within.empty()) return;
  for (SideElement& element : side.elements) {
    std::vector<Access> confined;
    for (const Access& access : element.accesses) {
      std::map<EntityId, Access> by_resource;
      for (const ActionId action : access.actions) {
        const auto [one, first] = by_resource.emplace(e.kernel.schema.actions[action].resource, access);
        if (first) {
          one->second.actions.clear();
          one->second.where = e.kernel.conditions.conjunction({access.where, lies_in_cut(e, side, action)});
        }
        one->second.actions.push_back(action);
      }
      for (auto& [resource, one] : by_resource) confined.push_back(std::move(one));
    }
    element.accesses = std::move(confined);
  }
  side.within.clear();
  side.within_dimension = {};
}

class RuleWriter {
 public:
  RuleWriter(Elaboration& e, typed_ir::RuleId rule) : e_(e), rule_(rule) {}

  std::vector<Named> write() {
    std::visit(support::Overloaded{[&](const typed_ir::Requirement& r) { requirement(r); },
                                   [&](const typed_ir::Prohibition& p) { prohibition(p); },
                                   [&](const typed_ir::Segregation& s) { segregation(s); }},
               e_.program.rules[rule_]);
    return std::move(written_);
  }

 private:
  void add(Restriction restriction) { written_.push_back({rule_, std::move(restriction)}); }

  void requirement(const typed_ir::Requirement& r) {
    using Kind = typed_ir::Requirement::Kind;
    if (r.kind == Kind::Notify || r.kind == Kind::Log) return obligation(r);
    Restriction restriction = start(r.info, Restriction::Kind::Act, "");
    restriction.accesses = kernel::close(e_, r.accesses);
    restriction.requirement = true;
    add(std::move(restriction));
  }

  void obligation(const typed_ir::Requirement& r) {
    Obligation o;
    o.id = r.info.name;
    o.kind = r.kind == typed_ir::Requirement::Kind::Notify ? Obligation::Kind::Notify : Obligation::Kind::Log;
    o.whom = r.notify.text;
    o.after = kernel::close(e_, r.accesses);
    o.on_deny = r.after_denied;
    o.origin = r.info.origin;
    e_.kernel.obligations.add(std::move(o));
  }

  void prohibition(const typed_ir::Prohibition& p) {
    Restriction restriction = start(p.info, Restriction::Kind::Act, "");
    if (p.never) restriction.yields.clear();
    restriction.accesses = kernel::close(e_, p.accesses);
    add(std::move(restriction));
  }

  void segregation(const typed_ir::Segregation& s) {
    const bool people = s.form == typed_ir::Segregation::Form::People;
    if (s.at_assignment || s.at_use) standing(s, people);
    else if (!s.objects.empty()) exposure(s);
    for (const typed_ir::ObjectBinding& binding : s.objects) object(s, binding, people);
  }

  /// How many sides one person may not have. People: with k of m steps in one hand, fewer than n people can finish from k = m - n + 2 on.
  static std::uint32_t too_many(const typed_ir::Segregation& s) {
    if (s.form == typed_ir::Segregation::Form::Combine) return s.count;
    const std::size_t steps = s.sides.size();
    return static_cast<std::uint32_t>(steps + 2 > s.count ? steps + 2 - s.count : 1);
  }

  Restriction sides_of(const typed_ir::Segregation& s, const std::string& binding) {
    Restriction r = start(s.info, Restriction::Kind::Standing, binding);
    r.count = too_many(s);
    r.sides = close(e_, s.sides);
    r.same = s.same;
    r.across = s.across;
    r.sensitive = s.sensitive;
    return r;
  }

  /// A restriction per point: an exception may lift one alone. More than two people are a property of the population, never of one
  /// assignment (6.8): review reports it, nothing refuses.
  void standing(const typed_ir::Segregation& s, bool people) {
    const bool of_population = people && s.count > 2;
    if (s.at_assignment || of_population) {
      Restriction r = sides_of(s, s.at_assignment ? "assignment" : "use");
      r.at_assignment = !of_population;
      r.exposure_only = of_population;
      add(std::move(r));
    }
    if (s.at_use && !of_population) {
      Restriction r = sides_of(s, "use");
      r.at_use = true;
      add(std::move(r));
    }
  }

  void exposure(const typed_ir::Segregation& s) {
    Restriction r = sides_of(s, "exposure");
    r.exposure_only = true;
    add(std::move(r));
  }

  /// For two people "at least two people" and "nobody does all" are the same (1.2).
  void object(const typed_ir::Segregation& s, const typed_ir::ObjectBinding& binding, bool people) {
    const bool counts_people = people && s.count > 2;
    const auto kind = counts_people ? Restriction::Kind::People : Restriction::Kind::Object;
    Restriction r = start(s.info, kind, e_.kernel.schema.entities[binding.key].local);
    r.count = counts_people ? s.count : too_many(s);
    r.sides = close(e_, s.sides);
    for (Side& side : r.sides) write_out_cut(e_, side);
    r.key = binding.key;
    r.key_paths = binding.paths;
    r.over = binding.over;
    r.in_order = binding.in_order;
    r.sensitive = s.sensitive;
    if (binding.origin.range.valid()) r.origin.range = binding.origin.range;
    add(std::move(r));
  }

  Elaboration& e_;
  typed_ir::RuleId rule_;
  std::vector<Named> written_;
};

}  // namespace

void elaborate_rules(Elaboration& e) {
  std::vector<Named> all;
  for (const typed_ir::RuleId rule : e.program.rules.ids())
    for (Named& named : RuleWriter(e, rule).write()) all.push_back(std::move(named));
  std::stable_sort(all.begin(), all.end(), [](const Named& a, const Named& b) { return a.restriction.name < b.restriction.name; });
  for (Named& named : all) {
    const RestrictionId id = e.kernel.restrictions.add(std::move(named.restriction));
    e.restrictions_of_rule[named.rule].push_back(id);
  }
}

}  // namespace writ::kernel
