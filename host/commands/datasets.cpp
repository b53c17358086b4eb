#include "host/commands/commands.h"
#include "host/reading/data_sets.h"
#include "host/report/describe_datasets.h"

namespace isoloss {
namespace {

struct DatasetsFlags {
  std::string name;

  void add(CommandLine& line) {
    line.has_no_charts();
    line.app().add_option("name", name, "The data set to describe")->type_name("DATASET");
  }
};

Outcome answer(const DatasetsFlags& flags, Documents& out) {
  out.answer([&] {
    return flags.name.empty() ? describe_data_sets()
                              : describe_data_set(data_set_called(flags.name));
  });
  return Outcome::sound;
}

}  // namespace

Work datasets_command(CommandLine& line) { return work_of<DatasetsFlags>(line, answer); }

}  // namespace isoloss
