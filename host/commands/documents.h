// What a command makes of its answer: the report, and each file that was asked for.

#pragma once

#include <functional>
#include <string>
#include <vector>

#include "host/base/output_file.h"
#include "host/commands/command_line.h"

namespace isoloss {

// Held until all are made; then all appear, or none.
class Documents {
 public:
  using Render = std::function<std::string()>;
  using RenderFile = std::function<std::string(const std::string& path)>;

  // Opens the files. Throws as OutputFiles does.
  explicit Documents(const CommandLine& line);

  // The report, for standard output, unless a file goes there or none is wanted: then `instead`
  // goes to standard error.
  void report(const Render& render, const Render& instead = {}, bool is_wanted = true);
  // The file that this flag names, or each of them; nothing happens if it was not given.
  void file(const std::string& flag, const RenderFile& render);
  void json(const Render& render);

  // Throws OutputError.
  void commit();

 private:
  std::vector<CommandLine::Output> asked_;
  OutputFiles files_;
  std::vector<std::string> contents_;  // of the files, then of standard output
  std::string notes_;                  // for standard error
};

}  // namespace isoloss
