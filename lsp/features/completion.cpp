#include "lsp/features/completion.h"

#include <algorithm>
#include <cctype>
#include <set>

#include <fmt/format.h>

#include "compiler/cst/kinds.h"

namespace writ::lsp {
namespace {

/// The protocol's numbers.
enum class ItemKind : int { Method = 2, Function = 3, Field = 5, Variable = 6, Class = 7, Module = 9, Enum = 13, Keyword = 14, EnumMember = 20, Reference = 18 };

ItemKind kind_of(const std::string& kind) {
  if (kind == "action") return ItemKind::Method;
  if (kind == "duty" || kind == "predicate") return ItemKind::Function;
  if (kind == "field") return ItemKind::Field;
  if (kind == "parameter" || kind == "variable" || kind == "person" || kind == "thing") return ItemKind::Variable;
  if (kind == "role" || kind == "type") return ItemKind::Class;
  if (kind == "module" || kind == "system") return ItemKind::Module;
  if (kind == "enum") return ItemKind::Enum;
  if (kind == "value") return ItemKind::EnumMember;
  return ItemKind::Reference;
}

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.'; }

/// The dotted word that ends at the place.
std::string_view word_before(std::string_view text, std::uint32_t offset) {
  std::size_t begin = offset;
  while (begin > 0 && is_word(text[begin - 1])) --begin;
  return text.substr(begin, offset - begin);
}

/// Nothing is completed inside comments and texts in quotes.
bool in_words_of_the_author(const Snapshot& s, const Spot& spot) {
  const auto index = s.index(spot.file);
  if (!index || spot.offset == 0) return false;
  const std::string_view text = s.sources.text(spot.file);
  for (const cst::Token& t : s.trees[*index].tokens()) {
    if (t.begin >= spot.offset) break;
    const std::string_view own = text.substr(t.begin, t.end - t.begin);
    if (own.starts_with("//") && spot.offset <= t.end) return true;
    if (own.starts_with("\"") && spot.offset < t.end) return true;
  }
  return false;
}

/// The types that `principal`, `resource`, `context` can be; whatever else it is, the words of a declared type.
std::set<std::string> owners_of_root(const Snapshot& s, std::string_view root) {
  std::set<std::string> owners;
  for (const ast::File* file : s.file_pointers()) {
    for (const ast::Item& item : file->items) {
      const bool principal = root == "principal" && std::holds_alternative<ast::PrincipalDecl>(item.statement);
      const bool resource = root == "resource" && std::holds_alternative<ast::ResourceDecl>(item.statement);
      if (principal || resource) owners.insert(ast::name_of(item).text);
    }
  }
  if (root == "context" || root == "input") owners.insert(std::string(root));
  return owners;
}

std::string bare_type(std::string type) {
  std::erase(type, '?');
  return type;
}

/// `principal.manager.` → the types whose fields may follow.
std::set<std::string> owners_of(const Snapshot& s, std::string_view path) {
  std::size_t dot = path.find('.');
  std::set<std::string> owners = owners_of_root(s, path.substr(0, dot));
  while (dot != std::string_view::npos) {
    path.remove_prefix(dot + 1);
    dot = path.find('.');
    const std::string_view field = path.substr(0, dot);
    std::set<std::string> next;
    for (const check::Definition& d : s.recording.definitions)
      if (d.kind == "field" && d.local == field && owners.contains(d.name.substr(0, d.name.size() - d.local.size() - 1))) next.insert(bare_type(d.type));
    owners = std::move(next);
  }
  return owners;
}

class Offer {
 public:
  Offer(const Snapshot& s, const Spot& spot, std::string_view typed) : typed_(typed) {
    const auto begin = spot.offset - static_cast<std::uint32_t>(typed.size());
    range_ = range_json(s.sources, {spot.file, begin, spot.offset});
  }

  void add(const std::string& label, ItemKind kind, const std::string& detail) {
    if (!label.starts_with(typed_) || !seen_.insert(label).second) return;
    items_.push_back({{"label", label}, {"kind", static_cast<int>(kind)}, {"detail", detail}, {"textEdit", {{"range", range_}, {"newText", label}}}});
  }
  Json take() { return std::move(items_); }

 private:
  std::string typed_;
  Json range_;
  Json items_ = Json::array();
  std::set<std::string> seen_;
};

Json fields_after(const Snapshot& s, const Spot& spot, std::string_view word) {
  const std::size_t dot = word.rfind('.');
  Offer offer(s, spot, word.substr(dot + 1));
  const std::set<std::string> owners = owners_of(s, word.substr(0, dot));
  for (const check::Definition& d : s.recording.definitions) {
    const bool member = d.kind == "field" && owners.contains(d.name.substr(0, d.name.size() - d.local.size() - 1));
    if (member) offer.add(d.local, ItemKind::Field, d.type);
  }
  return offer.take();
}

bool is_local_elsewhere(const check::Definition& d, const Snapshot& s, const Spot& spot) {
  if (d.kind != "parameter" && d.kind != "variable") return false;
  for (const ast::File* file : s.file_pointers())
    for (const ast::Item& item : file->items)
      if (contains(item.range, {d.range.file, d.range.begin})) return !touches(item.range, spot);
  return true;
}

}  // namespace

Json completion(const Snapshot& snapshot, const Spot& spot) {
  if (in_words_of_the_author(snapshot, spot)) return Json::array();
  const std::string_view word = word_before(snapshot.sources.text(spot.file), spot.offset);
  const std::size_t dot = word.find('.');
  if (dot != std::string_view::npos && !owners_of_root(snapshot, word.substr(0, dot)).empty()) return fields_after(snapshot, spot, word);
  Offer offer(snapshot, spot, word);
  for (const check::Definition& d : snapshot.recording.definitions) {
    if (d.kind == "field" || is_local_elsewhere(d, snapshot, spot)) continue;
    if (d.kind == "value" && dot != std::string_view::npos) offer.add(d.name, ItemKind::EnumMember, d.kind);
    else if (d.local.find(' ') == std::string::npos) offer.add(d.local, kind_of(d.kind), d.type.empty() ? d.kind : d.type);
  }
  if (dot == std::string_view::npos)
    for (const cst::Keyword& k : cst::keywords()) offer.add(std::string(k.spelled), ItemKind::Keyword, "keyword");
  return offer.take();
}

}  // namespace writ::lsp
