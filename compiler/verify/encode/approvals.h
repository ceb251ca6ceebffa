// Approvals of one request in one reading of it (semantics.md 7.2 to 7.5): whether the records presented meet a chain, and whether what is missing can
// still be got. Two models at once, and a Bool that chooses. The records that a request shows: one for each party of a step, by different people who are
// no requester's, none of whom is below one, and no rejections; with these, every way to fill the chain is tried as decision 0025 says. And any number of others: any
// answer that some records could give; a proof holds for these, a witness shows none of them.
#pragma once

#include <set>

#include "compiler/verify/encode/conditions.h"

namespace writ::verify {

/// Whom and what a request is for, as far as approvals ask.
struct Asked {
  std::string act;
  Environment environment;                  ///< `principal` asks
  std::vector<Entity> persons;              ///< the requesters
  Term persons_known, persons_until;        ///< nobody else is one; no owner that was read goes stale
};

struct ChainValue {
  Kleene met, obtainable;
};

class Chains {
 public:
  Chains(View& view, const Asked& asked) : view_(view), asked_(asked) {}

  ChainValue value(kernel::ChainId chain);

 private:
  using Way = std::vector<const kernel::Party*>;   ///< parties that different people fill
  using Records = std::vector<const ApprovalRecord*>;
  /// Steps filled; `last` is when the last of them was done, where they are.
  struct Filled {
    Kleene judged;
    Term last;
  };
  struct Chain {
    kernel::ChainId id;
    std::vector<std::vector<Way>> ways;      ///< by step
    std::vector<Records> records;            ///< by step, latest first
    Term counted, until;                     ///< the digest is known; until that changes
  };
  struct So {                                ///< far
    std::vector<const ApprovalRecord*> used;
    Term last;
  };

  const Logic& logic() const { return view_.logic(); }
  smt::Terms& terms() const { return view_.world().terms(); }
  const kernel::Kernel& kernel() const { return view_.world().kernel(); }
  const kernel::Chain& form(const Chain& chain) const { return kernel().chains[chain.id]; }

  std::vector<Way> ways(const kernel::Party& party) const;
  std::vector<Way> ways(const typed_ir::Step& step) const;
  Chain chain(kernel::ChainId id);
  Denoted read(kernel::TermId term);
  Kleene either(Term condition, const Kleene& then, const Kleene& otherwise) const;

  std::string name(const Chain& chain) const;

  // What may be presented.
  Term as_signed(const Chain& chain);
  bool writable(const Chain& chain) const;
  bool writable(const kernel::Party& party, std::set<kernel::EntityId>& approvers) const;
  void present(Chain& chain);
  ApprovalRecord record(const Chain& chain, std::size_t step, std::size_t n, kernel::EntityId type);

  // The records of the request.
  ChainValue shown(const Chain& chain);
  Kleene obtainable(const kernel::Party& party);
  Kleene obtainable(const Chain& chain, std::size_t step);
  Kleene fits(const kernel::Party& party, const ApprovalRecord& record);
  Filled first(const Chain& chain, std::size_t steps) { return step(chain, 0, steps, {}); }
  Filled step(const Chain& chain, std::size_t i, std::size_t steps, const So& so);
  Filled slots(const Chain& chain, std::size_t i, std::size_t steps, const Way& way, std::size_t begin, const So& so);
  Filled best(const std::vector<Filled>& tried) const;

  // Any others.
  ChainValue others(const Chain& chain);
  std::vector<Denoted> inputs(const Chain& chain);

  View& view_;
  const Asked& asked_;
};

}  // namespace writ::verify
