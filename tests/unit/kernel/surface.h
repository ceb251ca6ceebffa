// Surface text → kernel, for the tests of this folder.
#pragma once

#include <list>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "compiler/ast/build.h"
#include "compiler/check/check.h"
#include "compiler/kernel/elaborate.h"
#include "compiler/parse/parse.h"

namespace writ::kernel {

/// The firm of semantics.md, without its facts.
inline const char* const kFirm = R"(module firm  owner role boss  zone "Europe/Amsterdam"
system s4 "ERP"   kind erp  precision object  enforced  complete for held, history
enum Dept { AP, TR }
enum Period { open, closed }
dimension Entity { DE: s4 BUKRS "1100"  FR: s4 BUKRS "1200" }
dimension Plant in Entity { P1 of DE: s4 WERKS "1"  P2 of DE: s4 WERKS "2"  P3 of FR: s4 WERKS "3"  P9: s4 WERKS "9" }
principal Employee is human tenure from hired until last_day {
  dept: Dept fixed, grade: int fixed, entities: set<Entity> fixed, manager: Employee? fixed, training: set<string> fixed, limit: money<EUR> fixed,
  hired: time fixed, last_day: time? fixed
}
principal Bot is workload { owner: Employee }
context { urgent: bool }
resource Vendor  { entity: Entity }
resource Order   { plant: Plant }
resource Invoice { entity: Entity, vendor: Vendor, order: Order?, amount: money, period: Period }
resource Run     { entity: Entity, vendors: set<Vendor>, total: money<EUR>, hit: bool }
resource Job     { runs_as: Bot }
action bank.change               on Vendor
action po.create, gr.post        on Order
action inv.enter, inv.approve    on Invoice
action inv.read                  on Invoice reads
action pay.execute               on Run
action job.schedule              on Job
role boss    for Employee { birthright where principal.grade >= 9 }
role chief   for Employee { on request after board }
role ap      for Employee { may inv.enter, inv.approve }
role payer(e: Entity)   for Employee { within e  may pay.execute  on request after line }
role steward(e: Entity) for Employee { within e  may bank.change  on request after line }
approval line  = principal.manager due 3d
approval board = role boss due 2d
approval dual  = role boss and role chief due 2d
sod bp   high "Bank and pay" { separate bank.change from pay.execute  within same Entity  waiver at most 30d, renew 1, by board }
sod eyes high "Four eyes"    { separate inv.enter from inv.approve  on same Invoice  mitigation at most 365d, by board, with control }
)";

struct Elaborated {
  source::SourceSet sources;
  std::list<cst::Tree> trees;
  std::list<ast::File> files;
  diagnostics::Sink sink;
  std::optional<typed_ir::Program> program;
  std::optional<Kernel> kernel;

  std::string text() const { return kernel ? print(*kernel, sources) : ""; }
  /// Without places: what texts in other files or on other lines share.
  std::string meaning() const {
    std::string all, line;
    for (const char c : text() + "\n") {
      line += c;
      if (c != '\n') continue;
      const auto at = line.rfind("  [");
      all += at == std::string::npos ? line : line.substr(0, at) + "\n";
      line.clear();
    }
    return all;
  }
  std::string messages() const {
    std::string all;
    for (const auto& d : sink.peek()) all += sources.place(d.range) + ": " + std::string(diagnostics::info(d.code).name) + ": " + d.message() + "\n";
    return all;
  }
};

inline std::unique_ptr<Elaborated> elaborate_texts(const std::vector<std::string>& texts) {
  auto e = std::make_unique<Elaborated>();
  std::vector<const ast::File*> files;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const auto file = e->sources.add("policy" + std::to_string(i) + ".writ", texts[i]);
    e->trees.push_back(parse::parse(e->sources, file, e->sink));
    e->files.push_back(ast::build(e->trees.back(), e->sources, e->sink));
    files.push_back(&e->files.back());
  }
  if (e->sink.has_errors()) ADD_FAILURE() << e->messages();
  e->program = check::check(files, check::Options{"firm", "1", true}, e->sink);
  if (e->program) e->kernel = elaborate(*e->program, e->sink);
  return e;
}

inline std::unique_ptr<Elaborated> elaborate_in_firm(const std::string& text) { return elaborate_texts({std::string(kFirm) + text}); }

/// The lines of one form, from its first line to the next form.
inline std::string form(const std::string& printed, const std::string& starts_with) {
  std::string found, line;
  bool inside = false;
  for (const char c : printed + "\n") {
    line += c;
    if (c != '\n') continue;
    if (!line.starts_with(' ')) inside = line.starts_with(starts_with);
    if (inside) found += line;
    line.clear();
  }
  return found;
}

}  // namespace writ::kernel
