#include "compiler/driver/asked.h"

#include <algorithm>
#include <map>
#include <memory>

#include <fmt/format.h>

#include "compiler/driver/files.h"
#include "compiler/say/say.h"
#include "runtime/json/json.h"

namespace writ::driver {
namespace {

constexpr std::size_t kLargestRequest = std::size_t{4} << 20;   ///< the reader has its own, tighter limit

std::string text_at(const json::Value& value, std::string_view first, std::string_view second) {
  const json::Value* outer = value.find(first);
  const json::Value* inner = outer == nullptr ? nullptr : outer->find(second);
  return inner != nullptr && inner->is(json::Kind::String) ? inner->text : "";
}

}  // namespace

std::optional<std::string> read_request(Session& session, const std::string& file) {
  const auto got = [&](std::string text, const std::string& error) -> std::optional<std::string> {
    if (error.empty()) return text;
    session.sink().report(diagnostics::Code::cannot_read, {}, {file == "-" ? "standard input" : file, error});
    return std::nullopt;
  };
  if (file == "-") {
    Input input = read_standard_input(kLargestRequest);
    return got(std::move(input.text), input.error);
  }
  project::FileText read = project::read_file(file, kLargestRequest);
  return got(std::move(read.text), read.error);
}

report::Asked asked_of(const std::string& request) {
  const auto value = json::parse(request);
  if (!value) return {};
  report::Asked asked;
  asked.who = text_at(*value, "subject", "id");
  asked.action = text_at(*value, "action", "name");
  const std::string type = text_at(*value, "resource", "type"), id = text_at(*value, "resource", "id");
  asked.on = type.empty() || id.empty() ? type + id : type + " " + id;
  return asked;
}

interpret::Options interpreter_options(Session& session) {
  const auto sentences = std::make_shared<std::map<std::string, std::string>>(say::sentences_by_name(session.file_pointers()));
  interpret::Options options;
  options.sentence_of = [sentences](std::string_view name) {
    const auto found = sentences->find(std::string(name));
    return found == sentences->end() ? std::string() : found->second;
  };
  options.place_of = [&sources = session.sources()](const source::Range& range) { return sources.place(range); };
  options.not_after = session.manifest().not_after;
  return options;
}

namespace {

/// "byte 12" as an editor counts; anything else as it is.
std::string place_in(const std::string& request, const std::string& at) {
  if (at.empty()) return "the request";
  if (!at.starts_with("byte ")) return at;
  const std::size_t byte = std::min<std::size_t>(std::strtoull(at.c_str() + 5, nullptr, 10), request.size());
  const std::string_view before = std::string_view(request).substr(0, byte);
  const std::size_t line_start = before.rfind('\n') == before.npos ? 0 : before.rfind('\n') + 1;
  return fmt::format("line {}, column {}", std::count(before.begin(), before.end(), '\n') + 1, std::max<std::size_t>(before.size() - line_start, 1));
}

}  // namespace

void tell(Session& session, const std::string& request, const interpret::RequestError& error) {
  auto& d = session.sink().report(diagnostics::Code::invalid_request, {}, {error.what, place_in(request, error.at)});
  d.with_note(fmt::format("refused as {}: no decision was made", error.code));
}

}  // namespace writ::driver
