#include "runtime/core/truth.h"

namespace writ::core {

Why Leaves::add(const Node& node) {
  if (!arena_.grow_down(sizeof(Node))) return 0;
  ++count_;
  new (arena_.top<Node>() - count_) Node(node);
  return count_;
}

Leaves::Leaves(Arena& arena, bool told) : arena_(arena), told_(told) {
  if (!told) return;
  words_ = arena.room<Why>(kWords * kReasons);
  std::fill(std::begin(noted_), std::end(noted_), std::uint16_t{0});
}

Why Leaves::note(UnknownFact fact, Reason reason) {
  fact.reason = reason;
  return add({0, 0, false, fact});
}

Why Leaves::note(Word word, Reason reason) {
  if (words_.empty()) return 0;
  Why& known = words_[static_cast<std::size_t>(word) * kReasons + static_cast<std::size_t>(reason)];
  const auto bit = static_cast<std::uint16_t>(1U << static_cast<unsigned>(reason));
  if ((noted_[static_cast<std::size_t>(word)] & bit) != 0) return known;
  noted_[static_cast<std::size_t>(word)] |= bit;
  return known = of(UnknownFact{UnknownFact::Kind::Word, reason, static_cast<std::uint32_t>(word), {}}, reason);
}

Why Leaves::join(Why a, Why b) {
  return add({a, b, false, {}});
}

namespace {

bool before(const UnknownFact& x, const UnknownFact& y) {
  if (x.kind != y.kind) return x.kind < y.kind;
  if (x.a != y.a) return x.a < y.a;
  if (x.reason != y.reason) return x.reason < y.reason;
  return x.id < y.id;
}
bool same(const UnknownFact& x, const UnknownFact& y) { return !before(x, y) && !before(y, x); }

}  // namespace

std::span<const UnknownFact> Leaves::facts(Why set) {
  List<UnknownFact> all(arena_);
  List<Why> open(arena_);
  if (set != 0) open.push(set);
  for (std::size_t next = 0; next < open.size(); ++next) {
    Node& n = node(open.get()[next]);
    if (n.seen) continue;
    n.seen = true;
    if (n.left == 0) {
      all.push(n.fact);
      continue;
    }
    open.push(n.left);
    open.push(n.right);
  }
  const std::span<UnknownFact> facts = all.get();
  std::sort(facts.begin(), facts.end(), before);
  return facts.first(static_cast<std::size_t>(std::unique(facts.begin(), facts.end(), same) - facts.begin()));
}

}  // namespace writ::core
