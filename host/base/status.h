// Statuses and warnings: one table, host/base/status.cpp, holds the short name and the sentence of
// each.

#pragma once

#include <string>
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

// Something the user should know. `name` is stable and goes to JSON; `text` has the numbers of this
// case and advice that fits what the user did.
struct Warning {
  std::string name;
  std::string text;
};

}  // namespace isoloss
