// The index of a bundle, and what the core asks of it beyond soundness: depth that recursion can stand, chains that can be filled.
#include <cstring>

#include "runtime/core/evaluation.h"

namespace writ::core {
namespace {

std::size_t pairs_of(const View& view) {
  std::size_t pairs = 0;
  for (const layout::Action& action : view.actions) {
    Index last = kNone;
    for (const Index g : view.list(action.grants)) {
      pairs += view.grants[g].role != last;
      last = view.grants[g].role;
    }
  }
  return pairs;
}

/// A power of two, at most half full.
std::size_t table_size(const View& view) {
  std::size_t size = 1;
  while (size < 2 * pairs_of(view)) size *= 2;
  return size;
}

std::size_t hash(Index action, Index role) {
  std::uint64_t h = (std::uint64_t{action} << 32 | role) * 0x9E37'79B9'7F4A'7C15U;
  return static_cast<std::size_t>(h ^ (h >> 32));
}

void insert(std::span<RoleGrants> table, const RoleGrants& entry) {
  for (std::size_t at = hash(entry.action, entry.role) & (table.size() - 1);; at = (at + 1) & (table.size() - 1)) {
    if (table[at].action != kNone) continue;
    table[at] = entry;
    return;
  }
}

/// Lists are sorted by grant and grants by role, so that a role's grants lie together.
void fill(const View& view, std::span<RoleGrants> table) {
  for (Index a = 0; a < view.actions.count; ++a) {
    const auto grants = view.list(view.actions[a].grants);
    for (std::uint32_t i = 0; i < grants.count;) {
      RoleGrants entry{a, view.grants[grants[i]].role, i, 0};
      for (; i < grants.count && view.grants[grants[i]].role == entry.role; ++i) ++entry.count;
      insert(table, entry);
    }
  }
}

/// What nests how deep, in one pass each: operands lie before whoever uses them.
class Depths {
 public:
  Depths(const View& view, std::span<std::uint32_t> memory)
      : view_(view), terms_(memory.first(view.terms.count)), conds_(memory.subspan(view.terms.count, view.conds.count)) {}

  bool fit() {
    for (std::uint32_t i = 0; i < view_.terms.count; ++i)
      if ((terms_[i] = deeper(terms_, view_.terms[i].terms)) > kMaxDepth) return false;
    for (std::uint32_t i = 0; i < view_.conds.count; ++i)
      if ((conds_[i] = deeper(conds_, view_.conds[i].conds)) > kMaxDepth) return false;
    return true;
  }

 private:
  std::uint32_t deeper(std::span<const std::uint32_t> depths, layout::Span operands) const {
    std::uint32_t depth = 0;
    for (const std::uint32_t o : view_.list(operands)) depth = std::max(depth, depths[o]);
    return depth + 1;
  }

  const View& view_;
  std::span<std::uint32_t> terms_, conds_;
};

/// In how many ways a chain can be filled, by how many people. Chains and inner parties lie before whoever uses them.
class Width {
 public:
  Width(const View& view, std::span<Filling> parties, std::span<Filling> chains) : view_(view), parties_(parties), chains_(chains) {}

  Unfit fit() {
    std::uint32_t next = 0;
    for (std::uint32_t c = 0; c < view_.chains.count; ++c) {
      const layout::Chain& chain = view_.chains[c];
      Filling all{1, 0, 0};
      for (std::uint32_t s = 0; s < chain.step_count; ++s) {
        const auto parties = view_.list(view_.steps[chain.first_step + s].parties);
        for (const std::uint32_t p : parties)
          for (; next <= p; ++next) parties_[next] = party(view_.parties[next]);
        if (parties.count == 0) return Unfit::chain_empty;
        all = both(all, step(view_.steps[chain.first_step + s]));
      }
      if (chain.step_count == 0 || all.ways == 0) return Unfit::chain_empty;
      if (all.ways > kMaxWays || all.people > kMaxPeopleOfChain || all.depth > kMaxDepth) return Unfit::chain_too_wide;
      chains_[c] = all;
    }
    return Unfit::none;
  }

 private:
  static constexpr std::uint32_t kMany = 1U << 20;
  static std::uint32_t few(std::uint64_t n) { return static_cast<std::uint32_t>(std::min<std::uint64_t>(n, kMany)); }
  static Filling both(const Filling& a, const Filling& b) {
    return {few(std::uint64_t{a.ways} * b.ways), few(std::uint64_t{a.people} + b.people), std::max(a.depth, b.depth)};
  }
  static Filling one(const Filling& a, const Filling& b) {
    return {few(std::uint64_t{a.ways} + b.ways), std::max(a.people, b.people), std::max(a.depth, b.depth)};
  }

  Filling step(const layout::Step& s) const {
    Filling all{s.either ? 0U : 1U, 0, 0};
    for (const std::uint32_t p : view_.list(s.parties)) all = s.either ? one(all, parties_[p]) : both(all, parties_[p]);
    return all;
  }
  Filling party(const layout::Party& p) const {
    const auto inner = view_.list(p.inner);
    switch (static_cast<layout::PartyKind>(p.kind)) {
      case layout::PartyKind::Several: {
        if (inner.count == 0 || p.count == 0) return {0, 0, 0};
        Filling all{1, 0, 0};
        for (std::uint32_t i = 0; i < p.count && all.people < kMany; ++i) {
          all = both(all, parties_[inner[0]]);
          if (all.ways == 0 || all.people > kMaxPeopleOfChain) break;
        }
        return {all.ways, all.people, all.depth + 1};
      }
      case layout::PartyKind::Chain: {
        if (p.chain == kNone) return {0, 0, 0};
        const Filling all = chains_[p.chain];
        return {all.ways, all.people, all.depth + 1};
      }
      case layout::PartyKind::Role:
      case layout::PartyKind::Person:
      case layout::PartyKind::Path: break;
    }
    return {1, 1, 1};
  }

  const View& view_;
  std::span<Filling> parties_, chains_;
};

bool people_fit(const View& view) {
  for (const layout::Restriction& r : view.restrictions)
    if (r.kind == static_cast<std::uint32_t>(layout::RestrictionKind::People) && r.side_count > kMaxPeopleSides) return false;
  return true;
}

std::size_t words_of(const View& view) { return std::size_t{view.terms.count} + view.conds.count; }

}  // namespace

std::size_t policy_bytes(const View& view) {
  return table_size(view) * sizeof(RoleGrants) + (std::size_t{view.parties.count} + view.chains.count) * sizeof(Filling) +
         words_of(view) * sizeof(std::uint32_t);
}

Loaded load(const View& view, std::span<std::byte> memory) {
  if (memory.size() < policy_bytes(view) || reinterpret_cast<std::uintptr_t>(memory.data()) % 8 != 0) return {Unfit::memory_too_small, {}};
  const std::size_t size = table_size(view);
  auto* table = reinterpret_cast<RoleGrants*>(memory.data());
  for (std::size_t i = 0; i < size; ++i) new (table + i) RoleGrants();
  auto* fillings = reinterpret_cast<Filling*>(table + size);
  for (std::size_t i = 0; i < std::size_t{view.parties.count} + view.chains.count; ++i) new (fillings + i) Filling();
  auto* words = reinterpret_cast<std::uint32_t*>(fillings + view.parties.count + view.chains.count);
  std::memset(words, 0, words_of(view) * sizeof *words);

  const std::span<Filling> parties(fillings, view.parties.count), chains(fillings + view.parties.count, view.chains.count);
  if (!Depths(view, {words, words_of(view)}).fit()) return {Unfit::nesting_too_deep, {}};
  if (!people_fit(view)) return {Unfit::too_many_sides, {}};
  if (const Unfit unfit = Width(view, parties, chains).fit(); unfit != Unfit::none) return {unfit, {}};
  fill(view, {table, size});
  return {Unfit::none, {&view, {table, size}, parties, chains}};
}

const RoleGrants* Evaluation::grants_of(Index role) const {
  const std::span<const RoleGrants> table = policy_.table;
  for (std::size_t at = hash(request_.action, role) & (table.size() - 1); table[at].action != kNone; at = (at + 1) & (table.size() - 1))
    if (table[at].action == request_.action && table[at].role == role) return &table[at];
  return nullptr;
}

Scratch::Scratch(const Policy& policy, std::span<std::byte> memory) : memory_(memory) {
  const std::size_t memos = memos_of(*policy.view) * sizeof(Memo);
  if (memory.size() >= memos) std::memset(static_cast<void*>(memory.data()), 0, memos);
}

std::size_t scratch_bytes(const Policy& policy) { return (memos_of(*policy.view) + 1) * sizeof(Memo) + (std::size_t{1} << 18); }

}  // namespace writ::core
