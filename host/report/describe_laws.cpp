#include "host/report/describe_laws.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "host/laws/registry.h"

namespace isoloss {
namespace {

constexpr std::size_t kMeaningWidth = 41;

std::string symbols_of(const LawEntry& law) {
  std::vector<std::string> symbols;
  for (const LawInput& input : law.inputs)
    if (!input.is_history()) symbols.push_back(input.symbol);
  if (symbols.size() < law.inputs.size()) symbols.emplace_back("lr");
  return fmt::format("{}", fmt::join(symbols, " "));
}

std::string search_name(const LawEntry& law, int k) {
  const std::string& name = law.params[static_cast<std::size_t>(k)].name;
  return law.is_log(k) ? fmt::format("log {}", name) : name;
}

Table params_table(const LawEntry& law) {
  std::size_t width = 9;
  for (int k = 0; k < law.num_params(); ++k) width = std::max(width, search_name(law, k).size());
  Table out{{fixed("parameter", width),
             fixed("meaning", kMeaningWidth),
             fixed("bounds", 17),
             {"starts"}}};
  for (int k = 0; k < law.num_params(); ++k) {
    const LawParam& param = law.params[static_cast<std::size_t>(k)];
    out.rows.push_back(
        {search_name(law, k), param.meaning,
         fmt::format("{} .. {}", param.bounds.lower, param.bounds.upper),
         fmt::format("{} .. {} by {}", param.starts.first, param.starts.last, param.starts.step)});
  }
  return out;
}

Table inputs_table(const LawEntry& law) {
  Table out{{fixed("input", 9), fixed("meaning", kMeaningWidth), {"column"}}};
  bool has_history = false;
  for (const LawInput& input : law.inputs) {
    if (!input.is_history()) out.rows.push_back({input.symbol, input.meaning, input.column});
    has_history = has_history || input.is_history();
  }
  if (has_history)
    out.rows.push_back({"lr", "learning rate at every step", "steps, lr; or ``schedule``"});
  if (law.response != "loss") out.rows.push_back({"predicts", "", law.response});
  return out;
}

}  // namespace

Document describe_laws() {
  Table table{{{"law"}, {"reads"}, {"formula"}}};
  table.indent = 0;
  for (const LawEntry& law : all_laws())
    table.rows.push_back({law.name, symbols_of(law), law.formula});
  const Note more{"isoloss laws NAME describes one: source, inputs, parameters."};
  return {"Laws", "", {}, {{"", {table}}, {"", {more}}}, {}};
}

Document describe_law(const LawEntry& law) {
  return {"Law " + law.name,
          "",
          {},
          {{"", {Formula{law.name, law.formula}, Note{law.source, 2, 2}}},
           {"What it reads", {inputs_table(law)}},
           {"Parameters", {params_table(law)}}},
          {}};
}

}  // namespace isoloss
