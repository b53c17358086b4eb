#include <fmt/format.h>

#include <cstdio>

#include "host/commands/commands.h"
#include "host/registry.h"

namespace isoloss {
namespace {

int print_laws() {
  for (const LawEntry& law : all_laws()) {
    fmt::print("{}   {}\n  {}\n", law.name, law.formula, law.source);
    fmt::print("  {:<10}{:<42}{:<18}{}\n", "parameter", "meaning", "bounds", "starts");
    for (int k = 0; k < law.num_params(); ++k) {
      const LawParam& param = law.params[static_cast<std::size_t>(k)];
      const std::string name =
          law.is_log(k) ? fmt::format("log {}", param.name) : std::string(param.name);
      fmt::print("  {:<10}{:<42}{:<18}{} .. {} by {}\n", name, param.meaning,
                 fmt::format("{} .. {}", param.bounds.lower, param.bounds.upper),
                 param.starts.first, param.starts.last, param.starts.step);
    }
    fmt::print("\n");
  }
  return 0;
}

}  // namespace

void add_laws_command(CLI::App& app, Command& chosen) {
  CLI::App* laws = app.add_subcommand("laws", "List the laws: formula, source, parameters");
  laws->callback([&chosen] { chosen = print_laws; });
}

}  // namespace isoloss
