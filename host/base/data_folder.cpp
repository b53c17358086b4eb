#include "host/base/data_folder.h"

#include <mutex>
#include <system_error>

namespace isoloss {
namespace {

std::mutex given_mutex;
std::filesystem::path given;

std::filesystem::path given_folder() {
  const std::lock_guard<std::mutex> lock(given_mutex);
  return given;
}

}  // namespace

void set_data_folder(const std::filesystem::path& folder) {
  const std::lock_guard<std::mutex> lock(given_mutex);
  given = folder;
}

std::optional<std::filesystem::path> data_folder(std::string_view name) {
  namespace fs = std::filesystem;
  std::error_code failed;
  const fs::path asked = given_folder();
  if (!asked.empty() && fs::is_directory(asked / name, failed)) return asked / name;
  const fs::path program = fs::read_symlink("/proc/self/exe", failed);
  if (failed) return {};
  const fs::path own = program.parent_path();
  for (const fs::path& root : {own.parent_path(), own}) {
    const fs::path folder = fs::canonical(root / "share/isoloss" / name, failed);
    if (!failed && fs::is_directory(folder, failed)) return folder;
  }
  return {};
}

}  // namespace isoloss
