// Who approved a lift, against the chain of its terms (semantics.md 7.2 to 7.4, 8.6): as far as the register of facts decides. A person
// who is not in it leaves the question open, which is a warning.
#include <algorithm>

#include <fmt/format.h>

#include "compiler/check/facts_truth.h"
#include "compiler/check/lifts.h"

namespace writ::check {
namespace {

using typed_ir::Mark;
using typed_ir::Party;

/// One signature that a chain wants.
struct Slot {
  const Party* party = nullptr;
  std::vector<const Party*> either;     ///< `or`: any of these instead
};

class Approval {
 public:
  Approval(Context& context, const LiftSite& site, const typed_ir::Register& facts)
      : context_(context), at_(site), truth_(context.program, facts), facts_(facts) {}

  void check() {
    if (at_.lift.terms.by.valid()) check_qualified();
    for (const Mark& mark : at_.lift.marks) check_independent(mark);
  }

 private:
  void check_qualified() {
    std::vector<Slot> slots;
    add_slots(at_.lift.terms.by, slots);
    const auto unfilled = first_unfilled(slots, Fact::Unknown);
    if (unfilled) return report_unqualified(slots[*unfilled]);
    if (const auto open = first_unfilled(slots, Fact::Yes)) report_undecided(text_of(slots[*open]));
  }

  void add_slots(ChainId chain, std::vector<Slot>& slots) {
    for (const typed_ir::Step& step : context_.program.chains[chain].steps) {
      if (step.either && step.parties.size() > 1) {
        Slot slot{&step.parties.front(), {}};
        for (const Party& party : step.parties) slot.either.push_back(&party);
        slots.push_back(std::move(slot));
        continue;
      }
      for (const Party& party : step.parties) add_slots(party, slots);
    }
  }
  void add_slots(const Party& party, std::vector<Slot>& slots) {
    if (party.kind == Party::Kind::Chain) return add_slots(party.chain, slots);
    const std::uint32_t times = party.kind == Party::Kind::Several ? party.count : 1;
    const Party* inner = party.kind == Party::Kind::Several ? &party.inner.front() : &party;
    for (std::uint32_t i = 0; i < times; ++i) slots.push_back({inner, {}});
  }

  /// Whether the one who gave the mark may sign the slot.
  Fact fits(const Slot& slot, const Mark& mark) const {
    if (slot.either.empty()) return fits(*slot.party, mark);
    Fact best = Fact::No;
    for (const Party* party : slot.either) best = std::max(best, fits(*party, mark));
    return best;
  }
  Fact fits(const Party& party, const Mark& mark) const {
    switch (party.kind) {
      case Party::Kind::Role: return has_role(party, mark);
      case Party::Kind::Person: return party.person == mark.person ? Fact::Yes : Fact::No;
      case Party::Kind::Several: return fits(party.inner.front(), mark);
      case Party::Kind::Path: return is_at_path(party, mark);
      case Party::Kind::Chain: return Fact::Unknown;
    }
    return Fact::Unknown;
  }

  Fact has_role(const Party& party, const Mark& mark) const {
    const Instant on = end_of_mark(mark);
    if (!party.within_same.valid() || at_.lift.within.empty()) return truth_.has_role(mark.person, party.role.role, std::nullopt, on);
    Fact all = Fact::Yes;
    for (const Value& value : at_.lift.within) all = std::min(all, truth_.has_role(mark.person, party.role.role, value, on));
    return all;
  }
  /// A mark says a day, not an instant: whoever holds the capacity during that day may sign.
  static Instant end_of_mark(const Mark& mark) { return mark.on + 86'400'000 - 1; }

  Fact is_at_path(const Party& party, const Mark& mark) const {
    Fact all = at_.lift.persons.empty() ? Fact::Unknown : Fact::Yes;
    for (const std::string& id : at_.lift.persons) {
      const typed_ir::EntityFacts* person = truth_.find(id);
      const auto named = person ? truth_.person_at(party.path, *person) : std::nullopt;
      Fact here = !named ? Fact::Unknown : *named == mark.person ? Fact::Yes : Fact::No;
      if (here != Fact::Yes && !party.inner.empty()) here = std::max(here, fits(party.inner.front(), mark));
      all = std::min(all, here);
    }
    return all;
  }

  /// Gives every slot its own mark where that is at least `wanted`; the first slot that is left without one.
  std::optional<std::size_t> first_unfilled(const std::vector<Slot>& slots, Fact wanted) const {
    std::vector<std::optional<std::size_t>> slot_of(at_.lift.marks.size());
    for (std::size_t slot = 0; slot < slots.size(); ++slot) {
      std::vector<bool> tried(at_.lift.marks.size(), false);
      if (!place(slots, slot, wanted, slot_of, tried)) return slot;
    }
    return std::nullopt;
  }
  bool place(const std::vector<Slot>& slots, std::size_t slot, Fact wanted, std::vector<std::optional<std::size_t>>& slot_of,
             std::vector<bool>& tried) const {
    for (std::size_t mark = 0; mark < slot_of.size(); ++mark) {
      if (tried[mark] || same_person_before(mark) || fits(slots[slot], at_.lift.marks[mark]) < wanted) continue;
      tried[mark] = true;
      if (slot_of[mark] && !place(slots, *slot_of[mark], wanted, slot_of, tried)) continue;
      slot_of[mark] = slot;
      return true;
    }
    return false;
  }
  /// One person fills one step, however often he signed.
  bool same_person_before(std::size_t mark) const {
    const auto& marks = at_.lift.marks;
    return std::any_of(marks.begin(), marks.begin() + static_cast<std::ptrdiff_t>(mark),
                       [&](const Mark& m) { return m.person == marks[mark].person; });
  }

  void check_independent(const Mark& mark) {
    for (const std::string& person : at_.lift.persons)
      if (report_dependence(mark, person)) return;
    if (!at_.lift.persons.empty() || !at_.lift.type.valid()) return;
    for (const auto& [id, person] : facts_.entities)
      if (person.type == at_.lift.type && truth_.holds(at_.lift.who, person, at_.lift.from) == Fact::Yes && report_dependence(mark, id)) return;
  }

  bool report_dependence(const Mark& mark, const std::string& person) {
    const Fact below = mark.person == person ? Fact::Yes : truth_.is_below(mark.person, person);
    if (below == Fact::Unknown && !at_.lift.persons.empty()) {
      context_.report(Code::approval_undecided, mark.origin.range,
                      {mark.person, at_.symbol->local, fmt::format("nothing says that `{}` is not below `{}`", mark.person, person)});
      return true;
    }
    if (below != Fact::Yes) return false;
    const std::string why = mark.person == person ? fmt::format("`{}` is whom it is for", person) : fmt::format("`{}` is below `{}`", mark.person, person);
    context_.report(Code::approver_not_independent, mark.origin.range, {mark.person, at_.symbol->local, why});
    return true;
  }

  static std::string text_of(const Slot& slot) {
    if (slot.either.empty()) return slot.party->text;
    std::string text;
    for (const Party* party : slot.either) text += (text.empty() ? "" : " or ") + party->text;
    return text;
  }

  void report_unqualified(const Slot& slot) {
    const Range range = at_.lift.marks.empty() ? at_.symbol->written.range : at_.lift.marks.back().origin.range;
    auto& message = context_.report(Code::approver_not_qualified, range, {at_.symbol->local, text_of(slot)});
    if (at_.lift.terms.origin.range.valid()) message.with_label(at_.lift.terms.origin.range, "its terms");
  }
  void report_undecided(const std::string& party) {
    for (const Mark& mark : at_.lift.marks) {
      if (truth_.find(mark.person)) continue;
      context_.report(Code::approval_undecided, mark.origin.range, {mark.person, at_.symbol->local, "the facts do not name this person"});
      return;
    }
    context_.report(Code::approval_undecided, at_.lift.marks.back().origin.range,
                    {at_.lift.marks.back().person, at_.symbol->local, fmt::format("the facts do not say who is {}", party)});
  }

  Context& context_;
  const LiftSite& at_;
  RegisterTruth truth_;
  const typed_ir::Register& facts_;
};

/// Without any register only one thing is known of approvers: that they are not the ones it is for.
void check_without_facts(Context& context, const LiftSite& at) {
  for (const Mark& mark : at.lift.marks) {
    const auto& persons = at.lift.persons;
    if (std::binary_search(persons.begin(), persons.end(), mark.person))
      context.report(Code::approver_not_independent, mark.origin.range,
                     {mark.person, at.symbol->local, fmt::format("`{}` is whom it is for", mark.person)});
  }
}

}  // namespace

void check_approval_of(Context& context, const LiftSite& site) {
  if (site.lift.marks.empty()) return;
  if (context.program.registers.empty()) return check_without_facts(context, site);
  for (const typed_ir::Register& facts : context.program.registers) Approval(context, site, facts).check();
}

}  // namespace writ::check
