// Restrictions with their sides and capabilities, and what lifts them.
#include <algorithm>

#include "compiler/lower/lowering.h"

namespace writ::lower {
namespace {

std::uint32_t flags_of(const kernel::Restriction& r) {
  return bit(r.at_assignment, layout::kRestrictionAtAssignment) | bit(r.at_use, layout::kRestrictionAtUse) |
         bit(r.exposure_only, layout::kRestrictionExposureOnly) | bit(r.sensitive, layout::kRestrictionSensitive) |
         bit(r.requirement, layout::kRestrictionRequirement) | bit(r.in_order, layout::kRestrictionInOrder);
}

std::uint32_t yields_of(const kernel::Restriction& r) {
  std::uint32_t bits = 0;
  for (const auto& [kind, yield] : r.yields) bits |= 1U << static_cast<unsigned>(kind);
  return bits;
}

}  // namespace

layout::SideElement Lowering::element(const kernel::SideElement& e) {
  layout::SideElement record{};
  record.accesses = accesses(e.accesses);
  record.roles = span_of(e.roles, [&](const kernel::RoleUse& use) { return role_use(use); });
  record.text = str(e.text);
  record.first_capability = static_cast<std::uint32_t>(out_.capabilities.size());
  std::vector<layout::Capability> capabilities;
  for (const kernel::Capability& c : e.capabilities) {
    capabilities.push_back({order_.roles(c.role), order_.grants(c.grant), order_.actions(c.action), cond(c.where),
                            span_of(c.scopes, [&](kernel::EnumId e) { return order_.enums(e); })});
  }
  std::stable_sort(capabilities.begin(), capabilities.end(), [](const layout::Capability& a, const layout::Capability& b) {
    return std::tuple(a.role, a.grant, a.action) < std::tuple(b.role, b.grant, b.action);
  });
  record.capability_count = static_cast<std::uint32_t>(capabilities.size());
  out_.capabilities.insert(out_.capabilities.end(), capabilities.begin(), capabilities.end());
  return record;
}

void Lowering::sides(const kernel::Restriction& r, layout::Restriction& out) {
  std::vector<layout::Side> made;
  for (const kernel::Side& s : r.sides) {
    std::vector<layout::SideElement> elements;
    for (const kernel::SideElement& e : s.elements) elements.push_back(element(e));
    layout::Side side{};
    side.need = s.need;
    side.within_dimension = order_.enums(s.within_dimension);
    side.first_element = static_cast<std::uint32_t>(out_.side_elements.size());
    side.element_count = static_cast<std::uint32_t>(elements.size());
    side.within = span(s.within);
    side.text = str(s.text);
    out_.side_elements.insert(out_.side_elements.end(), elements.begin(), elements.end());
    made.push_back(side);
  }
  out.first_side = static_cast<std::uint32_t>(out_.sides.size());
  out.side_count = static_cast<std::uint32_t>(made.size());
  out_.sides.insert(out_.sides.end(), made.begin(), made.end());
}

layout::Restriction Lowering::restriction(const kernel::Restriction& r) {
  layout::Restriction record{};
  record.name = str(r.name);
  record.rule = str(r.rule);
  record.kind = static_cast<std::uint32_t>(r.kind);
  record.flags = flags_of(r);
  record.count = r.count;
  record.level = static_cast<std::uint32_t>(r.level);
  record.accesses = accesses(r.accesses);
  sides(r, record);
  record.same = span_of(r.same, [&](kernel::EnumId e) { return order_.enums(e); });
  record.across = order_.enums(r.across);
  record.key = order_.entities(r.key);
  std::vector<layout::KeyPath> paths;
  for (const auto& [action, path] : r.key_paths) paths.push_back({order_.actions(action), term(path)});
  std::sort(paths.begin(), paths.end(), [](const layout::KeyPath& a, const layout::KeyPath& b) { return a.action < b.action; });
  record.first_key_path = static_cast<std::uint32_t>(out_.key_paths.size());
  record.key_path_count = static_cast<std::uint32_t>(paths.size());
  out_.key_paths.insert(out_.key_paths.end(), paths.begin(), paths.end());
  record.over = r.over;
  record.from = r.from;
  record.source = source(r.origin);
  record.yields = yields_of(r);
  return record;
}

void Lowering::restrictions() {
  for (const kernel::RestrictionId id : kernel_.restrictions.ids()) {
    layout::Restriction record = restriction(kernel_.restrictions[id]);
    if (const auto found = kernel_.lifts_of.find(id); found != kernel_.lifts_of.end())
      record.lifts = span_of(found->second, [](kernel::LiftId l) { return l.index; });
    out_.restrictions.push_back(record);
  }
}

layout::Lift Lowering::lift(const kernel::Lift& l) {
  layout::Lift record{};
  record.id = str(l.id);
  record.of = l.of.index;
  record.kind = static_cast<std::uint32_t>(l.kind);
  record.flags = bit(l.claimed, layout::kLiftClaimed) | bit(l.approved, layout::kLiftApproved);
  record.persons = span_of(l.persons, [&](const std::string& p) { return str(p); });
  record.type = order_.entities(l.type);
  record.who = cond(l.who);
  record.within_dimension = order_.enums(l.within_dimension);
  record.within = span(l.within);
  record.object_type = order_.entities(l.object_type);
  record.object_ids = span_of(l.object_ids, [&](const std::string& id) { return str(id); });
  record.object_where = cond(l.object_where);
  record.while_condition = cond(l.while_condition);
  record.from = l.from;
  record.until = l.until;
  record.warrant = static_cast<std::uint32_t>(l.warrant.kind);
  record.evidence = str(l.warrant.evidence);
  record.fresh_within = l.warrant.fresh_within;
  record.chain = order_.chains(l.warrant.chain);
  record.source = source(l.origin);
  record.controls = span_of(l.controls, [&](kernel::ControlId c) { return order_.controls(c); });
  record.owner = str(l.owner.text);
  return record;
}

void Lowering::lifts() {
  for (const kernel::Lift& l : kernel_.lifts) out_.lifts.push_back(lift(l));
}

void Lowering::controls() {
  for (const kernel::ControlId id : order_.controls.order) {
    const kernel::Control& c = kernel_.controls[id];
    out_.controls.push_back({str(c.name), c.by_requirement.valid() ? 1U : 0U, c.tested_every, source(c.origin), 0});
  }
}

}  // namespace writ::lower
