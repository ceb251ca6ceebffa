// Owns every message the tool can say. A `Diagnostic` is data: a code from diagnostics.def, its arguments, the place, further labelled
// ranges, notes and a fix. The `Sink` collects them; how they look (terminal, JSON, SARIF, editor) is the business of `report` and `lsp`.
// A Sink belongs to one thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/source/source.h"

namespace writ::diagnostics {

enum class Severity { Note, Warning, Error };

/// One enumerator per line of diagnostics.def: `Code::not_supported_yet`.
enum class Code : std::uint16_t {
#define WRIT_DIAGNOSTIC(number, name, severity, format) name = number,
#include "compiler/diagnostics/diagnostics.def"
#undef WRIT_DIAGNOSTIC
};

struct CodeInfo {
  Code code;
  std::string_view name;
  Severity severity;
  std::string_view format;
};

/// All codes, by number.
const std::vector<CodeInfo>& all_codes();
const CodeInfo& info(Code code);
std::optional<Code> find_code(std::string_view name_or_number);  ///< "not_supported_yet", "WRIT2001", "2001"
std::string code_label(Code code);                               ///< "WRIT2001"

/// A second place that matters ("first defined here"), shown under the main one.
struct Label {
  source::Range range;
  std::string text;
};

/// A replacement that would cure it; several edits make one fix.
struct Edit {
  source::Range range;
  std::string replacement;
};
struct Fix {
  std::string title;
  std::vector<Edit> edits;
};

struct Diagnostic {
  Code code;
  source::Range range;             ///< the narrowest wrong thing; nowhere for configuration
  std::vector<std::string> args;   ///< for the code's format
  std::string label;               ///< short text under the caret; may be empty
  std::vector<Label> labels;
  std::vector<std::string> notes;
  std::vector<Fix> fixes;
  std::optional<Severity> severity;  ///< overrides the code's own (configuration)
  std::string subject{};             ///< what it is about under a name that stays when the text changes (an obligation's id); "": the message says it

  Diagnostic& with_label(source::Range at, std::string text);
  Diagnostic& with_note(std::string text);
  Diagnostic& with_fix(std::string title, std::vector<Edit> edits);

  Severity effective_severity() const;
  /// The format with its arguments.
  std::string message() const;
};

/// Collects diagnostics. `take` sorts by file, offset, code and drops exact repetitions, so that order of passes shows nowhere.
class Sink {
 public:
  explicit Sink(std::size_t limit = 1000) : limit_(limit) {}

  /// The returned reference is valid until the next report; use it at once to add labels, notes, fixes.
  Diagnostic& report(Code code, source::Range range, std::vector<std::string> args = {});
  void add(Diagnostic diagnostic);

  bool has_errors() const { return errors_ > 0; }
  std::size_t error_count() const { return errors_; }
  std::size_t size() const { return diagnostics_.size(); }
  bool full() const { return diagnostics_.size() >= limit_; }
  const std::vector<Diagnostic>& peek() const { return diagnostics_; }
  std::vector<Diagnostic> take(const source::SourceSet& sources);

 private:
  std::size_t limit_;
  std::size_t errors_ = 0;
  std::vector<Diagnostic> diagnostics_;
  Diagnostic overflow_{};
};

}  // namespace writ::diagnostics
