#include "host/base/output_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "host/base/call.h"
#include "host/base/error.h"
#include "host/base/same_file.h"
#include "host/base/stop.h"

namespace isoloss {
namespace {

// Of a path. A deleted file that is still open somewhere, as /proc has it, is no target: the name
// that its link gives names something else.
bool is_replaceable(const std::string& path, const std::string& target) {
  struct stat info {};
  if (stat(path.c_str(), &info) != 0) return errno != ELOOP;
  return S_ISREG(info.st_mode) && is_same_file(path, target);
}

bool write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written =
        until_stopped([&] { return ::write(descriptor, bytes.data(), bytes.size()); });
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

// A file without a name in the folder of `target`; -1 where the system has none, or no /proc, by
// which it gets its name.
int open_unnamed([[maybe_unused]] const std::string& target) {
#if defined(O_TMPFILE)
  if (access("/proc/self/fd", X_OK) != 0) return -1;
  const std::string folder = std::filesystem::path(target).parent_path().string();
  return open(folder.empty() ? "." : folder.c_str(), O_WRONLY | O_TMPFILE | O_CLOEXEC, 0666);
#else
  return -1;
#endif
}

// /dev/null is no place for two outputs to meet.
bool goes_to(int descriptor, const std::string& path) {
  return path != "/dev/null" && is_open_as(descriptor, path);
}

bool is_at_stdout(const std::string& path) { return path == "-" || goes_to(STDOUT_FILENO, path); }

bool is_one_output(const std::string& a, const std::string& b) {
  return is_same_file(a, b) || (is_at_stdout(a) && is_at_stdout(b));
}

bool is_input(const std::string& output, const std::string& input) {
  return output != "-" && is_same_file(output, input == "-" ? "/dev/stdin" : input);
}

std::string shown(const std::string& path) { return path == "-" ? "standard output" : path; }

void require_apart(const std::vector<std::string>& paths, const std::vector<std::string>& inputs) {
  for (auto path = paths.begin(); path != paths.end(); ++path) {
    for (const std::string& input : inputs)
      require(!is_input(*path, input), "the output " + *path + " is an input of this run",
              "give it a file of its own");
    for (auto other = paths.begin(); other != path; ++other)
      require(!is_one_output(*path, *other), "two outputs would go to " + shown(*path),
              "give each a file of its own");
  }
}

}  // namespace

OutputFile::OutputFile(std::string path) : path_(std::move(path)) {
  if (is_kept(path_)) return;
  const std::string target = link_target(path_);
  if (is_at_stdout(path_)) {
    descriptor_ = STDOUT_FILENO;
  } else if (goes_to(STDERR_FILENO, path_)) {
    descriptor_ = STDERR_FILENO;
  } else if (is_replaceable(path_, target)) {
    target_ = target;
    open_target();
  } else {
    open_through();
  }
  if (descriptor_ < 0) fail("create");
}

OutputFile::~OutputFile() {
  if (descriptor_ > STDERR_FILENO) close(descriptor_);
  if (!aside_.empty()) unlink(aside_.c_str());
}

bool OutputFile::is_stdout() const {
  return is_kept(path_) ? path_ == "-" : descriptor_ == STDOUT_FILENO;
}

void OutputFile::open_through() {
  descriptor_ = until_stopped([&] { return open(path_.c_str(), O_WRONLY | O_TRUNC | O_CLOEXEC); });
}

void OutputFile::open_target() {
  descriptor_ = open_unnamed(target_);
  if (descriptor_ >= 0) return;
  aside_ = target_ + ".part" + std::to_string(getpid());
  descriptor_ = open(aside_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (descriptor_ < 0) aside_.clear();
}

// Who may not give a file away keeps it; the mode comes last, because a new owner takes bits of it
// away.
void OutputFile::keep_mode_and_owner() {
  struct stat old {};
  if (stat(target_.c_str(), &old) != 0) return;
  if (fchown(descriptor_, old.st_uid, old.st_gid) != 0 &&
      fchown(descriptor_, static_cast<uid_t>(-1), old.st_gid) != 0)
    errno = 0;
  if (fchmod(descriptor_, old.st_mode & 07777) != 0) fail("keep the mode of");
}

void OutputFile::write(std::string_view bytes) {
  if (is_kept(path_)) {
    kept(path_).append(bytes);
    return;
  }
  if (!write_all(descriptor_, bytes)) fail("write");
  if (is_through()) return;
  keep_mode_and_owner();
  while (fsync(descriptor_) != 0)
    if (errno != EINTR) fail("write");
}

// A name can be given to a file without one, but not another file's.
void OutputFile::name_aside() {
  if (is_through() || !aside_.empty()) return;
  const std::string name = target_ + ".part" + std::to_string(getpid());
  const std::string own = "/proc/self/fd/" + std::to_string(descriptor_);
  if (linkat(AT_FDCWD, own.c_str(), AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW) != 0) fail("create");
  aside_ = name;
}

void OutputFile::replace() {
  if (is_through()) return;
  std::string old = target_ + ".old" + std::to_string(getpid());
  const bool is_kept_aside = link(target_.c_str(), old.c_str()) == 0;
  has_old_ = is_kept_aside || errno != ENOENT;
  if (std::rename(aside_.c_str(), target_.c_str()) != 0) {
    const int reason = errno;
    if (is_kept_aside) unlink(old.c_str());
    errno = reason;
    fail("replace");
  }
  aside_ = is_kept_aside ? std::move(old) : "";
  is_replaced_ = true;
}

void OutputFile::undo() noexcept {
  if (!is_replaced_) return;
  if (!aside_.empty() && std::rename(aside_.c_str(), target_.c_str()) == 0) aside_.clear();
  if (!has_old_) unlink(target_.c_str());
  is_replaced_ = false;
}

void OutputFile::fail(const char* doing) const {
  throw OutputError(std::string("cannot ") + doing + " " + shown(path_) + ": " +
                    std::strerror(errno));
}

OutputFiles::OutputFiles(const std::vector<std::string>& paths,
                         const std::vector<std::string>& inputs) {
  require_apart(paths, inputs);
  for (const std::string& path : paths) add(path);
}

void OutputFiles::add(const std::string& path) {
  files_.push_back(std::make_unique<OutputFile>(path));
}

bool OutputFiles::has_stdout() const {
  return std::any_of(files_.begin(), files_.end(),
                     [](const auto& file) { return file->is_stdout(); });
}

// What can fail for want of space comes first, what cannot be taken back behind it.
void OutputFiles::commit(const std::vector<std::string>& contents) {
  for (const bool is_through : {false, true})
    for (std::size_t i = 0; i < files_.size(); ++i)
      if (files_[i]->is_through() == is_through) files_[i]->write(contents[i]);
  for (const auto& file : files_) file->name_aside();
  try {
    for (const auto& file : files_) file->replace();
  } catch (const OutputError&) {
    for (const auto& file : files_) file->undo();
    throw;
  }
}

void print(std::string_view text) { OutputFile("-").write(text); }

}  // namespace isoloss
