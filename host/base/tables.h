// Tables that are compiled in, as their files were when the program was built.

#pragma once

#include <string_view>

namespace isoloss {

std::string_view datasets_toml();  // datasets/datasets.toml
std::string_view recipes_toml();   // fits/recipes.toml
std::string_view devices_toml();   // fits/devices.toml

}  // namespace isoloss
