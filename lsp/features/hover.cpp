#include "lsp/features/hover.h"

#include <map>

#include <fmt/format.h>

#include "compiler/say/say.h"
#include "lsp/features/navigation.h"

namespace writ::lsp {
namespace {

using source::Range;

/// A statement, and the file whose expressions it uses.
struct Found {
  const ast::File* file = nullptr;
  const ast::Item* item = nullptr;
};

bool defines(const ast::Item& item, const Range& name) {
  if (const auto* actions = std::get_if<ast::ActionDecl>(&item.statement))
    return std::any_of(actions->names.begin(), actions->names.end(), [&](const ast::Name& n) { return n.range == name; });
  return ast::name_of(item).range == name;
}

template <class Fits>
Found find_item(const Snapshot& snapshot, Fits fits) {
  for (const ast::File* file : snapshot.file_pointers()) {
    for (const ast::Item& item : file->items) {
      if (const auto* test = std::get_if<ast::Test>(&item.statement))
        for (const ast::Item& inner : test->items) if (fits(inner)) return {file, &inner};
      if (fits(item)) return {file, &item};
    }
  }
  return {};
}

std::string sentence(const Snapshot& snapshot, const Found& found) {
  const say::Phrasebook phrasebook(snapshot.file_pointers());
  std::string text = say::sentence(phrasebook, *found.file, *found.item);
  if (!found.item->doc.empty()) text += "\n\n" + found.item->doc;
  return text;
}

/// "proved 5: dead, role-sod" and one line for each obligation that is not.
std::string verdicts_on(const Verdicts& verdicts, const std::string& name) {
  std::map<std::string, std::size_t> proved;
  std::string rest;
  for (const verify::Result& r : verdicts.run.results) {
    if (r.obligation.about != name) continue;
    if (r.verdict.success()) ++proved[std::string(verify::to_string(r.obligation.kind))];
    else rest += fmt::format("\n- **{}**: {}", verify::to_string(r.verdict.kind), r.obligation.says);
  }
  std::string good;
  for (const auto& [kind, count] : proved) good += fmt::format("{}{}{}", good.empty() ? "" : ", ", kind, count > 1 ? fmt::format(" ×{}", count) : "");
  if (!good.empty()) good = "\n- **proved**: " + good;
  return good + rest;
}

std::string about_statement(const View& view, const Found& found, const std::string& name) {
  std::string text = sentence(view.snapshot, found);
  if (view.verdicts == nullptr || name.empty()) return text;
  const std::string verdicts = verdicts_on(*view.verdicts, name);
  return verdicts.empty() ? text : text + "\n" + verdicts;
}

std::string about_definition(const View& view, const check::Definition& d) {
  const std::string head = fmt::format("{} `{}`{}", d.kind, d.name, d.type.empty() ? "" : fmt::format(": `{}`", d.type));
  const Found found = find_item(view.snapshot, [&](const ast::Item& item) { return defines(item, d.range); });
  return found.item == nullptr ? head : fmt::format("{}\n\n{}", head, about_statement(view, found, d.name));
}

const check::TypedRange* typed_at(const Snapshot& snapshot, const Spot& spot) {
  const check::TypedRange* best = nullptr;
  for (const check::TypedRange& t : snapshot.recording.types)
    if (contains(t.range, spot) && (best == nullptr || t.range.end - t.range.begin < best->range.end - best->range.begin)) best = &t;
  return best;
}

Json answer(const View& view, const Range& range, const std::string& markdown) {
  return {{"contents", {{"kind", "markdown"}, {"value", markdown}}}, {"range", range_json(view.snapshot.sources, range)}};
}

}  // namespace

Json hover(const View& view, const Spot& spot) {
  if (const auto named = name_at(view.snapshot, spot); named && contains(named->range, spot)) {
    std::string text;
    for (const Range& definition : named->definitions)
      if (const check::Definition* d = definition_at(view.snapshot, definition)) text += (text.empty() ? "" : "\n\n---\n\n") + about_definition(view, *d);
    if (!text.empty()) return answer(view, named->range, text);
  }
  if (const check::TypedRange* typed = typed_at(view.snapshot, spot)) {
    const std::string word(view.snapshot.sources.text(typed->range));
    return answer(view, typed->range, fmt::format("`{}`: `{}`", word, typed->type));
  }
  const Found found = find_item(view.snapshot, [&](const ast::Item& item) { return contains(item.head, spot); });
  if (found.item == nullptr) return nullptr;
  const check::Definition* d = definition_at(view.snapshot, ast::name_of(*found.item).range);
  return answer(view, found.item->head, about_statement(view, found, d == nullptr ? "" : d->name));
}

}  // namespace writ::lsp
