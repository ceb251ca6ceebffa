// The string pool of a bundle is sorted, but what goes into it is known only once everything was lowered. So lowering runs twice: the
// first time it collects, the second time it looks up. Two runs of one function are simpler than renumbering every record.
#pragma once

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/support/check.h"

namespace writ::lower {

class Strings {
 public:
  std::uint32_t operator()(std::string_view text) {
    if (!frozen_) {
      collected_.emplace(text);
      return 0;
    }
    const auto found = std::lower_bound(pool_.begin(), pool_.end(), text);
    WRIT_CHECK(found != pool_.end() && *found == text, "a string that the first run collected");
    return static_cast<std::uint32_t>(found - pool_.begin());
  }
  void freeze() {
    collected_.emplace("");
    pool_.assign(collected_.begin(), collected_.end());
    frozen_ = true;
  }
  const std::vector<std::string>& pool() const { return pool_; }

 private:
  std::set<std::string, std::less<>> collected_;
  std::vector<std::string> pool_;
  bool frozen_ = false;
};

}  // namespace writ::lower
