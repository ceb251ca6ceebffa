#include "compiler/driver/completion.h"

#include <algorithm>

#include <fmt/format.h>

#include "compiler/driver/command_line.h"

namespace writ::driver {
namespace {

std::string names(const std::vector<CommandWords>& all) {
  std::vector<std::string> names;
  for (const CommandWords& command : all) if (!command.name.empty()) names.push_back(command.name);
  return fmt::format("{}", fmt::join(names, " "));
}

std::string flags(const CommandWords& command) {
  std::vector<std::string> names;
  for (const auto& flag : command.flags) names.push_back(flag.name);
  return fmt::format("{}", fmt::join(names, " "));
}

/// Those of the command and those of every command, each once; the version is asked of no command.
std::string flags(const CommandWords& command, const CommandWords& shared) {
  std::vector<std::string> names;
  for (const auto* words : {&command, &shared}) {
    for (const auto& flag : words->flags) {
      if (flag.name != "--version" && std::find(names.begin(), names.end(), flag.name) == names.end()) names.push_back(flag.name);
    }
  }
  return fmt::format("{}", fmt::join(names, " "));
}

/// In single quotes, for a shell.
std::string shell_quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

std::string value_cases(const std::vector<CommandWords>& all, std::string_view reply) {
  std::string cases;
  std::vector<std::string> seen;
  for (const CommandWords& command : all) {
    for (const auto& flag : command.flags) {
      if (flag.values.empty() || std::find(seen.begin(), seen.end(), flag.name) != seen.end()) continue;
      seen.push_back(flag.name);
      cases += fmt::format("    {}) {} ;;\n", flag.name, fmt::format(fmt::runtime(reply), fmt::join(flag.values, " ")));
    }
  }
  return cases;
}

std::string bash(const std::vector<CommandWords>& all) {
  std::string cases;
  for (const CommandWords& command : all) {
    if (!command.name.empty()) cases += fmt::format("    {}) flags=\"{}\" ;;\n", command.name, flags(command, all.front()));
  }
  return fmt::format(R"(# bash completion for writ: source <(writ completion bash)
_writ() {{
  local word="${{COMP_WORDS[COMP_CWORD]}}" previous="${{COMP_WORDS[COMP_CWORD-1]}}" command="" flags="" i
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "${{COMP_WORDS[i]}}" in -*) ;; *) command="${{COMP_WORDS[i]}}"; break ;; esac
  done
  case "$previous" in
{}  esac
  case "$command" in
    "") COMPREPLY=($(compgen -W "{} {}" -- "$word")); return ;;
    bundle) [ "$previous" = bundle ] && {{ COMPREPLY=($(compgen -W "inspect" -- "$word")); return; }} ;;
    completion) COMPREPLY=($(compgen -W "bash zsh fish" -- "$word")); return ;;
  esac
  case "$command" in
{}  esac
  case "$word" in
    -*) COMPREPLY=($(compgen -W "$flags" -- "$word")) ;;
    *) COMPREPLY=($(compgen -f -- "$word")) ;;
  esac
}}
complete -o filenames -F _writ writ
)",
                     value_cases(all, "COMPREPLY=($(compgen -W \"{}\" -- \"$word\")); return"), names(all), flags(all.front()), cases);
}

std::string zsh(const std::vector<CommandWords>& all) {
  std::string commands, cases;
  for (const CommandWords& command : all) {
    if (command.name.empty()) continue;
    commands += fmt::format("    {}\n", shell_quoted(command.name + ":" + command.says));
    cases += fmt::format("    {}) flags=({}) ;;\n", command.name, flags(command, all.front()));
  }
  return fmt::format(R"(#compdef writ
# zsh completion for writ: writ completion zsh > "${{fpath[1]}}/_writ"
_writ() {{
  local -a commands flags
  commands=(
{}  )
  local command="${{words[2]}}" previous="${{words[CURRENT-1]}}"
  case "$previous" in
{}  esac
  if (( CURRENT == 2 )); then
    _describe command commands
    compadd -- {}
    return
  fi
  case "$command" in
    completion) compadd -- bash zsh fish; return ;;
    bundle) (( CURRENT == 3 )) && {{ compadd -- inspect; return }} ;;
  esac
  case "$command" in
{}  esac
  if [[ "$PREFIX" == -* ]]; then compadd -- $flags; else _files; fi
}}
_writ "$@"
)",
                     commands, value_cases(all, "compadd -- {}; return"), flags(all.front()), cases);
}

std::string fish_flag(const std::string& condition, const CommandWords::Flag& flag) {
  std::string line = fmt::format("complete -c writ{} -l {} -d {}", condition, flag.name.substr(2), shell_quoted(flag.says));
  if (!flag.values.empty()) line += fmt::format(" -x -a {}", shell_quoted(fmt::format("{}", fmt::join(flag.values, " "))));
  return line + "\n";
}

std::string fish(const std::vector<CommandWords>& all) {
  std::string script = "# fish completion for writ: writ completion fish | source\n";
  for (const CommandWords& command : all) {
    const std::string condition = command.name.empty() ? "" : fmt::format(" -n '__fish_seen_subcommand_from {}'", command.name);
    if (!command.name.empty()) {
      script += fmt::format("complete -c writ -n __fish_use_subcommand -f -a {} -d {}\n", command.name, shell_quoted(command.says));
    }
    for (const auto& flag : command.flags) script += fish_flag(condition, flag);
  }
  return script + "complete -c writ -n '__fish_seen_subcommand_from completion' -f -a 'bash zsh fish'\n"
                  "complete -c writ -n '__fish_seen_subcommand_from bundle' -a inspect\n";
}

}  // namespace

std::string completion_script(std::string_view shell) {
  const std::vector<CommandWords> all = command_words();
  if (shell == "bash") return bash(all);
  return shell == "zsh" ? zsh(all) : fish(all);
}

}  // namespace writ::driver
