#include "host/law_choice.h"

#include "host/law_overrides.h"
#include "host/registry.h"

namespace isoloss {

std::shared_ptr<const LawEntry> chosen_law(const FitOptions& options) {
  LawEntry law = find_law(options.law);
  if (options.linear_residual) law = law.with_linear_residual();
  if (!options.overrides.empty()) law = with_overrides(law, options.overrides);
  return std::make_shared<const LawEntry>(std::move(law));
}

ReadOptions with_inputs_of(const LawEntry& law, ReadOptions options) {
  options.inputs.clear();
  for (const LawInput& input : law.inputs)
    options.inputs.push_back({input.column, input.axis == Axis::log});
  options.positive_response = law.log_residual;
  if (law.response == "loss" || !options.response.empty()) return options;
  options.response = law.response;
  const auto named = options.column.find(law.response);
  if (named == options.column.end()) return options;
  options.response = named->second;
  options.column.erase(named);
  return options;
}

}  // namespace isoloss
