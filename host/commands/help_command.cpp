#include "host/base/error.h"
#include "host/base/nearest.h"
#include "host/commands/commands.h"
#include "host/commands/help.h"

namespace isoloss {
namespace {

struct HelpFlags {
  std::string name;
  const CommandLine* line = nullptr;

  void add(CommandLine& to);
};

void HelpFlags::add(CommandLine& to) {
  line = &to;
  to.has_no_charts();
  to.app()
      .add_option("command", name, "The command that is described; else the program")
      ->type_name("COMMAND");
}

Outcome answer(const HelpFlags& flags, Documents& out) {
  if (flags.name.empty()) {
    out.answer(describe_program);
    return Outcome::sound;
  }
  command_called(flags.name);
  const CLI::App& command = *flags.line->app().get_parent()->get_subcommand(flags.name);
  out.answer([&] { return describe_command(command); });
  return Outcome::sound;
}

}  // namespace

Work help_command(CommandLine& line) { return work_of<HelpFlags>(line, answer); }

}  // namespace isoloss
