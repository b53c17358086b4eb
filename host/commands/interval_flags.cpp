#include "host/commands/interval_flags.h"

#include <algorithm>
#include <string_view>

#include "host/commands/common_flags.h"

namespace isoloss {
namespace {

constexpr const char* kAllMethods = "all";

}  // namespace

CLI::Option* IntervalFlags::add(CommandLine& to, const std::string& help) {
  std::vector<std::string> all = interval_method_names();
  std::erase(all, name_of(IntervalMethod::calibrated));
  std::string listed;
  for (const std::string& name : all)
    if (name != name_of(IntervalMethod::percentile)) listed += name + ", ";
  all.emplace_back(kAllMethods);
  CLI::Option* option =
      to.app().add_option("--intervals", names, help + " (" + listed + "or " + kAllMethods + ")");
  return one_of(option->delimiter(','), all)->type_name("METHOD[,...]");
}

std::vector<IntervalMethod> IntervalFlags::methods() const {
  const auto is_named = [&](std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  std::vector<IntervalMethod> out;
  if (names.empty()) return out;
  for (const IntervalMethod method : kIntervalMethods) {
    if (method == IntervalMethod::calibrated) continue;
    if (is_named(kAllMethods) || is_named(name_of(method)) || method == IntervalMethod::percentile)
      out.push_back(method);
  }
  return out;
}

}  // namespace isoloss
