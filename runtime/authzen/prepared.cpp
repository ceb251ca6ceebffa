#include "runtime/authzen/prepared.h"

#include <array>

#include "runtime/authzen/workspace.h"

namespace writ::authzen {
namespace {

using layout::Scalar;

constexpr std::array<std::string_view, 4> kHeads = {"principal", "resource", "context", "input"};
constexpr std::size_t kMostSlots = 1U << 20;

bool in_range(Scalar scalar, std::int64_t number) {
  constexpr std::int64_t kLargestInt = (std::int64_t{1} << 53) - 1, kScaledEnd = 1'000'000'000'000'000'000;
  switch (scalar) {
    case Scalar::Bool: return number == 0 || number == 1;
    case Scalar::Int: return number >= -kLargestInt && number <= kLargestInt;
    case Scalar::Decimal:
    case Scalar::Money: return number > -kScaledEnd && number < kScaledEnd;
    case Scalar::Time: return in_calendar(number);
    case Scalar::Duration: return number >= 0;
    case Scalar::String:
    case Scalar::Enum:
    case Scalar::Ref: return false;
  }
  return false;
}

}  // namespace

Prepared::~Prepared() = default;

/// Every scalar fact of a record gets a place, sent or not.
void Prepared::open(std::uint32_t head, core::Record& in) {
  if (in.type == kNone) return;
  const View& view = policy_->view();
  const layout::Entity& entity = view.entities[in.type];
  std::vector<core::Fact>& facts = facts_[head];
  facts.assign(in.facts.begin(), in.facts.end());
  facts.resize(entity.attribute_count);
  in.facts = facts;
  for (Index a = 0; a < entity.attribute_count; ++a)
    if ((view.types[view.attributes[entity.first_attribute + a].type].flags & layout::kTypeSet) == 0) places_.push_back({head, entity.first_attribute + a});
}

tl::expected<std::unique_ptr<Prepared>, Error> Prepared::make(std::shared_ptr<const Policy> policy, std::string_view text) {
  auto json = read_request(text);
  if (!json) return tl::unexpected(std::move(json.error()));
  std::unique_ptr<Prepared> p(new Prepared);
  p->policy_ = std::move(policy);
  p->json_ = std::move(*json);
  auto bound = p->policy_->bind_marked(p->json_);
  if (!bound) return tl::unexpected(std::move(bound.error()));
  p->bound_ = std::move(*bound);
  p->request_ = p->bound_->request;
  p->records_.assign(p->request_.entities.begin(), p->request_.entities.end());
  p->request_.entities = p->records_;
  p->facts_.resize(kHeads.size());
  // An act on its own subject has one record: its facts are the principal's.
  p->open(0, p->records_[p->request_.subject]);
  if (p->request_.resource != kNone && p->request_.resource != p->request_.subject) p->open(1, p->records_[p->request_.resource]);
  p->open(2, p->request_.context);
  p->open(3, p->request_.input);
  if (p->places_.size() > kMostSlots) return tl::unexpected(Error{"too_large", "", "more facts than can be prepared"});
  p->texts_.resize(p->places_.size());
  p->workspace_ = std::make_unique<Workspace>(p->policy_->core(), core::scratch_bytes(p->policy_->core()));
  p->decide();   // makes room once
  return p;
}

Prepared::Slot Prepared::slot(std::string_view name) const {
  const View& view = policy_->view();
  const auto dot = name.find('.');
  if (dot == name.npos) return kNoSlot;
  for (std::size_t i = 0; i < places_.size(); ++i)
    if (kHeads[places_[i].record] == name.substr(0, dot) && view.text(view.attributes[places_[i].attribute].name) == name.substr(dot + 1)) return static_cast<Slot>(i);
  return kNoSlot;
}

core::Fact* Prepared::fact(Slot slot) {
  if (slot < 0 || static_cast<std::size_t>(slot) >= places_.size()) return nullptr;
  const Place& place = places_[static_cast<std::size_t>(slot)];
  const View& view = policy_->view();
  return &facts_[place.record][place.attribute - view.entities[view.attributes[place.attribute].owner].first_attribute];
}

const layout::Type& Prepared::type(Slot slot) const {
  const View& view = policy_->view();
  return view.types[view.attributes[places_[static_cast<std::size_t>(slot)].attribute].type];
}

void Prepared::changed() {
  for (core::Approval& a : bound_->approvals) a.digest_matches = false;
}

Prepared::Fits Prepared::put(Slot slot, const core::Value& value) {
  core::Fact& f = *fact(slot);
  f.state = core::State::Known;
  f.value = value;
  changed();
  return Fits::Yes;
}

Prepared::Fits Prepared::set_number(Slot slot, std::int64_t number) {
  const core::Fact* f = fact(slot);
  if (!f) return Fits::No;
  const layout::Type& t = type(slot);
  const auto scalar = static_cast<Scalar>(t.scalar);
  if (!in_range(scalar, number)) return Fits::No;
  std::string_view currency;
  if (scalar == Scalar::Money) {
    currency = policy_->view().text(t.currency);
    if (currency.empty()) currency = f->value.text;
    if (currency.empty()) return Fits::No;
  }
  return put(slot, {scalar, 0, number, currency});
}

Prepared::Fits Prepared::set_text(Slot slot, std::string_view text) {
  if (!fact(slot) || text.size() > 4096) return Fits::No;
  const layout::Type& t = type(slot);
  const auto scalar = static_cast<Scalar>(t.scalar);
  const bool named = scalar == Scalar::Enum && (policy_->view().enums[t.enumeration].flags & layout::kEnumOpen) == 0;
  if (named) {
    const Index ordinal = policy_->names().enum_value(t.enumeration, text);
    return ordinal == kNone ? Fits::No : put(slot, {scalar, t.enumeration, ordinal, {}});
  }
  if (scalar != Scalar::String && scalar != Scalar::Enum && scalar != Scalar::Ref) return Fits::No;
  std::string& kept = texts_[static_cast<std::size_t>(slot)];
  kept = text;
  return put(slot, {scalar, scalar == Scalar::Enum ? t.enumeration : scalar == Scalar::Ref ? t.entity : 0, 0, kept});
}

Prepared::Fits Prepared::set_absent(Slot slot) {
  core::Fact* f = fact(slot);
  if (!f || (type(slot).flags & layout::kTypeOptional) == 0) return Fits::No;
  f->state = core::State::Absent;
  changed();
  return Fits::Yes;
}

Prepared::Fits Prepared::set_unknown(Slot slot) {
  core::Fact* f = fact(slot);
  if (!f) return Fits::No;
  f->state = core::State::Unknown;
  f->reason = Reason::not_supplied;
  changed();
  return Fits::Yes;
}

Prepared::Fits Prepared::set_time(Instant time) {
  if (!in_calendar(time)) return Fits::No;
  request_.time = time;
  return Fits::Yes;
}

core::Evaluated Prepared::decide() {
  return ask_with(policy_->core(), workspace_, [&](core::Scratch& scratch) { return core::evaluate(policy_->core(), request_, scratch, core::Tell::Outcome); });
}

}  // namespace writ::authzen
