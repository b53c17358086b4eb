// Streams do nothing until something waits for them: a result that is read too early, or an input
// that changes too early, is then surely wrong.

#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>

#include "cuda_on_cpu/runtime_types.h"

namespace cuda_on_cpu {

using Operation = std::function<void()>;

// Operations in order, each with a ticket: 1 for the first that was ever queued.
class Queue {
 public:
  void push(Operation operation);
  std::uint64_t last_ticket() const { return num_done_ + operations_.size(); }
  bool is_done(std::uint64_t ticket) const { return num_done_ >= ticket; }
  void run_until(std::uint64_t ticket);
  void run_all() { run_until(last_ticket()); }
  void run_one();

 private:
  std::deque<Operation> operations_;
  std::uint64_t num_done_ = 0;
};

using QueuePointer = std::shared_ptr<Queue>;

// The queue of a stream, null for a handle that is not one.
struct StreamEnd {
  QueuePointer queue;
  int device = 0;
  explicit operator bool() const { return queue != nullptr; }
};

}  // namespace cuda_on_cpu

struct CUstream_st {
  cuda_on_cpu::StreamEnd end;
};

// An event is a place in a queue; one that was never recorded counts as reached.
struct CUevent_st {
  int device = 0;
  cuda_on_cpu::QueuePointer queue = std::make_shared<cuda_on_cpu::Queue>();
  std::uint64_t ticket = 0;
};

namespace cuda_on_cpu {

struct Streams {
  std::map<int, QueuePointer> default_queues;  // by device
  std::map<cudaStream_t, std::unique_ptr<CUstream_st>> streams;
  std::map<cudaEvent_t, std::unique_ptr<CUevent_st>> events;
};
Streams& all_streams();

// Streams that wait for the default stream share its queue, which orders them more than CUDA does.
QueuePointer default_queue(int device);
// The default stream is that of the current device.
StreamEnd find_stream(cudaStream_t stream);
// Runs all that is queued on the device.
void run_device(int device);

}  // namespace cuda_on_cpu
