// Where the tables that come with the program lie.

#pragma once

#include <filesystem>
#include <optional>
#include <string_view>

namespace isoloss {

// The folder share/isoloss/NAME ("datasets", "published") of the program that runs: beside its own
// folder where it is installed or packed, in it where it was built (links to the sources). No path
// is part of the program, so an installed tree or a clone may be moved. Nothing if there is none.
std::optional<std::filesystem::path> data_folder(std::string_view name);

// Another place of share/isoloss, for a library in a program that is not ours.
void set_data_folder(const std::filesystem::path& folder);

}  // namespace isoloss
