// Text of the tables: what a reviewer compares and a steward inspects. References are shown as `#n`, strings as written.
#include <fmt/format.h>

#include "compiler/decision_ir/tables.h"

namespace writ::decision_ir {
namespace {

constexpr std::string_view kTermKinds[] = {"literal", "set", "root", "now", "attribute", "roll-up", "add", "subtract", "scale", "otherwise", "unknown"};
constexpr std::string_view kRoots[] = {"principal", "resource", "context", "input", "subject", "parameter", "binder", "scope"};
constexpr std::string_view kCondKinds[] = {"true", "false", "unknown", "fact", "equal", "less", "less-equal", "below-threshold", "at-most-threshold",
                                           "known", "in", "subset-of", "overlaps", "is-empty", "starts-with", "ends-with", "under", "holds", "can",
                                           "not", "and", "or", "at-least"};
constexpr std::string_view kScalars[] = {"bool", "int", "decimal", "money", "string", "time", "duration", "enum", "ref"};
constexpr std::string_view kRestrictionKinds[] = {"act", "standing", "object", "people"};
constexpr std::string_view kLiftKinds[] = {"exception", "mitigation", "warrant"};
constexpr std::string_view kWarrantKinds[] = {"mfa", "evidence", "approval"};
constexpr std::string_view kPartyKinds[] = {"role", "person", "several", "path", "chain"};

template <std::size_t n>
std::string_view word(const std::string_view (&words)[n], std::uint32_t kind) { return kind < n ? words[kind] : "?"; }

class Printer {
 public:
  explicit Printer(const Tables& tables) : t_(tables) {}

  std::string run() {
    manifest();
    vocabulary();
    nodes();
    access();
    rules();
    chains();
    tail();
    return std::move(out_);
  }

 private:
  template <class... Args>
  void line(fmt::format_string<Args...> format, Args&&... args) {
    out_ += fmt::format(format, std::forward<Args>(args)...);
    out_ += '\n';
  }
  void title(std::string_view name, std::size_t count) { line("\n{} ({})", name, count); }

  static std::string ref(std::uint32_t index) { return index == layout::kNone ? "-" : fmt::format("#{}", index); }
  std::string refs(layout::Span span) const {
    std::string out;
    for (const std::uint32_t i : t_.list(span)) out += (out.empty() ? "" : " ") + (i == layout::kNone ? "-" : "#" + std::to_string(i));
    return out.empty() ? "-" : out;
  }
  std::string words(layout::Span span) const {
    std::string out;
    for (const std::uint32_t i : t_.list(span)) out += (out.empty() ? "" : ", ") + std::string(t_.text(i));
    return out.empty() ? "-" : out;
  }
  static std::string range(std::uint32_t first, std::uint32_t count) { return count == 0 ? "-" : fmt::format("#{}..#{}", first, first + count - 1); }
  static std::string instant(std::int64_t at) { return at == layout::kForever ? "never" : std::to_string(at); }

  void manifest() {
    const layout::Manifest& m = t_.manifest;
    line("bundle {} version {} edition {}", t_.text(m.name), t_.text(m.policy_version), t_.text(m.edition));
    line("  module {}  compiler {}  zones {}", t_.text(m.root_module), t_.text(m.compiler), t_.text(m.tzdb_version));
    line("  epoch {}  not before {}  not after {}  skew {} ms  reuse {} ms", m.epoch, instant(m.not_before), instant(m.not_after), m.skew, m.reuse_at_most);
    line("  earliest exception end {}  marks {}  {}", instant(m.earliest_exception_end), m.accept_marks ? "accepted" : "need a record",
         m.unproved ? "UNPROVED" : "proved");
    line("  verdicts {}", t_.text(m.verdict_hash));
    const std::vector<std::uint32_t> digests = t_.list(m.source_digests);
    for (std::size_t i = 0; i + 1 < digests.size(); i += 2) line("  source {} {}", t_.text(digests[i]), t_.text(digests[i + 1]));
  }

  void vocabulary() {
    title("enums", t_.enums.size());
    for (std::size_t i = 0; i < t_.enums.size(); ++i) {
      const layout::Enum& e = t_.enums[i];
      std::string values;
      for (std::uint32_t v = e.first_value; v < e.first_value + e.value_count; ++v) values += " " + std::string(t_.text(t_.enum_values[v].name));
      line("  #{} {} in {}:{}", i, t_.text(e.name), ref(e.parent), values);
    }
    title("types", t_.types.size());
    for (std::size_t i = 0; i < t_.types.size(); ++i) {
      const layout::Type& t = t_.types[i];
      line("  #{} {}{}{} enum {} entity {} {}", i, t.flags & layout::kTypeSet ? "set of " : "", word(kScalars, t.scalar),
           t.flags & layout::kTypeOptional ? "?" : "", ref(t.enumeration), ref(t.entity), t_.text(t.currency));
    }
    title("entities", t_.entities.size());
    for (std::size_t i = 0; i < t_.entities.size(); ++i) {
      const layout::Entity& e = t_.entities[i];
      line("  #{} {}", i, t_.text(e.name));
      for (std::uint32_t a = e.first_attribute; a < e.first_attribute + e.attribute_count; ++a)
        line("    #{} {}: type #{}{}", a, t_.text(t_.attributes[a].name), t_.attributes[a].type,
             t_.attributes[a].fresh_within ? fmt::format(" fresh within {} ms", t_.attributes[a].fresh_within) : "");
    }
  }

  void nodes() {
    title("terms", t_.terms.size());
    for (std::size_t i = 0; i < t_.terms.size(); ++i) {
      const layout::Term& t = t_.terms[i];
      std::string payload;
      if (static_cast<layout::TermKind>(t.kind) == layout::TermKind::Root) payload = fmt::format(" {} {}", word(kRoots, t.root), t.index);
      if (t.attribute != layout::kNone) payload += fmt::format(" .{}", t_.text(t_.attributes[t.attribute].name));
      if (t.value != layout::kNone) payload += fmt::format(" {} {}", t_.values[t.value].number, t_.text(t_.values[t.value].text));
      line("  #{} {}{} of {}", i, word(kTermKinds, t.kind), payload, refs(t.terms));
    }
    title("conditions", t_.conds.size());
    for (std::size_t i = 0; i < t_.conds.size(); ++i) {
      const layout::Cond& c = t_.conds[i];
      line("  #{} {}{}{} terms {} conditions {}", i, word(kCondKinds, c.kind), c.count ? fmt::format(" {}", c.count) : "",
           c.role != layout::kNone ? fmt::format(" role #{}", c.role) : "", refs(c.terms), refs(c.conds));
    }
  }

  void access() {
    title("roles", t_.roles.size());
    for (std::size_t i = 0; i < t_.roles.size(); ++i) {
      const layout::Role& r = t_.roles[i];
      line("  #{} {} for entity #{} {}eligible #{} cap {} ms parameters {}", i, t_.text(r.name), r.type, t_.text(r.only_id), r.eligible, r.cap, words(r.parameter_names));
    }
    title("accesses", t_.accesses.size());
    for (std::size_t i = 0; i < t_.accesses.size(); ++i) {
      const layout::Access& a = t_.accesses[i];
      line("  #{} actions {}{} by {} {}where #{}", i, refs(a.actions), a.flags & layout::kAccessEverything ? " everything" : "", ref(a.principal), t_.text(a.principal_id), a.where);
    }
    title("grants", t_.grants.size());
    for (std::size_t i = 0; i < t_.grants.size(); ++i) {
      const layout::Grant& g = t_.grants[i];
      line("  #{} {} role #{} access #{} scope #{} conjuncts {}", i, t_.text(g.id), g.role, g.access, g.scope, refs(g.conjuncts));
    }
    title("actions", t_.actions.size());
    for (std::size_t i = 0; i < t_.actions.size(); ++i) {
      const layout::Action& a = t_.actions[i];
      line("  #{} {} on {} grants {} restrictions {} obligations {}", i, t_.text(a.name), ref(a.resource), refs(a.grants), refs(a.restrictions), refs(a.obligations));
    }
  }

  void rules() {
    title("restrictions", t_.restrictions.size());
    for (std::size_t i = 0; i < t_.restrictions.size(); ++i) {
      const layout::Restriction& r = t_.restrictions[i];
      line("  #{} {} {} flags {} count {} from {} accesses {} lifts {}", i, t_.text(r.name), word(kRestrictionKinds, r.kind), r.flags, r.count, instant(r.from),
           refs(r.accesses), refs(r.lifts));
      for (std::uint32_t s = r.first_side; s < r.first_side + r.side_count; ++s) side(t_.sides[s]);
      for (std::uint32_t k = r.first_key_path; k < r.first_key_path + r.key_path_count; ++k)
        line("    key of action #{}: term #{}", t_.key_paths[k].action, t_.key_paths[k].term);
    }
    title("lifts", t_.lifts.size());
    for (std::size_t i = 0; i < t_.lifts.size(); ++i) {
      const layout::Lift& l = t_.lifts[i];
      line("  #{} {} {} of #{} who #{} persons {} from {} until {}{}", i, t_.text(l.id), word(kLiftKinds, l.kind), l.of, l.who, words(l.persons), instant(l.from),
           instant(l.until), static_cast<layout::LiftKind>(l.kind) == layout::LiftKind::Warrant ? fmt::format(" needs {} {}{}", word(kWarrantKinds, l.warrant), t_.text(l.evidence), ref(l.chain)) : "");
    }
  }

  void side(const layout::Side& s) {
    line("    side: {} of", s.need);
    for (std::uint32_t e = s.first_element; e < s.first_element + s.element_count; ++e) {
      const layout::SideElement& element = t_.side_elements[e];
      line("      {} accesses {} roles {} capabilities {}", t_.text(element.text), refs(element.accesses), refs(element.roles), range(element.first_capability, element.capability_count));
      for (std::uint32_t c = element.first_capability; c < element.first_capability + element.capability_count; ++c) {
        const layout::Capability& k = t_.capabilities[c];
        line("        #{} role #{} grant #{} action #{} scopes {} where #{}", c, k.role, k.grant, k.action, refs(k.scopes), k.where);
      }
    }
  }

  void chains() {
    title("approvals", t_.chains.size());
    for (const layout::Chain& c : t_.chains) {
      line("  {} good for {} ms", t_.text(c.name), c.good_for);
      for (std::uint32_t s = c.first_step; s < c.first_step + c.step_count; ++s) {
        line("    {} due {} ms", t_.steps[s].either ? "one of" : "all of", t_.steps[s].due);
        for (const std::uint32_t p : t_.list(t_.steps[s].parties)) line("      {} {}", word(kPartyKinds, t_.parties[p].kind), t_.text(t_.parties[p].text));
      }
    }
  }

  void tail() {
    title("obligations", t_.obligations.size());
    for (const layout::Obligation& o : t_.obligations) line("  {} {} {}", t_.text(o.id), o.kind == 0 ? "notify" : "log", t_.text(o.whom));
    title("proofs", t_.proof_records.size());
    for (const layout::ProofRecord& p : t_.proof_records) line("  {} {}", t_.text(p.verdict), t_.text(p.obligation));
    title("sources", t_.sources.size());
    for (std::size_t i = 0; i < t_.sources.size(); ++i) {
      const std::string_view sentence = i < t_.sentences.size() ? t_.text(t_.sentences[i].sentence) : "";
      line("  #{} {} {}{}{}", i, t_.text(t_.sources[i].statement), t_.text(t_.sources[i].at), sentence.empty() ? "" : ": ", sentence);
    }
  }

  const Tables& t_;
  std::string out_;
};

}  // namespace

std::string print(const Tables& tables) { return Printer(tables).run(); }

}  // namespace writ::decision_ir
