#include "host/answers/doctor.h"

#include <memory>

#include "host/base/output_file.h"
#include "host/commands/commands.h"
#include "host/report/doctor.h"

namespace isoloss {
namespace {

int run_doctor(const std::string& json_path) {
  std::unique_ptr<OutputFile> json;
  if (!json_path.empty()) json = std::make_unique<OutputFile>(json_path);
  const DoctorReport report = doctor_report();
  if (json != nullptr) json->commit(doctor_json(report));
  if (json_path != "-") OutputFile("-").commit(doctor_text(report));
  return 0;
}

}  // namespace

void add_doctor_command(CLI::App& app, Command& chosen) {
  CLI::App* command = app.add_subcommand(
      "doctor", "Show what can be used here: vector lanes, threads, CUDA, and what is missing");
  auto json_path = std::make_shared<std::string>();
  command->add_option("--json", *json_path, "Write the findings as JSON; - is standard output")
      ->type_name("FILE");
  command->callback(
      [&chosen, json_path] { chosen = [json_path] { return run_doctor(*json_path); }; });
}

}  // namespace isoloss
