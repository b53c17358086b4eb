// Advice on a file that is not there.

#pragma once

#include <string>

namespace isoloss {

// Those beside it with nearly its name; of a name without a folder also those of the data sets that
// come with the program, which users call by their names.
std::string near_file(const std::string& path);

}  // namespace isoloss
