#include "compiler/project/manifest.h"

#include <limits>
#include <map>

#include <fmt/format.h>

#include "compiler/project/toml_reader.h"

namespace writ::project {
namespace {

using diagnostics::Code;

std::map<std::string, TomlReader::Keys, std::less<>> tables(TomlReader& read, Manifest& m) {
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
  const auto text = [&read](std::string_view what, std::string& into) {
    return [&read, what, &into](const toml::node& n) { read.text(n, what, into); };
  };
  const auto texts = [&read](std::string_view what, std::vector<std::string>& into) {
    return [&read, what, &into](const toml::node& n) { read.texts(n, what, into); };
  };
  return {
      {"project",
       {{"name", text("name", m.name)},
        {"version", text("version", m.version)},
        {"edition",
         [&](const toml::node& n) {
           read.text(n, "edition", m.edition);
           if (m.edition != "2026") read.bad_value(n, "edition", "\"2026\", the only edition so far");
         }},
        {"sources", texts("sources", m.sources)},
        {"exclude", texts("exclude", m.exclude)}}},
      {"build",
       {{"out", text("out", m.out)},
        {"epoch", [&](const toml::node& n) { m.epoch = read.whole(n, "epoch", 0, kMost).value_or(0); }},
        {"not_before", [&](const toml::node& n) { m.not_before = read.instant(n, "not_before"); }},
        {"not_after", [&](const toml::node& n) { m.not_after = read.instant(n, "not_after"); }},
        {"require", texts("require", m.required_obligations)}}},
      {"prove",
       {{"obligations", texts("obligations", m.obligations)},
        {"budget", [&](const toml::node& n) { if (auto v = read.whole(n, "budget", 1, kMost)) m.budget = static_cast<std::uint64_t>(*v); }},
        {"threads", [&](const toml::node& n) { m.threads = static_cast<std::uint32_t>(read.whole(n, "threads", 1, 256).value_or(1)); }}}},
      {"trust",
       {{"marks",
         [&](const toml::node& n) {
           const auto value = n.value_exact<std::string>();
           if (value == "accept") m.marks = Marks::Accept;
           else if (value != "require") read.bad_value(n, "marks", "\"accept\" or \"require\"");
         }}}},
      {"diagnostics",
       {{"deny", [&](const toml::node& n) { read.codes(n, "deny", m.deny); }},
        {"allow", [&](const toml::node& n) { read.codes(n, "allow", m.allow); }},
        {"baseline", [&](const toml::node& n) { std::string file; read.text(n, "baseline", file); m.baseline = file; }}}},
  };
}

void read_tables(const toml::table& root, TomlReader& read, Manifest& manifest) {
  TomlReader::Keys keys;
  for (const auto& [table, inner] : tables(read, manifest)) {
    keys[table] = [&read, name = table, inner = inner](const toml::node& node) {
      if (const toml::table* found = node.as_table()) read.table(*found, fmt::format("[{}]", name), inner);
      else read.bad_value(node, name, fmt::format("a table: [{}]", name));
    };
  }
  read.table(root, "writ.toml", keys);
}

}  // namespace

std::optional<Manifest> read_manifest(const source::SourceSet& sources, source::FileId file, std::string fallback_name,
                                      diagnostics::Sink& sink) {
  const std::size_t before = sink.error_count();
  TomlReader read(sources, file, sink);
  Manifest manifest;
  manifest.name = std::move(fallback_name);
  if (const auto root = parse_toml(sources, file)) read_tables(*root, read, manifest);
  else sink.report(Code::manifest_not_toml, root.error().range, {root.error().why});
  if (sink.error_count() > before) return std::nullopt;
  return manifest;
}

}  // namespace writ::project
