// A request with one example value per fact that an action needs: what a caller fills in. Valid JSON in the shape of requests.
#pragma once

#include <set>

#include "compiler/driver/facts_needed.h"

namespace writ::driver {

nlohmann::ordered_json request_template(const kernel::Kernel& kernel, kernel::ActionId action, const std::set<typed_ir::EntityId>& principals,
                                        const FactSheet& sheet);

std::string type_words(const typed_ir::Schema& schema, const typed_ir::Type& type);   ///< "set<Entity>", "money<EUR>, or null"
std::string duration_words(std::int64_t ms);                                          ///< "15min"

}  // namespace writ::driver
