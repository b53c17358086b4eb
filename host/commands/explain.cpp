#include "host/report/explain.h"

#include "host/commands/commands.h"

namespace isoloss {
namespace {

struct ExplainFlags {
  std::string name;

  void add(CommandLine& line);
};

void ExplainFlags::add(CommandLine& line) {
  line.has_no_charts();
  line.app()
      .add_option("name", name, "As it stands in brackets behind the warning; else all")
      ->type_name("WARNING");
}

Outcome answer(const ExplainFlags& flags, Documents& out) {
  out.answer([&] {
    return flags.name.empty() ? describe_warnings() : describe_warning(warning_called(flags.name));
  });
  return Outcome::sound;
}

}  // namespace

Work explain_command(CommandLine& line) { return work_of<ExplainFlags>(line, answer); }

}  // namespace isoloss
