#include "compiler/check/chains.h"

#include <algorithm>

#include <fmt/format.h>

#include "compiler/check/condition_checker.h"
#include "compiler/check/limits.h"
#include "compiler/check/names.h"
#include "compiler/check/roles.h"
#include "compiler/check/types.h"
#include "compiler/support/nearest.h"

namespace writ::check {
namespace {

using typed_ir::Party;

const ast::Approval& written_approval(const Symbol& symbol) { return std::get<ast::Approval>(symbol.place.item->statement); }

std::string path_text(const std::vector<ast::Name>& path) {
  std::string text;
  for (const ast::Name& name : path) text += (text.empty() ? "" : ".") + name.text;
  return text;
}

bool complete(const Context& context, ChainId chain);
bool check_approval(Context& context, const Symbol& symbol);

/// Checks one chain; parties may name approvals, which are then checked first.
class ChainChecker {
 public:
  ChainChecker(Context& context, const Site& site, const ConditionScope& scope, std::string name)
      : context_(context), site_(site), scope_(scope), name_(std::move(name)) {}

  std::optional<typed_ir::Chain> chain(const ast::Chain& written) {
    typed_ir::Chain result;
    result.name = name_;
    result.origin = {name_.substr(0, name_.find('#')), written.range};
    bool good = true;
    for (const ast::ChainStep& step : written.steps) {
      auto checked = this->step(step);
      if (checked) result.steps.push_back(std::move(*checked));
      else good = false;
    }
    for (const typed_ir::Step& step : result.steps) result.good_for += step.due;
    return good ? std::optional(std::move(result)) : std::nullopt;
  }

  std::optional<Party> party(const ast::Party& written) {
    auto result = kind(written);
    if (result) result->text = party_text(site_, written);
    return result;
  }

  /// `owner bob`: where nothing has nearly that name, a person whose quotes are missing.
  bool report_bare_person(const ast::Name& whole, const std::vector<ast::Name>& names, std::string_view expected) {
    if (names.size() != 1 || context_.by_name.count(whole.text)) return false;
    std::vector<std::string> known;
    for (const Symbol& symbol : context_.symbols)
      if (symbol.kind == SymbolKind::Approval || symbol.kind == SymbolKind::Role) known.push_back(symbol.local);
    if (support::nearest_name(whole.text, known)) return false;
    auto& message = report_unknown(context_, whole, expected, {});
    suggest(message, whole.range, fmt::format("\"{}\"", whole.text));
    message.with_note("a person stands in quotes; an approval is declared by `approval NAME = …`");
    return true;
  }

  /// `boss` for `role boss`, `manager` for `principal.manager`: told, with `due` where the chain needs it.
  bool report_almost_party(const ast::Name& whole, const std::vector<ast::Name>& names, const std::string& due = "") {
    constexpr std::string_view kExpected = "an approval, a role, a person or a path";
    if (find(context_, site_, whole.text, Kinds::of(SymbolKind::Approval))) return false;
    if (const Symbol* role = find(context_, site_, whole.text, Kinds::of(SymbolKind::Role))) {
      auto& message = context_.report(Code::wrong_kind, whole.range, {whole.text, "role", std::string(kExpected)});
      message.with_label(role->written.range, "defined here");
      suggest(message, whole.range, "role " + whole.text + due);
      return true;
    }
    const auto root = names.size() > 1 ? foreign_root(names.front().text) : std::nullopt;
    const ast::Name& attribute = root && root->here == "principal" ? names[1] : names.front();
    const EntityId type = principal_for(attribute);
    if (!type.valid() || !context_.program.schema.find_attribute(type, attribute.text)) return report_bare_person(whole, names, kExpected);
    auto& message = report_unknown(context_, whole, kExpected, {});
    if (&attribute == &names.front()) suggest(message, whole.range, "principal." + whole.text + due);
    else suggest(message, names.front().range, *root);
    return true;
  }

 private:
  std::optional<typed_ir::Step> step(const ast::ChainStep& written) {
    typed_ir::Step result;
    result.either = written.join == ast::ChainStep::Join::Or;
    bool good = true;
    group_due_ = written.due ? written.due->ms : default_due_;
    for (const ast::Party& party : written.parties) {
      auto checked = this->party(party);
      if (checked) result.parties.push_back(std::move(*checked));
      else good = false;
    }
    if (!good) return std::nullopt;
    const auto due = step_due(written, result);
    if (!due) return std::nullopt;
    result.due = *due;
    return result;
  }

  /// A step of chains only lasts as long as they do; any other needs a `due`, its own or the limits'.
  std::optional<std::int64_t> step_due(const ast::ChainStep& written, const typed_ir::Step& step) {
    if (written.due) return written.due->ms;
    std::int64_t longest = 0;
    bool chains_only = true;
    for (const Party& party : step.parties) {
      if (party.kind != Party::Kind::Chain) {
        chains_only = false;
        break;
      }
      std::int64_t total = 0;
      for (const typed_ir::Step& inner : context_.program.chains[party.chain].steps) total += inner.due;
      longest = std::max(longest, total);
    }
    if (chains_only) return longest;
    if (default_due_) return default_due_;
    if (context_.limits->approval_due.ms) return context_.limits->approval_due.ms;
    context_.report(Code::no_due, written.range).with_note("write `due 3d` after the step, or `limits { approval due 3d }` once");
    return std::nullopt;
  }

  std::optional<Party> kind(const ast::Party& written) {
    switch (written.kind) {
      case ast::Party::Kind::Role: return role(written);
      case ast::Party::Kind::Person: {
        Party result;
        result.kind = Party::Kind::Person;
        result.person = written.person->text;
        return result;
      }
      case ast::Party::Kind::Several: return several(written);
      case ast::Party::Kind::Path: return path(written);
      case ast::Party::Kind::Group: return group(written);
    }
    return std::nullopt;
  }

  std::optional<Party> role(const ast::Party& written) {
    Party result;
    result.kind = Party::Kind::Role;
    const Arguments arguments = written.within_same ? Arguments::MayBeMissing : Arguments::Required;
    auto use = check_role(context_, site_, scope_, *written.role, arguments);
    if (!use) return std::nullopt;
    result.role = std::move(*use);
    if (!written.within_same) return result;
    result.within_same = resolve_dimension(context_, site_, *written.within_same);
    if (!result.within_same.valid()) return std::nullopt;
    const typed_ir::Role& sheet = context_.program.roles[result.role.role];
    const auto fits = [&](EnumId d) { return d.valid() && context_.schema().rolls_up(d, result.within_same); };
    const bool has_parameter = std::any_of(sheet.parameters.begin(), sheet.parameters.end(), [&](const Type& t) {
      return t.scalar == Scalar::Enum && fits(t.enumeration);
    });
    const Symbol& symbol = context_.symbols[context_.of_role[result.role.role.index]];
    const bool has_scope = !std::get<ast::Role>(symbol.place.item->statement).within.empty();
    if (has_parameter || has_scope) return result;
    context_.report(Code::role_has_no_scope, written.range, {sheet.local, written.within_same->text})
        .with_label(symbol.written.range, "defined here");
    return std::nullopt;
  }

  std::optional<Party> several(const ast::Party& written) {
    Party result;
    result.kind = Party::Kind::Several;
    result.count = static_cast<std::uint32_t>(written.count->value);
    if (written.count->value < 1) {
      context_.report(Code::zero_of, written.count->range, {"0 of"});
      return std::nullopt;
    }
    auto inner = party(written.inner.front());
    if (!inner) return std::nullopt;
    result.inner.push_back(std::move(*inner));
    return result;
  }

  std::optional<Party> path(const ast::Party& written) {
    const auto names = segments(written.path);
    Party result;
    if (names.front().text != "principal") {
      const ast::Name whole{path_text(names), source::join(names.front().range, names.back().range)};
      if (report_almost_party(whole, names)) return std::nullopt;
      const Symbol* symbol = resolve(context_, site_, whole, Kinds::of(SymbolKind::Approval), "an approval, a role, a person or a path");
      if (!symbol || !check_approval(context_, *symbol)) return std::nullopt;
      result.kind = Party::Kind::Chain;
      result.chain = symbol->chain();
      return result;
    }
    const auto term = person_path(names);
    if (!term) return std::nullopt;
    result.kind = Party::Kind::Path;
    result.path = *term;
    if (written.inner.empty()) return result;
    auto other = party(written.inner.front());
    if (!other) return std::nullopt;
    result.inner.push_back(std::move(*other));
    return result;
  }

  /// A chain of its own serves several types; the path is read of the people first.
  EntityId principal_for(const ast::Name& attribute) const {
    if (scope_.principal.valid()) return scope_.principal;
    EntityId found;
    const typed_ir::Schema& schema = context_.program.schema;
    for (std::uint32_t i = 0; i < schema.entities.size(); ++i) {
      const typed_ir::Entity& entity = schema.entities[EntityId{i}];
      if (!entity.is_principal()) continue;
      const bool has = schema.find_attribute(EntityId{i}, attribute.text).has_value();
      const bool human = entity.kind == typed_ir::EntityKind::Human;
      if ((has && (!found.valid() || human)) || (!found.valid() && human)) found = EntityId{i};
    }
    return found;
  }

  std::optional<TermId> person_path(const std::vector<ast::Name>& names) {
    ConditionScope scope = scope_;
    scope.where = "a chain";
    const Range range = source::join(names.front().range, names.back().range);
    if (names.size() < 2) {
      context_.report(Code::requester_approves, range);
      return std::nullopt;
    }
    scope.principal = principal_for(names[1]);
    ConditionChecker checker(context_, site_, scope);
    checker.allow_absent();
    const auto term = checker.path(names, nullptr);
    if (!term) return std::nullopt;
    const Type type = context_.conditions().term(*term).type;
    if (type.scalar == Scalar::Ref && !type.set && context_.schema().entities[type.entity].is_principal()) return term;
    context_.report(Code::principal_expected, range, {type_text(context_, type)});
    return std::nullopt;
  }

  std::optional<Party> group(const ast::Party& written) {
    ChainChecker inside(context_, site_, scope_, fmt::format("{}#{}", name_, ++groups_));
    inside.default_due_ = group_due_;
    auto chain = inside.chain(written.group.front());
    if (!chain) return std::nullopt;
    Party result;
    result.kind = Party::Kind::Chain;
    result.chain = context_.program.chains.add(std::move(*chain));
    return result;
  }

  Context& context_;
  Site site_;
  const ConditionScope& scope_;
  std::string name_;
  int groups_ = 0;
  std::optional<std::int64_t> default_due_;   ///< of the step that this group stands in
  std::optional<std::int64_t> group_due_;     ///< of the step being checked, for its groups
};

std::vector<TermId> over_terms(Context& context, const std::vector<ast::Name>& path) {
  const auto names = segments(path);
  std::vector<TermId> terms;
  const Range range = source::join(names.front().range, names.back().range);
  const bool of_resource = names.front().text == "resource";
  if ((!of_resource && names.front().text != "input") || names.size() != 2) {
    context.report(Code::over_needs_fact, range, {path_text(names)});
    return terms;
  }
  std::vector<std::string> all;
  for (std::uint32_t i = 0; i < context.schema().entities.size(); ++i) {
    const EntityId id{i};
    const auto kind = context.schema().entities[id].kind;
    if (kind != (of_resource ? typed_ir::EntityKind::Resource : typed_ir::EntityKind::Input)) continue;
    for (const AttributeId a : context.schema().entities[id].attributes) all.push_back(context.schema().attributes[a].name);
    const auto attribute = context.schema().find_attribute(id, names[1].text);
    if (!attribute) continue;
    context.used(names[1], context.schema().attributes[*attribute].origin.range);
    const TermId root = context.conditions().root(of_resource ? typed_ir::Root::Resource : typed_ir::Root::Input, ref_to(id));
    terms.push_back(context.conditions().attribute(root, *attribute, context.schema().attributes[*attribute].type));
  }
  if (terms.empty()) report_unknown(context, names[1], of_resource ? "an attribute of a resource" : "an input of an action", all);
  return terms;
}

bool complete(const Context& context, ChainId chain) { return !context.program.chains[chain].steps.empty(); }

/// Once per approval, in the order of need; an approval that is part of itself is reported where it closes the circle.
bool check_approval(Context& context, const Symbol& symbol) {
  if (complete(context, symbol.chain())) return true;
  if (context.failed_chains.count(symbol.chain())) return false;
  auto& open = context.open_chains;
  if (std::find(open.begin(), open.end(), symbol.chain()) != open.end()) {
    context.report(Code::circular, symbol.written.range, {symbol.local, "is part of itself"});
    return false;
  }
  const ast::Approval& written = written_approval(symbol);
  open.push_back(symbol.chain());
  ConditionScope scope;
  auto chain = ChainChecker(context, symbol.place.site, scope, symbol.name).chain(written.chain);
  open.pop_back();
  if (!chain) {
    context.failed_chains.insert(symbol.chain());
    return false;
  }
  chain->origin = {symbol.name, symbol.written.range};
  if (written.good_for) chain->good_for = written.good_for->ms;
  chain->may_repeat = written.may_repeat.has_value();
  for (const auto& path : written.over) {
    const auto terms = over_terms(context, path);
    chain->over.insert(chain->over.end(), terms.begin(), terms.end());
  }
  std::sort(chain->over.begin(), chain->over.end());
  context.program.chains[symbol.chain()] = std::move(*chain);
  return true;
}

}  // namespace

std::optional<Party> check_party(Context& context, const Site& site, const ConditionScope& scope, const ast::Party& written) {
  return ChainChecker(context, site, scope, "").party(written);
}

Party module_owner(Context& context, const Site& site) {
  const Module& module = context.modules[site.module];
  if (!module.owner) return {};
  ConditionScope scope;
  scope.where = "an owner";
  return check_party(context, module.owner_site, scope, *module.owner).value_or(Party{});
}

std::string party_text(const Site& site, const ast::Party& written) {
  switch (written.kind) {
    case ast::Party::Kind::Role: {
      const std::string role = "role " + role_text(*written.role, site);
      return written.within_same ? fmt::format("{} within same {}", role, written.within_same->text) : role;
    }
    case ast::Party::Kind::Person: return fmt::format("\"{}\"", written.person->text);
    case ast::Party::Kind::Several: return fmt::format("{} of {}", written.count->value, party_text(site, written.inner.front()));
    case ast::Party::Kind::Path: {
      const std::string path = path_text(written.path);
      return written.inner.empty() ? path : fmt::format("{} otherwise {}", path, party_text(site, written.inner.front()));
    }
    case ast::Party::Kind::Group: {
      std::string text;
      for (const ast::ChainStep& step : written.group.front().steps) {
        if (!text.empty()) text += " then ";
        for (std::size_t i = 0; i < step.parties.size(); ++i) {
          if (i) text += step.join == ast::ChainStep::Join::And ? " and " : " or ";
          text += party_text(site, step.parties[i]);
        }
      }
      return fmt::format("({})", text);
    }
  }
  return "";
}

std::optional<ChainId> check_chain(Context& context, const Site& site, const ConditionScope& scope, const ast::Chain& written,
                                   const std::string& name) {
  const bool one_party = written.steps.size() == 1 && written.steps.front().parties.size() == 1 && !written.steps.front().due;
  if (one_party && written.steps.front().parties.front().kind == ast::Party::Kind::Path) {
    const auto names = segments(written.steps.front().parties.front().path);
    if (names.front().text != "principal" && written.steps.front().parties.front().inner.empty()) {
      const ast::Name whole{path_text(names), source::join(names.front().range, names.back().range)};
      const std::string due = context.limits->approval_due.ms ? "" : " due 3d";
      if (ChainChecker(context, site, scope, name).report_almost_party(whole, names, due)) return std::nullopt;
      const Symbol* symbol = resolve(context, site, whole, Kinds::of(SymbolKind::Approval), "an approval");
      if (!symbol || !check_approval(context, *symbol)) return std::nullopt;
      return symbol->chain();
    }
  }
  auto chain = ChainChecker(context, site, scope, name).chain(written);
  if (!chain) return std::nullopt;
  return context.program.chains.add(std::move(*chain));
}

void check_approvals(Context& context) {
  for (const SymbolId id : context.of_chain) check_approval(context, context.symbols[id]);
}

}  // namespace writ::check
