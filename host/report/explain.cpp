#include "host/report/explain.h"

#include <fmt/format.h>

#include "host/base/error.h"
#include "host/base/nearest.h"
#include "host/base/text.h"

namespace isoloss {
namespace {

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

Document describe_warnings() {
  Pairs names;
  names.indent = 0;
  names.width = 25;
  for (const WarningEntry& own : kWarnings)
    names.pairs.push_back({std::string(own.name), when_text(own)});
  const Note more{"isoloss explain NAME says of one why it matters and what to do."};
  return {"Warnings", "", {}, {{"", {names}}, {"", {more}}}, {}};
}

Document describe_warning(const WarningEntry& entry) {
  Pairs parts{{{"says", without_fields(entry.sentence)},
               {"given if", when_text(entry)},
               {"matters as", std::string(entry.why)},
               {"do", std::string(entry.advice)}}};
  const std::string name(entry.name);
  return {"Warning " + name, "", {}, {{"", {Note{name}, parts}}}, {}};
}

const WarningEntry& warning_called(const std::string& name) {
  std::vector<std::string> names;
  for (const WarningEntry& own : kWarnings) {
    if (plain_name(own.name) == plain_name(name)) return own;
    names.emplace_back(own.name);
  }
  throw InputError("", 0, "", fmt::format("no warning is called {}", shown(name)),
                   did_you_mean(name, names, "isoloss explain lists them"));
}

}  // namespace isoloss
