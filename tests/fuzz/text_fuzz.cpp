// Any text as a number, and as the condition and the options of a small table.

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "host/base/error.h"
#include "host/base/parse_number.h"
#include "host/reading/read_runs.h"

namespace {

constexpr const char* kRuns =
    "run,N,D,loss,lr,family name\n"
    "a,1e8,2e9,3.4,1e-3,x\n"
    "b,1e8,8e9,3.1,,y\n"
    "c,4e8,2e9,3.0,2e-3,\n";

void read(const isoloss::ReadOptions& options) {
  try {
    if (isoloss::parse_runs(kRuns, "fuzz.csv", options).num_runs() == 0) std::abort();
  } catch (const isoloss::InputError&) {
    return;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t num_bytes) {
  const std::string text(reinterpret_cast<const char*>(data), num_bytes);
  const isoloss::Number number = isoloss::parse_number(text);
  if (!std::isfinite(number.value)) std::abort();

  isoloss::ReadOptions options;
  options.where = text;
  read(options);
  options.drop_missing = true;
  read(options);
  options = {};
  options.unit["loss"] = text;
  read(options);
  options = {};
  options.column["loss"] = text;
  read(options);
  return 0;
}
