#include "runtime/core/explain.h"

#include <algorithm>

#include "runtime/core/evaluate.h"

namespace writ::core {
namespace {

/// Writes as far as there is room and counts on.
class Text {
 public:
  explicit Text(std::span<char> into) : into_(into) {}
  void add(std::string_view text) {
    for (const char c : text) {
      if (size_ < into_.size()) into_[size_] = c;
      ++size_;
    }
  }
  std::size_t size() const { return size_; }

 private:
  std::span<char> into_;
  std::size_t size_ = 0;
};

std::string_view root_name(const layout::Term& term) {
  switch (static_cast<layout::Root>(term.root)) {
    case layout::Root::Principal: return "principal";
    case layout::Root::Resource: return "resource";
    case layout::Root::Context: return "context";
    case layout::Root::Input: return "input";
    case layout::Root::Subject: return "subject";
    case layout::Root::Parameter: return "held";
    case layout::Root::Binder: return "binder";
    case layout::Root::Scope: return "scope";
  }
  return "?";
}

/// The path's attributes, last first; a roll-up and `otherwise` are called what they are of. Nests no deeper than load() allows.
struct Path {
  std::string_view names[kMaxDepth];
  std::size_t count = 0;
  std::string_view root = "?";
};
Path path_of(const View& view, Index id) {
  Path path;
  while (id < view.terms.count) {
    const layout::Term& term = view.terms[id];
    const auto kind = static_cast<layout::TermKind>(term.kind);
    const bool inner = kind == layout::TermKind::Attribute || kind == layout::TermKind::RollUp || kind == layout::TermKind::Otherwise;
    if (kind == layout::TermKind::Root) path.root = root_name(term);
    if (!inner || path.count == kMaxDepth) break;
    if (kind == layout::TermKind::Attribute) path.names[path.count++] = view.text(view.attributes[term.attribute].name);
    id = view.indices[term.terms.begin];
  }
  return path;
}

void add_term(const View& view, Index term, Text& text) {
  const Path path = path_of(view, term);
  text.add(path.root);
  for (std::size_t i = path.count; i-- > 0;) {
    text.add(".");
    text.add(path.names[i]);
  }
}

void add_attribute(const View& view, std::string_view of, Index attribute, Text& text) {
  text.add(of);
  text.add(".");
  text.add(view.text(view.attributes[attribute].name));
}

}  // namespace

std::size_t fact_name(const View& view, const UnknownFact& fact, std::span<char> into) {
  Text text(into);
  switch (fact.kind) {
    case UnknownFact::Kind::Word: text.add(to_string(static_cast<Word>(fact.a))); break;
    case UnknownFact::Kind::Term: add_term(view, fact.a, text); break;
    case UnknownFact::Kind::Principal: add_attribute(view, "principal", fact.a, text); break;
    case UnknownFact::Kind::Resource: add_attribute(view, "resource", fact.a, text); break;
    case UnknownFact::Kind::Entity:
      text.add(view.text(view.entities[view.attributes[fact.a].owner].local));
      text.add(".");
      add_attribute(view, fact.id, fact.a, text);
      break;
    case UnknownFact::Kind::Dimension: text.add(view.text(view.enums[fact.a].local)); break;
    case UnknownFact::Kind::Control: text.add(view.text(view.controls[fact.a].name)); break;
  }
  return text.size();
}

std::size_t term_name(const View& view, Index term, std::span<char> into) {
  Text text(into);
  add_term(view, term, text);
  return text.size();
}

std::string_view condition_text(const View& view, Index cond) {
  const auto& texts = view.condition_texts;
  const auto* found = std::lower_bound(texts.begin(), texts.end(), cond, [](const layout::ConditionText& t, Index c) { return t.cond < c; });
  return found != texts.end() && found->cond == cond ? view.text(found->text) : std::string_view{};
}

}  // namespace writ::core
