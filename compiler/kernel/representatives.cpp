// One value per cell: values that no atom of the condition tells apart are in one cell. Exact by construction: for the variable at hand the
// truth of every atom depends on the cell alone.
#include <algorithm>

#include <fmt/format.h>

#include "compiler/kernel/linear.h"

namespace writ::kernel::elimination {
namespace {

using typed_ir::Cond;
using typed_ir::CondKind;
using typed_ir::Scalar;
using typed_ir::Term;
using typed_ir::TermKind;

constexpr std::size_t kMaxSetMembers = 8;
constexpr std::size_t kFewMembers = 5;

class CellReader {
 public:
  CellReader(Workbench& bench, TermId variable) : b_(bench), v_(variable), type_(bench.term(variable).type.element()) {}

  std::optional<std::vector<TermId>> all() {
    if (!b_.finite(type_)) return std::nullopt;
    const std::vector<TermId> members = all_values();
    return members.size() <= kFewMembers ? std::optional(sets_of(members)) : std::nullopt;
  }

  std::optional<std::vector<TermId>> read(CondId condition) {
    const bool finite = b_.finite(b_.term(v_).type);
    walk(condition);
    if (related_ && !finite) return std::nullopt;
    if (b_.term(v_).type.set) return sets();
    if (finite) return related_ || rolled_ ? all_values() : mentioned_values();
    if (is_number(type_)) return numbers();
    return texts();
  }

 private:
  void walk(CondId id) {
    if (!seen_.insert(id).second) return;
    const Cond c = b_.cond(id);
    for (const CondId inner : c.c) walk(inner);
    if (std::any_of(c.t.begin(), c.t.end(), [&](TermId t) { return mentions(t); })) atom(c);
  }
  bool mentions(TermId t) const {
    if (b_.is_variable(t)) return t == v_;
    const Term& term = b_.term(t);
    return std::any_of(term.a.begin(), term.a.end(), [&](TermId a) { return mentions(a); });
  }

  void atom(const Cond& c) {
    if (c.kind == CondKind::Holds || c.kind == CondKind::Under) { related_ = true; return; }
    if (is_number(type_) && !b_.term(v_).type.set && c.kind != CondKind::In) return number_atom(c);
    for (const TermId t : c.t) {
      const bool rolled = b_.term(t).kind == TermKind::RollUp && b_.term(t).a.front() == v_;
      rolled_ = rolled_ || rolled;
      if (t == v_ || rolled) continue;
      if (!b_.is_literal(t)) related_ = true;
      else mention(t, c.kind);
    }
  }
  void mention(TermId t, CondKind kind) {
    const Term& term = b_.term(t);
    if (kind == CondKind::StartsWith) prefixes_.insert(term.value.text);
    else if (kind == CondKind::EndsWith) suffixes_.insert(term.value.text);
    else if (term.kind == TermKind::SetLiteral) for (const TermId a : term.a) literals_.insert(key(a));
    else literals_.insert(key(t));
  }
  /// Where the sum passes zero.
  void number_atom(const Cond& c) {
    if (c.t.size() != 2) { related_ = true; return; }
    const Linear sum = difference(b_, linear(b_, c.t[0]), linear(b_, c.t[1]));
    if (sum.coefficients.empty()) return;
    if (sum.coefficients.size() != 1 || sum.coefficients.begin()->first != v_) { related_ = true; return; }
    bounds_.insert(floor_divide(-sum.constant, sum.coefficients.begin()->second));
  }

  /// Literals are compared by value: their static types may say more or less.
  using Key = std::pair<std::int64_t, std::string>;
  Key key(TermId t) const { return {b_.term(t).value.number, b_.term(t).value.text}; }
  TermId literal(Value value) { return b_.store.literal(std::move(value), type_); }

  std::vector<TermId> all_values() {
    const std::int64_t count = type_.scalar == Scalar::Bool ? 2 : static_cast<std::int64_t>(b_.schema.enums[type_.enumeration].values.size());
    const std::uint32_t owner = type_.scalar == Scalar::Bool ? 0 : type_.enumeration.index;
    std::vector<TermId> all;
    for (std::int64_t i = 0; i < count; ++i) all.push_back(literal(Value{type_.scalar, i, "", owner}));
    return all;
  }
  /// Those named, and one that is not.
  std::vector<TermId> mentioned_values() {
    std::vector<TermId> few;
    bool other = false;
    for (const TermId value : all_values()) {
      const bool named = type_.scalar == Scalar::Bool || literals_.contains(key(value));
      if (named || !other) few.push_back(value);
      other = other || !named;
    }
    return few;
  }

  std::vector<TermId> numbers() {
    const auto [low, high] = range(type_);
    std::set<Wide> points{low, high};
    for (const Wide bound : bounds_)
      for (const int step : {-1, 0, 1, 2})
        if (bound + step >= low && bound + step <= high) points.insert(bound + step);
    std::vector<TermId> all;
    for (const Wide point : points)
      all.push_back(literal(Value{type_.scalar, static_cast<std::int64_t>(point), type_.scalar == Scalar::Money ? type_.currency : "", 0}));
    return all;
  }

  /// Every beginning with every end around a text that occurs nowhere, and every text named.
  std::vector<TermId> texts() {
    std::vector<TermId> all;
    for (const Key& named : literals_) all.push_back(text(named.second));
    if (all.empty() && prefixes_.empty() && suffixes_.empty()) return {text("other")};
    std::set<std::string> starts = prefixes_, ends = suffixes_;
    starts.insert("");
    ends.insert("");
    const std::string other = fresh();
    for (const std::string& start : starts)
      for (const std::string& end : ends) all.push_back(text(start + other + end));
    return all;
  }
  TermId text(const std::string& t) { return literal(Value{type_.scalar, 0, t, type_.scalar == Scalar::Ref ? type_.entity.index : type_.scalar == Scalar::Enum ? type_.enumeration.index : 0}); }
  /// Longer than anything named, so equal to none, and ending any longer beginning or end that is not meant.
  std::string fresh() const {
    std::size_t longest = 0;
    for (const Key& named : literals_) longest = std::max(longest, named.second.size());
    for (const std::string& t : prefixes_) longest = std::max(longest, t.size());
    for (const std::string& t : suffixes_) longest = std::max(longest, t.size());
    return std::string(longest + 1, '\x01');
  }

  /// Every choice of the elements named, with and without one that is not.
  std::vector<TermId> sets() { return sets_of(set_members()); }
  std::vector<TermId> sets_of(const std::vector<TermId>& members) {
    if (members.size() > kMaxSetMembers) throw Stuck{fmt::format("the set `{}` is compared with too many values", b_.path(v_)), "say some of them in another grant"};
    std::vector<TermId> all;
    for (std::size_t choice = 0; choice < (std::size_t{1} << members.size()); ++choice) {
      Term set;
      set.kind = TermKind::SetLiteral;
      set.type = b_.term(v_).type.required();
      for (std::size_t i = 0; i < members.size(); ++i)
        if (choice >> i & 1) set.a.push_back(members[i]);
      all.push_back(b_.store.add(std::move(set)));
    }
    return all;
  }
  std::vector<TermId> set_members() {
    if (b_.finite(type_)) return rolled_ ? all_values() : mentioned_values();
    std::vector<TermId> members;
    if (!is_number(type_)) {
      for (const Key& named : literals_) members.push_back(text(named.second));
      members.push_back(text(fresh()));
      return members;
    }
    std::int64_t other = 0;
    for (const Key& named : literals_) {
      other = std::max(other, named.first + 1);
      members.push_back(literal(Value{type_.scalar, named.first, named.second, 0}));
    }
    members.push_back(literal(Value{type_.scalar, other, type_.scalar == Scalar::Money ? type_.currency : "", 0}));
    return members;
  }

  Workbench& b_;
  TermId v_;
  Type type_;
  std::set<CondId> seen_;
  bool related_ = false;                   ///< meets something that is no literal
  bool rolled_ = false;
  std::set<Key> literals_;
  std::set<std::string> prefixes_, suffixes_;
  std::set<Wide> bounds_;
};

}  // namespace

std::optional<std::vector<TermId>> representatives(Workbench& bench, CondId condition, TermId variable) {
  return CellReader(bench, variable).read(condition);
}

std::optional<std::vector<TermId>> all_sets(Workbench& bench, TermId variable) { return CellReader(bench, variable).all(); }

}  // namespace writ::kernel::elimination
