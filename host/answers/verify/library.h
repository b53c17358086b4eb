// The published fits that come with the program, and others like them.

#pragma once

#include <string>
#include <vector>

#include "host/answers/verify/published_fit.h"

namespace isoloss {

// The files of a folder, by name; an empty `folder` stands for the program's own
// (host/base/data_folder.h).
//
//   names   of the fits wanted, with or without .toml; none: all
//   throws  InputError if there is no such folder, no fit of a name, no fit at all, or a file is
//           wrong
std::vector<PublishedFit> published_fits(const std::string& folder = "",
                                         const std::vector<std::string>& names = {});

// All that they are read from: themselves, their data sets and schedules.
std::vector<std::string> files_of_fits(const std::string& folder);

}  // namespace isoloss
