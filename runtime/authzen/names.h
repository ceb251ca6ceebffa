// Which ids a name has: built once when a bundle is loaded, so that binding a request looks names up and never searches. A name is found in full
// ("norvik.p2p.ap_clerk") or by its last part where that is unique. Points into the bundle, which must outlive it; read from any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/validate/validate.h"

namespace writ::authzen {

using layout::Index;
using layout::kNone;
using runtime::View;

/// Text → ids, several where several have that text; ascending.
class Lookup {
 public:
  struct Entry {
    std::string_view text;
    Index id;
    friend auto operator<=>(const Entry&, const Entry&) = default;
  };
  void add(std::string_view text, Index id) { entries_.push_back({text, id}); }
  void finish();
  std::span<const Entry> find(std::string_view text) const;
  /// The first id, or kNone.
  Index first(std::string_view text) const;

 private:
  std::vector<Entry> entries_;
};

/// By full name, else by a last part that only one has.
struct Named {
  Lookup full, local;

  void add(std::string_view name, std::string_view last, Index id);
  void finish();
  Index find(std::string_view text) const;
};

class Names {
 public:
  explicit Names(const View& view);

  Named entities, roles, enums, controls;
  Lookup actions, chains_full, chains_local, lifts_full, lifts_local;
  Index context = kNone;                   ///< the entity of the context's facts

  Index attribute(Index entity, std::string_view name) const { return attributes_[entity].first(name); }
  /// Its ordinal, or kNone.
  Index enum_value(Index enumeration, std::string_view name) const { return enum_values_[enumeration].first(name); }
  /// The lifts (no warrants) that a holding may rest on by this name: all of that id, else all of the one id with that last part.
  std::vector<Index> lifts_named(const View& view, std::string_view name) const;
  /// The full name of an approval chain, or a last part that only one has.
  bool is_chain(std::string_view name) const { return !chains_full.find(name).empty() || chains_local.find(name).size() == 1; }
  bool principal(const View& view, Index entity) const;

 private:
  std::vector<Lookup> attributes_, enum_values_;
};

/// What comes after the last dot.
std::string_view last_part(std::string_view name);

/// "Did you mean": the nearest of some names, if it is near; ties go to the first in alphabetical order. Work is bounded over the life of one
/// object: a request that misspells everything gets no more suggestions.
class Suggestions {
 public:
  std::string nearest(std::string_view name, const std::vector<std::string_view>& candidates);
  bool exhausted() const { return work_ > kMostWork; }

 private:
  static constexpr std::uint64_t kMostWork = 20'000'000;
  std::size_t distance(std::string_view a, std::string_view b);
  std::uint64_t work_ = 0;
};

}  // namespace writ::authzen
