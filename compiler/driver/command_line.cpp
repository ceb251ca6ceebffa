#include "compiler/driver/command_line.h"

#include <algorithm>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "compiler/driver/help.h"
#include "compiler/support/nearest.h"

namespace writ::driver {
namespace {

constexpr const char* kVersion = "0.1.0";

std::string read_format(const std::string& text, std::vector<Format>& formats) {
  const std::size_t equals = text.find('=');
  const std::string word = text.substr(0, equals);
  Format format;
  if (word == "text") format.kind = FormatKind::Text;
  else if (word == "json") format.kind = FormatKind::Json;
  else if (word == "sarif") format.kind = FormatKind::Sarif;
  else return fmt::format("`{}` is no format: text, json or sarif, each perhaps with =FILE", word);
  if (equals != std::string::npos) format.file = text.substr(equals + 1);
  if (format.file && format.file->empty()) return fmt::format("`--format {}` names no file", text);
  formats.push_back(format);
  return "";
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) text += (i == 0 ? "" : i + 1 == words.size() ? " or " : ", ") + words[i];
  return text;
}

/// CLI11 would say so in words of its own.
CLI::Validator one_of(std::vector<std::string> words) {
  return CLI::Validator([words = std::move(words)](std::string& given) {
    if (std::find(words.begin(), words.end(), given) != words.end()) return std::string();
    std::string text = fmt::format("`{}` is none of its values: {}", given, joined(words));
    if (const auto nearest = support::nearest_name(given, words)) text += fmt::format("\nhelp: did you mean `{}`?", *nearest);
    return text;
  }, "");
}

/// Each word stands for its place in the list.
CLI::Validator choice_of(std::vector<std::pair<std::string, int>> choices) {
  std::vector<std::string> words;
  for (const auto& [word, value] : choices) words.push_back(word);
  return CLI::Validator([choices = std::move(choices), known = one_of(std::move(words))](std::string& given) {
    std::string wrong = known(given);
    for (const auto& [word, value] : choices) {
      if (word != given) continue;
      given = std::to_string(value);
      break;
    }
    return wrong;
  }, "");
}
template <class Choice>
std::pair<std::string, int> choice(std::string word, Choice value) { return {std::move(word), static_cast<int>(value)}; }

/// What reads numbers takes "-1" for a very large one.
CLI::Validator digits() {
  return CLI::Validator([](std::string& text) {
    const bool good = !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }) && text != "0";
    return good ? std::string() : fmt::format("`{}` is no number from 1", text);
  }, "");
}

void declare_shared(CLI::App& app, Options& o) {
  app.add_option("--project", o.project, "the project's folder, instead of the nearest writ.toml above")->type_name("DIR");
  app.add_option_function<std::vector<std::string>>(
         "--format",
         [&o](const std::vector<std::string>& all) {
           for (const std::string& text : all) {
             if (const std::string wrong = read_format(text, o.formats); !wrong.empty()) throw CLI::ValidationError("--format", wrong);
           }
         },
         "text, json or sarif; FORMAT=FILE writes a file; may be repeated")
      ->type_name("FORMAT[=FILE]")->expected(1)->allow_extra_args(false)->take_all();
  app.add_option("--color", o.colour, "auto, always or never")->transform(choice_of({choice("auto", ColourChoice::Auto), choice("always", ColourChoice::Always), choice("never", ColourChoice::Never)}))->type_name("WHEN");
}

void declare_prover(CLI::App& command, Options& o) {
  command.add_option("--threads", o.threads, "how many obligations are proved at a time")->check(CLI::Range(1, 256))->type_name("N");
  command.add_option("--budget", o.budget, "solver units for one query")->check(digits())->type_name("N");
}

void declare_accepting(CLI::App& command, Options& o) {
  auto* because = command.add_option("--because", o.because, "the reason, for the baseline")->type_name("TEXT");
  command.add_option("--accept-through", o.accept_through, "write what is found into the baseline, accepted through this day")->needs(because)->type_name("DATE");
}

void declare_reading(CLI::App& app, Options& o) {
  auto* check = app.add_subcommand("check", "reads the policy and says what is wrong with it");
  check->add_option("path", o.path, "folder or file; default: here")->type_name("PATH");
  check->add_flag("--verify", o.verify, "compare with the `// expected-error {{…}} [WRITnnnn]` comments");
  auto* prove = app.add_subcommand("prove", "proves what must hold over everyone and every request");
  prove->add_option("names", o.names, "a folder or file first, if wanted; obligations (role-sod), statements; default: all")->type_name("PATH|NAME");
  prove->add_flag("--verify", o.verify, "compare with the `// expected-error {{…}} [WRITnnnn]` comments");
  declare_accepting(*check, o);
  declare_prover(*prove, o);
  declare_accepting(*prove, o);
  auto* test = app.add_subcommand("test", "runs the policy's tests");
  test->add_option("path", o.path, "folder or file; default: here")->type_name("PATH");
  test->add_flag("--verify", o.verify, "compare with the `// expected-error {{…}} [WRITnnnn]` comments");
  auto* say = app.add_subcommand("say", "says statements in one English sentence each");
  say->add_option("names", o.names, "a folder or file first, if wanted; statements; default: all rules and roles")->type_name("PATH|NAME");
  say->add_flag("--all", o.all, "every statement, vocabulary included");
  auto* fmt = app.add_subcommand("fmt", "lays policy files out in the one canonical way");
  fmt->add_option("path", o.names, "folders or files; default: here")->type_name("PATH");
  fmt->add_flag("--check", o.fmt_check, "change nothing, name the files that would change");
}

void declare_building(CLI::App& app, Options& o) {
  auto* build = app.add_subcommand("build", "check, prove, lower, confirm, emit: writes the bundle");
  build->add_option("path", o.path, "folder or file; default: here")->type_name("PATH");
  build->add_option("--emit", o.emit, "print one step and write nothing")->check(one_of(emit_steps()))->type_name("STEP");
  build->add_flag("--steps", o.steps, "print the steps of the pipeline");
  build->add_flag("--unproved", o.unproved, "write the bundle although a required obligation is not proved");
  declare_prover(*build, o);
  auto* bundle = app.add_subcommand("bundle", "looks into bundles");
  bundle->require_subcommand(1);
  auto* inspect = bundle->add_subcommand("inspect", "verifies a bundle and shows what it holds");
  inspect->add_option("file", o.bundle, "the bundle")->required()->type_name("FILE.writb");
}

void declare_asking(CLI::App& app, Options& o) {
  auto* eval = app.add_subcommand("eval", "decides a request");
  eval->add_option("request", o.request, "a request in JSON, or - for standard input")->required()->type_name("REQUEST.json|-");
  eval->add_flag("--explain", o.explain, "say at length why");
  eval->add_option("--bundle", o.bundle, "ask a bundle instead of the sources")->type_name("FILE.writb");
  eval->add_option("--fail-on", o.fail_on, "deny: exit 1 unless the answer is permit")->transform(choice_of({choice("deny", FailOn::Deny)}))->type_name("deny");
  auto* facts = app.add_subcommand("facts", "what a caller must send for a definite answer");
  facts->add_option("action", o.action, "an action of the policy")->required()->type_name("ACTION");
  auto* explain = app.add_subcommand("explain", "explains a diagnostic, with an example");
  explain->add_option("code", o.code, "WRITnnnn or its name")->required()->type_name("WRITnnnn");
}

void declare_tools(CLI::App& app, Options& o) {
  auto* fresh = app.add_subcommand("new", "starts a project: vocabulary, roles, rules, tests, requests, CI");
  fresh->add_option("dir", o.folder, "an empty or new folder")->required()->type_name("DIR");
  auto* completion = app.add_subcommand("completion", "prints a completion script");
  completion->add_option("shell", o.shell, "bash, zsh or fish")->required()->check(one_of({"bash", "zsh", "fish"}))->type_name("SHELL");
  auto* lsp = app.add_subcommand("lsp", "serves an editor on standard input and output");
  lsp->add_flag("--in-order", o.in_order, "no threads: each message is worked off, proofs included, before the next is read");
}

void declare(CLI::App& app, Options& o) {
  app.description("Writ: who may do what across many applications, until when, and why.\nAlone it shows the state of the project and the next step.");
  app.set_version_flag("-V,--version", fmt::format("writ {}", kVersion));
  app.fallthrough();
  app.require_subcommand(0, 1);
  declare_shared(app, o);
  declare_reading(app, o);
  declare_building(app, o);
  declare_asking(app, o);
  declare_tools(app, o);
}

std::vector<std::string> command_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) names.push_back(command->get_name());
  return names;
}

std::vector<std::string> option_names(const CLI::App& app, const CLI::App& command) {
  std::vector<std::string> names;
  for (const CLI::App* one : {&app, &command}) {
    for (const CLI::Option* option : one->get_options())
      for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  return names;
}

std::string called(const CLI::App& app, const CLI::App& command) { return &app == &command ? "writ" : "writ " + command.get_name(); }

/// What was given and is not expected: an option that there is not, or one word too many.
std::string unexpected_text(const CLI::App& app, const CLI::App& command, const std::vector<std::string>& arguments) {
  const std::vector<std::string> known = option_names(app, command);
  for (const std::string& argument : arguments) {
    const std::string name = argument.substr(0, argument.find('='));
    if (name.size() < 2 || name[0] != '-' || name == "-h" || name == "-V" || std::find(known.begin(), known.end(), name) != known.end()) continue;
    std::string text = fmt::format("`{}` has no option `{}`", called(app, command), name);
    if (const auto nearest = support::nearest_name(name, known)) text += fmt::format("\nhelp: did you mean `{}`?", *nearest);
    return text;
  }
  return fmt::format("`{}` takes fewer words than `{}`", called(app, command), fmt::join(arguments, " "));
}

/// CLI11's own words never reach the reader.
std::string error_text(const CLI::App& app, const CLI::App& command, const std::vector<std::string>& arguments, const CLI::ParseError& error) {
  const std::string said = error.what();
  const std::string head = said.substr(0, said.find_first_of(": "));
  const std::string rest = said.find(": ") == std::string::npos ? said : said.substr(said.find(": ") + 2);
  if (dynamic_cast<const CLI::ExtrasError*>(&error)) return unexpected_text(app, command, arguments);
  if (dynamic_cast<const CLI::ValidationError*>(&error)) return rest.starts_with("`") ? fmt::format("`{}`: {}", head, rest) : said;
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) && head.starts_with("--")) return fmt::format("`{}` needs a value", head);
  if (dynamic_cast<const CLI::ConversionError*>(&error)) return fmt::format("a number is expected: {}", rest);
  if (dynamic_cast<const CLI::RequiresError*>(&error)) return fmt::format("`{}` needs `{}`", head, said.substr(said.rfind(' ') + 1));
  if (!dynamic_cast<const CLI::RequiredError*>(&error)) return said;
  const auto inner = command.get_subcommands([](const CLI::App*) { return true; });
  if (!inner.empty()) return fmt::format("`{}` needs to be told what: {}", called(app, command), joined(command_names(command)));
  const std::string name = said.substr(0, said.find(" is required"));
  const CLI::Option* option = command.get_option_no_throw(name);
  return fmt::format("`{}` needs {}", called(app, command), option != nullptr ? option->get_type_name() : name);
}

std::string usage_text(const CLI::App& app, const std::vector<std::string>& arguments, const CLI::ParseError& error) {
  const CLI::App& asked = app.get_subcommands().empty() ? app : *app.get_subcommands().front();
  std::string text = fmt::format("error: {}\n", error_text(app, asked, arguments, error));
  const auto first = std::find_if(arguments.begin(), arguments.end(), [](const std::string& a) { return !a.starts_with('-'); });
  if (app.get_subcommands().empty() && first != arguments.end()) {
    text = fmt::format("error: writ has no command `{}`\n", *first);
    if (const auto nearest = support::nearest_name(*first, command_names(app))) text += fmt::format("help: did you mean `writ {}`?\n", *nearest);
  }
  const CLI::App* command = app.get_subcommands().empty() ? &app : app.get_subcommands().front();
  return text + fmt::format("usage: `writ {}{}--help` says more\n", command == &app ? "" : command->get_name(), command == &app ? "" : " ");
}

std::string chosen_command(const CLI::App& app) {
  std::string name;
  for (const CLI::App* at = &app; !at->get_subcommands().empty();) {
    at = at->get_subcommands().front();
    name += (name.empty() ? "" : " ") + at->get_name();
  }
  return name;
}

CommandWords words_of(const CLI::App& command, std::string name) {
  CommandWords words{std::move(name), command.get_description(), {}};
  for (const CLI::Option* option : command.get_options()) {
    if (option->get_lnames().empty() || option->get_positional()) continue;
    CommandWords::Flag flag{"--" + option->get_lnames().front(), option->get_description(), {}};
    if (flag.name == "--emit") flag.values = emit_steps();
    if (flag.name == "--color") flag.values = {"auto", "always", "never"};
    if (flag.name == "--format") flag.values = {"text", "json", "sarif"};
    if (flag.name == "--fail-on") flag.values = {"deny"};
    words.flags.push_back(std::move(flag));
  }
  return words;
}

}  // namespace

std::string version() { return kVersion; }

const std::vector<std::string>& emit_steps() {
  static const std::vector<std::string> steps = {"tokens", "cst", "ast", "typed-ir", "kernel", "obligations", "smt2", "decision-ir", "bundle-text"};
  return steps;
}

namespace {

/// SARIF carries findings; a command that answers something else has none, and an empty log would say that all is well.
bool has_findings(const std::string& command) {
  static const std::vector<std::string> all = {"check", "prove", "test", "build", "fmt"};
  return std::find(all.begin(), all.end(), command) != all.end();
}

}  // namespace

tl::expected<Options, NotRun> parse_command_line(const std::vector<std::string>& arguments) {
  Options options;
  CLI::App app("", "writ");
  declare(app, options);
  try {
    std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
    if (!arguments.empty() && arguments.front() == "help") {   // `writ help check` is `writ check --help`
      reversed.pop_back();
      reversed.insert(reversed.begin(), "--help");
    }
    app.parse(reversed);
  } catch (const CLI::CallForHelp&) {
    const CLI::App* at = &app;
    while (!at->get_subcommands().empty()) at = at->get_subcommands().front();
    return tl::make_unexpected(NotRun{help_text(app, *at, chosen_command(app)), false});
  } catch (const CLI::CallForVersion& call) {
    return tl::make_unexpected(NotRun{std::string(call.what()) + "\n", false});
  } catch (const CLI::ParseError& error) {
    return tl::make_unexpected(NotRun{usage_text(app, arguments, error), true});
  }
  options.command = chosen_command(app);
  const bool sarif = std::any_of(options.formats.begin(), options.formats.end(), [](const Format& f) { return f.kind == FormatKind::Sarif; });
  if (sarif && !has_findings(options.command)) {
    const std::string called = options.command.empty() ? "writ" : "writ " + options.command;
    return tl::make_unexpected(NotRun{fmt::format("error: `{}` answers with no findings, which are all that SARIF carries; text or json\n", called), true});
  }
  return options;
}

std::vector<CommandWords> command_words() {
  Options options;
  CLI::App app("", "writ");
  declare(app, options);
  std::vector<CommandWords> all = {words_of(app, "")};
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) all.push_back(words_of(*command, command->get_name()));
  return all;
}

}  // namespace writ::driver
