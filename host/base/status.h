// How a fit ended, and what the user should know about it. The rows of both are in
// host/base/warnings.h.

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

// The name of a row of the table. Only that table and a reader of what was written take one from
// text.
struct WarningName {
  std::string_view text;
  explicit constexpr WarningName(std::string_view own) : text(own) {}
};

// Something the user should know. `name` is stable and goes to JSON; `text` has the numbers of this
// case and advice that fits what the user did.
struct Warning {
  Warning(WarningName name_, std::string text_) : name(name_.text), text(std::move(text_)) {}
  std::string name;
  std::string text;

  bool operator==(const Warning&) const = default;
};

// Whether it only says how something was read, where nothing need be wrong.
bool is_note(const Warning& warning);

// As reports show it: "warning: only 7 runs are resampled ... [few_runs]", one long line;
// a note begins with that word.
std::string warning_line(const Warning& warning);
// A status as a warning to whoever asks the fit; nothing of a sound one.
std::optional<Warning> status_warning(Status status);

}  // namespace isoloss
