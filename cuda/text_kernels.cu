#include "cuda/text_kernels.h"

#include "cuda/compiled_ptx.h"
#include "cuda/fit_kernels.cuh"
#include "cuda/tape_text.h"
#include "fits/sizes.h"

namespace isoloss {
namespace {

// The mangled name of a kernel in PTX, by a part of it.
std::string entry_of(std::string_view ptx, std::string_view part) {
  constexpr std::string_view kEntry = ".entry ";
  for (std::size_t at = ptx.find(kEntry); at != std::string_view::npos;
       at = ptx.find(kEntry, at + 1)) {
    const std::size_t begin = at + kEntry.size();
    const std::string_view name = ptx.substr(begin, ptx.find('(', begin) - begin);
    if (name.find(part) != std::string_view::npos) return std::string(name);
  }
  throw DeviceError("the PTX of the build has no " + std::string(part));
}

std::string functions_of(const Tape& tape) {
  return tape_functions_text(tape, solver_size(tape.num_params), tape_functions_ptx());
}

template <class Job>
Job without_room(Job job) {
  job.law.num_threads = 0;
  return job;
}

}  // namespace

TextKernels::TextKernels(int num_params, const std::string& functions)
    : size_(solver_size(num_params)),
      module_(tape_module_text(tape_frame_ptx(size_), functions)),
      minimise_(module_.kernel(entry_of(tape_frame_ptx(size_), "minimise_kernel"))),
      polish_(module_.kernel(entry_of(tape_frame_ptx(size_), "polish_kernel"))) {}

// What a block shares is the same whichever code evaluates.
void TextKernels::minimise(const LaunchContext& context, const MinimiseJob& job) const {
  with_solver_size(size_, [&]<int P>() {
    launch_tiles<MinimiseMemory<TapeCode<P>>>(context, "minimise", minimise_, without_room(job),
                                              job.num_fits);
  });
}

void TextKernels::polish(const LaunchContext& context, const PolishJob& job) const {
  with_solver_size(size_, [&]<int P>() {
    launch_tiles<PolishMemory<TapeCode<P>>>(context, "polish", polish_, without_room(job),
                                            job.num_problems);
  });
}

const TextKernels* TextCache::kernels_of(const Tape& tape, bool must) {
  std::string functions = functions_of(tape);
  if (functions == functions_ && (kernels_ != nullptr || !must)) return kernels_.get();
  kernels_.reset();
  functions_ = std::move(functions);
  try {
    kernels_ = std::make_unique<TextKernels>(tape.num_params, functions_);
  } catch (const DeviceError&) {
    if (must) throw;
  }
  return kernels_.get();
}

}  // namespace isoloss
