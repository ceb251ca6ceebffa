#include "lsp/features/outline.h"

#include <algorithm>

#include <fmt/format.h>

#include "compiler/support/overloaded.h"

namespace writ::lsp {
namespace {

using source::Range;

/// The protocol's numbers.
enum class SymbolKind : int {
  Module = 2, Class = 5, Method = 6, Field = 8, Enum = 10, Interface = 11, Function = 12, Variable = 13, Constant = 14, Array = 18, Object = 19, EnumMember = 22,
  Struct = 23, Event = 24, Operator = 25
};

SymbolKind kind_of(std::string_view words) {
  static const std::map<std::string_view, SymbolKind> kKinds = {
      {"role", SymbolKind::Class},        {"action", SymbolKind::Method},       {"enum", SymbolKind::Enum},          {"dimension", SymbolKind::Enum},
      {"principal", SymbolKind::Struct},  {"resource", SymbolKind::Struct},     {"context", SymbolKind::Struct},     {"type", SymbolKind::Struct},
      {"duty", SymbolKind::Function},     {"predicate", SymbolKind::Operator},  {"threshold", SymbolKind::Constant}, {"approval", SymbolKind::Event},
      {"field", SymbolKind::Field},       {"value", SymbolKind::EnumMember},    {"module", SymbolKind::Module},      {"system", SymbolKind::Module},
      {"exception", SymbolKind::Object},  {"mitigation", SymbolKind::Object},   {"exception or mitigation", SymbolKind::Object},
      {"given", SymbolKind::Variable},    {"person", SymbolKind::Variable},     {"thing", SymbolKind::Variable},     {"parameter", SymbolKind::Variable},
      {"limits", SymbolKind::Array},      {"terms", SymbolKind::Array}};
  const auto found = kKinds.find(words);
  return found == kKinds.end() ? SymbolKind::Interface : found->second;
}

Json symbol(const Snapshot& s, std::string name, std::string_view kind, const Range& range, const Range& selection, std::string detail) {
  return {{"name", name.empty() ? std::string(kind) : std::move(name)},
          {"kind", static_cast<int>(kind_of(kind))},
          {"detail", std::move(detail)},
          {"range", range_json(s.sources, range)},
          {"selectionRange", range_json(s.sources, selection)}};
}

Json named(const Snapshot& s, const ast::Name& name, std::string_view kind, const Range& range, std::string detail) {
  return symbol(s, name.text, kind, range, name.range, std::move(detail));
}

Json fields(const Snapshot& s, const std::vector<ast::Field>& fields) {
  Json all = Json::array();
  for (const ast::Field& f : fields) all.push_back(named(s, f.name, "field", f.range, std::string(s.sources.text(f.type.range))));
  return all;
}

template <class Values>
Json values(const Snapshot& s, const Values& of) {
  Json all = Json::array();
  for (const ast::Name& v : of) all.push_back(named(s, v, "value", v.range, ""));
  return all;
}

Json items(const Snapshot& s, const std::vector<ast::Item>& of);

Json children(const Snapshot& s, const ast::Item& item) {
  return std::visit(support::Overloaded{
                        [&](const ast::PrincipalDecl& d) { return fields(s, d.fields); },
                        [&](const ast::ResourceDecl& d) { return fields(s, d.fields); },
                        [&](const ast::ContextDecl& d) { return fields(s, d.fields); },
                        [&](const ast::EnumDecl& d) { return values(s, d.values); },
                        [&](const ast::Dimension& d) {
                          std::vector<ast::Name> names;
                          for (const ast::DimensionValue& v : d.values) names.push_back(v.name);
                          return values(s, names);
                        },
                        [&](const ast::ActionDecl& d) {
                          Json all = fields(s, d.inputs);
                          for (std::size_t i = 1; i < d.names.size(); ++i) all.push_back(named(s, d.names[i], "action", d.names[i].range, ""));
                          return all;
                        },
                        [&](const ast::Role& r) {
                          Json all = Json::array();
                          for (const ast::GrantLine& line : r.may) {
                            std::string text(s.sources.text(line.accesses.range));
                            all.push_back(symbol(s, "may " + text.substr(0, text.find('\n')), "grant", line.range, line.range, ""));
                          }
                          return all;
                        },
                        [&](const ast::Test& t) { return items(s, t.items); },
                        [](const auto&) { return Json(Json::array()); },
                    },
                    item.statement);
}

std::string given_names(const ast::Item& item) {
  const auto* given = std::get_if<ast::Given>(&item.statement);
  const auto* entity = given == nullptr ? nullptr : std::get_if<ast::GivenEntity>(&given->fact);
  std::string names;
  if (entity != nullptr) for (const ast::Who& who : entity->names) names += (names.empty() ? "" : ", ") + who.text;
  return names;
}

Json items(const Snapshot& s, const std::vector<ast::Item>& of) {
  Json all = Json::array();
  for (const ast::Item& item : of) {
    if (std::holds_alternative<std::monostate>(item.statement)) continue;
    const std::string_view words = ast::words_of(item);
    const ast::Name name = ast::name_of(item);
    const bool named_inside = name.range.valid() && name.range.begin >= item.range.begin && name.range.end <= item.range.end;
    Json one = symbol(s, name.text.empty() ? given_names(item) : name.text, words, item.range, named_inside ? name.range : item.head, std::string(words));
    if (Json inner = children(s, item); !inner.empty()) one["children"] = std::move(inner);
    all.push_back(std::move(one));
  }
  return all;
}

bool contains_ignoring_case(const std::string& text, const std::string& part) {
  const auto same = [](char a, char b) { return std::tolower(static_cast<unsigned char>(a)) == std::tolower(static_cast<unsigned char>(b)); };
  return std::search(text.begin(), text.end(), part.begin(), part.end(), same) != text.end();
}

void fold(Json& all, std::uint32_t first, std::uint32_t last, const char* kind) {
  if (last > first) all.push_back({{"startLine", first - 1}, {"endLine", last - 1}, {"kind", kind}});
}

void fold_items(const Snapshot& s, const std::vector<ast::Item>& of, Json& all) {
  for (const ast::Item& item : of) {
    fold(all, s.sources.position(item.range.file, item.head.begin).line, s.sources.position(item.range.file, item.range.end).line, "region");
    if (const auto* test = std::get_if<ast::Test>(&item.statement)) fold_items(s, test->items, all);
  }
}

bool is_comment_line(std::string_view line) {
  const std::size_t at = line.find_first_not_of(" \t");
  return at != std::string_view::npos && line.substr(at).starts_with("//");
}

}  // namespace

Json document_symbols(const Snapshot& snapshot, std::size_t file) { return items(snapshot, snapshot.files[file].items); }

Json workspace_symbols(const View& view, const std::string& query) {
  Json all = Json::array();
  for (const check::Definition& d : view.snapshot.recording.definitions) {
    if (d.kind == "parameter" || d.kind == "variable" || !contains_ignoring_case(d.name, query)) continue;
    if (all.size() == 200) break;
    if (view.snapshot.is_package(d.range.file) && view.library.empty()) continue;
    const std::size_t dot = d.name.size() > d.local.size() ? d.name.size() - d.local.size() - 1 : 0;
    all.push_back({{"name", d.local}, {"containerName", d.name.substr(0, dot)}, {"kind", static_cast<int>(kind_of(d.kind))}, {"location", location_json(view, d.range)}});
  }
  return all;
}

Json folding_ranges(const Snapshot& snapshot, std::size_t file) {
  Json all = Json::array();
  fold_items(snapshot, snapshot.files[file].items, all);
  const source::FileId id = snapshot.files[file].file;
  const std::uint32_t lines = snapshot.sources.line_count(id);
  for (std::uint32_t line = 1; line <= lines; ++line) {
    if (!is_comment_line(snapshot.sources.line_text(id, line))) continue;
    const std::uint32_t first = line;
    while (line < lines && is_comment_line(snapshot.sources.line_text(id, line + 1))) ++line;
    fold(all, first, line, "comment");
  }
  return all;
}

}  // namespace writ::lsp
