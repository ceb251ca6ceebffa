// One run of lowering (strings.h says why there are two): the tables so far, and where each kernel id went. Internal to the room.
#pragma once

#include <map>
#include <string>
#include <tuple>
#include <unordered_map>

#include "compiler/lower/lower.h"
#include "compiler/lower/order.h"
#include "compiler/lower/strings.h"

namespace writ::lower {

/// `flag` where the condition holds, for the flag fields of records.
constexpr std::uint32_t bit(const bool condition, std::uint32_t flag) { return condition ? flag : 0; }

/// Statement and place → number of the Source record.
using SourceNumbers = std::map<std::pair<std::string, std::string>, std::uint32_t>;

class Lowering {
 public:
  Lowering(const kernel::Kernel& kernel, const Order& order, const Options& options, Strings& strings)
      : kernel_(kernel), order_(order), options_(options), strings_(strings) {}

  /// `numbers`: empty in the first run, which fills it; the second run finds every source numbered.
  decision_ir::Tables run(SourceNumbers& numbers);

 private:
  // schema.cpp
  void schema();
  void enums();
  void entities();
  void actions();
  std::uint32_t type(const typed_ir::Type& type);
  std::uint32_t value(const typed_ir::Value& value);

  // conditions.cpp
  std::uint32_t term(kernel::TermId id);
  std::uint32_t cond(kernel::CondId id);
  std::uint32_t threshold(typed_ir::ThresholdId id);
  std::uint32_t role_use(const kernel::RoleUse& use);
  const std::string& text_of(kernel::CondId id);

  // forms.cpp
  void roles();
  void grants();
  void routes();
  void obligations();
  void action_lists();
  void manifest();
  std::uint32_t access(const kernel::Access& access);
  layout::Span accesses(const std::vector<kernel::Access>& list);
  void condition_texts();

  // rules.cpp
  void restrictions();
  layout::Restriction restriction(const kernel::Restriction& r);
  void sides(const kernel::Restriction& r, layout::Restriction& out);
  layout::SideElement element(const kernel::SideElement& e);
  void lifts();
  layout::Lift lift(const kernel::Lift& l);
  void controls();

  // chains.cpp
  void chains();
  std::vector<std::uint32_t> signed_over(kernel::ChainId id);
  std::uint32_t party(const kernel::Party& party);

  std::uint32_t str(std::string_view text) { return strings_(text); }
  std::uint32_t source(const kernel::Origin& origin);
  void sources();
  layout::Span span(const std::vector<std::uint32_t>& list);
  template <class T, class F>
  layout::Span span_of(const std::vector<T>& list, F number) {
    std::vector<std::uint32_t> numbers;
    numbers.reserve(list.size());
    for (const T& item : list) numbers.push_back(number(item));
    return span(numbers);
  }

  const kernel::Kernel& kernel_;
  const Order& order_;
  const Options& options_;
  Strings& strings_;
  decision_ir::Tables out_;
  std::map<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t, std::uint32_t, std::string>, std::uint32_t> types_;
  std::map<std::tuple<std::uint32_t, std::uint32_t, std::int64_t, std::string>, std::uint32_t> values_;
  std::unordered_map<kernel::TermId, std::uint32_t> terms_;
  std::unordered_map<kernel::CondId, std::uint32_t> conds_;
  std::unordered_map<kernel::CondId, std::string> texts_;
  std::map<typed_ir::ThresholdId, std::uint32_t> thresholds_;
  SourceNumbers source_numbers_;
  std::map<std::uint32_t, std::string> condition_texts_;
};

}  // namespace writ::lower
