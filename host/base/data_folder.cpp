#include "host/base/data_folder.h"

#include <system_error>

namespace isoloss {

std::optional<std::filesystem::path> data_folder(std::string_view name) {
  namespace fs = std::filesystem;
  std::error_code failed;
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
