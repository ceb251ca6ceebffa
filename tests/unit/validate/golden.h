// A bundle with at least one record of every table, made by hand so that each mutation has something to break.
#pragma once

#include "compiler/decision_ir/tables.h"

namespace writ::test {

/// Strings "", "a" … "f" are numbers 0 to 6.
inline decision_ir::Tables golden() {
  using namespace layout;
  decision_ir::Tables t;
  t.strings = {"", "a", "b", "c", "d", "e", "f"};
  const auto span = [&](std::initializer_list<std::uint32_t> list) {
    const Span s{static_cast<std::uint32_t>(t.indices.size()), static_cast<std::uint32_t>(list.size())};
    t.indices.insert(t.indices.end(), list);
    return s;
  };
  t.manifest.name = 1;
  t.manifest.not_after = kForever;
  t.manifest.skew = 60'000;
  t.manifest.source_digests = span({1, 2});
  t.values = {{0, 0, 1, 0, 0}, {3, 0, 10'000, 1, 0}, {7, 1, 0, 0, 0}, {8, 0, 0, 2, 0}};
  t.types = {{0, 0, kNone, kNone, 0, 0}, {7, kTypeSet, 1, kNone, 0, 0}, {8, kTypeOptional, kNone, 1, 0, 0}};
  t.enums = {{1, 1, kEnumDimension, kNone, 0, 1}, {2, 2, kEnumDimension, 0, 1, 2}};
  t.enum_values = {{1, kNone}, {2, 0}, {3, kNone}};
  t.systems = {{1, kSystemEnforced, span({3})}};
  t.entities = {{1, 1, 0, 0, 1, kNone, kNone, kNone, kNone, 0, {}}, {2, 2, 3, 1, 1, kNone, kNone, kNone, kNone, 0, span({0})}};
  t.attributes = {{0, 1, 0, 0, 0}, {1, 2, 2, kAttributeFixed, 1000}};
  t.actions = {{1, 1, 1, kNone, 0, 0, span({0}), span({0, 1}), span({0})}, {2, 1, kNone, kNone, kActionReads, 0, {}, {}, {}}};
  t.thresholds = {{1, 0, span({1})}};
  t.terms = {{2, 0, 0, 0, kNone, kNone, {}}, {4, 0, 0, 0, 0, kNone, span({0})}, {0, 0, 0, 0, kNone, 0, {}}};
  t.conds = {{0, 0, kNone, kNone, {}, {}},
             {3, 0, kNone, kNone, span({1}), {}},
             {4, 0, kNone, kNone, span({1, 2}), {}},
             {17, 0, 0, kNone, span({0}), {}},
             {7, 0, kNone, 0, span({2}), {}},
             {20, 0, kNone, kNone, {}, span({1, 2})}};
  t.role_uses = {{0, 0, span({1})}};
  t.roles = {{1, 1, 0, 0, 0, kRoleContinuous, span({1}), span({0}), span({0}), 0, 0, kNone}, {2, 2, 0, 0, kNone, 0, {}, {}, {}, 0, 0, 0}};
  t.accesses = {{span({0, 1}), 0, kNone, 0, 0}};
  t.grants = {{1, 0, 0, 0, 0, 0, span({1, 2})}, {2, 0, 0, 0, 0, 0, {}}};
  t.routes = {{0, 0, 1, 0, span({0})}};
  t.capabilities = {{0, 0, 0, 0, span({1, kNone})}, {1, 0, 0, 0, span({1, kNone})}};
  t.side_elements = {{span({0}), span({0}), 1, 0, 2, 0}};
  t.sides = {{1, 1, 0, 1, span({0, 1}), 1, 0}};
  t.key_paths = {{0, 1}};
  t.restrictions = {{1, 1, 0, 0, 0, 0, span({0}), 0, 0, {}, kNone, kNone, 0, 0, 0, 0, span({0}), 0, 1},
                    {2, 2, 2, 0, 1, 4, {}, 0, 1, span({0}), 0, 1, 0, 1, 1000, 0, {}, 0, 0}};
  Lift lift{};
  lift.id = 1;
  lift.of = 0;
  lift.flags = kLiftApproved;
  lift.persons = span({3});
  lift.type = 0;
  lift.who = 0;
  lift.within_dimension = 1;
  lift.object_type = 1;
  lift.within = span({1});
  lift.object_ids = span({4});
  lift.object_where = lift.while_condition = 0;
  lift.until = kForever;
  lift.chain = 0;
  lift.controls = span({0});
  t.lifts = {lift};
  t.parties = {{0, 0, 0, kNone, 0, 1, kNone, kNone, {}}, {2, 2, kNone, kNone, 0, 1, 0, kNone, span({0})}, {4, 0, kNone, kNone, 0, 1, kNone, 0, {}}};
  t.steps = {{span({1}), 0, 0, 1000}, {span({2}), 0, 0, 1000}};
  t.chains = {{1, 0, 0, 1, 1000, span({0}), 0, 0}, {2, 0, 1, 1, 1000, {}, 0, 0}};
  t.controls = {{1, 0, 1000, 0, 0}};
  t.obligations = {{1, 2, 0, 0, span({0}), 0, 0}};
  t.proof_records = {{1, 2}};
  t.sources = {{1, 2}, {1, 3}};
  t.sentences = {{4}, {5}};
  t.condition_texts = {{1, 2}, {2, 3}};
  return t;
}

}  // namespace writ::test
