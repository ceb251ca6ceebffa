// A JSON text as a tree, and nothing about what it means: the one thing that the reference interpreter and the runtime share. Accepts I-JSON
// (RFC 7493) only: valid UTF-8 without a byte order mark, no lone surrogates, no duplicate names, one value and nothing after it; within
// `Limits`. Numbers keep their text, since money and decimals are read exactly (semantics.md 13.5). Members keep their order.
// Values own their data; any number of threads may read one. Never throws on bad input.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

namespace writ::json {

enum class Kind : std::uint8_t { Null, Boolean, Number, String, Array, Object };

struct Member;
struct Value {
  Kind kind = Kind::Null;
  bool boolean = false;
  std::string text;              ///< String: its bytes; Number: as written (an integer without leading "-0")
  std::vector<Value> items;      ///< Array
  std::vector<Member> members;   ///< Object, in the order of the text; names are distinct

  bool is(Kind k) const { return kind == k; }
  /// The member's value; nullptr if there is none or this is no object.
  const Value* find(std::string_view name) const;
};
struct Member {
  std::string name;
  Value value;
};

struct Limits {
  std::size_t bytes = std::size_t{1} << 20;
  std::size_t depth = 64;        ///< arrays and objects inside one another
};

struct Error {
  std::size_t offset = 0;        ///< byte at which the text stopped being acceptable
  std::string what;              ///< a short reason, lower case
};

tl::expected<Value, Error> parse(std::string_view bytes, Limits limits = {});

/// The canonical text (RFC 8785: names sorted by UTF-16 units, no spaces, shortest escapes), with one difference that keeps different
/// requests different: numbers are normalised as exact decimals and never pass through binary floating point.
std::string canonical(const Value& value);

/// A string as JSON text with its quotes, in the canonical escaping.
std::string quoted(std::string_view text);
void append_quoted(std::string& out, std::string_view text);

// Builders, for those who make requests.
Value null();
Value boolean(bool value);
Value number(std::int64_t value);
Value string(std::string value);
Value array(std::vector<Value> items = {});
Value object(std::vector<Member> members = {});
/// Sets a member: replaces the value of that name, else appends it.
void set(Value& object, std::string_view name, Value value);

}  // namespace writ::json
