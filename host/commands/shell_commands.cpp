// What other programs of a shell read: completion and the manual.

#include "host/commands/commands.h"
#include "host/commands/common_flags.h"
#include "host/commands/completion.h"
#include "host/commands/man_page.h"

namespace isoloss {
namespace {

struct ShellFlags {
  std::string shell;
  const CommandLine* line = nullptr;

  void add(CommandLine& to);
};

void ShellFlags::add(CommandLine& to) {
  line = &to;
  one_of(to.app().add_option("shell", shell, "The shell that reads it")->required(),
         {"bash", "zsh", "fish"});
}

Outcome answer_completion(const ShellFlags& flags, Documents& out) {
  const CLI::App& app = *flags.line->app().get_parent();
  out.text([&] {
    if (flags.shell == "bash") return bash_completion(app);
    return flags.shell == "zsh" ? zsh_completion(app) : fish_completion(app);
  });
  return Outcome::sound;
}

struct NoFlags {
  const CommandLine* line = nullptr;

  void add(CommandLine& to) { line = &to; }
};

Outcome answer_man(const NoFlags& flags, Documents& out) {
  out.text([&] { return man_page(*flags.line->app().get_parent()); });
  return Outcome::sound;
}

}  // namespace

Work completion_command(CommandLine& line) { return work_of<ShellFlags>(line, answer_completion); }

Work man_command(CommandLine& line) { return work_of<NoFlags>(line, answer_man); }

}  // namespace isoloss
