#include "compiler/typed_ir/statements.h"

namespace writ::typed_ir {

const RuleInfo& info(const Rule& rule) {
  return std::visit([](const auto& r) -> const RuleInfo& { return r.info; }, rule);
}

}  // namespace writ::typed_ir
