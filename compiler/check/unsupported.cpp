// Statements that parse and format and that no pass handles yet: one diagnostic each, in the statement's own words.
#include <fmt/format.h>

#include "compiler/check/names.h"
#include "compiler/check/rules.h"
#include "compiler/support/overloaded.h"

namespace writ::check {
namespace {

void report(Context& context, const ast::Item& item, std::string words) {
  context.unsupported(item.head.valid() ? item.head : item.range, std::move(words));
}

void check_claim(Context& context, const ast::Item& item, const ast::Claim& claim) {
  if (claim.eventually) return report(context, item, "eventually");
  if (claim.by) return report(context, item, "by … in a claim");
  switch (claim.kind) {
    case ast::Claim::Kind::Never:
    case ast::Claim::Kind::Always:
    case ast::Claim::Kind::Independent: return;
    case ast::Claim::Kind::Completes: return report(context, item, "completes");
    case ast::Claim::Kind::TakesPeople: return report(context, item, "takes at least … people");
  }
}

void check_item(Context& context, const ast::Item& item) {
  const auto whole = [&](const auto&) { report(context, item, std::string(ast::words_of(item))); };
  const auto fine = [](const auto&) {};
  std::visit(support::Overloaded{[&](const ast::Emergency& s) { whole(s); }, [&](const ast::Overlay& s) { whole(s); },
                                 [&](const ast::Adopt& s) { whole(s); }, [&](const ast::Flow& s) { whole(s); },
                                 [&](const ast::Process& s) { whole(s); }, [&](const ast::Staffing& s) { whole(s); },
                                 [&](const ast::NativeMap& s) { whole(s); }, [&](const ast::Calendar& s) { whole(s); },
                                 [&](const ast::Role& s) {
                                   if (!s.delegable.empty()) report(context, item, "delegable");
                                 },
                                 [&](const ast::ActionDecl& s) {
                                   if (!s.implies.empty() || s.implies_everything) report(context, item, "implies");
                                 },
                                 [&](const ast::Assert& s) { check_claim(context, item, s.claim); }, fine},
             item.statement);
}

std::vector<std::string> modules(const Context& context) {
  std::vector<std::string> names;
  for (const Module& module : context.modules) names.push_back(module.name);
  return names;
}

void check_header(Context& context, const ast::File& file) {
  const ast::Header& header = file.header;
  if (header.overlay) context.unsupported(header.overlay->range, "module … overlay");
  if (header.sessions_required) context.unsupported(header.range, "sessions required");
  for (const ast::Use& use : file.uses)
    if (!use.facts && !context.module_by_name.count(use.name.text)) report_unknown(context, use.name, "a package", modules(context));
}

/// What a package may hold: names. Its rules and roles come into force by `adopt` (semantics.md 1.2).
void check_package_item(Context& context, const ast::Item& item) {
  const auto name = [](const auto&) {};
  const auto in_force = [&](const auto&) { report(context, item, fmt::format("{} in a package", ast::words_of(item))); };
  std::visit(support::Overloaded{[&](const ast::System& s) { name(s); }, [&](const ast::EnumDecl& s) { name(s); },
                                 [&](const ast::Dimension& s) { name(s); }, [&](const ast::PrincipalDecl& s) { name(s); },
                                 [&](const ast::ContextDecl& s) { name(s); }, [&](const ast::ResourceDecl& s) { name(s); },
                                 [&](const ast::ActionDecl& s) { name(s); }, [&](const ast::Duty& s) { name(s); },
                                 [&](const ast::Predicate& s) { name(s); }, [&](const ast::Threshold& s) { name(s); },
                                 [&](const ast::Terms& s) { name(s); }, [&](const std::monostate& s) { name(s); }, in_force},
             item.statement);
}

}  // namespace

void report_unsupported(Context& context) {
  for (const Module& module : context.modules) check_header(context, *module.file);
  for (const Place& place : context.places) {
    if (is_package(context.modules[place.site.module].name) && !place.site.in_test) check_package_item(context, *place.item);
    check_item(context, *place.item);
  }
}

}  // namespace writ::check
