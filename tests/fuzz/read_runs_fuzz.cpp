// Any bytes as a file of runs: read into a sound table, or refused with InputError.

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "host/base/error.h"
#include "host/reading/read_runs.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

void require_positive(const std::vector<double>& values, std::size_t num_runs) {
  if (values.empty()) return;  // not read
  require(values.size() == num_runs);
  for (const double value : values) require(std::isfinite(value) && value > 0);
}

void require_sound(const isoloss::RunTable& table) {
  require(table.num_runs() > 0);
  for (const auto& [name, values] : table.further) require(values.size() == table.num_runs());
  require_positive(table.params, table.num_runs());
  require_positive(table.tokens, table.num_runs());
  require_positive(table.flops, table.num_runs());
  require_positive(table.loss, table.num_runs());
  require(table.run.empty() || table.run.size() == table.num_runs());
  require(table.line.size() == table.num_runs());
  std::size_t num_rows = table.num_runs();
  for (const isoloss::Dropped& dropped : table.dropped) num_rows += dropped.num_rows;
  require(num_rows == table.num_rows_read);
}

void read(std::string_view bytes, const isoloss::ReadOptions& options) {
  try {
    require_sound(isoloss::parse_runs(bytes, "fuzz.csv", options));
  } catch (const isoloss::InputError&) {
    return;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t num_bytes) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), num_bytes);
  read(bytes, {});
  isoloss::ReadOptions filtering;
  filtering.drop_missing = true;
  filtering.drop_highest_loss = 1;
  filtering.where = "loss < 4 || tokens / params > 20 && run != 'x'";
  filtering.unit = {{"loss", "bpb:4.5"}, {"params", "M"}};
  read(bytes, filtering);
  isoloss::ReadOptions further;
  further.inputs = {{"tokens"}, {"loss"}, {"x", false}};
  further.response = "run";
  further.where = "flops > 1 || steps > 1 || x < 0";
  read(bytes, further);
  return 0;
}
