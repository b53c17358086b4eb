#include "host/commands/completion.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <vector>

#include "host/commands/commands.h"
#include "host/commands/suggested_values.h"

namespace isoloss {
namespace {

bool has_value(const CLI::Option& option) { return option.get_items_expected_max() > 0; }

std::string words(const std::vector<std::string>& of) {
  return fmt::format("{}", fmt::join(of, " "));
}

// In single quotes of a shell; `specials` get a backslash.
std::string quoted(const std::string& text, const char* end_quote, const std::string& specials) {
  std::string out;
  for (const char c : text) {
    if (c == '\'') {
      out += end_quote;
      continue;
    }
    if (specials.find(c) != std::string::npos) out += '\\';
    out += c;
  }
  return out;
}

std::string zsh_text(const std::string& text) { return quoted(text, "'\\''", "[]:\\"); }
std::string fish_text(const std::string& text) { return quoted(text, "\\'", "\\"); }

// A row of each case statement of bash: what may follow a flag, and the flags.
void add_to_bash(const CLI::App& command, std::string& values, std::string& flags) {
  std::vector<std::string> names;
  for (const CLI::Option* option : command.get_options()) {
    const std::vector<std::string> suggested = suggested_values(*option);
    if (option->nonpositional()) names.push_back(option->get_name());
    if (!option->nonpositional() && suggested.empty()) continue;
    const std::string at = option->nonpositional() ? option->get_name() : "";
    if (has_value(*option))
      values +=
          fmt::format("    '{} {}') words='{}' ;;\n", command.get_name(), at, words(suggested));
  }
  flags += fmt::format("    {}) flags='{}' ;;\n", command.get_name(), words(names));
}

std::string zsh_option(const CLI::Option& option) {
  const std::vector<std::string> suggested = suggested_values(option);
  const std::string action = suggested.empty() ? "_files" : fmt::format("({})", words(suggested));
  const std::string value =
      has_value(option) ? fmt::format(":{}:{}", zsh_text(option.get_type_name()), action) : "";
  if (!option.nonpositional()) return fmt::format("'*{}'", value);
  // A value stands behind the flag or behind an equals sign.
  const std::string name = option.get_name() + (has_value(option) ? "=" : "");
  return fmt::format("'*{}[{}]{}'", name, zsh_text(option.get_description()), value);
}

std::string fish_option(const CLI::App& command, const CLI::Option& option) {
  const std::string begin =
      fmt::format("complete -c isoloss -n '__isoloss_is {}'", command.get_name());
  const std::vector<std::string> suggested = suggested_values(option);
  // Files stand among the names unless -f says that there are names alone.
  const std::string list = suggested.empty() ? "" : fmt::format(" -f -a '{}'", words(suggested));
  if (!option.nonpositional()) return list.empty() ? "" : begin + list + "\n";
  const std::string value = has_value(option) ? " -r" : "";
  return fmt::format("{} -l {}{}{} -d '{}'\n", begin, option.get_single_name(), value, list,
                     fish_text(option.get_description()));
}

}  // namespace

std::string bash_completion(const CLI::App& app) {
  std::string values, flags;
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands({})) {
    names.push_back(command->get_name());
    add_to_bash(*command, values, flags);
  }
  return fmt::format(R"(# Completion of isoloss for bash.
_isoloss() {{
  local typed=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD-1]}} words='' flags=''
  local command=${{COMP_WORDS[1]}}
  COMPREPLY=()
  if [[ $COMP_CWORD -eq 1 ]]; then
    COMPREPLY=($(compgen -W '{} --help --version' -- "$typed"))
    return
  fi
  case $command in
{}  esac
  [[ $before == --* ]] || before=''
  case "$command $before" in
{}  esac
  if [[ $typed == -* ]]; then words=$flags; fi
  COMPREPLY=($(compgen -W "$words" -- "$typed"))
}}
complete -o default -F _isoloss isoloss
)",
                     words(names), flags, values);
}

std::string zsh_completion(const CLI::App& app) {
  std::string commands, cases;
  for (const CLI::App* command : app.get_subcommands({})) {
    commands +=
        fmt::format("    '{}:{}'\n", command->get_name(), zsh_text(command->get_description()));
    cases += fmt::format("    {}) _arguments", command->get_name());
    for (const CLI::Option* option : command->get_options())
      cases += " \\\n      " + zsh_option(*option);
    cases += " ;;\n";
  }
  return fmt::format(R"(#compdef isoloss
# Completion of isoloss for zsh.
_isoloss() {{
  local -a commands=(
{}  )
  if (( CURRENT == 2 )); then
    local -a flags=(--help --version)
    _describe command commands -- flags
    return
  fi
  local command=${{words[2]}}
  shift words
  (( CURRENT-- ))
  case $command in
{}  esac
}}
if [[ $funcstack[1] == _isoloss ]]; then _isoloss; else compdef _isoloss isoloss; fi
)",
                     commands, cases);
}

std::string fish_completion(const CLI::App& app) {
  std::string out = R"(# Completion of isoloss for fish.
function __isoloss_is
  set -l typed (commandline -opc)
  test (count $typed) -ge 2; and test $typed[2] = $argv[1]
end
complete -c isoloss -n __fish_use_subcommand -f -l help
complete -c isoloss -n __fish_use_subcommand -f -l version
)";
  for (const CLI::App* command : app.get_subcommands({})) {
    out += fmt::format("complete -c isoloss -n __fish_use_subcommand -f -a {} -d '{}'\n",
                       command->get_name(), fish_text(command->get_description()));
    for (const CLI::Option* option : command->get_options()) out += fish_option(*command, *option);
  }
  return out;
}

}  // namespace isoloss
