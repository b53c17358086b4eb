// Every warning and status: one table, in host/base/warnings/, from which the texts, the
// thresholds, `isoloss explain` and docs/warnings.md are taken.
//
// A place that warns names the row, and a name that is not in the table does not compile:
//
//   out.push_back(warning<"few_runs">(num_units));

#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "host/base/status.h"
#include "host/base/warnings/of_answers.h"
#include "host/base/warnings/of_fits.h"
#include "host/base/warnings/of_reading.h"

namespace isoloss {

namespace detail {

template <std::size_t... num>
consteval auto joined(const std::array<WarningEntry, num>&... tables) {
  std::array<WarningEntry, (num + ...)> out{};
  auto end = out.begin();
  ((end = std::copy(tables.begin(), tables.end(), end)), ...);
  return out;
}

// A string as a template argument.
template <std::size_t num>
struct CodeText {
  char text[num];
  consteval CodeText(const char (&own)[num]) { std::copy_n(own, num, text); }
};

}  // namespace detail

inline constexpr auto kWarnings = detail::joined(kReadingWarnings, kFitWarnings, kAnswerWarnings);

// The row of that name; its end for none.
constexpr auto find_warning(std::string_view name) {
  return std::find_if(kWarnings.begin(), kWarnings.end(),
                      [&](const WarningEntry& own) { return own.name == name; });
}

namespace detail {

template <CodeText code>
consteval const WarningEntry& entry() {
  const auto found = find_warning(code.text);
  if (found == kWarnings.end()) throw "no such warning";
  return *found;
}

}  // namespace detail

// Its name and its threshold.
template <detail::CodeText code>
inline constexpr std::string_view code_of = detail::entry<code>().name;
template <detail::CodeText code>
inline constexpr double threshold_of = detail::entry<code>().threshold;

// The warning with its numbers, which have to fit the row's sentence.
template <detail::CodeText code, class... Args>
Warning warning(Args&&... args) {
  constexpr std::string_view sentence = detail::entry<code>().sentence;
  return {WarningName(code_of<code>),
          fmt::format(fmt::format_string<Args...>(sentence), std::forward<Args>(args)...)};
}

}  // namespace isoloss
