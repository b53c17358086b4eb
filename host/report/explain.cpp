#include "host/report/explain.h"

#include <fmt/format.h>

#include "host/base/error.h"
#include "host/base/text.h"
#include "host/report/wrap.h"

namespace isoloss {
namespace {

constexpr std::size_t kWidth = 100;
constexpr std::size_t kNameWidth = 25;

std::string part(const char* title, std::string_view text) {
  return wrapped(fmt::format("{:<10} {}", title, text), 2, kWidth, 11);
}

// A sentence with "..." for what is filled in.
std::string without_fields(std::string_view sentence) {
  std::string out;
  for (std::size_t at = 0; at < sentence.size(); ++at) {
    const bool is_field = sentence[at] == '{';
    out += is_field ? "..." : std::string(1, sentence[at]);
    if (is_field) at = sentence.find('}', at);
  }
  return out;
}

}  // namespace

std::string when_text(const WarningEntry& entry) {
  return fmt::format(fmt::runtime(entry.when), entry.threshold);
}

std::string explained_all() {
  std::string out;
  for (const WarningEntry& own : kWarnings)
    out += wrapped(fmt::format("{:<{}}{}", own.name, kNameWidth, when_text(own)), 0, kWidth,
                   kNameWidth);
  return out + "\nisoloss explain NAME says of one why it matters and what to do.\n";
}

std::string explained(const WarningEntry& entry) {
  return fmt::format("{}\n", entry.name) + part("says", without_fields(entry.sentence)) +
         part("given if", when_text(entry)) + part("matters as", entry.why) +
         part("do", entry.advice);
}

const WarningEntry& warning_called(const std::string& name) {
  for (const WarningEntry& own : kWarnings)
    if (plain_name(own.name) == plain_name(name)) return own;
  throw InputError("", 0, "", fmt::format("no warning is called {}", shown(name)),
                   "isoloss explain lists them");
}

}  // namespace isoloss
