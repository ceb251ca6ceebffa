// Base protocol of the Language Server Protocol: `Content-Length` framed JSON-RPC over a byte stream. Knows bytes, not meanings. Any bytes give
// a message, a refusal or the end of input; nothing is allocated before its size has been judged.
#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>

#include <nlohmann/json.hpp>

namespace writ::lsp {

using Json = nlohmann::json;

struct FramingLimits {
  std::size_t header_bytes = 4096;
  std::size_t content_bytes = std::size_t{16} << 20;
  std::size_t nesting = 128;            ///< brackets: what is copied or printed recursively stays shallow
};

struct Incoming {
  enum class Kind { Message, Refused, End } kind = Kind::End;
  Json message;          ///< Message
  int code = 0;          ///< Refused: JSON-RPC error code (-32700 parse error, -32600 invalid request)
  std::string why;       ///< Refused
};

/// Reads one message. After a refused header the stream cannot be trusted any more and the next read says End.
Incoming read_message(std::istream& in, const FramingLimits& limits = {});

/// Writes one message and flushes.
void write_message(std::ostream& out, const Json& message);

Json response(const Json& id, Json result);
Json error_response(const Json& id, int code, const std::string& message);
Json notification(const std::string& method, Json params);

inline constexpr int kParseError = -32700;
inline constexpr int kInvalidRequest = -32600;
inline constexpr int kMethodNotFound = -32601;
inline constexpr int kInvalidParams = -32602;
inline constexpr int kInternalError = -32603;
inline constexpr int kServerNotInitialized = -32002;

}  // namespace writ::lsp
