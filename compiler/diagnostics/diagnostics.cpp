#include "compiler/diagnostics/diagnostics.h"

#include <algorithm>
#include <tuple>

#include <fmt/args.h>
#include <fmt/format.h>

namespace writ::diagnostics {
namespace {

std::vector<CodeInfo> make_codes() {
  std::vector<CodeInfo> codes = {
#define WRIT_DIAGNOSTIC(number, name, severity, format) CodeInfo{Code::name, #name, Severity::severity, format},
#include "compiler/diagnostics/diagnostics.def"
#undef WRIT_DIAGNOSTIC
  };
  std::sort(codes.begin(), codes.end(), [](const CodeInfo& a, const CodeInfo& b) { return a.code < b.code; });
  return codes;
}

auto sort_key(const Diagnostic& d) { return std::tuple(d.range.file.index, d.range.begin, d.range.end, d.code, d.message()); }

}  // namespace

const std::vector<CodeInfo>& all_codes() {
  static const std::vector<CodeInfo> codes = make_codes();
  return codes;
}

const CodeInfo& info(Code code) {
  const auto& codes = all_codes();
  const auto found = std::lower_bound(codes.begin(), codes.end(), code, [](const CodeInfo& a, Code b) { return a.code < b; });
  WRIT_CHECK(found != codes.end() && found->code == code, "a code that diagnostics.def lists");
  return *found;
}

std::optional<Code> find_code(std::string_view text) {
  const std::string_view label = text.substr(0, 4);
  const std::string_view number = label == "WRIT" || label == "writ" || label == "Writ" ? text.substr(4) : text;
  for (const CodeInfo& code : all_codes()) {
    if (code.name == text || std::to_string(static_cast<int>(code.code)) == number) return code.code;
  }
  return std::nullopt;
}

std::string code_label(Code code) { return fmt::format("WRIT{}", static_cast<int>(code)); }

Diagnostic& Diagnostic::with_label(source::Range at, std::string text) {
  labels.push_back({at, std::move(text)});
  return *this;
}

Diagnostic& Diagnostic::with_note(std::string text) {
  notes.push_back(std::move(text));
  return *this;
}

Diagnostic& Diagnostic::with_fix(std::string title, std::vector<Edit> edits) {
  fixes.push_back({std::move(title), std::move(edits)});
  return *this;
}

Severity Diagnostic::effective_severity() const { return severity.value_or(info(code).severity); }

std::string Diagnostic::message() const {
  fmt::dynamic_format_arg_store<fmt::format_context> store;
  for (const std::string& arg : args) store.push_back(arg);
  return fmt::vformat(info(code).format, store);
}

Diagnostic& Sink::report(Code code, source::Range range, std::vector<std::string> args) {
  Diagnostic diagnostic;
  diagnostic.code = code;
  diagnostic.range = range;
  diagnostic.args = std::move(args);
  if (diagnostic.effective_severity() == Severity::Error) ++errors_;
  if (full()) return overflow_ = std::move(diagnostic);
  diagnostics_.push_back(std::move(diagnostic));
  return diagnostics_.back();
}

void Sink::add(Diagnostic diagnostic) {
  if (diagnostic.effective_severity() == Severity::Error) ++errors_;
  if (!full()) diagnostics_.push_back(std::move(diagnostic));
}

std::vector<Diagnostic> Sink::take(const source::SourceSet&) {
  std::vector<Diagnostic> all = std::move(diagnostics_);
  diagnostics_.clear();
  std::stable_sort(all.begin(), all.end(), [](const Diagnostic& a, const Diagnostic& b) { return sort_key(a) < sort_key(b); });
  all.erase(std::unique(all.begin(), all.end(), [](const Diagnostic& a, const Diagnostic& b) { return sort_key(a) == sort_key(b); }),
            all.end());
  return all;
}

}  // namespace writ::diagnostics
