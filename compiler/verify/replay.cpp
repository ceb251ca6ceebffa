#include "compiler/verify/replay.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/interpret/interpret.h"

namespace writ::verify {

namespace {

class InterpreterReplayer final : public Replayer {
 public:
  explicit InterpreterReplayer(const kernel::Kernel& kernel) : interpreter_(kernel) {}
  std::string_view name() const override { return "interpreter"; }
  tl::expected<question::Decision, std::string> decide(std::string_view request) override {
    auto decision = interpreter_.decide_text(request);
    if (!decision) return tl::unexpected(fmt::format("{} at {}: {}", decision.error().code, decision.error().at, decision.error().what));
    return std::move(*decision);
  }

 private:
  interpret::Interpreter interpreter_;
};

/// 11.2: the outcome, and for permit and pending what hangs on it.
bool same_decision(const question::Decision& a, const question::Decision& b) {
  if (a.outcome != b.outcome) return false;
  return a.outcome < question::Outcome::Pending || (a.lifts == b.lifts && a.obligations == b.obligations && a.missing == b.missing);
}

std::string wrong_pair(const Witness& w, Replayer& replayer) {
  const auto first = replayer.decide(w.requests.at(0).json), second = replayer.decide(w.requests.at(1).json);
  if (w.at != 0 && first->valid_until.value_or(typed_ir::kForever) <= w.at) return fmt::format("{} says an earlier `valid until`\n{}", replayer.name(), w.requests[0].json);
  if (same_decision(*first, *second)) return fmt::format("{} decides both alike\n{}\n{}", replayer.name(), w.requests[0].json, w.requests[1].json);
  return "";
}

/// The policy with the lifts as tombstones: they lift nothing, and what rests on them has ended.
std::string wrong_policy_pair(const kernel::Kernel& kernel, const Witness& w, const MakeReplayer& make) {
  kernel::Kernel without = kernel;
  for (auto& [restriction, lifts] : without.lifts_of)
    std::erase_if(lifts, [&](kernel::LiftId l) { return std::find(w.removed.begin(), w.removed.end(), kernel.lifts[l].id) != w.removed.end(); });
  const auto with = make(kernel), gone = make(without);
  const auto a = with->decide(w.requests.at(0).json), b = gone->decide(w.requests.at(0).json);
  if (a && b && !same_decision(*a, *b)) return "";
  return fmt::format("{} decides alike without {}\n{}", with->name(), w.removed.front(), w.requests[0].json);
}

std::string wrong_standing(const kernel::Kernel& kernel, const Witness& w) {
  const interpret::Interpreter interpreter(kernel);
  const auto request = json::parse(w.requests.at(0).json);
  if (!request) return "a standing witness that is no JSON\n" + w.requests[0].json;
  const auto findings = interpreter.standing(*request, {w.at, w.at + 1});
  if (!findings) return fmt::format("interpreter refuses the request: {}\n{}", findings.error().what, w.requests[0].json);
  for (const question::StandingFinding& f : *findings)
    if (f.restriction == w.rule && f.disjoint.empty() && (w.possible || !f.possible)) return "";
  return fmt::format("interpreter does not find {}\n{}", w.rule, w.requests[0].json);
}

}  // namespace

std::string disagreement(const Witness& witness, Replayer& replayer) {
  switch (witness.kind) {
    case WitnessKind::Static:
    case WitnessKind::Killers:
    case WitnessKind::Standing: return "";
    case WitnessKind::Decisions:
    case WitnessKind::DecisionPair:
    case WitnessKind::PolicyPair: break;
  }
  for (const AskedRequest& asked : witness.requests) {
    const auto decision = replayer.decide(asked.json);
    if (!decision) return fmt::format("{} refuses the request: {}\n{}", replayer.name(), decision.error(), asked.json);
    if (decision->outcome != asked.outcome)
      return fmt::format("{} says {}, the proof {}\n{}", replayer.name(), question::to_string(decision->outcome), question::to_string(asked.outcome), asked.json);
  }
  return witness.kind == WitnessKind::DecisionPair ? wrong_pair(witness, replayer) : "";
}

namespace {

void believe(const Obligation& obligation, const std::string& wrong) {
  WRIT_CHECK(wrong.empty(), fmt::format("the witness of {} does not reproduce: {}", obligation.id, wrong));
}

void replay_in(const MakeReplayer& make, const kernel::Kernel& kernel, const Obligation& obligation, Witness& witness) {
  const auto engine = make(kernel);
  if (!std::all_of(witness.requests.begin(), witness.requests.end(), [&](const AskedRequest& asked) { return engine->answers(asked.json); })) return;
  std::string wrong = disagreement(witness, *engine);
  if (wrong.empty() && witness.kind == WitnessKind::PolicyPair) wrong = wrong_policy_pair(kernel, witness, make);
  believe(obligation, wrong);
  witness.replayed.emplace_back(engine->name());
}

}  // namespace

void replay(const kernel::Kernel& kernel, const Obligation& obligation, Witness& witness, const std::vector<MakeReplayer>& also) {
  switch (witness.kind) {
    case WitnessKind::Static:
    case WitnessKind::Killers: return;
    case WitnessKind::Standing:
      believe(obligation, wrong_standing(kernel, witness));
      witness.replayed.push_back("interpreter");
      return;
    case WitnessKind::Decisions:
    case WitnessKind::DecisionPair:
    case WitnessKind::PolicyPair:
      replay_in([](const kernel::Kernel& k) { return std::make_unique<InterpreterReplayer>(k); }, kernel, obligation, witness);
      for (const MakeReplayer& make : also) replay_in(make, kernel, obligation, witness);
      return;
  }
}

}  // namespace writ::verify
