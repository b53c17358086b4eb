// Statuses and warnings: one table, host/base/status.cpp, holds the short name and the sentence of
// each.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace isoloss {

// How a fit ended. Anything but `converged` makes the exit code 1.
enum class Status {
  converged,
  not_converged,
  not_identifiable,
  at_bound,
  unconfirmed,
};

// Short name for JSON ("not_identifiable") and the sentence a report shows.
const char* status_name(Status status);
const char* status_sentence(Status status);
// The other way round; nothing for what is no status.
std::optional<Status> status_called(std::string_view name);

// Something the user should know. `name` is stable and goes to JSON; `text` has the numbers of this
// case and advice that fits what the user did.
struct Warning {
  std::string name;
  std::string text;

  bool operator==(const Warning&) const = default;
};

// Of a fit whose draws are not to be relied on.
inline constexpr const char* kIntervalsWithheld = "intervals_withheld";
// Of budgets, runs or years far beyond the runs that were fitted.
inline constexpr const char* kExtrapolation = "extrapolation";
// Times the largest run; beyond it a budget is said to be one.
inline constexpr double kFarBudget = 10;

}  // namespace isoloss
