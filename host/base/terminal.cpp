#include "host/base/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <string_view>

#include "host/base/call.h"

namespace isoloss {
namespace {

// Narrower than that numbers do not stand side by side, wider than that sentences read badly.
constexpr std::size_t kNarrowest = 60, kWidest = 120;
constexpr std::size_t kUsual = 80;  // of a terminal that does not say

std::string_view variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

std::size_t columns_of(int descriptor) {
  if (const int asked = std::atoi(variable("COLUMNS").data()); asked > 0)
    return static_cast<std::size_t>(asked);
  winsize size{};
  return ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : kUsual;
}

// https://no-color.org
bool wants_colour() {
  const std::string_view kind = variable("TERM");
  return variable("NO_COLOR").empty() && !kind.empty() && kind != "dumb";
}

}  // namespace

Terminal terminal_of(int descriptor) {
  if (current_call() != nullptr || isatty(descriptor) == 0) return {};
  return {std::clamp(columns_of(descriptor), kNarrowest, kWidest), wants_colour(), true};
}

}  // namespace isoloss
