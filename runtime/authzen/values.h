// Typed values from JSON and back to text, exactly (semantics.md 13): what does not fit is unknown with its reason, never rounded.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "runtime/authzen/memory.h"
#include "runtime/authzen/names.h"
#include "runtime/core/request.h"
#include "runtime/json/json.h"

namespace writ::authzen {

using core::Instant;
using core::Reason;

/// The bundle as a request is read against it.
struct Schema {
  const View& view;
  const Names& names;

  std::string_view text(layout::Str s) const { return view.text(s); }
};

/// Of an element, where the type is a set. The value's text lies in the JSON.
tl::expected<core::Value, Reason> read_scalar(const Schema& schema, Index type, const json::Value& json);
core::Fact read_fact(const Schema& schema, Index type, const json::Value& json, Memory& memory);

/// RFC 3339, or a bare date for its start in UTC; kNoInstant if it is neither.
Instant read_instant(std::string_view text);
/// From 1970 to 2199, what the language can say.
bool in_calendar(Instant at);

/// As the language spells it; what an approver signs.
std::string spelt(const View& view, const core::Value& value);

}  // namespace writ::authzen
