#include <fmt/format.h>

#include "compiler/say/statements.h"
#include "compiler/say/words.h"

namespace writ::say {
namespace {

using ast::Sod;

std::string enforcement(const ast::RuleLines& lines) {
  if (lines.report_only) return " It only reports.";
  if (lines.enforced_from) return fmt::format(" It is enforced from {}; until then it reports.", day(*lines.enforced_from));
  return "";
}

std::string join_words(const Sod& s) {
  std::vector<std::string> same;
  for (const ast::Name& name : s.within_same) same.push_back(spaced(name.text));
  std::string words = same.empty() ? "" : fmt::format(" within the same {}", listed(same, "and"));
  if (s.across) words += fmt::format(" across different values of {}", spaced(s.across->text));
  return words;
}

std::string object_words(const ast::ObjectBinding& binding) {
  std::vector<std::string> types;
  for (const ast::Name& type : binding.types) types.push_back(spaced(type.text));
  std::string words = " for the same " + listed(types, "or");
  if (binding.over) words += " within " + duration(binding.over->ms);
  if (binding.in_order) words += " in that order";
  return words;
}

/// The bindings of a rule, each as what nobody may do with `both`.
std::string bindings(const Sod& s, const std::string& hold, std::string_view several, const std::string& act) {
  std::vector<std::string> parts;
  bool standing = s.points.empty() && s.objects.empty();
  for (const ast::PointAt& at : s.points) standing |= at.point == ast::Point::Assignment || at.point == ast::Point::Activation;
  if (standing) parts.push_back(hold + join_words(s));
  for (const ast::PointAt& at : s.points) {
    if (at.point != ast::Point::Use) continue;
    parts.push_back(parts.empty() ? fmt::format("{}{} and do either", hold, join_words(s)) : fmt::format("do either while able to do {}", several));
  }
  for (const ast::ObjectBinding& binding : s.objects) parts.push_back((parts.empty() ? act : fmt::format("do {}", several)) + object_words(binding));
  return fmt::format("{}", fmt::join(parts, ", nor "));
}

std::string separate(Speaker& speak, const Sod& s) {
  if (s.sides.size() != 2) return "two sides are kept apart";
  const std::string a = speak.side(s.sides[0]), b = speak.side(s.sides[1]);
  const std::string both = fmt::format("both {} and {}", a, b);
  return "no one may " + bindings(s, "hold " + both, "both", "do " + both);
}

std::string many(Speaker& speak, const Sod& s, std::string_view joint) {
  std::vector<std::string> sides;
  for (const ast::Side& side : s.sides) sides.push_back(speak.side(side));
  return listed(sides, joint);
}

std::string combination(Speaker& speak, const Sod& s) {
  const std::int64_t count = s.count ? s.count->value : 0;
  switch (s.form) {
    case Sod::Form::Separate: return separate(speak, s);
    case Sod::Form::AtMost: {
      const std::string what = fmt::format("more than {} of {}", count, many(speak, s, "and"));
      return "no one may " + bindings(s, "hold " + what, "that many", "do " + what);
    }
    case Sod::Form::AtLeastPeople: {
      std::string words = fmt::format("{} take at least {}", many(speak, s, "and"), people(count));
      for (const ast::ObjectBinding& binding : s.objects) words += object_words(binding);
      return words;
    }
    case Sod::Form::NobodyHolds: return fmt::format("no one may hold {}{}", many(speak, s, "or"), join_words(s));
  }
  return "";
}

/// "no integration may ever do anything where …"
std::string prohibited(Speaker& speak, const ast::Accesses& a, std::string_view verb) {
  const std::string who = speak.nobody(a);
  ast::Accesses acts = a;
  if (who != "no one") acts.by.clear();
  return fmt::format("{} {} {}", who, verb, speak.accesses(acts));
}

std::string control_words(const std::vector<ast::Name>& controls) {
  return controls.empty() ? "" : " under the control " + listed(texts(controls), "and");
}

std::string marks(const ast::Lift& s) {
  std::vector<std::string> all;
  for (const ast::ApprovalMark& mark : s.approved_by) all.push_back(fmt::format("{} on {}", quoted(mark.person.text), day(mark.on)));
  return all.empty() ? "" : fmt::format(" Approved, it says, by {}.", listed(all, "and"));
}

std::string object_selection(Speaker& speak, const ast::ObjectSelect& select) {
  std::vector<std::string> ids;
  for (const ast::Text& id : select.ids) ids.push_back(quoted(id.text));
  std::string words = fmt::format(" on {}", ids.empty() ? with_article(spaced(select.type.text)) : spaced(select.type.text) + " " + listed(ids, "or"));
  if (select.where.valid()) words += " where " + speak.condition(select.where);
  return words;
}

}  // namespace

std::string_view level_word(ast::Level level) {
  switch (level) {
    case ast::Level::Low: return "low";
    case ast::Level::Medium: return "medium";
    case ast::Level::High: return "high";
    case ast::Level::Critical: return "critical";
  }
  return "";
}

std::string say(Speaker& speak, const Sod& s) {
  return fmt::format("{}. {}{}", combination(speak, s), speak.yields(s.lines, "Nothing lifts it."), enforcement(s.lines));
}

std::string say(Speaker& speak, const ast::Never& s) {
  return fmt::format("{}. Nothing lifts it.{}", prohibited(speak, s.accesses, "may ever do"), enforcement(s.lines));
}

std::string say(Speaker& speak, const ast::Forbid& s) {
  return fmt::format("{}. {}{}", prohibited(speak, s.accesses, "may do"), speak.yields(s.lines, "Nothing lifts it."), enforcement(s.lines));
}

std::string say(Speaker& speak, const ast::Require& s) {
  const std::string acts = speak.accesses(s.accesses);
  std::string words;
  switch (s.kind) {
    case ast::Require::Kind::Mfa:
      words = fmt::format("before {}, the person shows a second factor{}", acts,
                          s.mfa_fresh_within ? fmt::format(" not older than {}", duration(s.mfa_fresh_within->ms)) : "");
      break;
    case ast::Require::Kind::Approval: words = fmt::format("before {}, it is approved by {}", acts, s.approval ? speak.chain(*s.approval) : "somebody"); break;
    case ast::Require::Kind::Evidence: words = fmt::format("before {}, there is evidence of {}", acts, s.evidence ? quoted(s.evidence->text) : "it"); break;
    case ast::Require::Kind::Notify:
      words = fmt::format("after {}{}, {} is told", s.after_denied ? "a refused " : "", acts, s.notify ? speak.party(*s.notify) : "somebody");
      break;
    case ast::Require::Kind::Log: words = fmt::format("{}{} is written to the log", s.after_denied ? "a refused " : "", acts); break;
  }
  const std::string yields = speak.yields(s.lines, "");
  return fmt::format("{}.{}{}", words, yields.empty() ? "" : " " + yields, enforcement(s.lines));
}

std::string say(Speaker& speak, const ast::Terms& s) {
  ast::RuleLines lines;
  lines.yields = s.yields;
  const std::string ways = speak.yields(lines, "");
  return ways.empty() ? "a rule on these terms yields to nothing." : fmt::format("a rule on these terms says: {}", ways);
}

std::string say(Speaker& speak, const ast::Limits& s) {
  using Kind = ast::LimitLine::Kind;
  std::vector<std::string> lines;
  for (const ast::LimitLine& line : s.lines) {
    const std::string of = line.of.empty() ? "" : " of " + listed(texts(line.of), "and");
    const std::string terms = speak.caps(line.caps), time = line.duration ? duration(line.duration->ms) : "";
    switch (line.kind) {
      case Kind::Waiver: lines.push_back(fmt::format("a waiver{} holds {}", of, terms)); break;
      case Kind::Mitigation: lines.push_back(fmt::format("a mitigation{} holds {}", of, terms)); break;
      case Kind::Emergency: lines.push_back(fmt::format("an emergency{} holds {}", of, terms)); break;
      case Kind::Role: lines.push_back(fmt::format("a role{} is held {}", of, terms)); break;
      case Kind::Workload: lines.push_back(fmt::format("a workload{} holds its rights {}", of, terms)); break;
      case Kind::Finding: lines.push_back(fmt::format("findings are cured: {}", terms)); break;
      case Kind::Approval: lines.push_back(fmt::format("a step of an approval is given {}", terms)); break;
      case Kind::Skew: lines.push_back("clocks may differ by " + time); break;
      case Kind::Reuse: lines.push_back("an answer is reused for at most " + time); break;
      case Kind::LedgerAge: lines.push_back("the ledger is at most " + time + " old"); break;
      case Kind::Raise: lines.push_back(fmt::format("{} rank as {}", listed(texts(line.of), "and"), line.level ? level_word(line.level->level) : "raised")); break;
      case Kind::No: lines.push_back(fmt::format("nothing lifts {}{}", listed(texts(line.of), "or"), line.where.valid() ? " where " + speak.condition(line.where) : "")); break;
    }
  }
  return capital(fmt::format("{}.", fmt::join(lines, "; ")));
}

std::string say(Speaker& speak, const ast::Approval& s) {
  std::string words = "given by " + speak.chain(s.chain);
  if (s.good_for) words += fmt::format("; good for {}", duration(s.good_for->ms));
  if (s.may_repeat) words += "; one person may fill several steps";
  return words + ". Nobody approves for himself.";
}

std::string say(Speaker& speak, const ast::Control& s) {
  const std::string rules = s.rules.empty() ? "" : " for " + listed(texts(s.rules), "and");
  if (s.by_requirement) return fmt::format("the control{} is the requirement {}, enforced on every act.", rules, s.by_requirement->text);
  std::vector<std::string> monitors;
  for (const ast::Party& monitor : s.monitors) monitors.push_back(speak.party(monitor));
  return fmt::format("a compensating control{}, watched by {}{}.", rules, monitors.empty() ? "nobody" : listed(monitors, "and"),
                     s.every ? " " + every(s.every->ms) : "");
}

std::string say(Speaker& speak, const ast::Lift& s) {
  std::string words = fmt::format("{} {} {} for {}", listed(texts(s.rules), "and"), s.rules.size() == 1 ? "is" : "are", s.mitigation ? "mitigated" : "waived",
                                  s.subject ? speak.subject(*s.subject) : "anybody");
  if (!s.within.empty()) words += " within " + listed(texts(s.within), "and");
  for (const ast::PointAt& at : s.points) words += at.point == ast::Point::Use ? ", for what is done," : ", for what is held,";
  for (const ast::Name& same : s.same) words += fmt::format(", doing both for one {} included,", spaced(same.text));
  for (const ast::ObjectSelect& select : s.objects) words += object_selection(speak, select);
  if (s.period) words += (words.back() == ',' ? " " : ", ") + period(*s.period) + (s.with_controls.empty() ? "" : ",");
  words += control_words(s.with_controls);
  if (s.while_condition.valid()) words += fmt::format(", as long as {}", speak.condition(s.while_condition));
  words += ".";
  if (s.reason) words += fmt::format(" Reason: {}.", quoted(s.reason->text));
  words += marks(s);
  std::vector<std::string> ended;
  for (const ast::RoleRef& ref : s.on_end_remove) ended.push_back(speak.role(ref));
  if (!ended.empty()) words += fmt::format(" At its end {} is taken away.", listed(ended, "and"));
  return words;
}

std::string say(Speaker& speak, const ast::Emergency& s) {
  std::string words = fmt::format("in an emergency {} may{}{}", s.subject ? speak.subject(*s.subject, true) : "anybody",
                                  s.may.empty() ? " act" : " do " + speak.accesses(s.may), s.lifts.empty() ? "" : ", lifting " + listed(texts(s.lifts), "and"));
  if (s.at_most) words += ", for at most " + duration(s.at_most->ms);
  if (s.uses && s.uses_in) words += fmt::format(", {} in {}", times(s.uses->value), duration(s.uses_in->ms));
  if (s.after) words += ", after approval by " + speak.chain(*s.after);
  if (s.needs_reason) words += s.reasons.empty() ? ", with a reason" : fmt::format(", for the reason {}", listed(texts(s.reasons), "or"));
  if (s.needs_ticket) words += ", with a ticket";
  if (s.review_due) words += fmt::format("; reviewed within {}{}", duration(s.review_due->ms), s.review_by ? " by " + speak.party(*s.review_by) : "");
  return words + ".";
}

}  // namespace writ::say
