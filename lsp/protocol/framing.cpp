#include "lsp/protocol/framing.h"

#include <cctype>
#include <istream>
#include <optional>
#include <ostream>

#include <fmt/format.h>

namespace writ::lsp {
namespace {

Incoming refuse(int code, std::string why) { return Incoming{Incoming::Kind::Refused, {}, code, std::move(why)}; }

/// A header block without its empty line; nullopt at the end of input before anything was read.
struct Header {
  std::string text;
  bool complete = false;
  bool too_long = false;
};

Header read_header(std::istream& in, std::size_t limit) {
  Header header;
  for (int c = in.get(); c != std::istream::traits_type::eof(); c = in.get()) {
    header.text.push_back(static_cast<char>(c));
    if (header.text.size() > limit) {
      header.too_long = true;
      return header;
    }
    if (header.text.ends_with("\r\n\r\n") || header.text.ends_with("\n\n")) {
      header.complete = true;
      return header;
    }
  }
  return header;
}

std::optional<std::size_t> content_length(const std::string& header) {
  std::string lower = header;
  for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  const std::string key = "content-length:";
  std::size_t at = lower.find(key);
  if (at == std::string::npos || (at != 0 && lower[at - 1] != '\n')) return std::nullopt;
  at = lower.find_first_not_of(" \t", at + key.size());
  std::size_t length = 0;
  std::size_t digits = 0;
  for (; at < lower.size() && std::isdigit(static_cast<unsigned char>(lower[at])) && digits < 12; ++at, ++digits) {
    length = length * 10 + static_cast<std::size_t>(lower[at] - '0');
  }
  if (digits == 0 || digits == 12) return std::nullopt;
  return length;
}

/// Do the brackets outside of texts nest deeper than `limit`?
bool nests_beyond(std::string_view json, std::size_t limit) {
  std::size_t depth = 0;
  bool in_text = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (in_text && c == '\\') ++i;
    else if (c == '"') in_text = !in_text;
    else if (!in_text && (c == '[' || c == '{') && ++depth > limit) return true;
    else if (!in_text && (c == ']' || c == '}') && depth > 0) --depth;
  }
  return false;
}

}  // namespace

Incoming read_message(std::istream& in, const FramingLimits& limits) {
  const Header header = read_header(in, limits.header_bytes);
  if (header.text.empty()) return {};
  const auto give_up = [&](std::string why) {
    in.setstate(std::ios::eofbit | std::ios::failbit);
    return refuse(kParseError, std::move(why));
  };
  if (header.too_long) return give_up(fmt::format("a header of more than {} bytes", limits.header_bytes));
  if (!header.complete) return give_up("the input ends inside a header");
  const auto length = content_length(header.text);
  if (!length) return give_up("a header without a readable Content-Length");
  if (*length > limits.content_bytes) return give_up(fmt::format("a message of {} bytes; the limit is {}", *length, limits.content_bytes));

  std::string content(*length, '\0');
  in.read(content.data(), static_cast<std::streamsize>(*length));
  if (static_cast<std::size_t>(in.gcount()) != *length) return give_up("the input ends inside a message");
  if (nests_beyond(content, limits.nesting)) return refuse(kInvalidRequest, fmt::format("a message that nests deeper than {}", limits.nesting));
  Json message = Json::parse(content, nullptr, false);
  if (message.is_discarded()) return refuse(kParseError, "the message is not JSON");
  if (!message.is_object()) return refuse(kInvalidRequest, "the message is not a JSON-RPC object");
  return Incoming{Incoming::Kind::Message, std::move(message), 0, {}};
}

void write_message(std::ostream& out, const Json& message) {
  const std::string content = message.dump(-1, ' ', false, Json::error_handler_t::replace);
  out << "Content-Length: " << content.size() << "\r\n\r\n" << content;
  out.flush();
}

Json response(const Json& id, Json result) { return {{"jsonrpc", "2.0"}, {"id", id}, {"result", std::move(result)}}; }

Json error_response(const Json& id, int code, const std::string& message) {
  return {{"jsonrpc", "2.0"}, {"id", id}, {"error", {{"code", code}, {"message", message}}}};
}

Json notification(const std::string& method, Json params) {
  return {{"jsonrpc", "2.0"}, {"method", method}, {"params", std::move(params)}};
}

}  // namespace writ::lsp
