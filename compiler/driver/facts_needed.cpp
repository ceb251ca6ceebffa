#include "compiler/driver/facts_needed.h"

#include <map>
#include <set>

#include <fmt/format.h>

#include "compiler/driver/request_template.h"

namespace writ::driver {
namespace {

using kernel::CondId;
using kernel::TermId;
using typed_ir::CondKind;
using typed_ir::Root;
using typed_ir::Scalar;
using typed_ir::TermKind;

/// Walks conditions and notes what they read, for the statement that is being read.
class Collector {
 public:
  explicit Collector(const kernel::Kernel& kernel) : kernel_(kernel) {}

  void read_as(std::string statement) { statement_ = std::move(statement); }
  void condition(CondId id) {
    if (!id.valid()) return;
    const typed_ir::Cond& cond = kernel_.conditions.cond(id);
    if (cond.kind == CondKind::Holds) note("held", "roles with their intervals", "subject.properties.held", "");
    if (cond.kind == CondKind::Under) note("ancestors", "the values above", "context.entities", "");
    for (const TermId term : cond.t) this->term(term);
    for (const CondId part : cond.c) condition(part);
  }
  void term(TermId id) {
    if (!id.valid()) return;
    const typed_ir::Term& t = kernel_.conditions.term(id);
    if (t.kind == TermKind::Now) note("now", "time", "context.time", "");
    if (t.kind == TermKind::Attribute) attribute(t);
    for (const TermId part : t.a) term(part);
  }
  void note(std::string path, std::string type, std::string where, std::string freshness) {
    FactNeeded& fact = facts_[where + "\n" + path];
    fact.path = std::move(path);
    fact.type = std::move(type);
    fact.where = std::move(where);
    fact.freshness = std::move(freshness);
    if (fact.read_by.empty() || fact.read_by.back() != statement_) readers_[fact.where + "\n" + fact.path].insert(statement_);
  }
  std::vector<FactNeeded> take() {
    std::vector<FactNeeded> all;
    for (auto& [key, fact] : facts_) {
      const std::set<std::string>& readers = readers_[key];
      fact.read_by.assign(readers.begin(), readers.end());
      all.push_back(std::move(fact));
    }
    return all;
  }

 private:
  /// "resource.vendor.entity" and where a request says it; nested facts come under context.entities.
  void attribute(const typed_ir::Term& t) {
    const typed_ir::Attribute& a = kernel_.schema.attributes[t.attribute];
    const typed_ir::Term& base = kernel_.conditions.term(t.a.front());
    const std::string freshness = a.fresh_within ? fmt::format("as_of not older than {}", duration_words(*a.fresh_within)) : "";
    const std::string type = type_words(kernel_.schema, t.type);
    if (base.kind != TermKind::Root) {
      const std::string owner = kernel_.schema.entities[a.owner].local;
      note(path_of(t), type, fmt::format("context.entities.{}.*.{}", owner, a.name), freshness);
      return;
    }
    switch (base.root) {
      case Root::Principal: note(path_of(t), type, "subject.properties." + a.name, freshness); break;
      case Root::Resource: note(path_of(t), type, "resource.properties." + a.name, freshness); break;
      case Root::Context: note(path_of(t), type, "context." + a.name, freshness); break;
      case Root::Input: note(path_of(t), type, "action.properties." + a.name, freshness); break;
      case Root::Subject: case Root::Parameter: case Root::Binder: case Root::Scope: break;
    }
  }
  std::string path_of(const typed_ir::Term& t) const {
    if (t.kind == TermKind::Attribute) return path_of(kernel_.conditions.term(t.a.front())) + "." + kernel_.schema.attributes[t.attribute].name;
    if (t.kind == TermKind::RollUp) return path_of(kernel_.conditions.term(t.a.front()));
    switch (t.root) {
      case Root::Principal: return "principal";
      case Root::Resource: return "resource";
      case Root::Context: return "context";
      case Root::Input: return "input";
      case Root::Subject: return "subject";
      case Root::Parameter: return "parameter";
      case Root::Binder: return "binder";
      case Root::Scope: return "scope";
    }
    return "";
  }

  const kernel::Kernel& kernel_;
  std::string statement_;
  std::map<std::string, FactNeeded> facts_;
  std::map<std::string, std::set<std::string>> readers_;
};

class Sheet {
 public:
  Sheet(const kernel::Kernel& kernel, kernel::ActionId action) : kernel_(kernel), action_(action), read_(kernel) {}

  FactSheet make() {
    FactSheet sheet;
    sheet.action = kernel_.schema.actions[action_].name;
    if (const auto resource = kernel_.schema.actions[action_].resource) sheet.resource = kernel_.schema.entities[resource].local;
    grants();
    restrictions();
    obligations();
    for (const std::string& type : principals_) sheet.principals.push_back(type);
    sheet.facts = read_.take();
    sheet.warrants.assign(warrants_.begin(), warrants_.end());
    sheet.controls.assign(controls_.begin(), controls_.end());
    sheet.request = request_template(kernel_, action_, types_, sheet);
    return sheet;
  }

 private:
  void grants() {
    const auto found = kernel_.grants_of_action.find(action_);
    if (found == kernel_.grants_of_action.end()) return;
    for (const kernel::GrantId id : found->second) {
      const kernel::Grant& grant = kernel_.grants[id];
      const kernel::Role& role = kernel_.roles[grant.role];
      read_.read_as(grant.id);
      read_.note("held", "roles with their intervals", "subject.properties.held", "");
      read_.note("now", "time", "context.time", "");
      read_.condition(grant.access.where);
      if (role.continuous) read_.condition(role.eligible);
      read_.term(role.scope);
      tenure(role.type);
      principals_.insert(kernel_.schema.entities[role.type].local);
      types_.insert(role.type);
    }
  }
  void tenure(typed_ir::EntityId type) {
    const typed_ir::Entity& entity = kernel_.schema.entities[type];
    for (const auto id : {entity.tenure_from, entity.tenure_until}) {
      if (!id.valid()) continue;
      const typed_ir::Attribute& a = kernel_.schema.attributes[id];
      read_.note("principal." + a.name, type_words(kernel_.schema, a.type), "subject.properties." + a.name, "");
    }
    if (entity.kind == typed_ir::EntityKind::Human) return;
    read_.note("path", "who triggered it, from initiator to actor", "context.path", "");
    if (entity.owner.valid()) read_.note("principal.owner", "who answers for it", "subject.properties.owner", "");
  }
  void restrictions() {
    const auto found = kernel_.restrictions_of_action.find(action_);
    if (found == kernel_.restrictions_of_action.end()) return;
    for (const kernel::RestrictionId id : found->second) {
      const kernel::Restriction& r = kernel_.restrictions[id];
      if (r.from == typed_ir::kForever) continue;
      read_.read_as(r.rule);
      if (r.from > typed_ir::kInstantMin) read_.note("now", "time", "context.time", "");
      for (const kernel::Access& access : r.accesses) if (reaches(access) && speaks_of_whom_it_is(access)) read_.condition(access.where);
      if (r.kind == kernel::Restriction::Kind::Object || r.kind == kernel::Restriction::Kind::People) history(r);
      if (r.kind == kernel::Restriction::Kind::Standing) read_.note("held", "roles with their intervals, complete", "subject.properties.held", "");
      lifts(id);
    }
  }
  bool reaches(const kernel::Access& access) const {
    return access.everything || std::find(access.actions.begin(), access.actions.end(), action_) != access.actions.end();
  }
  /// A rule `by Integration` reads facts that no Employee has; it is not read where only employees may do this.
  bool speaks_of_whom_it_is(const kernel::Access& access) const { return !access.principal || types_.contains(access.principal); }
  void history(const kernel::Restriction& r) {
    read_.note("history", "completed acts, complete", "context.history", "");
    const auto path = r.key_paths.find(action_);
    if (path != r.key_paths.end()) read_.term(path->second);
    for (const kernel::Side& side : r.sides) {
      for (const kernel::SideElement& element : side.elements) {
        for (const kernel::Access& access : element.accesses) if (reaches(access)) read_.condition(access.where);
      }
    }
  }
  void lifts(kernel::RestrictionId restriction) {
    const auto found = kernel_.lifts_of.find(restriction);
    if (found == kernel_.lifts_of.end()) return;
    for (const kernel::LiftId id : found->second) {
      const kernel::Lift& lift = kernel_.lifts[id];
      read_.read_as(lift.id);
      read_.condition(lift.who);
      read_.condition(lift.object_where);
      read_.condition(lift.while_condition);
      if (!lift.controls.empty()) read_.note("controls", "last test, monitors", "context.controls", "");
      for (const kernel::ControlId control : lift.controls) controls_.insert(kernel_.controls[control].name);
      if (lift.kind == kernel::Lift::Kind::Warrant) warrant(lift);
    }
  }
  void warrant(const kernel::Lift& lift) {
    switch (lift.warrant.kind) {
      case kernel::Warrant::Kind::Mfa: warrants_.insert(fmt::format("mfa for {}", lift.id)); break;
      case kernel::Warrant::Kind::Evidence: warrants_.insert(fmt::format("evidence \"{}\" for {}", lift.warrant.evidence, lift.id)); break;
      case kernel::Warrant::Kind::Approval:
        warrants_.insert(fmt::format("approval {} for {}", kernel_.chains[lift.warrant.chain].name, lift.id));
        break;
    }
  }
  void obligations() {
    for (const kernel::Obligation& obligation : kernel_.obligations) {
      read_.read_as(obligation.id);
      for (const kernel::Access& access : obligation.after) if (reaches(access)) read_.condition(access.where);
    }
  }

  const kernel::Kernel& kernel_;
  kernel::ActionId action_;
  Collector read_;
  std::set<std::string> principals_, warrants_, controls_;
  std::set<typed_ir::EntityId> types_;
};

}  // namespace

FactSheet facts_needed(const kernel::Kernel& kernel, kernel::ActionId action) { return Sheet(kernel, action).make(); }

}  // namespace writ::driver
