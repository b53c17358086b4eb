// What a command makes of its answer: the report, and each file that was asked for.

#pragma once

#include <functional>
#include <string>
#include <vector>

#include "host/base/output_file.h"
#include "host/commands/command_line.h"
#include "host/commands/showing.h"

namespace isoloss {

// Held until all are made; then all appear, or none.
class Documents {
 public:
  using Describe = std::function<Document()>;
  using Render = std::function<std::string()>;
  using RenderFile = std::function<std::string(const std::string& path)>;

  // What becomes of an answer besides.
  struct Aside {
    bool is_quiet = false;  // no report
    bool warns = false;     // without one, its warnings go to standard error
  };

  // Opens the files. Throws as OutputFiles does.
  Documents(const CommandLine& line, const Showing* showing);

  // The answer as it describes itself: on standard output, unless a file goes there, and as the
  // page that was asked for. json: all its digits; it may have none.
  void answer(const Describe& describe, const Render& json, Aside aside);
  void answer(const Describe& describe, const Render& json = {}) { answer(describe, json, {}); }
  // Standard output of a command that has no --format: showing is null.
  void text(const Render& render) { contents_.back() = render(); }
  // The file that this flag names, or each of them; nothing happens if it was not given.
  void file(const std::string& flag, const RenderFile& render);
  // The same of words, which may name options.
  void text(const std::string& flag, const Render& render);

  // Throws OutputError.
  void commit();

 private:
  void show(const Document& document, Aside aside);

  const Showing* showing_;
  std::vector<CommandLine::Output> asked_;
  OutputFiles files_;
  std::vector<std::string> contents_;  // of the files, then of standard output
  std::vector<bool> filled_;           // of the files
  std::string notes_;                  // for standard error
};

}  // namespace isoloss
