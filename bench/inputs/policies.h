// Policies of a stated size for measurements and for tests of growth: the same call gives the same text, on every machine. Two shapes:
// `areas` grows as an enterprise does (more applications, each with its own objects, roles and rules), `crowd` as a role list does (one
// action that ever more roles grant). Nothing here is read from a clock or drawn at random.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace writ::bench {

struct PolicyFile {
  std::string name;
  std::string text;
};

std::size_t lines_of(const std::vector<PolicyFile>& files);

/// One vocabulary and as many areas as make at least `lines` lines, less than two areas more. Each area is one file and one module of
/// about a hundred lines: two objects, eight actions, eight roles, four rules, requirements, an exception, a test.
std::vector<PolicyFile> areas(std::size_t lines);

/// `roles` roles that grant one and the same action on one kind of object, each under a ceiling of its own, and one rule on it.
std::vector<PolicyFile> crowd(std::size_t roles);

/// A request of `crowd(roles)` by a holder of the middle role, well under its ceiling: a permit.
std::string crowd_request(std::size_t roles);

}  // namespace writ::bench
