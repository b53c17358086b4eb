// The data sets that come with the program: what each is, and where its table lies.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace isoloss {

// An entry of datasets/datasets.toml, whose head says what the fields mean.
struct DataSet {
  std::string name;  // the file's name without .csv
  std::string file;  // in the folder of data sets; "nist" is a folder itself
  std::string title;
  std::string citation;
  std::string url;
  long rows = 0;
  std::string n_means;
  std::string loss;
  std::string made;
  std::string licence;
  std::string note;
};

// All data sets, in the order of datasets.toml, which is part of the program.
const std::vector<DataSet>& data_sets();

// The data set of this name, with or without .csv.
//
//   throws  InputError, with the names that there are, if there is none
const DataSet& data_set_called(std::string_view name);

// Path of a file of the folder of data sets (host/base/data_folder.h); nothing if it is not there.
std::optional<std::string> data_file(std::string_view file);

}  // namespace isoloss
