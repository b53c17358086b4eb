#include <fmt/format.h>

#include <string>

#include "host/commands/commands.h"
#include "host/reading/data_sets.h"
#include "host/report/wrap.h"

namespace isoloss {
namespace {

constexpr std::size_t kWidth = 100;

std::string listing() {
  std::string out = fmt::format("{:<24}{:>5}  {}\n", "data set", "rows", "what N counts");
  for (const DataSet& data : data_sets()) {
    out += fmt::format("{:<24}{:>5}  {}\n", data.name, data.rows, data.n_means);
    out += wrapped(data.citation, 4, kWidth, 0);
  }
  return out + "\nisoloss datasets NAME describes one and says where its table lies.\n";
}

std::string described(const DataSet& data) {
  constexpr std::size_t kLabel = 12;
  std::string out = fmt::format("{}   {}\n", data.name, data.title);
  const auto line = [&](std::string_view label, std::string_view text) {
    // wrapped() indents; the label takes the place of the first indent.
    std::string block = wrapped(text, kLabel, kWidth, 0);
    out += block.replace(2, label.size(), label);
  };
  line("source", data.citation);
  line("where", data.url);
  line("rows", std::to_string(data.rows));
  line("N counts", data.n_means);
  line("loss", data.loss);
  line("made", data.made);
  line("licence", data.licence);
  line("note", data.note);
  line("path", data_file(data.file).value_or("not found: this program was built elsewhere and its "
                                             "data sets were not installed with it"));
  return out;
}

struct Flags {
  std::string name;

  void add(CommandLine& line) {
    line.app().add_option("name", name, "The data set to describe")->type_name("NAME");
  }
};

Outcome answer(const Flags& flags, Documents& out) {
  out.report(
      [&] { return flags.name.empty() ? listing() : described(data_set_called(flags.name)); });
  return Outcome::sound;
}

}  // namespace

Work datasets_command(CommandLine& line) { return work_of<Flags>(line, answer); }

}  // namespace isoloss
