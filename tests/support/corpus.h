// The policy files of this repository, for tests that hold over all of them. Files under a folder `inputs` or `broken` and lit tests may
// be wrong on purpose: `Corpus::Correct` leaves them out.
#pragma once

#include <string>
#include <vector>

namespace writ::corpus {

struct PolicyText {
  std::string path;  ///< relative to the repository
  std::string text;
};

enum class Which { Correct, All };

/// In the order of their paths. `root` is the repository (WRIT_SOURCE_DIR).
std::vector<PolicyText> policy_files(const std::string& root, Which which);

}  // namespace writ::corpus
