// Any text as a formula, as a law file and as overrides: a sound law, or refused with InputError.

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "host/base/error.h"
#include "host/formula/law_file.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

void require_sound(const isoloss::FormulaLaw& law) {
  require(!law.inputs.empty());
  require(!law.params.empty() && law.params.size() <= isoloss::kMaxParams);
  for (const isoloss::FormulaParam& param : law.params) {
    const auto [lower, upper] = param.bounds;
    require(param.is_fixed ? lower == upper : lower < upper);
    require(std::isfinite(lower) && std::isfinite(upper));
    require(param.starts.lower <= param.starts.upper);
    if (!param.starts.is_of_size)
      require(param.starts.lower >= lower && param.starts.upper <= upper);
    // A size, but for the log of one.
    if (param.starts.is_of_size && param.scale == isoloss::Scale::linear)
      require(param.starts.lower > 0);
    if (param.start) require(*param.start >= lower && *param.start <= upper);
  }
  for (const int k : law.linear) require(!law.params[static_cast<std::size_t>(k)].is_fixed);
  require(law.graph[law.root].params != 0);
}

template <class Make>
void read(Make make) {
  try {
    require_sound(isoloss::make_formula_law(make()));
  } catch (const isoloss::InputError&) {
    return;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t num_bytes) {
  const std::string text(reinterpret_cast<const char*>(data), num_bytes);
  const std::vector<std::string> headers{"x", "x1", "E"};
  isoloss::FormulaRequest request;
  request.formula.text = text;
  request.names.headers = headers;
  read([&] { return request; });
  request.log_residual = false;
  request.names.headers = {};
  read([&] { return request; });

  read([&] { return isoloss::parse_law_file(text, "fuzz.toml"); });
  request.formula.text = "E + A/N^alpha + B/D^beta";
  const std::vector<std::string> typed{text};
  read([&] {
    request.overrides = isoloss::parse_overrides(typed, {}, {});
    return request;
  });
  request.log_residual = true;
  read([&] {
    request.overrides = isoloss::parse_overrides({}, typed, {});
    return request;
  });
  read([&] {
    request.overrides = isoloss::parse_overrides({}, {}, typed);
    return request;
  });
  return 0;
}
