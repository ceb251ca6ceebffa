#include "compiler/parse/messages.h"

#include <algorithm>

#include <fmt/format.h>

#include "compiler/parse/phrases.h"
#include "compiler/parse/slips_of_words.h"
#include "compiler/support/nearest.h"

namespace writ::parse {
namespace {

using cst::RuleKind;
using cst::TokenKind;
using diagnostics::Code;
using diagnostics::Diagnostic;

class Teller {
 public:
  Teller(const Problem& problem, const FileText& file, diagnostics::Sink& sink) : problem_(problem), file_(file), sink_(sink) {}

  void tell() {
    switch (problem_.kind) {
      case Problem::Kind::Unexpected: return unexpected();
      case Problem::Kind::AfterLine: return after_line();
      case Problem::Kind::UnknownStatement: return suggest(report(Code::starts_no_statement, {found(), expected()}));
      case Problem::Kind::UnknownLine: return unknown_line();
      case Problem::Kind::UnclosedBrace: return unclosed();
      case Problem::Kind::StrayBrace: return void(report(Code::stray_brace, {}));
      case Problem::Kind::HeaderNotFirst: return void(report(Code::header_not_first, {found()}));
      case Problem::Kind::GaveUp: return void(report(Code::too_many_errors, {}));
    }
  }

 private:
  const TokenShape& shape() const { return file_.shapes[problem_.shape]; }
  source::Range range(cst::TokenId id) const { return {file_.file, file_.tokens[id].begin, file_.tokens[id].end}; }
  std::string_view text(cst::TokenId id) const { return file_.text.substr(file_.tokens[id].begin, file_.tokens[id].end - file_.tokens[id].begin); }

  /// The token as the message quotes it; long texts are cut.
  std::string quote(cst::TokenId id) const {
    constexpr std::size_t kLongest = 40;
    std::string quoted(text(id));
    if (quoted.size() <= kLongest) return quoted;
    std::size_t cut = kLongest;
    while (cut > 0 && (static_cast<unsigned char>(quoted[cut]) & 0xC0) == 0x80) --cut;
    return quoted.substr(0, cut) + "…";
  }
  std::string found() const { return quote(shape().token); }
  std::string expected() const { return say_expected(problem_.expected); }
  const TokenShape* before() const { return problem_.shape == 0 ? nullptr : &file_.shapes[problem_.shape - 1]; }
  bool at_end() const { return shape().kind == TokenKind::EndOfFile; }

  Diagnostic& report(Code code, std::vector<std::string> args) { return sink_.report(code, range(shape().token), std::move(args)); }

  void unexpected() {
    if (at_end() && open_brace_at(file_.shapes, problem_.shape) && expects(TokenKind::Rbrace)) return unclosed();
    if (before() && (at_end() || shape().first_on_line)) {
      const Code code = at_end() ? Code::file_ends_early : Code::line_ends_early;
      Diagnostic& told = sink_.report(code, range(before()->token), {quote(before()->token), expected()});
      if (!at_end()) note_reserved(told);
      note_form(told);
      return;
    }
    Diagnostic& told = report(Code::unexpected_here, {found(), expected()});
    note_reserved(told);
    suggest(told);
  }

  void after_line() {
    Diagnostic& told = report(Code::unexpected_here, {found(), expected()});
    note_read_as_name(told);
    suggest(told);
  }

  /// A statement word that the line before swallowed, because it ended too early.
  void note_read_as_name(Diagnostic& told) const {
    if (!before() || !before()->first_on_line || !cst::is_keyword(before()->kind)) return;
    told.with_note(fmt::format("`{}` was read as a name of the line before it, which may not be complete", quote(before()->token)));
  }

  void unknown_line() {
    suggest(report(Code::starts_no_line, {found(), std::string(owner_of_line(problem_.inside)), expected()}));
  }

  void unclosed() {
    const auto open = open_brace_at(file_.shapes, problem_.shape);
    if (!open) return void(report(Code::unexpected_here, {found(), expected()}));
    Diagnostic& told = sink_.report(Code::unclosed_brace, range(*open));
    if (!at_end()) told.with_label(range(shape().token), "the next statement starts here");
  }

  bool expects(TokenKind kind) const {
    return std::find(problem_.expected.begin(), problem_.expected.end(), Expectation{std::nullopt, kind}) != problem_.expected.end();
  }
  bool expects_name() const {
    return std::any_of(problem_.expected.begin(), problem_.expected.end(), [](const Expectation& one) {
      return one.token == TokenKind::Name || (one.rule && phrase_of(*one.rule) == std::optional<std::string_view>("a name"));
    });
  }
  bool is_word(TokenKind kind) const { return kind == TokenKind::Name || cst::is_keyword(kind); }

  void note_reserved(Diagnostic& told) const {
    if (cst::is_keyword(shape().kind) && expects_name()) told.with_note(fmt::format("`{}` is a word of the language and cannot be a name here", found()));
  }

  void replace_with(Diagnostic& told, const std::string& word, source::Range at) const {
    const std::string shown = word.substr(word.find_first_not_of(' '));
    told.with_note(fmt::format("did you mean `{}`?", shown));
    told.with_fix(fmt::format("write `{}`", shown), {{at, word}});
  }

  /// What was probably meant: the word of another language, or the keyword that is spelled nearly so; else how the statement is written.
  void suggest(Diagnostic& told) const {
    if (const auto advice = advice_on(problem_, file_)) {
      if (!advice->instead.empty()) replace_with(told, advice->instead, advice->at.value_or(range(shape().token)));
      if (!advice->lesson.empty()) told.with_note(advice->lesson);
      return;
    }
    if (is_word(shape().kind)) {
      std::vector<std::string> candidates;
      for (const TokenKind word : problem_.words) candidates.emplace_back(cst::spelling(word));
      if (const auto nearest = support::nearest_name(text(shape().token), candidates)) return replace_with(told, *nearest, range(shape().token));
    }
    note_form(told);
  }

  void note_form(Diagnostic& told) const {
    if (!told.notes.empty()) return;
    if (const std::string form = form_of(problem_, file_); !form.empty()) told.with_note(form);
  }

  const Problem& problem_;
  const FileText& file_;
  diagnostics::Sink& sink_;
};

}  // namespace

void tell(const Problem& problem, const FileText& file, diagnostics::Sink& sink) { Teller(problem, file, sink).tell(); }

}  // namespace writ::parse
