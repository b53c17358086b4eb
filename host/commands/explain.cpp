#include <memory>

#include "host/base/output_file.h"
#include "host/commands/commands.h"
#include "host/report/explain.h"

namespace isoloss {

void add_explain_command(CLI::App& app, Command& chosen) {
  CLI::App* command =
      app.add_subcommand("explain", "What a warning or a status means, and what to do about it");
  auto name = std::make_shared<std::string>();
  command->add_option("name", *name, "As it stands in brackets behind the warning; else all")
      ->type_name("NAME");
  command->callback([&chosen, name] {
    chosen = [name] {
      OutputFile("-").commit(name->empty() ? explained_all() : explained(warning_called(*name)));
      return 0;
    };
  });
}

}  // namespace isoloss
