// Which files a command is about: the nearest `writ.toml` above a place, what it says, and the policy files that belong to it, read into
// the SourceSet in the order of their paths, so that nothing after this room depends on the file system. Without a manifest a single
// file, or the policy files of a folder, are a project of their own.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <vector>

#include "compiler/project/manifest.h"

namespace writ::project {

struct Project {
  std::filesystem::path root;                 ///< absolute; the folder of the manifest, the file or the given folder
  std::optional<source::FileId> manifest_file;
  Manifest manifest;
  std::vector<source::FileId> files;          ///< policy and facts files, by path
};

/// Texts that stand in for those on the disk, by absolute path: an editor's open files, saved or not.
using Texts = std::map<std::filesystem::path, std::string>;

struct Place {
  std::filesystem::path path = ".";           ///< a folder or a policy file
  std::optional<std::filesystem::path> project = std::nullopt;   ///< --project: overrides the search
  const Texts* texts = nullptr;
};

struct FileLimits {
  std::size_t bytes_of_one = std::size_t{64} << 20;
  std::size_t files = 20'000;
};

/// How a message names a file for whoever asked: relative to the working directory if it lies below, else absolute.
std::string as_seen_from_here(const std::filesystem::path& file);

/// nullopt after an error. Paths in `sources` are relative to the project's root, with '/' separators.
std::optional<Project> open(const Place& place, source::SourceSet& sources, diagnostics::Sink& sink, const FileLimits& limits = {});

/// The folder of the project that claims this policy file, or the file itself: what `open` makes one project of.
std::filesystem::path home_of(const std::filesystem::path& file, const Texts& texts);

/// What the project says of severities: `deny` makes a warning an error, `allow` drops it. An error is never allowed away: what does
/// not compile has no meaning.
std::vector<diagnostics::Diagnostic> judged(const Manifest& manifest, std::vector<diagnostics::Diagnostic> all);

/// The bytes of a file, or why they cannot be had ("no such file", "is a folder", "larger than 64 MiB").
struct FileText {
  std::string text;
  std::string error;                          ///< empty: read
};
FileText read_file(const std::filesystem::path& path, std::size_t limit);

}  // namespace writ::project
