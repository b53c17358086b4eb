#include "host/base/nearest.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "host/base/text.h"

namespace isoloss {
namespace {

constexpr std::size_t kMostNear = 3;
constexpr std::size_t kLongest = 80;  // a longer text is no slip

// Letters put in, left out, changed, or swapped with their neighbour.
std::size_t num_slips(const std::string& a, const std::string& b) {
  std::vector<std::vector<std::size_t>> slips(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) slips[i][0] = i;
  for (std::size_t j = 0; j <= b.size(); ++j) slips[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t changed = slips[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      slips[i][j] = std::min({slips[i - 1][j] + 1, slips[i][j - 1] + 1, changed});
      const bool is_swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (is_swapped) slips[i][j] = std::min(slips[i][j], slips[i - 2][j - 2] + 1);
    }
  }
  return slips[a.size()][b.size()];
}

bool is_near(std::size_t slips, const std::string& typed, const std::string& name) {
  const bool goes_on = typed.size() >= 3 && name.starts_with(typed);
  // Of a long beginning a slip is seen too.
  const bool nearly_goes_on = typed.size() >= 8 && name.size() > typed.size() &&
                              num_slips(typed, name.substr(0, typed.size())) == 1;
  return goes_on || nearly_goes_on ||
         slips <= std::max<std::size_t>(1, std::min(typed.size(), name.size()) / 3);
}

}  // namespace

std::vector<std::string> nearest_names(std::string_view typed,
                                       const std::vector<std::string>& known) {
  const std::string wanted = plain_name(typed.substr(0, kLongest));
  std::vector<std::pair<std::size_t, std::string>> near;
  for (const std::string& name : known) {
    const std::string plain = plain_name(name);
    if (wanted.size() < 2 || plain.size() < 2 || plain.size() > kLongest) continue;
    const std::size_t slips = num_slips(wanted, plain);
    if (is_near(slips, wanted, plain)) near.emplace_back(slips, name);
  }
  std::stable_sort(near.begin(), near.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::string> out;
  for (std::size_t i = 0; i < std::min(near.size(), kMostNear); ++i) out.push_back(near[i].second);
  return out;
}

std::string did_you_mean(std::string_view typed, const std::vector<std::string>& known,
                         const std::string& otherwise) {
  std::vector<std::string> near = nearest_names(typed, known);
  if (near.empty()) return otherwise;
  for (std::string& name : near) name = printable(name);
  return fmt::format("did you mean {}?", fmt::join(near, " or "));
}

std::string near_or_all(std::string_view typed, const std::vector<std::string>& known,
                        const std::string& these) {
  return did_you_mean(typed, known, these + " " + listed(known));
}

std::vector<std::string> words_of(std::string_view list) {
  std::vector<std::string> out(1);
  for (const char c : list) {
    if (c != ' ' && c != ',')
      out.back() += c;
    else if (!out.back().empty())
      out.emplace_back();
  }
  std::erase(out, "and");
  return out;
}

}  // namespace isoloss
