#include "lsp/features/navigation.h"

#include <algorithm>

#include <fmt/format.h>

namespace writ::lsp {
namespace {

using source::Range;

/// The narrowest range that holds the spot, or ends at it.
template <class T, class Get>
std::optional<Range> narrowest(const std::vector<T>& all, const Spot& spot, Get get) {
  std::optional<Range> best;
  const auto better = [&](const Range& r) {
    if (!best) return true;
    if (contains(*best, spot) != contains(r, spot)) return contains(r, spot);
    return r.end - r.begin < best->end - best->begin;
  };
  for (const T& one : all) {
    const Range range = get(one);
    if (touches(range, spot) && better(range)) best = range;
  }
  return best;
}

/// All places where something with one of these definitions is named, the definitions themselves included.
std::vector<Range> mentions(const Snapshot& snapshot, const std::vector<Range>& definitions, Declaration declaration) {
  std::vector<Range> all;
  for (const check::Use& use : snapshot.recording.uses)
    if (std::find(definitions.begin(), definitions.end(), use.definition) != definitions.end()) all.push_back(use.use);
  if (declaration == Declaration::Included) all.insert(all.end(), definitions.begin(), definitions.end());
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

/// The part of a mention that is the thing's own name: `ap_clerk` of `norvik.p2p.ap_clerk`.
std::optional<Range> own_part(const Snapshot& snapshot, Range mention, const std::string& local) {
  const std::string_view text = snapshot.sources.text(mention);
  if (text == local) return mention;
  const bool quoted = text.size() == local.size() + 2 && text.front() == '"' && text.substr(1, local.size()) == local;
  if (quoted) return Range{mention.file, mention.begin + 1, mention.end - 1};
  if (!text.ends_with("." + local)) return std::nullopt;
  mention.begin = mention.end - static_cast<std::uint32_t>(local.size());
  return mention;
}

project::Texts edited(const Snapshot& snapshot, const std::vector<diagnostics::Edit>& edits) {
  project::Texts texts;
  for (const source::FileId file : snapshot.sources.files())
    if (!snapshot.is_package(file)) texts[snapshot.path(file)] = std::string(snapshot.sources.text(file));
  for (auto edit = edits.rbegin(); edit != edits.rend(); ++edit)   // from the end, so that offsets stay true
    texts[snapshot.path(edit->range.file)].replace(edit->range.begin, edit->range.end - edit->range.begin, edit->replacement);
  return texts;
}

/// Renaming must change spelling and nothing else: as many messages as before, and every use still of the same definition.
bool same_meaning(const Snapshot& before, const Snapshot& after, const std::vector<diagnostics::Edit>& edits) {
  const auto moved = [&](const Range& r) {
    std::int64_t begin = r.begin, end = r.end;
    for (const diagnostics::Edit& e : edits) {
      const std::int64_t by = static_cast<std::int64_t>(e.replacement.size()) - (e.range.end - e.range.begin);
      if (e.range.file == r.file && e.range.end <= r.begin) begin += by;
      if (e.range.file == r.file && e.range.end <= r.end) end += by;
    }
    return std::tuple(std::string(before.sources.path(r.file)), begin, end);
  };
  const auto as_is = [&](const Range& r) {
    return std::tuple(std::string(after.sources.path(r.file)), std::int64_t{r.begin}, std::int64_t{r.end});
  };
  if (before.diagnostics.size() != after.diagnostics.size() || before.recording.uses.size() != after.recording.uses.size()) return false;
  std::vector<decltype(std::pair(as_is({}), as_is({})))> old_uses, new_uses;
  for (const check::Use& u : before.recording.uses) old_uses.emplace_back(moved(u.use), moved(u.definition));
  for (const check::Use& u : after.recording.uses) new_uses.emplace_back(as_is(u.use), as_is(u.definition));
  std::sort(old_uses.begin(), old_uses.end());
  std::sort(new_uses.begin(), new_uses.end());
  return old_uses == new_uses;
}

}  // namespace

std::optional<Named> name_at(const Snapshot& snapshot, const Spot& spot) {
  const check::Recording& r = snapshot.recording;
  const auto use = narrowest(r.uses, spot, [](const check::Use& u) { return u.use; });
  const auto own = narrowest(r.definitions, spot, [](const check::Definition& d) { return d.range; });
  if (own && (!use || (contains(*own, spot) && !contains(*use, spot)))) return Named{*own, {*own}};
  if (!use) return std::nullopt;
  Named named{*use, {}};
  for (const check::Use& u : r.uses)
    if (u.use == *use) named.definitions.push_back(u.definition);
  return named;
}

const check::Definition* definition_at(const Snapshot& snapshot, const Range& range) {
  for (const check::Definition& d : snapshot.recording.definitions)
    if (d.range == range) return &d;
  return nullptr;
}

Json definition(const View& view, const Spot& spot) {
  const auto named = name_at(view.snapshot, spot);
  return named ? locations_json(view, named->definitions) : Json(nullptr);
}

Json references(const View& view, const Spot& spot, Declaration declaration) {
  const auto named = name_at(view.snapshot, spot);
  return named ? locations_json(view, mentions(view.snapshot, named->definitions, declaration)) : Json(nullptr);
}

Json highlights(const View& view, const Spot& spot) {
  const auto named = name_at(view.snapshot, spot);
  if (!named) return nullptr;
  Json all = Json::array();
  for (const Range& range : mentions(view.snapshot, named->definitions, Declaration::Included))
    if (range.file == spot.file) all.push_back({{"range", range_json(view.snapshot.sources, range)}, {"kind", 1}});
  return all;
}

tl::expected<Range, std::string> renameable(const Snapshot& snapshot, const Spot& spot) {
  const auto named = name_at(snapshot, spot);
  if (!named) return tl::make_unexpected(std::string("there is no name here"));
  if (named->definitions.size() != 1) return tl::make_unexpected(std::string("this name means several things"));
  const check::Definition* defined = definition_at(snapshot, named->definitions.front());
  if (defined == nullptr || defined->kind == "module" || snapshot.is_package(defined->range.file)) return tl::make_unexpected(std::string("this name cannot be renamed"));
  for (const diagnostics::Diagnostic& d : snapshot.diagnostics)
    if (d.effective_severity() == diagnostics::Severity::Error) return tl::make_unexpected(std::string("the policy has errors: not every use of the name is known"));
  const auto part = own_part(snapshot, named->range, defined->local);
  if (!part) return tl::make_unexpected(std::string("this spelling of the name cannot be renamed"));
  return *part;
}

tl::expected<std::vector<diagnostics::Edit>, std::string> rename(const Snapshot& snapshot, const Spot& spot, const std::string& to) {
  const auto able = renameable(snapshot, spot);
  if (!able) return tl::make_unexpected(able.error());
  const Named named = *name_at(snapshot, spot);
  const check::Definition& defined = *definition_at(snapshot, named.definitions.front());
  std::vector<diagnostics::Edit> edits;
  for (const Range& mention : mentions(snapshot, named.definitions, Declaration::Included)) {
    const auto part = own_part(snapshot, mention, defined.local);
    if (!part) return tl::make_unexpected(fmt::format("{} names it in a way that cannot be renamed", snapshot.sources.place(mention)));
    edits.push_back({*part, to});
  }
  const auto after = take_snapshot(snapshot.home, edited(snapshot, edits));
  if (!after || !same_meaning(snapshot, *after, edits))
    return tl::make_unexpected(fmt::format("renaming `{}` to `{}` would change what the policy means", defined.local, to));
  return edits;
}

}  // namespace writ::lsp
