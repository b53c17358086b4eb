// What --verbose tells on standard error while work goes on; reports have none of it.

#pragma once

#include <string_view>

namespace isoloss {

// While it lives, what this thread tells is said.
class Verbose {
 public:
  explicit Verbose(bool is_on);
  ~Verbose();
  Verbose(const Verbose&) = delete;
  Verbose& operator=(const Verbose&) = delete;

 private:
  const bool before_;
};

// A line, without its end.
void tell_verbose(std::string_view line);

}  // namespace isoloss
