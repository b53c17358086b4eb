#include <fmt/format.h>

#include <algorithm>

#include "host/answers/race/mixed_groups.h"
#include "host/answers/race/race.h"
#include "host/base/error.h"
#include "host/base/nearest.h"
#include "host/base/text.h"
#include "host/reading/read_runs.h"

namespace isoloss {
namespace {

// Looks for the column that was named; if none was, for one that usually holds the time since a run
// began.
void find_time(const CsvTable& csv, RaceOptions& race) {
  const std::vector<std::string> headers = csv.names();
  const std::string& asked = race.time_column;
  if (!asked.empty() && std::find(headers.begin(), headers.end(), asked) == headers.end())
    throw InputError(csv.path, 1, "", fmt::format("``time``: no column {}", shown(asked)),
                     near_or_all(asked, headers, "the header has"));
  if (!asked.empty() || !race.tokens_per_second.empty()) return;
  for (const char* usual : {"gpu_hours", "gpu_h", "wall_time", "hours", "seconds", "time"})
    for (const std::string& header : headers)
      if (race.time_column.empty() && plain_name(header) == plain_name(usual))
        race.time_column = header;
}

}  // namespace

RaceResult race(const RunSource& source, const RaceOptions& options) {
  const auto table = table_of(source);
  RaceOptions own = options;
  find_time(*table, own);
  ReadOptions read = source.read;
  read.infer_runs = false;
  read.inputs = {{"params"}, {"tokens"}};
  if (!own.time_column.empty()) read.inputs.push_back({own.time_column});
  RaceResult out = race(runs_of(*table, read), own);
  if (const auto warning = mixed_groups(*table, out.runs)) out.warnings.push_back(*warning);
  return out;
}

}  // namespace isoloss
