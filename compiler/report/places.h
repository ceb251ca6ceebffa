// How a report names files: as whoever asked sees them, so that a place can be opened from there. A source's own path is relative to its project and
// stands wherever a result must not depend on where it was asked for. Refers to the sources and the names, which must outlive it.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "compiler/source/source.h"

namespace writ::report {

using ShownPaths = std::map<source::FileId, std::string>;

class Places {
 public:
  /// Every file under its own path, or under another name where `shown` has one.
  Places(const source::SourceSet& sources, const ShownPaths* shown = nullptr) : sources_(sources), shown_(shown) {}

  const source::SourceSet& sources() const { return sources_; }
  std::string_view path(source::FileId file) const {
    if (shown_ != nullptr)
      if (const auto found = shown_->find(file); found != shown_->end()) return found->second;
    return sources_.path(file);
  }

 private:
  const source::SourceSet& sources_;
  const ShownPaths* shown_;
};

}  // namespace writ::report
