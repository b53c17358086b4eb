#include "host/base/same_file.h"

#include <sys/stat.h>

#include <filesystem>

namespace isoloss {
namespace {

namespace fs = std::filesystem;

bool is_same(const struct stat& a, const struct stat& b) {
  return a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

bool is_device(const struct stat& info) { return S_ISCHR(info.st_mode) || S_ISBLK(info.st_mode); }

std::string absolute_path(const std::string& path) {
  std::error_code error;
  const std::string target = link_target(path);
  const fs::path out = fs::weakly_canonical(fs::absolute(target, error), error);
  return error ? target : out.string();
}

}  // namespace

bool is_same_file(const std::string& a, const std::string& b) {
  struct stat info_a {
  }, info_b{};
  const bool has_a = stat(a.c_str(), &info_a) == 0;
  const bool has_b = stat(b.c_str(), &info_b) == 0;
  if (has_a && has_b) return is_same(info_a, info_b) && !is_device(info_a);
  return !has_a && !has_b && absolute_path(a) == absolute_path(b);
}

bool is_open_as(int descriptor, const std::string& path) {
  struct stat open {
  }, named{};
  return fstat(descriptor, &open) == 0 && stat(path.c_str(), &named) == 0 && is_same(open, named);
}

std::string link_target(std::string path) {
  constexpr int kMostLinks = 40;  // as the kernel has it
  for (int i = 0; i < kMostLinks; ++i) {
    std::error_code error;
    const fs::path next = fs::read_symlink(path, error);
    if (error) break;
    path = next.is_absolute() ? next : fs::path(path).parent_path() / next;
  }
  return path;
}

}  // namespace isoloss
