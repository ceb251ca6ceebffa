// What the command line said, as data. Filled by command_line.cpp and read by the commands; nothing else looks at argv.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace writ::driver {

enum class FormatKind : std::uint8_t { Text, Json, Sarif };
struct Format {
  FormatKind kind = FormatKind::Text;
  std::optional<std::string> file;         ///< none: standard output
};
enum class ColourChoice : std::uint8_t { Auto, Always, Never };
enum class FailOn : std::uint8_t { Nothing, Deny };   ///< Deny: exit 1 unless permit

struct Options {
  std::string command;                     ///< "check", "bundle inspect"; empty: the state of the project
  std::vector<Format> formats;             ///< none: text on standard output
  ColourChoice colour = ColourChoice::Auto;
  std::optional<std::string> project;
  std::string path = ".";                  ///< check, prove, test, build, fmt: folder or file
  std::vector<std::string> names;          ///< say: statements; prove: obligations or statements (a path first, if it is one); fmt: files
  bool all = false;                        ///< say --all
  std::optional<std::string> accept_through;   ///< check, prove: accept what is found, through this day
  std::string because;                     ///< why
  bool verify = false;                     ///< check --verify: compare with the `// expected-…` comments
  std::optional<std::string> emit;         ///< build --emit=STEP
  bool steps = false;                      ///< build --steps
  bool unproved = false;                   ///< build --unproved
  std::optional<std::uint32_t> threads;    ///< prove, build
  std::optional<std::uint64_t> budget;
  std::string request;                     ///< eval: file or "-"
  bool explain = false;                    ///< eval --explain
  std::optional<std::string> bundle;       ///< eval --bundle, bundle inspect
  FailOn fail_on = FailOn::Nothing;
  std::string action;                      ///< facts
  std::string code;                        ///< explain
  bool fmt_check = false;                  ///< fmt --check
  std::string folder;                      ///< new
  std::string shell;                       ///< completion
  bool in_order = false;                   ///< lsp --in-order
};

}  // namespace writ::driver
