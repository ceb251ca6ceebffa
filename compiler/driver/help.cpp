#include "compiler/driver/help.h"

#include <map>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace writ::driver {
namespace {

using Rows = std::vector<std::pair<std::string, std::string>>;

/// What people type, and what for.
const std::map<std::string, Rows>& examples() {
  static const std::map<std::string, Rows> all = {
      {"",
       {{"writ new firm && cd firm", "start"},
        {"writ check", "is the policy well formed"},
        {"writ prove", "does it hold, for everyone"},
        {"writ eval requests/deny.json --explain", "may they, and why"}}},
      {"check", {{"writ check", "the project here"}, {"writ check --format sarif=findings.sarif", "for a code scanner"}}},
      {"prove",
       {{"writ prove", "everything"},
        {"writ prove role-sod", "one kind of obligation, each with its verdict"},
        {"writ prove P09", "what is asked of one statement"},
        {"writ prove --accept-through 2027-03-31 --because \"GRC-17\"", "start with what is found today"}}},
      {"test", {{"writ test", "all tests of the project here"}}},
      {"say", {{"writ say P09", "one statement"}, {"writ say > policy.txt", "the policy in sentences"}}},
      {"fmt", {{"writ fmt", "lay out the project here"}, {"writ fmt --check", "in CI: exit 1 if something would change"}}},
      {"build", {{"writ build", "writes build/NAME.writb"}, {"writ build --emit kernel", "print what the policy means"}, {"writ build --steps", "what can be printed"}}},
      {"bundle inspect", {{"writ bundle inspect build/firm.writb", ""}}},
      {"eval",
       {{"writ eval request.json --explain", "by the policy around the request"},
        {"writ eval request.json --bundle build/firm.writb", "by what was built"},
        {"writ eval - --fail-on deny < request.json", "in a script: exit 1 unless permit"}}},
      {"facts", {{"writ facts inv.pay", "with a request to fill in"}}},
      {"explain", {{"writ explain WRIT2002", ""}, {"writ explain not_supported_yet", "by name"}}},
      {"new", {{"writ new firm", ""}}},
      {"completion", {{"writ completion bash > ~/.local/share/bash-completion/completions/writ", ""}}},
  };
  return all;
}

std::string table(const Rows& rows) {
  std::size_t wide = 0;
  for (const auto& [left, right] : rows) if (left.size() <= 34) wide = std::max(wide, left.size());
  std::string out;
  for (const auto& [left, right] : rows) {
    if (left.size() > wide && !right.empty()) out += fmt::format("  {}\n  {:{}}  {}\n", left, "", wide, right);
    else out += right.empty() ? fmt::format("  {}\n", left) : fmt::format("  {:{}}  {}\n", left, wide, right);
  }
  return out;
}

std::string titled(const char* title, const Rows& rows) { return rows.empty() ? "" : fmt::format("\n{}\n{}", title, table(rows)); }

Rows options_of(const CLI::App& app) {
  Rows rows;
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_positional() || option->get_lnames().empty()) continue;
    const std::string name = option->get_lnames().front(), type = option->get_type_name();
    const std::string head = name == "help" ? "-h, --help" : fmt::format("--{}{}", name, option->get_type_size() == 0 || type.empty() ? "" : " " + type.substr(0, type.find(':')));
    rows.emplace_back(head, name == "help" ? "this" : name == "version" ? "the version" : option->get_description());
  }
  return rows;
}

Rows positionals_of(const CLI::App& app) {
  Rows rows;
  for (const CLI::Option* option : app.get_options()) if (option->get_positional()) rows.emplace_back(option->get_type_name(), option->get_description());
  return rows;
}

Rows commands_of(const CLI::App& app) {
  Rows rows;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) rows.emplace_back(command->get_name(), command->get_description());
  return rows;
}

std::string usage(const CLI::App& app, const std::string& command) {
  std::string words = command.empty() ? "writ" : "writ " + command;
  for (const CLI::Option* option : app.get_options()) {
    if (!option->get_positional()) continue;
    const std::string many = option->get_expected_max() > 1 ? "…" : "";
    words += option->get_required() ? fmt::format(" {}{}", option->get_type_name(), many) : fmt::format(" [{}{}]", option->get_type_name(), many);
  }
  if (!commands_of(app).empty()) words += command.empty() ? " [COMMAND]" : " COMMAND";
  return words + " [OPTIONS]";
}

}  // namespace

std::string help_text(const CLI::App& root, const CLI::App& app, const std::string& command) {
  std::string out = fmt::format("{}\n\nusage: {}\n", app.get_description(), usage(app, command));
  out += titled("commands", commands_of(app));
  const Rows positionals = positionals_of(app);
  if (!positionals.empty()) out += "\n" + table(positionals);
  out += titled("options", options_of(app));
  if (&root != &app) {
    Rows shared = options_of(root);
    std::erase_if(shared, [](const auto& row) { return row.first == "-h, --help" || row.first == "--version"; });
    out += titled("options of every command", shared);
  }
  if (const auto found = examples().find(command); found != examples().end()) out += titled("examples", found->second);
  if (command.empty()) out += "\n`writ COMMAND --help` says more of a command, docs/command_line.md of the project file and the exit codes\n";
  return out;
}

}  // namespace writ::driver
