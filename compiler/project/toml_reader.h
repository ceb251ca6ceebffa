// A TOML file read with every mistake told where it stands: values of the wrong kind, and keys that nothing knows, with the nearest one that
// something does, because a misspelt key must not silently mean nothing. What cannot be read leaves its default. Serves one file.
#pragma once

#include <functional>
#include <map>

namespace writ::project {
/// What toml++ takes for granted and some bytes do not keep: `[[[` ends the program in a build with assertions, and is undefined without.
struct BrokenAssumption {};
[[noreturn]] inline void broken_assumption() { throw BrokenAssumption{}; }
}  // namespace writ::project

#pragma push_macro("NDEBUG")
#undef NDEBUG
#define TOML_ASSERT(holds) ((holds) ? static_cast<void>(0) : ::writ::project::broken_assumption())
#include <toml++/toml.h>
#pragma pop_macro("NDEBUG")

#include <tl/expected.hpp>

#include "compiler/diagnostics/diagnostics.h"

namespace writ::project {

class TomlReader {
 public:
  TomlReader(const source::SourceSet& sources, source::FileId file, diagnostics::Sink& sink)
      : sources_(sources), file_(file), sink_(sink) {}

  source::Range range_of(const toml::source_region& region) const;
  source::Range range_of(const toml::node& node) const { return range_of(node.source()); }
  source::Range range_of(const toml::key& key) const { return range_of(key.source()); }

  void bad_value(const toml::node& node, std::string_view what, std::string_view expected);
  void unknown_key(const toml::key& key, std::string_view table, const std::vector<std::string>& known);

  void text(const toml::node& node, std::string_view what, std::string& into);
  void texts(const toml::node& node, std::string_view what, std::vector<std::string>& into);
  void codes(const toml::node& node, std::string_view what, std::vector<diagnostics::Code>& into);
  std::optional<std::int64_t> whole(const toml::node& node, std::string_view what, std::int64_t least, std::int64_t most);
  std::optional<std::int64_t> instant(const toml::node& node, std::string_view what);   ///< milliseconds UTC
  std::optional<std::int32_t> date(const toml::node& node, std::string_view what);      ///< days since 1970-01-01

  using ReadKey = std::function<void(const toml::node&)>;
  using Keys = std::map<std::string, ReadKey, std::less<>>;
  /// `name` as messages say it: "[build]".
  void table(const toml::table& table, std::string_view name, const Keys& keys);

 private:
  std::uint32_t offset_of(const toml::source_position& at) const;

  const source::SourceSet& sources_;
  source::FileId file_;
  diagnostics::Sink& sink_;
};

/// Why a file is no TOML, and where.
struct NotToml {
  std::string why;
  source::Range range;
};
tl::expected<toml::table, NotToml> parse_toml(const source::SourceSet& sources, source::FileId file);

}  // namespace writ::project
