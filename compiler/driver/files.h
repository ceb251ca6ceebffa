// How the command writes: a file whole or not at all, and standard output with what went wrong. Errors are reasons in words ("no space left on device"),
// "" is success; who called says of which file.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace writ::driver {

/// Written beside the file and moved over it, so that a reader finds the old content or the new one, never half of it. A link stays a link, the file that
/// it leads to changes and keeps its permissions. What is no regular file (/dev/null, a pipe) is written to as it is. Makes no folders.
std::string write_file(const std::filesystem::path& file, std::string_view text);

/// Standard output, at once and past the library's own buffer, which forgets why a write failed. After a failure nothing more is written.
void write_standard_output(std::string_view text);
struct Told {
  bool whole = true;
  std::string why;                         ///< "" if the reader is gone: who reads no further (`| head`) wants no message
};
/// Whether all of it went out so far.
Told told_on_standard_output();

/// All of standard input, or one byte more than `limit`.
struct Input {
  std::string text;
  std::string error;
};
Input read_standard_input(std::size_t limit);

/// A closed standard stream is opened in the wrong direction, so that no file of ours takes its place and using it fails; a reader that is gone is met as
/// an error of writing. Called once, before any file is opened.
void guard_standard_streams();

}  // namespace writ::driver
