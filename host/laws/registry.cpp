#include "host/laws/registry.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "fits/functions.h"
#include "fits/optimum.h"
#include "host/base/error.h"
#include "host/base/nearest.h"
#include "host/laws/all_laws.h"
#include "host/laws/make_entry.h"

namespace isoloss {

const std::vector<LawEntry>& all_laws() {
  static const std::vector<LawEntry> laws = [] {
    std::vector<LawEntry> entries;
    for_each_law([&]<class L>() { entries.push_back(make_entry<L>()); });
    return entries;
  }();
  return laws;
}

const LawEntry& find_law(std::string_view name) {
  std::vector<std::string> names;
  for (const LawEntry& law : all_laws()) {
    if (law.name == name) return law;
    names.push_back(law.name);
  }
  const std::string all =
      fmt::format("the laws are {}; 'isoloss laws' describes them", fmt::join(names, ", "));
  throw InputError("", 0, "", fmt::format("there is no law '{}'", name),
                   did_you_mean(name, names, all));
}

}  // namespace isoloss
