#include "host/commands/flags_json.h"

#include <nlohmann/json.hpp>

namespace isoloss {
namespace {

using Json = nlohmann::ordered_json;

Json described(const CLI::Option& option) {
  Json out;
  out["name"] = option.get_name();
  const bool has_value = option.get_items_expected_max() > 0;
  out["type"] = has_value ? Json(option.get_type_name()) : Json(nullptr);
  const std::string given = option.get_default_str();
  out["default"] = given.empty() ? Json(nullptr) : Json(given);
  out["many"] = option.get_items_expected_max() > 1;
  out["required"] = option.get_required();
  out["group"] = option.get_group();
  out["description"] = option.get_description();
  return out;
}

}  // namespace

std::string flags_json(const CLI::App& app) {
  Json commands;
  for (const CLI::App* command : app.get_subcommands({})) {
    Json flags = Json::array();
    for (const CLI::Option* option : command->get_options()) {
      if (option != command->get_help_ptr()) flags.push_back(described(*option));
    }
    commands[command->get_name()] = {{"description", command->get_description()},
                                     {"flags", std::move(flags)}};
  }
  return Json{{"version", ISOLOSS_VERSION}, {"commands", std::move(commands)}}.dump(2) + "\n";
}

}  // namespace isoloss
