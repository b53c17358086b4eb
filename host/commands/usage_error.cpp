#include "host/commands/usage_error.h"

#include <fmt/format.h>

#include <string_view>
#include <vector>

#include "host/base/nearest.h"
#include "host/base/text.h"
#include "host/commands/help.h"

namespace isoloss {
namespace {

std::string help_of(const CLI::App& command) {
  return fmt::format("isoloss help {} says more", command.get_name());
}

std::vector<std::string> flags_of(const CLI::App& command) {
  std::vector<std::string> out;
  for (const CLI::Option* option : command.get_options())
    if (option->nonpositional()) out.push_back("--" + option->get_single_name());
  return out;
}

std::string unexpected(const CLI::App& command) {
  const std::vector<std::string> words = command.remaining(true);
  const std::string word = words.empty() ? "" : words.front();
  const std::string name = word.substr(0, word.find('='));
  if (!name.starts_with('-'))
    return fmt::format("{} takes no further word {}; {}", command.get_name(), shown(word),
                       help_of(command));
  return fmt::format("{} has no flag {}; {}", command.get_name(), printable(name),
                     did_you_mean(name, flags_of(command), help_of(command)));
}

// The option that the parser's sentence is about: it begins with its name, if not with this.
const CLI::Option* option_in(std::string_view said, const CLI::App& command) {
  constexpr std::string_view kConverting = "Could not convert: ";
  if (said.starts_with(kConverting)) said.remove_prefix(kConverting.size());
  const std::string name(said.substr(0, said.find_first_of(" :")));
  return command.get_option_no_throw(name);
}

std::string expected(const CLI::Option& option) {
  return fmt::format("{}: {}", shown_flag(option), option.get_description());
}

// What the parser was given and could not convert.
std::string unconverted(const std::string& said) { return said.substr(said.find(" = ") + 3); }

std::string said_of(const CLI::ParseError& error, const CLI::Option& option,
                    const CLI::App& command) {
  const std::string said = error.what();
  const std::string name = option.nonpositional() ? option.get_name() : option.get_type_name();
  if (dynamic_cast<const CLI::RequiredError*>(&error) != nullptr)
    return fmt::format("{} needs {}; {}", command.get_name(), name, expected(option));
  if (dynamic_cast<const CLI::ConversionError*>(&error) != nullptr)
    return fmt::format("{} does not take {}; {}", name, shown(unconverted(said)), expected(option));
  const bool is_count = dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr;
  if (is_count && said.find("At Most") != std::string::npos)
    return fmt::format("{} is given more than once; {}", name, help_of(command));
  if (is_count && said.find("required") != std::string::npos)
    return fmt::format("{} needs a value; {}", name, expected(option));
  return fmt::format("{}; {}", said, help_of(command));
}

}  // namespace

UsageError usage_error(const CLI::ParseError& error, const CLI::App& command) {
  const std::string said = error.what();
  if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr)
    return {unexpected(command), "", ""};
  const CLI::Option* option = option_in(said, command);
  if (option == nullptr) return {fmt::format("{}; {}", said, help_of(command)), "", ""};
  const bool is_converting = dynamic_cast<const CLI::ConversionError*>(&error) != nullptr;
  return {said_of(error, *option, command), option->nonpositional() ? option->get_name() : "",
          is_converting ? unconverted(said) : ""};
}

}  // namespace isoloss
