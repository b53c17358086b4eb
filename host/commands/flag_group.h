// Adds flags of one group of --help.

#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace isoloss {

struct FlagGroup {
  CLI::App& command;
  const char* name;

  void list(const char* flag, std::vector<std::string>& to, const char* what, const char* type) {
    command.add_option(flag, to, what)->delimiter(',')->type_name(type)->group(name);
  }
  void text(const char* flag, std::string& to, const std::string& what, const char* type) {
    command.add_option(flag, to, what)->type_name(type)->group(name);
  }
  void number(const char* flag, double& to, const char* what) {
    command.add_option(flag, to, what)->capture_default_str()->type_name("X")->group(name);
  }
};

}  // namespace isoloss
