#include "host/published/verify.h"

#include <memory>
#include <string>
#include <vector>

#include "host/commands/commands.h"
#include "host/output_file.h"
#include "host/published/library.h"
#include "host/report/verify.h"

namespace isoloss {
namespace {

struct VerifyFlags {
  std::vector<std::string> names;
  std::string folder;
  std::string json_path;
  bool list = false;
};

int run_verify(const VerifyFlags& flags) {
  const std::vector<PublishedFit> fits = published_fits(flags.folder, flags.names);
  if (flags.list) {
    OutputFile("-").commit(published_list(fits));
    return 0;
  }
  std::unique_ptr<OutputFile> json;
  if (!flags.json_path.empty()) json = std::make_unique<OutputFile>(flags.json_path);
  std::vector<Verdict> verdicts;
  for (const PublishedFit& published : fits) verdicts.push_back(verify(published));
  if (json != nullptr) json->commit(verify_json(verdicts));
  if (flags.json_path != "-") OutputFile("-").commit(verify_text(verdicts));
  return counts_of(verdicts).differ > 0 ? 1 : 0;
}

}  // namespace

void add_verify_command(CLI::App& app, Command& chosen) {
  CLI::App* command = app.add_subcommand(
      "verify", "Make published fits again and compare what comes out with what was published");
  auto flags = std::make_shared<VerifyFlags>();
  command->add_option("name", flags->names, "Fits to make again; else all")->type_name("NAME");
  command->add_flag("--list", flags->list, "List the fits");
  command
      ->add_option("--json", flags->json_path, "Write the findings as JSON; - is standard output")
      ->type_name("FILE");
  command->add_option("--dir", flags->folder, "Folder of fits, instead of those of the program")
      ->type_name("DIR");
  command->callback([&chosen, flags] { chosen = [flags] { return run_verify(*flags); }; });
}

}  // namespace isoloss
