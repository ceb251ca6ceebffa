#include "compiler/parse/parse.h"

#include "compiler/parse/antlr/engine.h"
#include "compiler/parse/decode.h"
#include "compiler/parse/messages.h"
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
    tell_bad_tokens(tokens);
    return parse_tokens(tokens);
  }

 private:
  struct Span {
    std::uint32_t begin;
    std::uint32_t end;
  };

  cst::Tree parse_tokens(const Tokens& tokens) {
    const std::vector<TokenShape> shapes = shapes_of(tokens, text_);
    if (const auto deep = nested_beyond(shapes, limits_.nesting)) {
      tell(Code::nested_too_deeply, {tokens[*deep].begin, tokens[*deep].end}, {std::to_string(limits_.nesting)});
      return unread(file_, tokens);
    }
    antlr::Parsed parsed = antlr::run_parser(file_, tokens, shapes, limits_.recoveries);
    const FileText text{file_, text_, tokens, shapes};
    for (const Problem& problem : parsed.problems) {
      if (told_ >= limits_.diagnostics) break;
      writ::parse::tell(told_ + 1 < limits_.diagnostics ? problem : gave_up_at(problem), text, sink_);
      ++told_;
    }
    return std::move(parsed.tree);
  }

  static Problem gave_up_at(Problem problem) {
    problem.kind = Problem::Kind::GaveUp;
    return problem;
  }

  void tell(Code code, Span span, std::vector<std::string> args) {
    if (told_++ < limits_.diagnostics) sink_.report(code, {file_, span.begin, span.end}, std::move(args));
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
