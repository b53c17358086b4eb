#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "host/commands/commands.h"
#include "host/laws/registry.h"
#include "host/report/wrap.h"

namespace isoloss {
namespace {

constexpr std::size_t kWidth = 100;

std::string symbols_of(const LawEntry& law) {
  std::vector<std::string> symbols;
  for (const LawInput& input : law.inputs)
    if (!input.is_history()) symbols.push_back(input.symbol);
  if (symbols.size() < law.inputs.size()) symbols.emplace_back("lr");
  return fmt::format("{}", fmt::join(symbols, " "));
}

std::string cut(const std::string& text, std::size_t width) {
  return text.size() <= width ? text : fmt::format("{}...", text.substr(0, width - 3));
}

std::string listing() {
  std::size_t name_width = 0;
  std::size_t inputs_width = 6;
  for (const LawEntry& law : all_laws()) {
    name_width = std::max(name_width, law.name.size());
    inputs_width = std::max(inputs_width, symbols_of(law).size());
  }
  const auto line = [&](const std::string& name, const std::string& inputs,
                        const std::string& formula) {
    return cut(fmt::format("{:<{}}  {:<{}}  {}", name, name_width, inputs, inputs_width, formula),
               kWidth) +
           "\n";
  };
  std::string out = line("law", "reads", "formula");
  for (const LawEntry& law : all_laws()) out += line(law.name, symbols_of(law), law.formula);
  return out + "\nisoloss laws NAME describes one: source, inputs, parameters.\n";
}

std::string search_name(const LawEntry& law, int k) {
  const std::string& name = law.params[static_cast<std::size_t>(k)].name;
  return law.is_log(k) ? fmt::format("log {}", name) : name;
}

std::string params_of(const LawEntry& law) {
  std::size_t width = 10;
  for (int k = 0; k < law.num_params(); ++k)
    width = std::max(width, search_name(law, k).size() + 1);
  std::string out =
      fmt::format("  {:<{}}{:<42}{:<18}{}\n", "parameter", width, "meaning", "bounds", "starts");
  for (int k = 0; k < law.num_params(); ++k) {
    const LawParam& param = law.params[static_cast<std::size_t>(k)];
    out +=
        fmt::format("  {:<{}}{:<42}{:<18}{} .. {} by {}\n", search_name(law, k), width,
                    param.meaning, fmt::format("{} .. {}", param.bounds.lower, param.bounds.upper),
                    param.starts.first, param.starts.last, param.starts.step);
  }
  return out;
}

std::string described(const LawEntry& law) {
  std::string out = wrapped(fmt::format("{}   {}", law.name, law.formula), 0, kWidth);
  out += wrapped(law.source, 2, kWidth, 2) + "\n";
  out += fmt::format("  {:<10}{:<42}{}\n", "input", "meaning", "column");
  const auto line = [&](const std::string& symbol, const std::string& meaning,
                        const std::string& column) {
    out += fmt::format("  {:<10}{:<42}{}\n", symbol, meaning, column);
  };
  bool has_history = false;
  for (const LawInput& input : law.inputs) {
    if (!input.is_history()) line(input.symbol, input.meaning, input.column);
    has_history = has_history || input.is_history();
  }
  if (has_history) line("lr", "learning rate at every step", "steps, lr; or --schedule");
  if (law.response != "loss")
    out += fmt::format("  {:<10}{:<42}{}\n", "predicts", "", law.response);
  return out + "\n" + params_of(law);
}

struct Flags {
  std::string name;

  void add(CommandLine& line) {
    line.app()
        .add_option("law", name, "Describe this law: formula, source, inputs, parameters")
        ->type_name("NAME");
  }
};

Outcome answer(const Flags& flags, Documents& out) {
  out.report([&] { return flags.name.empty() ? listing() : described(find_law(flags.name)); });
  return Outcome::sound;
}

}  // namespace

Work laws_command(CommandLine& line) { return work_of<Flags>(line, answer); }

}  // namespace isoloss
