// Scripts that complete command lines of the program in a shell, made of the parser's flags.

#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace isoloss {

// Of the whole program; each is sourced, or lies where the shell looks for it.
std::string bash_completion(const CLI::App& app);
std::string zsh_completion(const CLI::App& app);
std::string fish_completion(const CLI::App& app);

}  // namespace isoloss
