#include "host/base/output_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "host/base/call.h"
#include "host/base/error.h"

namespace isoloss {
namespace {

// Devices and pipes, /dev/stdout say, have no name to rename over.
bool is_plain_or_new(const std::string& path) {
  struct stat info {};
  return stat(path.c_str(), &info) != 0 || S_ISREG(info.st_mode);
}

bool write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace

OutputFile::OutputFile(std::string path) : path_(std::move(path)) {
  if (is_kept(path_)) return;
  if (path_ == "-") {
    descriptor_ = STDOUT_FILENO;
    return;
  }
  const bool plain = is_plain_or_new(path_);
  temporary_ = plain ? path_ + ".part" + std::to_string(getpid()) : "";
  const std::string& name = plain ? temporary_ : path_;
  descriptor_ = open(name.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | (plain ? O_EXCL : 0), 0666);
  if (descriptor_ < 0) {
    temporary_.clear();
    fail("create");
  }
}

OutputFile::~OutputFile() {
  if (descriptor_ > STDERR_FILENO) close(descriptor_);
  if (!temporary_.empty()) unlink(temporary_.c_str());
}

void OutputFile::commit(std::string_view bytes) {
  if (is_kept(path_)) {
    kept(path_).append(bytes);
    return;
  }
  if (!write_all(descriptor_, bytes)) fail("write");
  if (temporary_.empty()) return;
  if (fsync(descriptor_) != 0) fail("write");
  if (std::rename(temporary_.c_str(), path_.c_str()) != 0) fail("replace");
  temporary_.clear();
}

void OutputFile::fail(const char* doing) const {
  throw OutputError(std::string("cannot ") + doing + " " + path_ + ": " + std::strerror(errno));
}

}  // namespace isoloss
