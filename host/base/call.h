// What a call from another program, Python say, has in place of files and standard streams.

#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "host/base/column_bytes.h"
#include "host/base/stop.h"

namespace isoloss {

inline constexpr std::string_view kMemory =
    "memory:";  // begins the names of outputs kept in memory

// A file that is none: its bytes, or columns in their place, which the caller keeps.
struct CallInput {
  std::string bytes;
  std::vector<MemoryColumn> columns;
  std::size_t num_rows = 0;  // of each column
};

struct Call {
  std::map<std::string, CallInput> inputs;          // by the name that is given as a path
  std::map<std::string, std::string> outputs;       // the same of what was written to memory:NAME
  std::string out, err;                             // the standard streams
  std::function<void(int done, int all)> progress;  // from the thread that calls; may be empty
  StopToken stop = nullptr;                         // ends this call and no other
};

// The call that this thread serves; nullptr in the program. It is the thread's own, so that calls
// in several threads don't meet.
Call* current_call();

// What the call of this thread has in place of that file; nullptr: the file itself.
const CallInput* call_input(const std::string& path);

// Makes a call the thread's as long as it lives.
class CallScope {
 public:
  explicit CallScope(Call& call);
  ~CallScope();
  CallScope(const CallScope&) = delete;
  CallScope& operator=(const CallScope&) = delete;

 private:
  Call* const before_;
  const StopScope stop_;
};

// Whether the call of this thread keeps what is written to `path`, "-" or memory:NAME; and where.
bool is_kept(std::string_view path);
std::string& kept(const std::string& path);

}  // namespace isoloss
