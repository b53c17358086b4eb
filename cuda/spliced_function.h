// The body of a function that nvcc compiled to PTX, to be written into another function: a call
// would keep numbers in memory that stand in registers.

#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace isoloss {

class SplicedFunction {
 public:
  // name: of a function in `ptx` without branches, whose parameters and result are doubles. Throws
  // std::logic_error if there is none.
  SplicedFunction(std::string_view ptx, std::string_view name);

  // Lines that put f(arguments) into `result`, registers or constants; the function's own registers
  // get names with `tag`, which tells this place from others.
  std::string lines(const std::string& tag, std::span<const std::string> arguments,
                    const std::string& result) const;

 private:
  std::string name_;
  std::vector<std::string> body_;
};

}  // namespace isoloss
