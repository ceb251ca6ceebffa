#include <fmt/format.h>

#include "compiler/question/decision.h"
#include "compiler/testing/requests.h"

namespace writ::testing {

using typed_ir::Scalar;

json::Value value_json(const typed_ir::Schema& schema, const typed_ir::Value& value) {
  switch (value.scalar) {
    case Scalar::Bool: return json::boolean(value.number != 0);
    case Scalar::Int: return json::number(value.number);
    case Scalar::Decimal: return json::string(typed_ir::print_decimal(value.number));
    case Scalar::Money: return json::object({{"value", json::string(typed_ir::print_decimal(value.number))}, {"currency", json::string(value.text)}});
    case Scalar::String:
    case Scalar::Ref: return json::string(value.text);
    case Scalar::Time: return json::string(question::format_instant(value.number));
    case Scalar::Duration: return json::string(typed_ir::print_duration(value.number));
    case Scalar::Enum: {
      const typed_ir::Enum& e = schema.enums[typed_ir::EnumId{value.type}];
      return json::string(e.open ? value.text : e.values.at(static_cast<std::size_t>(value.number)).name);
    }
  }
  return json::null();
}

json::Value fact_json(const typed_ir::Schema& schema, const typed_ir::FactValue& fact, const typed_ir::Type& type) {
  if (fact.absent) return json::null();
  if (!type.set) return value_json(schema, fact.values.at(0));
  std::vector<json::Value> items;
  for (const typed_ir::Value& value : fact.values) items.push_back(value_json(schema, value));
  json::Value list = json::array(std::move(items));
  if (fact.complete) return list;
  return json::object({{"some", std::move(list)}});
}

}  // namespace writ::testing
