// The GPU engine in plain C++: no CUDA type is visible to host/.

#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "cuda/device_error.h"
#include "fits/search.h"

namespace isoloss {

// Why there is no engine to be had, or that there is.
enum class CudaState {
  ready,
  built_without,
  no_driver,
  driver_too_old,
  no_device,
  device_too_old,  // all of them: this program has no code for them
  no_cublas,
  failed
};

struct CudaDevice {
  int index = 0;
  std::string name;
  int major = 0;  // compute capability
  int minor = 0;
  int num_multiprocessors = 0;
  std::size_t memory_bytes = 0;
};

// What this machine has to search with. Versions are CUDA's: 13000 is 13.0; 0 is none.
struct CudaReport {
  CudaState state = CudaState::built_without;
  int built_with = 0;               // the toolkit's runtime, linked in
  int driver_version = 0;           // newest CUDA that the driver knows
  std::string cublas;               // the library found, empty if none
  std::string failure;              // for CudaState::failed: the call and its error
  std::vector<CudaDevice> devices;  // those that can be used
  int least_capability = 75;        // compute capability that this build begins with; 75 is 7.5
  int num_too_old = 0;              // devices below it
};

// Looks; starts nothing and throws nothing.
CudaReport cuda_report();

// "13.0" for 13000.
std::string cuda_version_text(int version);

// One sentence for the user about a report: "2 CUDA devices: NVIDIA H100 80GB HBM3, ...".
std::string cuda_sentence(const CudaReport& report);

// When a tape becomes kernels of its own, see cuda/tape_text.h; else it is interpreted.
enum class CudaTexts {
  many_fits,  // for requests that gain more by them than the driver takes to compile them
  always,     // if it is not too large; what the driver says against the text is an error
  never
};

struct CudaOptions {
  std::vector<int> devices = {};  // indices; empty: all
  // Of each device, for the problems at work; 0: most of what is free.
  std::size_t memory_bytes = 0;
  CudaTexts texts = CudaTexts::many_fits;
  // Of a request that are worth the second that a driver takes to compile a text, if the
  // interpreter does some 10^5 a second. Not yet measured.
  long long fewest_text_fits = 1 << 16;
  int fewest_problems = 1024;  // a device: with fewer, a second device only costs its start
};

// An engine on the devices. Throws DeviceError unless cuda_report().state is ready, and for a
// device that is not there.
std::unique_ptr<SearchEngine> make_cuda_engine(const CudaOptions& options);

}  // namespace isoloss
