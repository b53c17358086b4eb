#include "host/base/near_file.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <vector>

#include "host/base/data_folder.h"
#include "host/base/nearest.h"
#include "host/base/text.h"

namespace isoloss {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> names_in(const fs::path& folder) {
  constexpr std::size_t kMost = 10'000;  // of a folder that is searched
  std::vector<std::string> out;
  std::error_code failed;
  for (fs::directory_iterator at(folder, failed), end; !failed && at != end; at.increment(failed))
    if (out.size() < kMost) out.push_back(at->path().filename().string());
  std::sort(out.begin(), out.end());  // a folder has no order of its own
  return out;
}

// As one types it from here.
std::string typed(const fs::path& path) {
  std::error_code failed;
  const std::string near = fs::proximate(path, failed).string();
  return failed || near.starts_with("..") ? path.string() : near;
}

void add_near(const std::string& name, const fs::path& folder, const fs::path& shown_as,
              std::vector<std::string>& out) {
  for (const std::string& own : nearest_names(name, names_in(folder)))
    out.push_back(printable(typed(shown_as / own)));
}

}  // namespace

std::string near_file(const std::string& path) {
  const fs::path asked(path), folder = asked.parent_path();
  std::vector<std::string> near;
  add_near(asked.filename().string(), folder.empty() ? "." : folder, folder, near);
  if (const auto sets = data_folder("datasets"); near.empty() && folder.empty() && sets)
    add_near(asked.filename().string(), *sets, *sets, near);
  return near.empty() ? "check the path" : fmt::format("did you mean {}?", fmt::join(near, " or "));
}

}  // namespace isoloss
