#include "host/commands/scenario_file.h"

#include <fmt/format.h>

#include <algorithm>

#include "host/base/error.h"
#include "host/base/file_bytes.h"
#include "host/base/text.h"
#include "host/base/toml_reader.h"

namespace isoloss {
namespace {

// What a scenario may say, by the names of the flags.
struct AssumedKey {
  const char* name;
  void (*set)(ForecastFlags& flags, std::string text);
};
const AssumedKey kAssumedKeys[] = {
    {"compute", [](ForecastFlags& flags,
                   std::string text) { flags.law.fit.budgets.compute = {std::move(text)}; }},
    {"growth", [](ForecastFlags& flags, std::string text) { flags.growth = std::move(text); }},
    {"efficiency",
     [](ForecastFlags& flags, std::string text) { flags.efficiency = std::move(text); }},
    {"hardware", [](ForecastFlags& flags, std::string text) { flags.hardware = std::move(text); }},
    {"algorithms",
     [](ForecastFlags& flags, std::string text) { flags.algorithms = std::move(text); }},
    {"unique-tokens",
     [](ForecastFlags& flags, std::string text) { flags.law.unique_tokens = std::move(text); }},
    {"data-growth",
     [](ForecastFlags& flags, std::string text) { flags.data_growth = std::move(text); }}};
constexpr const char* kNote = "note";

// "a text", or a number as it stands there.
std::string text_of(const TomlReader& reader, const std::string& key, const toml::node& node) {
  if (node.is_number()) return fmt::format("{}", reader.number(key, node));
  return reader.text(key, node);
}

ScenarioFlags scenario_of(const TomlReader& reader, std::string_view name, const toml::table& table,
                          ForecastFlags flags) {
  if (name.empty()) reader.fail(table, "a scenario has no name", "write [slow], say");
  ScenarioFlags out{printable(std::string(name)), "", {}};
  for (const auto& [key, node] : table) {
    std::string own(key.str());
    std::replace(own.begin(), own.end(), '_', '-');
    const auto at = std::find_if(std::begin(kAssumedKeys), std::end(kAssumedKeys),
                                 [&](const AssumedKey& known) { return own == known.name; });
    if (at != std::end(kAssumedKeys))
      at->set(flags, text_of(reader, own, node));
    else if (own == kNote)
      out.note = reader.text(own, node);
    else
      reader.refuse_key(key.str(), node,
                        "compute, growth, efficiency, hardware, algorithms, unique-tokens, "
                        "data-growth, note");
  }
  try {
    out.assumptions = assumptions_of(flags);
  } catch (const InputError& error) {
    throw InputError(reader.path(), TomlReader::line(table), "",
                     fmt::format("{}: {}", out.name, error.message), error.hint);
  }
  return out;
}

}  // namespace

std::vector<ScenarioFlags> read_scenarios(const ForecastFlags& flags) {
  const TomlReader reader(flags.scenarios);
  const toml::table document = reader.parse(read_file(flags.scenarios));
  std::vector<ScenarioFlags> out =
      reader.tables(document, [&](std::string_view name, const toml::table& table) {
        return scenario_of(reader, name, table, flags);
      });
  if (out.empty() || out.size() > kMostScenarios)
    throw InputError(
        flags.scenarios, 0, "",
        fmt::format("has {} scenarios, and 1 to {} go side by side", out.size(), kMostScenarios),
        "a table each: [slow], and in it growth = \"2x/year\"");
  return out;
}

}  // namespace isoloss
