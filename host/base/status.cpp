#include "host/base/status.h"

#include <array>

#include "host/base/text.h"
#include "host/base/warnings.h"

namespace isoloss {
namespace {

struct Row {
  Status status;
  std::string_view name;
  const char* sentence;
};

constexpr std::array kTable{
    Row{Status::converged, code_of<"converged">, "the fit converged to the best optimum found"},
    Row{Status::not_converged, code_of<"not_converged">,
        "the fit did not converge: it is not proved to be an optimum"},
    Row{Status::not_identifiable, code_of<"not_identifiable">,
        "these runs cannot tell the law's parameters apart"},
    Row{Status::at_bound, code_of<"at_bound">,
        "a parameter ended at its bound: its interval is one-sided"},
    Row{Status::unconfirmed, code_of<"unconfirmed">,
        "no second start ended in the best optimum found, so a lower one may well exist"},
};

const Row& row(Status status) { return kTable[static_cast<std::size_t>(status)]; }

}  // namespace

std::optional<Status> status_called(std::string_view name) {
  for (const Row& own : kTable)
    if (own.name == name) return own.status;
  return {};
}

const char* status_name(Status status) { return row(status).name.data(); }
const char* status_sentence(Status status) { return row(status).sentence; }

bool is_note(const Warning& warning) {
  const auto entry = find_warning(warning.name);
  return entry != kWarnings.end() && entry->is_note;
}

std::string warning_line(const Warning& warning) {
  return fmt::format("{}: {} [{}]", is_note(warning) ? "note" : "warning", escaped(warning.text),
                     escaped(warning.name));
}

std::optional<Warning> status_warning(Status status) {
  if (status == Status::converged) return {};
  return Warning(WarningName(row(status).name), row(status).sentence);
}

}  // namespace isoloss
