// The present act: what it is in, who does it, and restrictions on it alone (semantics.md 1.1, 4.3, 6.1).
#include "runtime/core/evaluation.h"

namespace writ::core {

/// `now >= from`, true where the rule has always been in force, false where it only reports.
Judged Evaluation::in_force_since(const layout::Restriction& rule) {
  if (rule.from == 0 || assumed_) return surely(Truth::True);
  return rule.from == kForever ? surely(Truth::False) : not_before(now_.now, rule.from);
}

/// Actions are listed in ascending order.
bool Evaluation::lists(const layout::Access& access, Index action) const {
  const auto actions = list(access.actions);
  if (actions.empty()) return (access.flags & layout::kAccessEverything) != 0;
  return std::find(actions.begin(), actions.end(), action) != actions.end();
}

bool Evaluation::lists_act(Index id) {
  const layout::Access& access = view_.accesses[id];
  return spend(access.actions.count + 1) && lists(access, request_.action);
}

/// An act of an action that the access lists is in it, `principal` being the member; none: someone on the path whom nobody knows.
Judged Evaluation::act_by(Index id, const Person* member, const Scene& scene) {
  const layout::Access& access = view_.accesses[id];
  All all(leaves_);
  const bool by_id = access.principal_id != 0;
  if (member && access.principal != kNone && member->key.type != access.principal) return surely(Truth::False);
  if (member && by_id && member->key.id != view_.text(access.principal_id)) return surely(Truth::False);
  if (!member && (access.principal != kNone || by_id)) all.add(unknown_word(Word::path, Reason::not_supplied));
  if (access.where != kNone) all.add(judge(access.where, scene));
  return all.get();
}

/// The same for the path as a whole: any member. Several rules ask for one access, and rules about objects for each person.
Judged Evaluation::act_in(Index id) {
  Memo& memo = acts_[id];
  if (memo.epoch == act_epoch_) return {memo.truth, memo.why, memo.horizon};
  const Judged judged = act_in_once(id);
  memo = {act_epoch_, judged.truth, judged.why, judged.horizon};
  return judged;
}

Judged Evaluation::act_in_once(Index id) {
  if (!lists_act(id)) return surely(Truth::False);
  const layout::Access& access = view_.accesses[id];
  const bool anybody = access.principal == kNone && access.principal_id == 0;
  const bool always = access.where == kNone || view_.conds[access.where].kind == static_cast<std::uint32_t>(layout::CondKind::True);
  if (anybody && always && !persons_.members.empty()) return surely(Truth::True);
  Any any(leaves_);
  for (std::size_t i = 0; i < persons_.members.size() && !any.settled(); ++i) any.add(act_by(id, &persons_.members[i], member_scenes_[i]));
  if (access.principal == kNone || any.settled()) return any.get();
  All other(leaves_);
  other.add(persons_.another_member());
  if (!other.settled()) other.add(act_by(id, nullptr, now_.of(nullptr)));
  any.add(other.get());
  return any.get();
}

Judged Evaluation::act_in_any(layout::Span accesses) {
  if (accesses.count == 1) return act_in(list(accesses)[0]);
  Any any(leaves_);
  for (const Index id : list(accesses)) any.add(act_in(id));
  return any.get();
}

void Evaluation::act_instances(Index id) {
  const layout::Restriction& rule = view_.restrictions[id];
  const auto add = [&](const Person* member, const Scene& scene, const Judged& present) {
    Any any(leaves_);
    for (const Index access : list(rule.accesses))
      if ((member || view_.accesses[access].principal != kNone) && lists_act(access)) any.add(act_by(access, member, scene));
    All rho(leaves_);
    rho.add(in_force_since(rule));
    rho.add(present);
    rho.add(any.get());
    const Judged restricts = rho.get();
    if (restricts.is(Truth::False)) return conclude_false(restricts);
    Instance instance;
    instance.of = id;
    instance.has_person = member != nullptr;
    if (member) instance.person = *member;
    instance.rho = restricts;
    conclude(instance);
  };
  for (std::size_t i = 0; i < persons_.members.size(); ++i) add(&persons_.members[i], member_scenes_[i], surely(Truth::True));
  if (const Judged other = persons_.another_member(); !other.never_true()) add(nullptr, now_.of(nullptr), other);
}

void Evaluation::conclude_false(const Judged& rho) {
  if (assumed_) return;
  r_any_.add(rho);
  r_plus_any_.add(rho);
}

/// What an instance adds to R and R⁺ (11.1), with the horizon of 3.4: that of ρ if ρ is false, else the least of ρ and all its lifts.
void Evaluation::conclude(Instance& instance) {
  if (instance.rho.is(Truth::False)) return conclude_false(instance.rho);
  if (!instance.nobody_known) judge_lifts(instance);
  Any met(leaves_), obtainable(leaves_);
  Instant horizon = instance.rho.horizon;
  for (const LiftVerdict& l : instance.lifts) {
    met.add(l.met);
    obtainable.add(l.obtainable);
    horizon = std::min({horizon, l.met.horizon, l.obtainable.horizon});
  }
  const auto open = [&](const Any& lifted) {
    All all(leaves_);
    all.add(instance.rho);
    all.add(!lifted.get());
    Judged j = all.get();
    j.horizon = horizon;
    return j;
  };
  if (assumed_) return report(instance, open(met));
  instance.open = open(obtainable);
  r_any_.add(open(met));
  r_plus_any_.add(instance.open);
  if (!leaves_.told()) return;
  if (Instance* kept = arena_.one<Instance>()) {
    *kept = instance;
    kept->next = instances_;
    instances_ = kept;
  }
}

void Evaluation::report(const Instance& instance, const Judged& restricts) {
  if (restricts.is(Truth::False)) return;
  const Instant from = view_.restrictions[instance.of].from;
  const std::string_view person = instance.has_person ? instance.person.key.id : std::string_view{};
  findings_.push({instance.of, person, instance.place, instance.other, restricts.is(Truth::Unknown), from});
}

/// 6.1: what rules that are not enforced yet, or only report, would have restricted, warrants as presented.
void Evaluation::report_unenforced() {
  for (const Index id : list(view_.actions[request_.action].restrictions)) {
    assumed_ = false;
    if (!spend() || !in_force_since(view_.restrictions[id]).is(Truth::False)) continue;
    assumed_ = true;
    judge_restriction(id);
  }
  assumed_ = false;
}

}  // namespace writ::core
