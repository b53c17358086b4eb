// What the generated code tells of a kernel, and the frame in which a thread runs one.

#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "tests/ptx_on_cpu/runtime/memory.h"

namespace isoloss::ptx {

struct Thread;

enum class Step { paused, returned, exited };

// One call of a PTX function by one thread: its registers, and where it goes on.
struct Frame {
  virtual ~Frame() = default;
  virtual Step run(Thread& t) = 0;

  int resume = 0;
  u64 local_base = 0;  // where its local variables begin
  std::unique_ptr<Frame> callee;
};

struct Range {
  std::size_t offset;
  std::size_t num_bytes;
};

struct Kernel {
  std::string name;  // mangled
  std::string file;  // the PTX
  int max_threads;   // a block may have, by its launch bounds; 0: no such bound
  std::vector<Range> parameters;
  std::vector<Range> shared;   // static variables; between them lie bytes of no one
  std::size_t dynamic_offset;  // of dynamic shared memory
  const ModuleVariables* variables;
  std::unique_ptr<Frame> (*make_frame)(std::span<const std::byte> parameters);
};

// Makes a kernel known to find_kernel.
struct Registration {
  explicit Registration(Kernel kernel);
};

struct Dim3 {
  constexpr Dim3(u32 x_size = 1, u32 y_size = 1, u32 z_size = 1)
      : x(x_size), y(y_size), z(z_size) {}
  constexpr u32 count() const { return x * y * z; }

  u32 x;
  u32 y;
  u32 z;
};

}  // namespace isoloss::ptx
