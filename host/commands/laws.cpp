#include "host/commands/commands.h"
#include "host/laws/registry.h"
#include "host/report/describe_laws.h"

namespace isoloss {
namespace {

struct LawsFlags {
  std::string name;

  void add(CommandLine& line) {
    line.has_no_charts();
    line.app()
        .add_option("law", name, "Describe this law: formula, source, inputs, parameters")
        ->type_name("LAW");
  }
};

Outcome answer(const LawsFlags& flags, Documents& out) {
  out.answer(
      [&] { return flags.name.empty() ? describe_laws() : describe_law(find_law(flags.name)); });
  return Outcome::sound;
}

}  // namespace

Work laws_command(CommandLine& line) { return work_of<LawsFlags>(line, answer); }

}  // namespace isoloss
