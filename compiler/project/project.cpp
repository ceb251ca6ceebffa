#include "compiler/project/project.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>
#include <system_error>

#include <fmt/format.h>

#include "compiler/project/glob.h"

namespace writ::project {
namespace {

namespace fs = std::filesystem;
using diagnostics::Code;

struct Listing {
  std::vector<fs::path> paths;   ///< relative
  std::vector<std::pair<fs::path, std::string>> unread;   ///< what cannot be looked at, and why: a rule may stand in it
  bool too_many = false;
};

bool is_policy_of(const Manifest& manifest, const std::string& path) {
  const auto matches = [&path](const std::string& pattern) { return glob_matches(pattern, path); };
  return std::any_of(manifest.sources.begin(), manifest.sources.end(), matches) &&
         std::none_of(manifest.exclude.begin(), manifest.exclude.end(), matches);
}

/// Hidden folders, the output folder and nested projects are not looked into; links to folders are not followed.
bool enters(const fs::path& root, const fs::directory_entry& folder, const Manifest& manifest) {
  const auto is_deep = [](const std::string& pattern) { return pattern.find('/') != std::string::npos; };
  if (std::none_of(manifest.sources.begin(), manifest.sources.end(), is_deep)) return false;
  if (folder.is_symlink() || folder.path().filename().string().starts_with('.')) return false;
  std::error_code ignored;
  if (fs::exists(folder.path() / "writ.toml", ignored)) return false;
  return folder.path().lexically_relative(root).generic_string() != fs::path(manifest.out).lexically_normal().generic_string();
}

/// The disk with an editor's texts laid over it.
struct Disk {
  const Texts& texts;

  bool has_file(const fs::path& path) const {
    std::error_code ignored;
    return texts.contains(path) || fs::is_regular_file(path, ignored);
  }
  FileText read(const fs::path& path, std::size_t limit) const {
    const auto open = texts.find(path);
    return open == texts.end() ? read_file(path, limit) : FileText{open->second, ""};
  }
};

/// Files of the project that exist only as texts.
void add_unsaved(const fs::path& root, const Manifest& manifest, const Disk& disk, std::vector<fs::path>& paths) {
  for (const auto& [path, text] : disk.texts) {
    const fs::path relative = path.lexically_relative(root);
    if (relative.empty() || *relative.begin() == ".." || !is_policy_of(manifest, relative.generic_string())) continue;
    if (home_of(path, disk.texts) == root) paths.push_back(relative);
  }
}

/// Would the project take a policy file that lay in this folder?
bool wants_from(const Manifest& manifest, const fs::path& folder) { return is_policy_of(manifest, (folder / "any.writ").generic_string()); }

/// Why a folder cannot be listed, or "".
std::string why_closed(const fs::path& folder) {
  std::error_code error;
  fs::directory_iterator probe(folder, error);
  return error ? error.message() : "";
}

/// Why what has the name of a policy file is none that can be read, or "". Some editors mark an open file by a hidden link that leads nowhere.
std::string why_no_file(const fs::directory_entry& entry) {
  if (entry.path().filename().string().starts_with('.')) return "";
  std::error_code error;
  const fs::file_status status = entry.status(error);
  if (fs::is_regular_file(status)) return "";
  if (status.type() == fs::file_type::not_found) return "it is a link that leads nowhere";
  return error ? error.message() : "it is no file";
}

Listing list_files(const fs::path& root, const Manifest& manifest, const Disk& disk, std::size_t most) {
  Listing listing;
  std::error_code error;
  fs::recursive_directory_iterator walk(root, fs::directory_options::skip_permission_denied, error), end;
  if (error) listing.unread.emplace_back("", error.message());
  for (; !error && walk != end; walk.increment(error)) {
    std::error_code ignored;
    const fs::path relative = walk->path().lexically_relative(root);
    if (walk->is_directory(ignored)) {
      if (!enters(root, *walk, manifest)) walk.disable_recursion_pending();
      else if (std::string why = why_closed(walk->path()); !why.empty() && wants_from(manifest, relative)) listing.unread.emplace_back(relative, std::move(why));
      continue;
    }
    if (!is_policy_of(manifest, relative.generic_string())) continue;
    if (!walk->is_regular_file(ignored)) {
      if (std::string why = why_no_file(*walk); !why.empty()) listing.unread.emplace_back(relative, std::move(why));
      continue;
    }
    if (listing.paths.size() == most) {
      listing.too_many = true;
      break;
    }
    listing.paths.push_back(relative);
  }
  add_unsaved(root, manifest, disk, listing.paths);
  std::sort(listing.paths.begin(), listing.paths.end(),
            [](const fs::path& a, const fs::path& b) { return a.generic_string() < b.generic_string(); });
  listing.paths.erase(std::unique(listing.paths.begin(), listing.paths.end()), listing.paths.end());
  return listing;
}

std::optional<fs::path> manifest_above(fs::path folder, const Disk& disk) {
  for (;; folder = folder.parent_path()) {
    if (disk.has_file(folder / "writ.toml")) return folder;
    if (!folder.has_relative_path()) return std::nullopt;
  }
}

std::optional<source::FileId> add_file(const fs::path& absolute, std::string shown, source::SourceSet& sources, diagnostics::Sink& sink,
                                       const Disk& disk, const FileLimits& limits) {
  FileText read = disk.read(absolute, limits.bytes_of_one);
  if (!read.error.empty()) {
    sink.report(Code::cannot_read, {}, {shown, read.error});
    return std::nullopt;
  }
  return sources.add(std::move(shown), std::move(read.text));
}

std::optional<Project> open_single(const fs::path& file, source::SourceSet& sources, diagnostics::Sink& sink, const Disk& disk,
                                   const FileLimits& limits) {
  Project project;
  project.root = file.parent_path();
  project.manifest.name = file.stem().string();
  project.manifest.marks = Marks::Accept;
  const auto id = add_file(file, file.filename().generic_string(), sources, sink, disk, limits);
  if (!id) return std::nullopt;
  project.files.push_back(*id);
  return project;
}

std::string folder_name(const fs::path& folder) {
  const std::string name = folder.filename().string();
  return name.empty() ? "policy" : name;
}

bool add_files(Project& project, source::SourceSet& sources, diagnostics::Sink& sink, const Disk& disk, const FileLimits& limits) {
  const Listing listing = list_files(project.root, project.manifest, disk, limits.files);
  if (listing.too_many) {
    sink.report(Code::too_many_files, {}, {project.root.generic_string(), std::to_string(limits.files)});
    return false;
  }
  for (const auto& [path, why] : listing.unread) sink.report(Code::cannot_read, {}, {path.empty() ? project.root.generic_string() : path.generic_string(), why});
  if (listing.paths.empty()) {
    if (!listing.unread.empty()) return false;
    sink.report(Code::no_policy_files, {}, {project.root.generic_string(), fmt::format("{}", fmt::join(project.manifest.sources, ", "))});
    return false;
  }
  bool read_all = listing.unread.empty();
  for (const fs::path& path : listing.paths) {
    if (const auto id = add_file(project.root / path, path.generic_string(), sources, sink, disk, limits)) project.files.push_back(*id);
    else read_all = false;
  }
  return read_all;
}

std::optional<Project> open_folder(const fs::path& folder, source::SourceSet& sources, diagnostics::Sink& sink, const Disk& disk,
                                   const FileLimits& limits) {
  Project project;
  project.root = folder;
  project.manifest.name = folder_name(folder);
  if (disk.has_file(folder / "writ.toml")) {
    project.manifest_file = add_file(folder / "writ.toml", "writ.toml", sources, sink, disk, limits);
    if (!project.manifest_file) return std::nullopt;
    auto manifest = read_manifest(sources, *project.manifest_file, folder_name(folder), sink);
    if (!manifest) return std::nullopt;
    project.manifest = std::move(*manifest);
  } else {
    project.manifest.marks = Marks::Accept;
    project.manifest.sources = {"*.writ"};   // nobody said that the folders below belong to it
  }
  if (!add_files(project, sources, sink, disk, limits)) return std::nullopt;
  return project;
}

/// Does the project at `root` claim this file? Asked before anything is read into the caller's sources.
bool claims(const fs::path& root, const fs::path& file, const Disk& disk) {
  source::SourceSet scratch;
  diagnostics::Sink ignored;
  const FileText text = disk.read(root / "writ.toml", std::size_t{1} << 20);
  if (!text.error.empty()) return true;   // let the caller meet the error
  const auto manifest = read_manifest(scratch, scratch.add("writ.toml", text.text), "", ignored);
  return !manifest || is_policy_of(*manifest, file.lexically_relative(root).generic_string());
}

}  // namespace

std::string as_seen_from_here(const fs::path& file) {
  std::error_code error;
  const fs::path whole = file.lexically_normal(), relative = whole.lexically_relative(fs::current_path(error));
  return (error || relative.empty() || *relative.begin() == ".." ? whole : relative).generic_string();
}

FileText read_file(const fs::path& path, std::size_t limit) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (status.type() == fs::file_type::not_found) return {"", "no such file"};
  if (error) return {"", error.message()};
  if (fs::is_directory(status)) return {"", "it is a folder"};
  if (fs::is_regular_file(status) && fs::file_size(path, error) > limit) return {"", fmt::format("it is larger than {} bytes", limit)};
  std::ifstream in(path, std::ios::binary);
  if (!in) return {"", std::strerror(errno)};
  std::string text;
  char buffer[1 << 16];
  while (in.read(buffer, sizeof buffer) || in.gcount() > 0) {
    text.append(buffer, static_cast<std::size_t>(in.gcount()));
    if (text.size() > limit) return {"", fmt::format("it is larger than {} bytes", limit)};
  }
  if (in.bad()) return {"", "reading it failed midway"};   // what was read so far is not the file
  return {std::move(text), ""};
}

std::optional<Project> open(const Place& place, source::SourceSet& sources, diagnostics::Sink& sink, const FileLimits& limits) {
  std::error_code error;
  const fs::path path = fs::absolute(place.project ? *place.project : place.path, error).lexically_normal();
  const fs::path trimmed = path.has_filename() ? path : path.parent_path();
  static const Texts kNone;
  const Disk disk{place.texts ? *place.texts : kNone};
  if (fs::is_directory(trimmed, error)) {
    if (place.project) return open_folder(trimmed, sources, sink, disk, limits);
    return open_folder(manifest_above(trimmed, disk).value_or(trimmed), sources, sink, disk, limits);
  }
  if (!disk.texts.contains(trimmed) && !fs::exists(trimmed, error)) {
    sink.report(Code::cannot_read, {}, {(place.project ? *place.project : place.path).generic_string(), "no such file or folder"});
    return std::nullopt;
  }
  const fs::path home = home_of(trimmed, disk.texts);
  return home == trimmed ? open_single(trimmed, sources, sink, disk, limits) : open_folder(home, sources, sink, disk, limits);
}

fs::path home_of(const fs::path& file, const Texts& texts) {
  const Disk disk{texts};
  const auto root = manifest_above(file.parent_path(), disk);
  return root && claims(*root, file, disk) ? *root : file;
}

std::vector<diagnostics::Diagnostic> judged(const Manifest& manifest, std::vector<diagnostics::Diagnostic> all) {
  const auto lists = [](const std::vector<Code>& codes, Code code) { return std::find(codes.begin(), codes.end(), code) != codes.end(); };
  const auto is_error = [](const diagnostics::Diagnostic& d) { return d.effective_severity() == diagnostics::Severity::Error; };
  for (diagnostics::Diagnostic& d : all) {
    if (!is_error(d) && lists(manifest.deny, d.code)) d.severity = diagnostics::Severity::Error;
  }
  std::erase_if(all, [&](const diagnostics::Diagnostic& d) { return !is_error(d) && lists(manifest.allow, d.code); });
  return all;
}

}  // namespace writ::project
