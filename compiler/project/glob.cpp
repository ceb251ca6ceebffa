#include "compiler/project/glob.h"

#include <utility>

namespace writ::project {
namespace {

/// The first part of a path and the rest after its slash.
std::pair<std::string_view, std::string_view> split_part(std::string_view path) {
  const std::size_t slash = path.find('/');
  if (slash == std::string_view::npos) return {path, {}};
  return {path.substr(0, slash), path.substr(slash + 1)};
}

/// One part, with the usual backtracking to the last `*`: linear in practice, quadratic at worst.
bool part_matches(std::string_view pattern, std::string_view part) {
  std::size_t p = 0, s = 0, star = std::string_view::npos, mark = 0;
  while (s < part.size()) {
    if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == part[s]) && pattern[p] != '*') {
      ++p, ++s;
    } else if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      mark = s;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      s = ++mark;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

}  // namespace

bool glob_matches(std::string_view pattern, std::string_view path) {
  if (pattern.empty()) return path.empty();
  const auto [first, rest] = split_part(pattern);
  if (first == "**") {
    if (glob_matches(rest, path)) return true;
    if (path.empty()) return rest.empty();
    return glob_matches(pattern, split_part(path).second);
  }
  if (path.empty()) return false;
  const auto [part, below] = split_part(path);
  return part_matches(first, part) && glob_matches(rest, below);
}

}  // namespace writ::project
