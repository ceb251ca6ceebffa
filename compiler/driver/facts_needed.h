// What a caller must send so that an action has a definite answer: every fact that a grant, a restriction or a lift of the action reads,
// computed from the kernel's conditions. An over-approximation: a fact may turn out not to matter in one request.
#pragma once

#include <nlohmann/json.hpp>

#include "compiler/kernel/forms.h"

namespace writ::driver {

struct FactNeeded {
  std::string path;                        ///< as the language names it: "resource.amount", "held", "history"
  std::string type;                        ///< "money<EUR>", "set of LegalEntity"
  std::string where;                       ///< in the request: "resource.properties.amount"
  std::string freshness;                   ///< "as_of not older than 15min", or ""
  std::vector<std::string> read_by;        ///< statements, sorted
};
struct FactSheet {
  std::string action;
  std::vector<std::string> principals;     ///< types that some grant of the action is for
  std::string resource;                    ///< type, or ""
  std::vector<FactNeeded> facts;           ///< by place in the request
  std::vector<std::string> warrants;       ///< "mfa for norvik.core.strong_login"
  std::vector<std::string> controls;       ///< those whose health is read
  nlohmann::ordered_json request;          ///< a template, complete, with one example value per fact
};

FactSheet facts_needed(const kernel::Kernel& kernel, kernel::ActionId action);

}  // namespace writ::driver
