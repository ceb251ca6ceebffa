#include "compiler/lower/lower.h"

#include "compiler/lower/lowering.h"

namespace writ::lower {

layout::Span Lowering::span(const std::vector<std::uint32_t>& list) {
  if (list.empty()) return {};
  const auto begin = static_cast<std::uint32_t>(out_.indices.size());
  out_.indices.insert(out_.indices.end(), list.begin(), list.end());
  return {begin, static_cast<std::uint32_t>(list.size())};
}

/// Places are numbered in the first run and sorted before the second, exactly as strings are: by statement, then place.
std::uint32_t Lowering::source(const kernel::Origin& origin) {
  const std::string at = options_.place_of ? options_.place_of(origin.range) : "";
  const auto found = source_numbers_.find({origin.statement, at});
  if (found != source_numbers_.end()) return found->second;
  source_numbers_[{origin.statement, at}] = 0;
  str(origin.statement);
  str(at);
  return 0;
}

void Lowering::sources() {
  std::uint32_t number = 0;
  for (auto& [key, value] : source_numbers_) {
    value = number++;
    out_.sources.push_back({str(key.first), str(key.second)});
    out_.sentences.push_back({str(options_.sentence_of ? options_.sentence_of(key.first) : "")});
  }
}

decision_ir::Tables Lowering::run(SourceNumbers& numbers) {
  source_numbers_ = numbers;
  sources();
  schema();
  roles();
  grants();
  routes();
  chains();
  controls();
  restrictions();
  lifts();
  obligations();
  action_lists();
  manifest();
  condition_texts();
  numbers = source_numbers_;
  out_.strings = strings_.pool();
  return std::move(out_);
}

decision_ir::Tables lower(const kernel::Kernel& kernel, const Options& options) {
  const Order order = make_order(kernel);
  Strings strings;
  SourceNumbers numbers;
  Lowering(kernel, order, options, strings).run(numbers);
  for (const auto& [key, number] : numbers)
    if (options.sentence_of) strings(options.sentence_of(key.first));
  strings.freeze();
  return Lowering(kernel, order, options, strings).run(numbers);
}

}  // namespace writ::lower
