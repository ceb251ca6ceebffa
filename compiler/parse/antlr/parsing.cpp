#include <antlr4-runtime.h>

#include "compiler/parse/antlr/engine.h"
#include "compiler/parse/antlr/kinds_of_antlr.h"
#include "compiler/parse/antlr/line_recovery.h"

namespace writ::parse::antlr {
namespace {

using cst::TokenKind;
using Tokens = support::Store<cst::TokenId, cst::Token>;

/// The parser reads a token that is told elsewhere as what it was meant to be.
TokenKind as_parsed(TokenKind kind) {
  if (kind == TokenKind::BadNumber) return TokenKind::Int;
  if (kind == TokenKind::BadString) return TokenKind::String;
  return kind;
}

std::vector<std::unique_ptr<antlr4::Token>> tokens_for(const std::vector<TokenShape>& shapes) {
  std::vector<std::unique_ptr<antlr4::Token>> tokens;
  tokens.reserve(shapes.size());
  for (const TokenShape& shape : shapes) {
    tokens.push_back(std::make_unique<antlr4::CommonToken>(antlr_type(as_parsed(shape.kind)), ""));
  }
  return tokens;
}

/// One parser over the file's tokens.
struct Run {
  explicit Run(const std::vector<TokenShape>& shapes) : source(tokens_for(shapes)), stream(&source), parser(&stream) {
    parser.removeErrorListeners();
  }
  antlr4::ListTokenSource source;
  antlr4::CommonTokenStream stream;
  WritParser parser;
};

/// ANTLR's tree to ours. Tokens that recovery skipped, side by side, become one Error node.
class Conversion {
 public:
  Conversion(source::FileId file, const Tokens& tokens, const std::vector<TokenShape>& shapes) : builder_(file, tokens), shapes_(shapes) {}

  cst::Tree convert(antlr4::ParserRuleContext* root) {
    builder_.open(rule_kind(root->getRuleIndex()));
    add_children(root);
    add_rest();
    builder_.close();
    return builder_.finish();
  }

 private:
  void add_children(antlr4::ParserRuleContext* context) {
    if (context->exception) builder_.mark_broken();
    bool in_error = false;
    for (antlr4::tree::ParseTree* child : context->children) {
      const bool skipped = dynamic_cast<antlr4::tree::ErrorNode*>(child) != nullptr;
      if (skipped != in_error) {
        skipped ? builder_.open(cst::RuleKind::Error) : builder_.close();
        in_error = skipped;
      }
      add(child);
    }
    if (in_error) builder_.close();
  }

  void add(antlr4::tree::ParseTree* child) {
    if (auto* leaf = dynamic_cast<antlr4::tree::TerminalNode*>(child)) return add_token(leaf->getSymbol()->getTokenIndex());
    auto* context = static_cast<antlr4::ParserRuleContext*>(child);
    builder_.open(rule_kind(context->getRuleIndex()));
    add_children(context);
    builder_.close();
  }

  void add_token(std::size_t index) {
    WRIT_CHECK(index == next_, "the parser's tree holds every token in order");
    builder_.add(shapes_[index].token);
    ++next_;
  }

  void add_rest() {
    if (next_ + 1 < shapes_.size()) {
      builder_.open(cst::RuleKind::Error);
      while (next_ + 1 < shapes_.size()) add_token(next_);
      builder_.close();
    }
    if (next_ < shapes_.size()) add_token(next_);
  }

  cst::TreeBuilder builder_;
  const std::vector<TokenShape>& shapes_;
  std::size_t next_ = 0;
};

std::optional<cst::Tree> parse_fast(source::FileId file, const Tokens& tokens, const std::vector<TokenShape>& shapes) {
  Run run(shapes);
  run.parser.setErrorHandler(std::make_shared<antlr4::BailErrorStrategy>());
  run.parser.getInterpreter<antlr4::atn::ParserATNSimulator>()->setPredictionMode(antlr4::atn::PredictionMode::SLL);
  try {
    return Conversion(file, tokens, shapes).convert(run.parser.file());
  } catch (const antlr4::ParseCancellationException&) {
    return std::nullopt;
  }
}

Parsed parse_thoroughly(source::FileId file, const Tokens& tokens, const std::vector<TokenShape>& shapes, std::size_t recoveries) {
  Run run(shapes);
  const auto strategy = std::make_shared<LineRecovery>(run.parser.getATN(), shapes, recoveries);
  run.parser.setErrorHandler(strategy);
  antlr4::ParserRuleContext* root = run.parser.file();
  return {Conversion(file, tokens, shapes).convert(root), strategy->take_problems()};
}

class AmbiguityListener : public antlr4::BaseErrorListener {
 public:
  void reportAmbiguity(antlr4::Parser*, const antlr4::dfa::DFA& dfa, size_t begin, size_t end, bool, const antlrcpp::BitSet&,
                       antlr4::atn::ATNConfigSet*) override {
    found.push_back({rule_kind(dfa.atnStartState->ruleIndex), begin, end});
  }
  std::vector<Ambiguity> found;
};

}  // namespace

std::vector<Ambiguity> find_ambiguities(const std::vector<TokenShape>& shapes) {
  Run run(shapes);
  AmbiguityListener listener;
  run.parser.addErrorListener(&listener);
  run.parser.getInterpreter<antlr4::atn::ParserATNSimulator>()->setPredictionMode(antlr4::atn::PredictionMode::LL_EXACT_AMBIG_DETECTION);
  run.parser.file();
  return std::move(listener.found);
}

Parsed run_parser(source::FileId file, const Tokens& tokens, const std::vector<TokenShape>& shapes, std::size_t recoveries) {
  if (auto tree = parse_fast(file, tokens, shapes)) return {std::move(*tree), {}};
  return parse_thoroughly(file, tokens, shapes, recoveries);
}

}  // namespace writ::parse::antlr
