#include "compiler/parse/parse.h"

#include <algorithm>

#include "compiler/parse/antlr/engine.h"
#include "compiler/parse/decode.h"
#include "compiler/parse/messages.h"
#include "compiler/parse/slips_of_signs.h"
#include "compiler/parse/token_shapes.h"

namespace writ::parse {
namespace {

using cst::TokenKind;
using diagnostics::Code;
using Tokens = support::Store<cst::TokenId, cst::Token>;

/// Everything in one Error node: for a file past a limit.
cst::Tree unread(source::FileId file, Tokens tokens) {
  cst::TreeBuilder builder(file, tokens);
  builder.open(cst::RuleKind::File);
  builder.mark_broken();
  if (tokens.size() > 1) {
    builder.open(cst::RuleKind::Error);
    for (const cst::TokenId id : tokens.ids()) {
      if (!cst::is_trivia(tokens[id].kind) && tokens[id].kind != TokenKind::EndOfFile) builder.add(id);
    }
    builder.close();
  }
  builder.add(tokens.ids().back());
  builder.close();
  return builder.finish();
}

/// A file that is not even read into tokens is one unknown token.
Tokens as_one_token(std::size_t size) {
  const auto end = static_cast<std::uint32_t>(size);
  Tokens tokens;
  if (size > 0) tokens.add({TokenKind::Unknown, 0, end});
  tokens.add({TokenKind::EndOfFile, end, end});
  return tokens;
}

class Parse {
 public:
  Parse(const source::SourceSet& sources, source::FileId file, diagnostics::Sink& sink, const ParseLimits& limits)
      : text_(sources.text(file)), file_(file), sink_(sink), limits_(limits) {}

  cst::Tree run() {
    if (text_.size() > limits_.bytes) {
      tell(Code::file_too_large, {0, 0}, {std::to_string(text_.size()), std::to_string(limits_.bytes)});
      return unread(file_, as_one_token(text_.size()));
    }
    const DecodedText decoded = decode(text_);
    tell_bad_bytes(decoded);
    const Tokens tokens = antlr::run_lexer(decoded);
    if (tokens.size() > limits_.tokens) {
      tell(Code::too_many_words, {0, 0}, {std::to_string(tokens.size()), std::to_string(limits_.tokens)});
      return unread(file_, tokens);
    }
    const Mended mended = mend_signs(tokens, text_);
    tell_bad_tokens(mended.tokens);
    return parse_tokens(mended);
  }

 private:
  struct Span {
    std::uint32_t begin;
    std::uint32_t end;
  };

  cst::Tree parse_tokens(const Mended& mended) {
    const Tokens& tokens = mended.tokens;
    const std::vector<TokenShape> shapes = shapes_of(tokens, text_);
    if (const auto deep = nested_beyond(shapes, limits_.nesting)) {
      tell(Code::nested_too_deeply, {tokens[*deep].begin, tokens[*deep].end}, {std::to_string(limits_.nesting)});
      return unread(file_, tokens);
    }
    antlr::Parsed parsed = antlr::run_parser(file_, tokens, shapes, limits_.recoveries);
    if (!mended.slips.empty()) parsed.tree.mark_mended();
    const FileText text{file_, text_, tokens, shapes};
    for (const Slip& slip : mended.slips) {
      if (told_ < limits_.diagnostics && !in_foreign_statement(slip, parsed.problems, text)) tell_slip(slip);
    }
    for (const Problem& problem : parsed.problems) {
      if (told_ >= limits_.diagnostics) break;
      if (follows_from_slip(problem, text, mended.slips) || follows_from_unclosed_text(problem, text)) continue;
      writ::parse::tell(told_ + 1 < limits_.diagnostics ? problem : gave_up_at(problem), text, sink_);
      ++told_;
    }
    return std::move(parsed.tree);
  }

  /// Right behind a sign that was told, or on one.
  static bool follows_from_slip(const Problem& problem, const FileText& file, const std::vector<Slip>& slips) {
    const cst::Token& at = file.tokens[file.shapes[problem.shape].token];
    const std::uint32_t from = problem.shape == 0 ? 0 : file.tokens[file.shapes[problem.shape - 1].token].begin;
    return std::any_of(slips.begin(), slips.end(), [&](const Slip& slip) { return slip.begin >= from && slip.begin <= at.begin; });
  }

  /// On the row of a statement that is none of ours: `permit (principal, action, resource);` is one mistake.
  bool in_foreign_statement(const Slip& slip, const std::vector<Problem>& problems, const FileText& file) const {
    return std::any_of(problems.begin(), problems.end(), [&](const Problem& problem) {
      const TokenShape& shape = file.shapes[problem.shape];
      const std::uint32_t begin = file.tokens[shape.token].begin;
      const bool foreign = problem.kind == Problem::Kind::UnknownStatement || (problem.kind == Problem::Kind::Unexpected && shape.kind == TokenKind::Lparen);
      return foreign && begin < slip.begin && text_.substr(begin, slip.begin - begin).find('\n') == std::string_view::npos;
    });
  }

  /// The text that runs to the end of its line holds the `}`.
  static bool follows_from_unclosed_text(const Problem& problem, const FileText& file) {
    if (problem.kind != Problem::Kind::UnclosedBrace && problem.kind != Problem::Kind::Unexpected) return false;
    return std::any_of(file.shapes.begin(), file.shapes.begin() + static_cast<std::ptrdiff_t>(problem.shape), [&](const TokenShape& shape) {
      const cst::Token& token = file.tokens[shape.token];
      return shape.kind == TokenKind::BadString && file.text.substr(token.begin, token.end - token.begin).find_first_of("})") != std::string_view::npos;
    });
  }

  static Problem gave_up_at(Problem problem) {
    problem.kind = Problem::Kind::GaveUp;
    return problem;
  }

  void tell(Code code, Span span, std::vector<std::string> args) {
    if (told_++ < limits_.diagnostics) sink_.report(code, {file_, span.begin, span.end}, std::move(args));
  }

  void tell_slip(const Slip& slip) {
    if (!slip.told || told_++ >= limits_.diagnostics) return;
    const auto range = [&](std::uint32_t begin, std::uint32_t end) { return source::Range{file_, begin, end}; };
    const std::string written(text_.substr(slip.begin, slip.end - slip.begin));
    diagnostics::Diagnostic& told = sink_.report(slip.code, range(slip.begin, slip.end), {printable(written)});
    if (!slip.lesson.empty()) told.with_note(slip.lesson);
    for (const Repair& repair : slip.repairs) {
      std::vector<diagnostics::Edit> edits;
      for (const TextEdit& edit : repair.edits) edits.push_back({range(edit.begin, edit.end), edit.replacement});
      told.with_fix(repair.title, std::move(edits));
    }
  }

  void tell_bad_bytes(const DecodedText& decoded) {
    for (const BadBytes& bad : decoded.bad) tell(Code::invalid_utf8, {bad.begin, bad.end}, {});
  }

  bool is_bad_byte(const cst::Token& token) const {
    return token.end == token.begin + 1 && static_cast<unsigned char>(text_[token.begin]) >= 0x80;
  }

  void tell_bad_tokens(const Tokens& tokens) {
    std::uint32_t told_to = 0xFFFF'FFFF;  // neighbours are told once
    for (const cst::Token& token : tokens) {
      if (token.kind == TokenKind::BadString) tell(Code::unclosed_text, {token.begin, token.end}, {});
      if (token.kind != TokenKind::Unknown || is_bad_byte(token)) continue;
      if (token.begin != told_to) tell(Code::unknown_character, {token.begin, token.end}, {printable(text_.substr(token.begin, token.end - token.begin))});
      told_to = token.end;
    }
  }

  static std::string printable(std::string_view character) {
    if (character == "\u00A0") return "U+00A0";
    if (character == "\u202F") return "U+202F";
    if (character == "\u200B") return "U+200B";
    const auto byte = static_cast<unsigned char>(character[0]);
    return byte < 0x20 || byte == 0x7F ? "U+00" + std::string(1, "0123456789ABCDEF"[byte >> 4]) + "0123456789ABCDEF"[byte & 15]
                                       : std::string(character);
  }

  std::string_view text_;
  source::FileId file_;
  diagnostics::Sink& sink_;
  const ParseLimits& limits_;
  std::size_t told_ = 0;
};

}  // namespace

cst::Tree parse(const source::SourceSet& sources, source::FileId file, diagnostics::Sink& sink, const ParseLimits& limits) {
  return Parse(sources, file, sink, limits).run();
}

support::Store<cst::TokenId, cst::Token> lex(const source::SourceSet& sources, source::FileId file) {
  return antlr::run_lexer(decode(sources.text(file)));
}

}  // namespace writ::parse
