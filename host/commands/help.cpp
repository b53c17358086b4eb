#include "host/commands/help.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "host/commands/commands.h"

namespace isoloss {
namespace {

constexpr std::size_t kFlagWidth = 26, kCommandWidth = 16;

Section section_of(const std::string& title, std::size_t width) {
  Section out{title, {}, true};
  out.blocks.push_back(Pairs{{}, 2, width});
  return out;
}

// The section of that title; new ones stand behind those that there are.
Pairs& pairs_of(std::vector<Section>& sections, const std::string& title, std::size_t width) {
  auto found = std::find_if(sections.begin(), sections.end(),
                            [&](const Section& own) { return own.title == title; });
  if (found == sections.end()) found = sections.insert(sections.end(), section_of(title, width));
  return std::get<Pairs>(found->blocks.front());
}

Section examples_of(const Command& command) {
  Section out{"Examples", {}, true};
  for (const char* example : command.examples)
    out.blocks.push_back(Note{fmt::format("isoloss {}", example), 2, 4});
  return out;
}

}  // namespace

std::string shown_flag(const CLI::Option& option) {
  std::string out = option.get_name(!option.nonpositional());
  if (option.get_items_expected_max() > 0) {
    out = option.nonpositional() ? out + " " : "";
    out += option.get_type_name();
    if (!option.get_default_str().empty()) out += "=" + option.get_default_str();
    if (option.get_items_expected_max() > 1) out += " ...";
  }
  return out;
}

std::string usage_of(const CLI::App& command) {
  std::string out = "isoloss " + command.get_name();
  for (const CLI::Option* option : command.get_options()) {
    if (option->nonpositional() && !option->get_required()) continue;
    const std::string own = shown_flag(*option);
    out += option->get_required() ? " " + own : " [" + own + "]";
  }
  return out + " [options]";
}

Document describe_program() {
  Document out{"isoloss",
               "Fits neural scaling laws to training runs: the global optimum, its "
               "intervals and the compute-optimal model."};
  out.sections.push_back({"", {Note{out.answer}, Note{"usage: isoloss COMMAND [options]", 0, 4}}});
  for (const Command& command : all_commands())
    pairs_of(out.sections, command.group, kCommandWidth)
        .pairs.push_back({command.name, command.summary});
  out.sections.push_back(
      {"More",
       {Note{"isoloss help COMMAND, or isoloss COMMAND --help, describes a command."},
        Note{"Exit code: 0 done, 1 the fit did not converge, is not identifiable or not what was "
             "published, 2 bad input, 3 no device, 4 output cannot be written, 70 our own error, "
             "130 interrupted.",
             0, 0}}});
  return out;
}

Document describe_command(const CLI::App& command) {
  const Command& own = command_called(command.get_name());
  Document out{"isoloss " + command.get_name(), own.summary};
  out.sections.push_back({"", {Note{out.answer}, Note{"usage: " + usage_of(command), 0, 4}}});
  for (const CLI::Option* option : command.get_options())
    pairs_of(out.sections, option->nonpositional() ? option->get_group() : "Arguments", kFlagWidth)
        .pairs.push_back({shown_flag(*option), option->get_description()});
  // What the parser adds first, and every command has, is not what one looks for.
  std::stable_partition(out.sections.begin(), out.sections.end(),
                        [](const Section& section) { return section.title != kShowingGroup; });
  out.sections.push_back(examples_of(own));
  return out;
}

}  // namespace isoloss
