#include "host/answers/race/mixed_groups.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

#include "host/base/text.h"
#include "host/base/warnings.h"

namespace isoloss {
namespace {

constexpr std::array<std::string_view, 8> kGroupNames{
    "family", "modelfamily", "dataset", "trainingset", "corpus", "recipe", "architecture", "group"};

std::vector<std::string> values_in(const CsvTable& csv, std::size_t column, const RunTable& runs) {
  std::set<std::string> values;
  for (const std::size_t row : runs.row) values.emplace(csv.cells.text(row, column));
  return {values.begin(), values.end()};
}

}  // namespace

std::optional<Warning> mixed_groups(const CsvTable& csv, const RunTable& runs) {
  for (std::size_t k = 0; k < csv.header.size(); ++k) {
    const std::string name = plain_name(csv.header[k].text);
    const bool is_of_groups =
        std::find(kGroupNames.begin(), kGroupNames.end(), name) != kGroupNames.end();
    if (!is_of_groups) continue;
    const std::vector<std::string> values = values_in(csv, k, runs);
    if (values.size() < 2 || values.size() >= runs.num_runs()) continue;
    // Where it is the column of the runs themselves, its values are the curves.
    const std::set<std::string> labels(runs.run.begin(), runs.run.end());
    if (labels == std::set<std::string>(values.begin(), values.end())) continue;
    return warning<"mixed_groups">(printable(csv.header[k].text), values.size(), listed(values));
  }
  return {};
}

}  // namespace isoloss
