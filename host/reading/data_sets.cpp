#include "host/reading/data_sets.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <toml++/toml.h>
#include <filesystem>
#include <stdexcept>

#include "host/base/data_folder.h"
#include "host/base/error.h"
#include "host/base/nearest.h"
#include "host/base/tables.h"
#include "host/base/text.h"

namespace isoloss {
namespace {

std::string text_of(const toml::table& entry, std::string_view key) {
  const auto value = entry[key].value<std::string>();
  if (!value) throw std::logic_error(fmt::format("datasets.toml: an entry lacks {}", key));
  return *value;
}

std::string without_csv(std::string_view file) {
  if (file.ends_with(".csv")) file.remove_suffix(4);
  return std::string(file);
}

DataSet data_set_of(const toml::table& entry) {
  DataSet out;
  out.file = text_of(entry, "file");
  out.name = without_csv(out.file);
  out.title = text_of(entry, "title");
  out.citation = text_of(entry, "citation");
  out.url = text_of(entry, "url");
  out.rows = entry["rows"].value_or(0L);
  out.n_means = text_of(entry, "n_means");
  out.loss = text_of(entry, "loss");
  out.made = text_of(entry, "made");
  out.licence = text_of(entry, "licence");
  out.note = text_of(entry, "note");
  return out;
}

std::vector<DataSet> read_data_sets() {
  const toml::table document = toml::parse(datasets_toml());
  const toml::array* entries = document["dataset"].as_array();
  if (entries == nullptr) throw std::logic_error("datasets.toml: no [[dataset]]");
  std::vector<DataSet> out;
  for (const toml::node& entry : *entries) out.push_back(data_set_of(*entry.as_table()));
  return out;
}

}  // namespace

const std::vector<DataSet>& data_sets() {
  static const std::vector<DataSet> all = read_data_sets();
  return all;
}

const DataSet& data_set_called(std::string_view name) {
  const std::string wanted = without_csv(name);
  std::vector<std::string> names;
  for (const DataSet& data : data_sets()) {
    if (data.name == wanted) return data;
    names.push_back(data.name);
  }
  throw InputError(
      "", 0, "", fmt::format("no data set {}", shown(name)),
      did_you_mean(wanted, names, fmt::format("the data sets are {}", fmt::join(names, ", "))));
}

std::optional<std::string> data_file(std::string_view file) {
  const auto folder = data_folder("datasets");
  std::error_code failed;
  if (!folder || !std::filesystem::exists(*folder / file, failed)) return {};
  return (*folder / file).string();
}

}  // namespace isoloss
