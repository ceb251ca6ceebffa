#include "compiler/say/say.h"

#include <fmt/format.h>

#include "compiler/say/statements.h"
#include "compiler/say/words.h"
#include "compiler/support/overloaded.h"

namespace writ::say {
namespace {

std::string heading(const std::string& name, const std::optional<ast::LevelAt>& level, const std::optional<ast::Text>& title) {
  std::string words = name;
  if (level) words += fmt::format(" ({})", level_word(level->level));
  if (title) words += " " + quoted(title->text);
  return words;
}

std::string role_heading(const ast::Role& s) {
  std::vector<std::string> params;
  for (const ast::Param& param : s.params) params.push_back(param.name.text);
  return params.empty() ? s.name.text : fmt::format("{}({})", s.name.text, fmt::join(params, ", "));
}

/// What stands before the colon; empty: the sentence stands alone.
std::string heading(const ast::Statement& statement) {
  return std::visit(support::Overloaded{
                        [](const ast::Role& s) { return role_heading(s); },
                        [](const ast::Control& s) { return heading(s.name.text, std::nullopt, s.title); },
                        [](const ast::Emergency& s) { return heading(s.name.text, std::nullopt, s.title); },
                        [](const ast::Test& s) { return quoted(s.name.text); },
                        [](const ast::ActionDecl&) { return std::string(); },
                        [](const ast::NativeMap& s) { return "map " + s.system.text; },
                        [](const ast::Adopt&) { return std::string(); },
                        [](const auto& s) -> std::string {
                          if constexpr (requires { s.head; }) return heading(s.head.name.text, s.head.level, s.head.title);
                          else if constexpr (requires { s.name.text; }) return s.name.text;
                          else return "";
                        }},
                    statement);
}

std::string body(Speaker& speak, const ast::Statement& statement) {
  return std::visit(support::Overloaded{[](const std::monostate&) { return std::string(); }, [&speak](const auto& s) { return say(speak, s); }}, statement);
}

bool is_example(const ast::Item& item) {
  return std::holds_alternative<ast::Test>(item.statement) || std::holds_alternative<ast::Given>(item.statement);
}

}  // namespace

std::string sentence(const Phrasebook& phrasebook, const ast::File& file, const ast::Item& item) {
  Speaker speak(phrasebook, file);
  const std::string said = body(speak, item.statement), before = heading(item.statement);
  return before.empty() ? said : fmt::format("{}: {}", before, said);
}

std::vector<Sentence> sentences(const std::vector<const ast::File*>& files, Scope scope) {
  const Phrasebook phrasebook(files);
  std::vector<Sentence> all;
  for (const ast::File* file : files) {
    for (const ast::Item& item : file->items) {
      if (std::holds_alternative<std::monostate>(item.statement) || (scope == Scope::Policy && is_example(item))) continue;
      const std::string local = ast::name_of(item).text;
      const std::string qualified = local.empty() || file->header.name.text.empty() ? local : file->header.name.text + "." + local;
      all.push_back({qualified, local, ast::words_of(item), sentence(phrasebook, *file, item), item.range});
    }
  }
  return all;
}

std::map<std::string, std::string> sentences_by_name(const std::vector<const ast::File*>& files) {
  std::map<std::string, std::string> by_name;
  for (Sentence& s : sentences(files, Scope::Policy)) {
    if (!s.name.empty()) by_name.emplace(std::move(s.name), std::move(s.text));
  }
  return by_name;
}

}  // namespace writ::say
