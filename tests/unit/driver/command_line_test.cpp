#include "compiler/driver/command_line.h"

#include <gmock/gmock.h>

#include "compiler/driver/commands.h"
#include "compiler/driver/completion.h"

namespace writ::driver {
namespace {

using testing::HasSubstr;

Options parsed(const std::vector<std::string>& words) {
  auto options = parse_command_line(words);
  EXPECT_TRUE(options) << (options ? "" : options.error().text);
  return options.value_or(Options{});
}
std::string refused(const std::vector<std::string>& words) {
  const auto options = parse_command_line(words);
  EXPECT_FALSE(options);
  if (options) return "";
  EXPECT_TRUE(options.error().usage_error);
  return options.error().text;
}

TEST(CommandLine, NothingAtAllAsksForTheState) {
  const Options o = parsed({});
  EXPECT_EQ(o.command, "");
  EXPECT_EQ(o.path, ".");
  EXPECT_TRUE(o.formats.empty());
}

TEST(CommandLine, OptionsStandBeforeOrAfterTheCommand) {
  for (const auto& words : std::vector<std::vector<std::string>>{{"--project", "p", "check", "x"}, {"check", "x", "--project", "p"}, {"check", "--project=p", "x"}}) {
    const Options o = parsed(words);
    EXPECT_EQ(o.command, "check");
    EXPECT_EQ(o.project, "p");
    EXPECT_EQ(o.path, "x");
  }
}

TEST(CommandLine, FormatsAreRepeatable) {
  const Options o = parsed({"prove", "--format", "text", "--format", "json=a=b.json", "--format", "sarif"});
  ASSERT_EQ(o.formats.size(), 3u);
  EXPECT_EQ(o.formats[0].kind, FormatKind::Text);
  EXPECT_EQ(o.formats[1].file, "a=b.json");
  EXPECT_EQ(o.formats[2].kind, FormatKind::Sarif);
  EXPECT_FALSE(o.formats[2].file);
}

TEST(CommandLine, AFormatTakesOneWordAndLeavesTheNextToTheCommand) {
  EXPECT_EQ(parsed({"check", "--format", "json", "policy"}).path, "policy");
  EXPECT_EQ(parsed({"check", "--format", "sarif=x.sarif", "--format", "text", "policy"}).path, "policy");
  EXPECT_EQ(parsed({"--format", "json", "check", "policy"}).path, "policy");
  EXPECT_EQ(parsed({"prove", "--format", "json", "firm", "role-sod"}).names, (std::vector<std::string>{"firm", "role-sod"}));
}

TEST(CommandLine, ABudgetIsANumberFromOne) {
  EXPECT_EQ(parsed({"prove", "--budget", "17"}).budget, 17U);
  for (const char* text : {"-1", "0", "x", ""}) EXPECT_THAT(refused({"prove", std::string("--budget=") + text}), HasSubstr("--budget"));
}

TEST(CommandLine, SarifIsForCommandsThatFindThings) {
  for (const char* command : {"check", "prove", "test", "build", "fmt"}) parsed({command, "--format", "sarif=x"});
  EXPECT_THAT(refused({"eval", "r.json", "--format", "sarif"}), HasSubstr("`writ eval` answers with no findings"));
  for (const auto& words : std::vector<std::vector<std::string>>{{"say"}, {"facts", "a"}, {"explain", "WRIT2002"}, {"bundle", "inspect", "f"}, {"completion", "bash"}, {"new", "d"}, {}}) {
    std::vector<std::string> all = words;
    all.insert(all.end(), {"--format", "sarif=x"});
    EXPECT_THAT(refused(all), HasSubstr("SARIF"));
  }
}

TEST(CommandLine, EveryCommandCanBeAskedAndRun) {
  for (const CommandWords& words : command_words()) {
    if (words.name == "bundle") continue;
    EXPECT_NE(find_command(words.name), nullptr) << words.name;
    EXPECT_FALSE(!words.name.empty() && words.says.empty()) << words.name;
  }
  EXPECT_NE(find_command("bundle inspect"), nullptr);
  EXPECT_EQ(find_command("bundle"), nullptr);
}

TEST(CommandLine, HelpOfEveryCommandSaysWhatItIsFor) {
  for (const CommandWords& words : command_words()) {
    std::vector<std::string> asked = {"--help"};
    if (!words.name.empty()) asked.insert(asked.begin(), words.name);
    const auto help = parse_command_line(asked);
    ASSERT_FALSE(help);
    EXPECT_FALSE(help.error().usage_error);
    EXPECT_THAT(help.error().text, HasSubstr(words.says)) << words.name;
    for (const CommandWords::Flag& flag : words.flags) {
      EXPECT_THAT(help.error().text, HasSubstr(flag.name)) << words.name;
      EXPECT_FALSE(flag.says.empty()) << words.name << " " << flag.name;
    }
  }
}

TEST(CommandLine, WhatIsWrongIsSaidInItsOwnWords) {
  EXPECT_THAT(refused({"chek"}), AllOf(HasSubstr("writ has no command `chek`"), HasSubstr("did you mean `writ check`?")));
  EXPECT_THAT(refused({"check", "--format", "yaml"}), HasSubstr("`yaml` is no format"));
  EXPECT_THAT(refused({"check", "--format", "json="}), HasSubstr("names no file"));
  EXPECT_THAT(refused({"eval"}), HasSubstr("usage: `writ eval --help` says more"));
  EXPECT_THAT(refused({"check", "--nosuch"}), HasSubstr("--nosuch"));
  for (const auto& words : std::vector<std::vector<std::string>>{{"build", "--emit", "nosuch"}, {"prove", "--threads", "0"}, {"prove", "--budget", "x"}, {"check", "--color", "pink"},
                                                                 {"completion", "tcsh"}, {"eval", "r", "--fail-on", "permit"}, {"check", "a", "b"}, {"bundle"},
                                                                 {"check", "--accept-through", "2026-01-01"}}) {
    EXPECT_NE(refused(words), "");
  }
}

TEST(CommandLine, TheLibraryNeverSpeaksToTheReader) {
  EXPECT_THAT(refused({"check", "--formt", "json"}), AllOf(HasSubstr("`writ check` has no option `--formt`"), HasSubstr("did you mean `--format`?")));
  EXPECT_THAT(refused({"eval", "r", "--fail-on", "permit"}), HasSubstr("`--fail-on`: `permit` is none of its values: deny"));
  EXPECT_THAT(refused({"check", "--color", "sometimes"}), HasSubstr("`--color`: `sometimes` is none of its values: auto, always or never"));
  EXPECT_THAT(refused({"build", "--emit", "kernl"}), HasSubstr("help: did you mean `kernel`?"));
  EXPECT_THAT(refused({"bundle"}), HasSubstr("`writ bundle` needs to be told what: inspect"));
  EXPECT_THAT(refused({"eval"}), HasSubstr("`writ eval` needs REQUEST.json|-"));
  EXPECT_THAT(refused({"check", "a", "b"}), HasSubstr("`writ check` takes fewer words than `check a b`"));
  EXPECT_THAT(refused({"check", "--project"}), HasSubstr("`--project` needs a value"));
  EXPECT_THAT(refused({"check", "--accept-through", "2026-01-01"}), HasSubstr("`--accept-through` needs `--because`"));
}

TEST(CommandLine, HelpIsAWordToo) {
  const auto help_of = [](const std::vector<std::string>& words) {
    const auto help = parse_command_line(words);
    EXPECT_FALSE(help);
    return help ? std::string() : help.error().text;
  };
  EXPECT_EQ(help_of({"help"}), help_of({"--help"}));
  EXPECT_EQ(help_of({"help", "check"}), help_of({"check", "--help"}));
  EXPECT_EQ(help_of({"-V"}), help_of({"--version"}));
}

TEST(Completion, NamesNoFlagTwice) {
  const std::string script = completion_script("bash");
  const std::size_t check = script.find("    check) flags=\"");
  ASSERT_NE(check, std::string::npos);
  const std::string flags = script.substr(check, script.find(";;", check) - check);
  EXPECT_EQ(flags.find("--help"), flags.rfind("--help"));
  EXPECT_EQ(flags.find("--version"), std::string::npos);
}

TEST(Completion, KnowsEveryCommandAndFlag) {
  for (const char* shell : {"bash", "zsh", "fish"}) {
    const std::string script = completion_script(shell);
    for (const CommandWords& words : command_words()) {
      EXPECT_THAT(script, HasSubstr(words.name)) << shell;
      for (const CommandWords::Flag& flag : words.flags) EXPECT_THAT(script, HasSubstr(flag.name.substr(2))) << shell;
    }
  }
}

}  // namespace
}  // namespace writ::driver
