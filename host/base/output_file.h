// Files that appear whole or not at all.

#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace isoloss {

// A file that gets its name when it is whole; until then it has none, where the system has files
// without one, else a name beside it. It keeps mode and owner of the file that it replaces. What is
// no plain file (a device, a pipe), and what standard output or standard error goes to, is written
// through. A symbolic link stays: its target is the file. The path "-" is standard output. In a
// call from another program (host/base/call.h) that is the call's, which keeps memory:NAME too.
class OutputFile {
 public:
  // Opens it. Throws OutputError if it cannot be written.
  explicit OutputFile(std::string path);
  ~OutputFile();
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  bool is_stdout() const;
  // Whether it is written through, and so cannot be taken back.
  bool is_through() const { return target_.empty(); }

  // The steps of all outputs of a run, in this order. Each throws OutputError; up to the last the
  // old file, if there was one, is untouched. The old one is kept until undo() may no longer be
  // asked for, if the file system has hard links.
  void write(std::string_view bytes);
  void name_aside();
  void replace();
  void undo() noexcept;

 private:
  void open_through();
  void open_target();
  void keep_mode_and_owner();
  [[noreturn]] void fail(const char* doing) const;

  std::string path_;
  std::string target_;  // that is replaced; empty if written through
  std::string aside_;   // the name that it has until then, if any; then that of the old file
  bool is_replaced_ = false;
  bool has_old_ = false;  // or had, where it could not be kept
  int descriptor_ = -1;
};

// The outputs of a run: all appear, or none.
class OutputFiles {
 public:
  // Opens all. Throws InputError, with nothing opened, for one that is an input of the run or named
  // twice; OutputError.
  OutputFiles(const std::vector<std::string>& paths, const std::vector<std::string>& inputs);

  // One more, whose path needs no check.
  void add(const std::string& path);
  bool has_stdout() const;
  // Writes contents[i] to the i-th. Throws OutputError; then no file appears or changes but what is
  // written through.
  void commit(const std::vector<std::string>& contents);

 private:
  std::vector<std::unique_ptr<OutputFile>> files_;
};

// Writes to standard output. Throws OutputError.
void print(std::string_view text);

}  // namespace isoloss
