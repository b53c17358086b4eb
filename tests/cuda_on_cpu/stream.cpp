#include "tests/cuda_on_cpu/stream.h"

#include <utility>

#include "tests/cuda_on_cpu/machine.h"

namespace cuda_on_cpu {

Streams& all_streams() {
  static Streams streams;
  return streams;
}

void Queue::push(Operation operation) { operations_.push_back(std::move(operation)); }

void Queue::run_one() {
  const Operation operation = std::move(operations_.front());
  operation();
  operations_.pop_front();
  ++num_done_;
}

void Queue::run_until(std::uint64_t ticket) {
  while (num_done_ < ticket) run_one();
}

QueuePointer default_queue(int device) {
  QueuePointer& queue = all_streams().default_queues[device];
  if (!queue) queue = std::make_shared<Queue>();
  return queue;
}

StreamEnd find_stream(cudaStream_t stream) {
  if (stream == nullptr) return {default_queue(current_device()), current_device()};
  return all_streams().streams.count(stream) == 0 ? StreamEnd{} : stream->end;
}

void run_device(int device) {
  default_queue(device)->run_all();
  for (const auto& [handle, stream] : all_streams().streams)
    if (stream->end.device == device) stream->end.queue->run_all();
}

}  // namespace cuda_on_cpu
