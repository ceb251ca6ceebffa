#include "compiler/parse/antlr/expected.h"

#include <algorithm>
#include <deque>
#include <map>
#include <set>

#include "compiler/parse/antlr/kinds_of_antlr.h"
#include "compiler/parse/phrases.h"

namespace writ::parse::antlr {
namespace {

using antlr4::atn::ATN;
using antlr4::atn::ATNState;
using antlr4::atn::RuleTransition;
using antlr4::atn::Transition;

/// Where to go on when a rule ends. Interned, so that equal stacks are the same pointer.
struct Frame {
  ATNState* follow;
  const Frame* below;
};
struct Place {
  ATNState* state;
  const Frame* frame;
  friend bool operator<(const Place& a, const Place& b) {
    return std::tuple(a.state->stateNumber, a.frame) < std::tuple(b.state->stateNumber, b.frame);
  }
};

class Walk {
 public:
  Walk(const ATN& atn, std::size_t state, const antlr4::RuleContext* context) : atn_(atn) {
    at_.push_back({atn.states[state], frames_of(context)});
  }

  void read(cst::TokenKind token) {
    const std::size_t type = antlr_type(token);
    std::vector<Place> next;
    for (const Place& place : closure(LookInto::Everything)) {
      for (const Transition* transition : transitions(place)) {
        if (transition->isEpsilon() || !transition->matches(type, 0, atn_.maxTokenType)) continue;
        next.push_back({transition->target, place.frame});
      }
    }
    at_ = std::move(next);
  }

  Expected expected() {
    Expected result;
    phrases_.clear();
    closure(LookInto::Unphrased);
    result.phrases = phrases_;
    for (const Place& place : closure(LookInto::EverythingButNames)) add_words(place, result.words);
    return result;
  }

 private:
  enum class LookInto { Everything, EverythingButNames, Unphrased };
  static constexpr std::size_t kMostPlaces = 20'000;

  const Frame* frame(ATNState* follow, const Frame* below) {
    const auto [found, fresh] = interned_.try_emplace({follow, below}, nullptr);
    if (fresh) found->second = &frames_.emplace_back(Frame{follow, below});
    return found->second;
  }

  const Frame* frames_of(const antlr4::RuleContext* context) {
    std::vector<ATNState*> follows;
    for (; context && context->invokingState != antlr4::atn::ATNState::INVALID_STATE_NUMBER;
         context = static_cast<const antlr4::RuleContext*>(context->parent)) {
      if (context->invokingState >= atn_.states.size()) break;
      const auto* call = static_cast<const RuleTransition*>(atn_.states[context->invokingState]->transitions[0]);
      follows.push_back(call->followState);
    }
    const Frame* top = nullptr;
    for (auto follow = follows.rbegin(); follow != follows.rend(); ++follow) top = frame(*follow, top);
    return top;
  }

  static std::vector<const Transition*> transitions(const Place& place) {
    return {place.state->transitions.begin(), place.state->transitions.end()};
  }

  static bool is_name(std::size_t rule) {
    return rule_kind(rule) == cst::RuleKind::Word || rule_kind(rule) == cst::RuleKind::AnyWord;
  }

  /// A rule that is named instead of entered.
  bool stops_at(std::size_t rule, LookInto look) {
    if (look == LookInto::Everything) return false;
    if (look == LookInto::EverythingButNames) return is_name(rule);
    if (!phrase_of(rule_kind(rule))) return false;
    const Expectation expectation{rule_kind(rule), cst::TokenKind::EndOfFile};
    if (std::find(phrases_.begin(), phrases_.end(), expectation) == phrases_.end()) phrases_.push_back(expectation);
    return true;
  }

  std::vector<Place> closure(LookInto look) {
    std::vector<Place> reached;
    std::set<Place> seen;
    std::deque<Place> open(at_.begin(), at_.end());
    while (!open.empty() && reached.size() < kMostPlaces) {
      const Place place = open.front();
      open.pop_front();
      if (!seen.insert(place).second) continue;
      reached.push_back(place);
      if (look == LookInto::Unphrased) add_tokens(place, phrases_);
      expand(place, look, open);
    }
    return reached;
  }

  void expand(const Place& place, LookInto look, std::deque<Place>& open) {
    if (place.state->getStateType() == ATNState::RULE_STOP) {
      if (place.frame) open.push_front({place.frame->follow, place.frame->below});
      return;
    }
    std::vector<Place> next;
    for (const Transition* transition : transitions(place)) {
      if (transition->getSerializationType() == Transition::RULE) {
        const auto* call = static_cast<const RuleTransition*>(transition);
        if (!stops_at(call->target->ruleIndex, look)) next.push_back({call->target, frame(call->followState, place.frame)});
      } else if (transition->isEpsilon()) {
        next.push_back({transition->target, place.frame});
      }
    }
    open.insert(open.begin(), next.begin(), next.end());
  }

  template <class Add>
  static void each_symbol(const Place& place, Add add) {
    for (const Transition* transition : transitions(place)) {
      if (transition->isEpsilon()) continue;
      for (const ssize_t symbol : transition->label().toList()) add(token_kind(static_cast<std::size_t>(symbol)));
    }
  }

  static void add_tokens(const Place& place, std::vector<Expectation>& tokens) {
    each_symbol(place, [&](cst::TokenKind kind) {
      const Expectation expectation{std::nullopt, kind};
      if (std::find(tokens.begin(), tokens.end(), expectation) == tokens.end()) tokens.push_back(expectation);
    });
  }

  static void add_words(const Place& place, std::vector<cst::TokenKind>& words) {
    each_symbol(place, [&](cst::TokenKind kind) {
      if (cst::is_keyword(kind) && std::find(words.begin(), words.end(), kind) == words.end()) words.push_back(kind);
    });
  }

  const ATN& atn_;
  std::vector<Place> at_;
  std::vector<Expectation> phrases_;
  std::deque<Frame> frames_;
  std::map<std::pair<ATNState*, const Frame*>, const Frame*> interned_;
};

}  // namespace

Expected expected_after(const ATN& atn, std::size_t state, const antlr4::RuleContext* context, std::span<const cst::TokenKind> read) {
  Walk walk(atn, state, context);
  for (const cst::TokenKind token : read) walk.read(token);
  return walk.expected();
}

}  // namespace writ::parse::antlr
