#include "compiler/driver/files.h"

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace writ::driver {
namespace {

namespace fs = std::filesystem;

std::string reason(int number) {
  std::string text = std::strerror(number);
  if (!text.empty() && text[0] >= 'A' && text[0] <= 'Z') text[0] = static_cast<char>(text[0] - 'A' + 'a');
  return text;
}

int output_error = 0;

/// 0, or the error's number.
int write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t n = ::write(descriptor, text.data(), text.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return n < 0 ? errno : EIO;
    text.remove_prefix(static_cast<std::size_t>(n));
  }
  return 0;
}

/// A descriptor that is closed on every way out.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() { if (number_ >= 0) ::close(number_); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  bool open() const { return number_ >= 0; }
  int write(std::string_view text) const { return write_all(number_, text); }
  int mode(mode_t mode) const { return ::fchmod(number_, mode) == 0 ? 0 : errno; }
  /// Some file systems say only here that there was no space.
  int close() {
    const int closed = ::close(number_) == 0 ? 0 : errno;
    number_ = -1;
    return closed;
  }

 private:
  int number_;
};

std::string write_through(const fs::path& file, std::string_view text) {
  Descriptor out(::open(file.c_str(), O_WRONLY | O_CLOEXEC));
  if (!out.open()) return reason(errno);
  if (const int failed = out.write(text)) return reason(failed);
  const int failed = out.close();
  return failed != 0 ? reason(failed) : "";
}

int fill(Descriptor& out, std::string_view text, const struct stat* old) {
  if (const int failed = out.write(text)) return failed;
  if (old != nullptr && out.mode(old->st_mode & 07777) != 0) return errno;
  return out.close();
}

std::string write_beside(const fs::path& file, std::string_view text, const struct stat* old) {
  const fs::path part = file.string() + fmt::format(".{}.part", ::getpid());
  Descriptor out(::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0666));
  if (!out.open()) return reason(errno);
  int failed = fill(out, text, old);
  if (failed == 0 && std::rename(part.c_str(), file.c_str()) != 0) failed = errno;
  if (failed == 0) return "";
  ::unlink(part.c_str());
  return reason(failed);
}

}  // namespace

std::string write_file(const fs::path& file, std::string_view text) {
  struct stat old {};
  if (::stat(file.c_str(), &old) != 0) {
    if (errno != ENOENT) return reason(errno);
    std::error_code ignored;
    return fs::is_symlink(file, ignored) ? "it is a link that leads nowhere" : write_beside(file, text, nullptr);
  }
  if (S_ISDIR(old.st_mode)) return "it is a folder";
  if (!S_ISREG(old.st_mode)) return write_through(file, text);
  if (::access(file.c_str(), W_OK) != 0) return reason(errno);   // moving another over it would need no such right
  std::error_code error;
  const fs::path real = fs::canonical(file, error);
  return error ? reason(error.value()) : write_beside(real, text, &old);
}

void write_standard_output(std::string_view text) {
  if (output_error == 0) output_error = write_all(STDOUT_FILENO, text);
}

Told told_on_standard_output() {
  if (output_error == 0) return {};
  return {false, output_error == EPIPE ? "" : reason(output_error)};
}

Input read_standard_input(std::size_t limit) {
  Input input;
  char buffer[1 << 14];
  while (input.text.size() <= limit) {
    const ssize_t n = ::read(STDIN_FILENO, buffer, sizeof buffer);
    if (n == 0) break;
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return {"", reason(errno)};
    input.text.append(buffer, static_cast<std::size_t>(n));
  }
  return input;
}

void guard_standard_streams() {
  std::signal(SIGPIPE, SIG_IGN);
  for (const int number : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (::fcntl(number, F_GETFD) != -1 || errno != EBADF) continue;
    // The lowest free number is this one: those before it are open by now.
    [[maybe_unused]] const int opened = ::open("/dev/null", number == STDIN_FILENO ? O_WRONLY : O_RDONLY);
  }
}

}  // namespace writ::driver
