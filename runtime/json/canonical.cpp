#include <algorithm>

#include "runtime/json/json.h"

namespace writ::json {
namespace {

/// UTF-8 order differs from UTF-16 order only where one side is beyond the basic plane (lead byte F0 and up) and the other in E000–FFFF
/// (lead byte EE and EF): the pair's surrogates sort below them.
int utf16_rank(unsigned char byte) { return byte >= 0xF0 ? 0xED : byte >= 0xEE ? byte + 0x10 : byte; }

bool less_utf16(std::string_view a, std::string_view b) {
  const std::size_t common = std::min(a.size(), b.size());
  for (std::size_t i = 0; i < common; ++i) {
    const auto x = static_cast<unsigned char>(a[i]), y = static_cast<unsigned char>(b[i]);
    if (x == y) continue;
    const int rx = utf16_rank(x), ry = utf16_rank(y);
    return rx != ry ? rx < ry : x < y;
  }
  return a.size() < b.size();
}

/// digits × 10^exponent, digits without leading or trailing zeros; empty digits are zero.
struct Decimal {
  bool negative = false;
  std::string digits;
  long exponent = 0;
};

Decimal read_decimal(std::string_view text) {
  Decimal d;
  std::size_t i = 0;
  if (i < text.size() && text[i] == '-') { d.negative = true; ++i; }
  bool fraction = false;
  for (; i < text.size() && text[i] != 'e' && text[i] != 'E'; ++i) {
    if (text[i] == '.') { fraction = true; continue; }
    d.digits += text[i];
    d.exponent -= fraction;
  }
  if (i < text.size()) {
    std::string exponent(text.substr(i + 1));
    const bool minus = !exponent.empty() && exponent[0] == '-';
    if (!exponent.empty() && (exponent[0] == '-' || exponent[0] == '+')) exponent.erase(0, 1);
    exponent.erase(0, std::min(exponent.find_first_not_of('0'), exponent.size()));
    const long size = exponent.empty() ? 0 : exponent.size() > 9 ? 999'999'999 : std::stol(exponent);
    d.exponent += minus ? -size : size;
  }
  d.digits.erase(0, std::min(d.digits.find_first_not_of('0'), d.digits.size()));
  while (!d.digits.empty() && d.digits.back() == '0') { d.digits.pop_back(); ++d.exponent; }
  return d;
}

/// The layout of ECMAScript's Number::toString, over exact digits.
std::string canonical_number(std::string_view text) {
  const Decimal d = read_decimal(text);
  if (d.digits.empty()) return "0";
  const long k = static_cast<long>(d.digits.size());
  const long n = k + d.exponent;
  std::string out = d.negative ? "-" : "";
  if (k <= n && n <= 21) return out + d.digits + std::string(static_cast<std::size_t>(n - k), '0');
  if (0 < n && n <= 21) return out + d.digits.substr(0, static_cast<std::size_t>(n)) + "." + d.digits.substr(static_cast<std::size_t>(n));
  if (-6 < n && n <= 0) return out + "0." + std::string(static_cast<std::size_t>(-n), '0') + d.digits;
  out += d.digits.substr(0, 1);
  if (k > 1) out += "." + d.digits.substr(1);
  return out + "e" + (n - 1 < 0 ? "-" : "+") + std::to_string(n - 1 < 0 ? 1 - n : n - 1);
}

void write(std::string& out, const Value& value);

void write_array(std::string& out, const Value& value) {
  out += '[';
  for (std::size_t i = 0; i < value.items.size(); ++i) {
    if (i) out += ',';
    write(out, value.items[i]);
  }
  out += ']';
}

void write_object(std::string& out, const Value& value) {
  std::vector<const Member*> sorted;
  sorted.reserve(value.members.size());
  for (const Member& m : value.members) sorted.push_back(&m);
  std::sort(sorted.begin(), sorted.end(), [](const Member* a, const Member* b) { return less_utf16(a->name, b->name); });
  out += '{';
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    if (i) out += ',';
    append_quoted(out, sorted[i]->name);
    out += ':';
    write(out, sorted[i]->value);
  }
  out += '}';
}

void write(std::string& out, const Value& value) {
  switch (value.kind) {
    case Kind::Null: out += "null"; return;
    case Kind::Boolean: out += value.boolean ? "true" : "false"; return;
    case Kind::Number: out += canonical_number(value.text); return;
    case Kind::String: append_quoted(out, value.text); return;
    case Kind::Array: write_array(out, value); return;
    case Kind::Object: write_object(out, value); return;
  }
}

}  // namespace

namespace {

bool plain(char c) { return c != '"' && c != '\\' && static_cast<unsigned char>(c) >= 0x20; }

void escape(std::string& out, char c) {
  static constexpr char kHex[] = "0123456789abcdef";
  switch (c) {
    case '"': out += "\\\""; return;
    case '\\': out += "\\\\"; return;
    case '\b': out += "\\b"; return;
    case '\f': out += "\\f"; return;
    case '\n': out += "\\n"; return;
    case '\r': out += "\\r"; return;
    case '\t': out += "\\t"; return;
    default: break;
  }
  out += "\\u00";
  out += kHex[(c >> 4) & 15];
  out += kHex[c & 15];
}

}  // namespace

void append_quoted(std::string& out, std::string_view text) {
  out += '"';
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t begin = i;
    while (i < text.size() && plain(text[i])) ++i;
    out.append(text, begin, i - begin);
    if (i < text.size()) escape(out, text[i++]);
  }
  out += '"';
}

std::string quoted(std::string_view text) {
  std::string out;
  append_quoted(out, text);
  return out;
}

std::string canonical(const Value& value) {
  std::string out;
  write(out, value);
  return out;
}

}  // namespace writ::json
