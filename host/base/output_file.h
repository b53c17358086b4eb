// Files that appear whole or not at all.

#pragma once

#include <string>
#include <string_view>

namespace isoloss {

// A file written beside its final name and renamed over it by commit(). Opened at once, so that a
// path that cannot be written is an error before any work; without commit() nothing is left.
// The path "-" is standard output. In a call from another program (host/base/call.h) that is the
// call's, which keeps what is written to memory:NAME too.
class OutputFile {
 public:
  // Throws OutputError if the file cannot be created.
  explicit OutputFile(std::string path);
  ~OutputFile();
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  // Writes all of `bytes`, flushes them to the disk and renames. Throws OutputError; then the old
  // file, if there was one, is untouched.
  void commit(std::string_view bytes);

 private:
  [[noreturn]] void fail(const char* doing) const;

  std::string path_;
  std::string temporary_;
  int descriptor_ = -1;
};

}  // namespace isoloss
