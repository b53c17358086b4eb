#include "host/base/child.h"

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <memory>

#include "host/base/error.h"

extern char** environ;

namespace isoloss {
namespace {

// Files and no pipes: nothing waits for who does not read or write.
struct Close {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, Close>;

File scratch_file() {
  File out(std::tmpfile());
  if (!out) throw OutputError("no temporary file can be made");
  return out;
}

File file_of(const std::string& bytes) {
  File out = scratch_file();
  const bool is_written = std::fwrite(bytes.data(), 1, bytes.size(), out.get()) == bytes.size();
  if (!is_written || std::fflush(out.get()) != 0) throw OutputError("the temporary folder is full");
  std::rewind(out.get());
  return out;
}

std::string bytes_of(std::FILE* file) {
  std::rewind(file);
  std::string out;
  std::array<char, 1 << 16> some;
  while (const std::size_t num = std::fread(some.data(), 1, some.size(), file))
    out.append(some.data(), num);
  return out;
}

int exit_code_of(pid_t child) {
  int status = 0;
  while (waitpid(child, &status, 0) < 0)
    if (errno != EINTR) return -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace

std::optional<ChildRun> run_child(const std::vector<std::string>& words, const std::string& input) {
  const File in = file_of(input), out = scratch_file(), error = scratch_file();
  std::vector<char*> arguments;
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, fileno(in.get()), STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, fileno(out.get()), STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, fileno(error.get()), STDERR_FILENO);
  pid_t child = 0;
  const int fault =
      posix_spawnp(&child, arguments[0], &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  constexpr int kNotExecuted = 127;  // as a shell has it, and a C library that finds out late
  if (fault != 0) return std::nullopt;
  const int exit_code = exit_code_of(child);
  if (exit_code == kNotExecuted) return std::nullopt;
  return ChildRun{exit_code, bytes_of(out.get()), bytes_of(error.get())};
}

}  // namespace isoloss
