// A test's world and question → the JSON request that a caller would send (interfaces.md, "Request"). Whatever the test states is in it,
// and nothing else: a fact that it leaves out is missing from the request. Reads the scenario and the kernel, which must outlive it.
#pragma once

#include "compiler/kernel/forms.h"
#include "compiler/typed_ir/program.h"
#include "runtime/json/json.h"

namespace writ::testing {

class Requests {
 public:
  Requests(const typed_ir::Program& program, const kernel::Kernel& kernel, const typed_ir::Scenario& scenario, const typed_ir::Register& facts)
      : program_(program), kernel_(kernel), scenario_(scenario), facts_(facts) {}

  /// `perform`, or `assign` on the request route. Without approvals: they are signed over the rest, see `add_approvals`.
  json::Value decision(const typed_ir::ExpectDecision& question, typed_ir::Instant now) const;
  /// The subject and the context alone: for standing and birthrights.
  json::Value person(const std::string& id, typed_ir::Instant now) const;

  using Digest = std::function<std::string(const json::Value& request, typed_ir::ChainId chain, const std::vector<std::pair<std::string, json::Value>>& over)>;
  /// The approvals that the test presents, each for every step of its chain: who fits where is for the evaluator to find.
  void add_approvals(json::Value& request, typed_ir::Instant now, const Digest& digest) const;

 private:
  json::Value subject(const std::string& id, typed_ir::EntityId fallback) const;
  json::Value properties(const typed_ir::EntityFacts& entity) const;
  void add_principal(json::Value& properties, const typed_ir::EntityFacts& entity) const;
  json::Value held(const typed_ir::EntityFacts& entity) const;
  json::Value managers(const typed_ir::EntityFacts& entity) const;
  json::Value owned(const typed_ir::EntityFacts& entity) const;
  json::Value context(typed_ir::Instant now) const;
  json::Value entities() const;
  json::Value history() const;
  json::Value event(const typed_ir::Event& event) const;
  json::Value event_keys(const typed_ir::Event& event) const;
  json::Value controls(typed_ir::Instant now) const;
  json::Value monitors(const typed_ir::Control& control, typed_ir::Instant now) const;
  void add_path(json::Value& context, const typed_ir::ExpectDecision& question) const;
  void add_warrants(json::Value& context, const typed_ir::ExpectDecision& question, typed_ir::Instant now) const;
  void add_freshness(json::Value& request, const std::string& subject, const std::string& resource, typed_ir::Instant now) const;
  json::Value hop(const std::string& id) const;
  const typed_ir::EntityFacts* find(const std::string& id) const;
  typed_ir::EntityId human() const;

  const typed_ir::Program& program_;
  const kernel::Kernel& kernel_;
  const typed_ir::Scenario& scenario_;
  const typed_ir::Register& facts_;      ///< the scenario's, birthrights added
};

/// A known value, a set or `null` as JSON.
json::Value fact_json(const typed_ir::Schema& schema, const typed_ir::FactValue& fact, const typed_ir::Type& type);
json::Value value_json(const typed_ir::Schema& schema, const typed_ir::Value& value);

}  // namespace writ::testing
