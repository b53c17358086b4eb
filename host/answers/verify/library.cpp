#include "host/answers/verify/library.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "host/answers/verify/rows.h"
#include "host/base/data_folder.h"
#include "host/base/error.h"
#include "host/base/file_bytes.h"
#include "host/base/nearest.h"
#include "host/base/text.h"

namespace isoloss {
namespace {

namespace fs = std::filesystem;

std::string folder_of_program() {
  if (const auto folder = data_folder("published")) return folder->string();
  throw InputError("", 0, "",
                   "the published fits are not found: they were not installed with this program",
                   "name their folder with ``dir``");
}

std::vector<fs::path> files_in(const std::string& folder) {
  std::vector<fs::path> out;
  std::error_code failed;
  for (const auto& entry : fs::directory_iterator(folder, failed))
    if (entry.path().extension() == ".toml") out.push_back(entry.path());
  if (failed)
    throw InputError(folder, 0, "", fmt::format("cannot be read: {}", failed.message()), "");
  if (out.empty()) throw InputError(folder, 0, "", "no published fit, no .toml", "");
  std::sort(out.begin(), out.end());
  return out;
}

fs::path file_called(const std::string& name, const std::vector<fs::path>& files) {
  std::vector<std::string> names;
  for (const fs::path& file : files) {
    if (file.stem() == name || file.filename() == name) return file;
    names.push_back(file.stem().string());
  }
  throw InputError("", 0, "", fmt::format("no published fit {}", shown(name)),
                   near_or_all(name, names, "they are"));
}

}  // namespace

std::vector<std::string> files_of_fits(const std::string& folder) {
  std::vector<std::string> out;
  // What is wrong is said when the fits are read.
  const auto unless_wrong = [](const auto& act) {
    try {
      act();
    } catch (const InputError&) {
    }
  };
  unless_wrong([&] {
    for (const fs::path& file : files_in(folder.empty() ? folder_of_program() : folder))
      unless_wrong([&] {
        out.push_back(file.string());
        const PublishedFit fit = parse_published_fit(read_file(out.back()), out.back());
        const bool is_here = fit.dataset_env.empty() || std::getenv(fit.dataset_env.c_str());
        if (is_here) out.push_back(data_set_path(fit));
        if (!fit.schedules.empty()) out.push_back(table_path(fit, fit.schedules));
      });
  });
  return out;
}

std::vector<PublishedFit> published_fits(const std::string& folder,
                                         const std::vector<std::string>& names) {
  std::vector<fs::path> files = files_in(folder.empty() ? folder_of_program() : folder);
  if (!names.empty()) {
    std::vector<fs::path> wanted;
    for (const std::string& name : names) wanted.push_back(file_called(name, files));
    files = wanted;
  }
  std::vector<PublishedFit> out;
  for (const fs::path& file : files)
    out.push_back(parse_published_fit(read_file(file.string()), file.string()));
  return out;
}

}  // namespace isoloss
