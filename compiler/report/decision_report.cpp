#include "compiler/report/decision_report.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "compiler/report/columns.h"

namespace writ::report {
namespace {

using question::Decision;
using question::Instant;
using question::Outcome;

constexpr std::uint32_t kColumns = 110;

Ink ink_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::Permit: return Ink::Good;
    case Outcome::Pending: return Ink::Warning;
    case Outcome::Indeterminate: return Ink::Warning;
    case Outcome::Deny: return Ink::Error;
  }
  return Ink::Plain;
}

std::string when(const std::optional<Instant>& at) { return at ? question::format_instant(*at) : "never"; }

/// Writes an explanation as titled blocks; a block without lines is left out.
class Writer {
 public:
  explicit Writer(const Palette& palette) : palette_(palette) {}

  void line(std::string_view text) { out_ += fmt::format("{}\n", text); }
  void title(std::string_view text) { pending_ = text; }
  void entry(std::string_view head, std::string_view aside = "") {
    if (!pending_.empty()) out_ += fmt::format("\n{}\n", palette_.paint(Ink::Strong, pending_));
    pending_.clear();
    out_ += fmt::format("  {}{}{}\n", visible(head), aside.empty() ? "" : "  ", palette_.paint(Ink::Faint, visible(aside)));
  }
  void under(std::string_view text) { out_ += fmt::format("    {}\n", wrap(text, kColumns, 4)); }
  const Palette& palette() const { return palette_; }
  std::string take() { return std::move(out_); }

 private:
  const Palette& palette_;
  std::string pending_, out_;
};

std::string spaced(std::string_view words) {
  std::string out(words);
  std::replace(out.begin(), out.end(), '_', ' ');
  return out;
}

std::string validity(const Decision& d) {
  if (!d.valid_until) return "no end: time alone never changes this answer";
  if (*d.valid_until <= 0) return "not to be reused: the request says no time";
  return question::format_instant(*d.valid_until);
}

std::string headline(const Decision& d, const Asked& asked, const Palette& palette) {
  std::string words = palette.paint(ink_of(d.outcome), question::to_string(d.outcome));
  words += fmt::format("  {} {}{}{}", visible(asked.who), visible(asked.action), asked.on.empty() ? "" : " on ", visible(asked.on));
  if (!d.reason.empty()) words += fmt::format("  ({})", spaced(d.reason));
  return words;
}

void citations(Writer& w, const Decision& d) {
  w.title("decided by");
  for (const question::Citation& c : d.decided_by) {
    w.entry(c.id, c.at);
    if (!c.sentence.empty()) w.under(c.sentence);
  }
}

void lifts(Writer& w, const Decision& d) {
  w.title("rests on");
  for (const question::LiftUse& l : d.lifts) {
    std::string words = fmt::format("{}, {} ends {}", l.id, l.kind, when(l.until));
    if (!l.owner.empty()) words += ", owner " + l.owner;
    std::string aside = l.approval;
    if (!l.control.empty()) aside += (aside.empty() ? "control " : ", control ") + l.control;
    w.entry(words, aside);
  }
  for (const std::string& id : d.rests_on) w.entry(id, "for as long as it is in force");
}

void missing(Writer& w, const Decision& d) {
  w.title("still missing");
  for (const question::Missing& m : d.missing) {
    std::string words = m.requirement;
    if (!m.chain.empty()) words += fmt::format(", {} step {}", m.chain, m.step);
    w.entry(fmt::format("{}: {}", words, m.who), m.by ? fmt::format("by {}", question::format_instant(*m.by)) : "");
  }
}

void unknown(Writer& w, const Decision& d) {
  w.title("unknown, and it could have mattered");
  for (const question::UnknownFact& u : d.unknown) w.entry(u.fact, spaced(u.reason));
}

void obligations(Writer& w, const Decision& d) {
  w.title("to be done with it");
  for (const question::ObligationUse& o : d.obligations) w.entry(fmt::format("{}: {} {}", o.id, o.kind, o.whom));
}

/// What about a listed holding is not so, or not known.
struct PartOfHolding { std::string_view word, fails, unknown; };
constexpr std::array<PartOfHolding, 7> kPartsOfHolding{{
    {"held.from", "the holding has not begun yet", "when the holding begins"},
    {"held.until", "the holding has ended", "when the holding ends"},
    {"held.at_most", "the holding is older than the role's longest time", "how old the holding is"},
    {"held.tenure", "the holder's own time has not begun, is over, or began after the holding", "whether the holder's own time goes on"},
    {"held.rests_on", "what the holding rests on is not in force", "what the holding rests on"},
    {"held.eligible", "the holder is not, or no longer, one whom the role is for", "whether the role is for this holder"},
    {"held.delegator", "", "delegated holdings are not in this edition"},
}};

std::string condition(const std::string& text, std::string_view PartOfHolding::*words) {
  for (const PartOfHolding& part : kPartsOfHolding)
    if (part.word == text) return fmt::format("{} ({})", part.*words, text);
  return text;
}

void nearest(Writer& w, const Decision& d) {
  const auto is_cited = [&d](const std::string& id) {
    return std::any_of(d.decided_by.begin(), d.decided_by.end(), [&id](const question::Citation& c) { return c.id == id; });
  };
  w.title("nearest misses");
  for (const question::NearestMiss& n : d.nearest_misses) {
    if (is_cited(n.grant)) continue;   // what is unknown about it stands above
    w.entry(fmt::format("{}{}", n.grant, n.held ? ", held" : ", not held"), n.at);
    for (const std::string& c : n.failed) w.under("fails    " + condition(c, &PartOfHolding::fails));
    for (const std::string& c : n.unknown) w.under("unknown  " + condition(c, &PartOfHolding::unknown));
  }
  w.title("emergencies available");
  for (const std::string& e : d.emergencies) w.entry(e);
}

void findings(Writer& w, const Decision& d) {
  w.title("findings, none of which decided this");
  for (const question::Finding& f : d.findings) {
    w.entry(fmt::format("{} of {}{}", f.rule, f.person, f.within.empty() ? "" : " within " + f.within),
            fmt::format("{}{}{}", f.state, f.from ? " from " + question::format_instant(*f.from) : "", f.until ? " until " + question::format_instant(*f.until) : ""));
  }
  w.title("ignored in the request");
  for (const question::Ignored& i : d.ignored) {
    if (i.path) w.entry(fmt::format("hop {} of the path", *i.path), spaced(i.why));
    else w.entry(fmt::format("`{}`", i.name), i.nearest.empty() ? "nothing is called so" : fmt::format("did you mean `{}`?", i.nearest));
  }
}

void times(Writer& w, const Decision& d) {
  w.line(fmt::format("  valid until  {}", validity(d)));
  if (d.end) w.line(fmt::format("  ends         {}  {}", question::format_instant(d.end->at), spaced(d.end->why)));
  if (d.possible_from) w.line(fmt::format("  possible from {}", question::format_instant(*d.possible_from)));
  if (!d.holds_for_version.empty()) w.line(fmt::format("  holds for version {} of the history", visible(d.holds_for_version)));
}

void origin(Writer& w, const Decision& d) {
  std::string words = fmt::format("policy version {}", d.policy_version);
  if (!d.bundle.empty()) words += fmt::format(", bundle {}", d.bundle);
  if (!d.decision_id.empty()) words += fmt::format(", decision {}", d.decision_id);
  w.line("\n" + w.palette().paint(Ink::Faint, visible(words)));
}

std::string explanation(const Decision& d, const Asked& asked, const Palette& palette) {
  Writer w(palette);
  w.line(headline(d, asked, palette));
  times(w, d);
  citations(w, d);
  lifts(w, d);
  missing(w, d);
  unknown(w, d);
  obligations(w, d);
  nearest(w, d);
  findings(w, d);
  origin(w, d);
  return w.take();
}

std::string brief(const Decision& d, const Asked& asked, const Palette& palette) {
  std::vector<std::string> parts;
  const auto names = [&parts](std::string_view word, const auto& items, auto name) {
    std::vector<std::string> all;
    for (const auto& item : items) all.push_back(name(item));
    all.erase(std::unique(all.begin(), all.end()), all.end());
    if (!all.empty()) parts.push_back(fmt::format("{} {}", word, fmt::join(all, ", ")));
  };
  names("by", d.decided_by, [](const question::Citation& c) { return c.id; });
  names("resting on", d.lifts, [](const question::LiftUse& l) { return l.id; });
  names("missing", d.missing, [](const question::Missing& m) { return m.requirement; });
  names("unknown", d.unknown, [](const question::UnknownFact& u) { return u.fact; });
  names("owing", d.obligations, [](const question::ObligationUse& o) { return o.id; });
  if (d.valid_until) parts.push_back("until " + validity(d));
  return fmt::format("{}{}{}\n", headline(d, asked, palette), parts.empty() ? "" : "  ", visible(fmt::format("{}", fmt::join(parts, "  "))));
}

}  // namespace

Section section(const Decision& decision, const Asked& asked, Detail detail) {
  Section section{"decision", nlohmann::ordered_json::parse(question::to_json(decision)), {}};
  section.text = [decision, asked, detail](const Palette& palette) {
    return detail == Detail::Full ? explanation(decision, asked, palette) : brief(decision, asked, palette);
  };
  return section;
}

}  // namespace writ::report
