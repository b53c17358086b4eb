// The runtime's calls about streams and events.

#include <utility>

#include "cuda_on_cpu/runtime_api.h"
#include "tests/cuda_on_cpu/call.h"
#include "tests/cuda_on_cpu/stream.h"

namespace cuda_on_cpu {
namespace {

template <class Work>
cudaError_t with_stream(cudaStream_t stream, Work work) {
  const StreamEnd end = find_stream(stream);
  return end ? work(end) : cudaErrorInvalidResourceHandle;
}

template <class Work>
cudaError_t with_event(cudaEvent_t event, Work work) {
  if (all_streams().events.count(event) == 0) return cudaErrorInvalidResourceHandle;
  return work(*event);
}

cudaError_t create_stream(cudaStream_t* stream, unsigned flags) {
  const int device = current_device();
  auto made = std::make_unique<CUstream_st>();
  made->end.device = device;
  made->end.queue =
      flags == cudaStreamNonBlocking ? std::make_shared<Queue>() : default_queue(device);
  *stream = made.get();
  all_streams().streams.emplace(*stream, std::move(made));
  return cudaSuccess;
}

cudaError_t create_event(cudaEvent_t* event) {
  auto made = std::make_unique<CUevent_st>();
  made->device = current_device();
  *event = made.get();
  all_streams().events.emplace(*event, std::move(made));
  return cudaSuccess;
}

// A query lets one operation run, so that a loop of queries ends.
cudaError_t query(Queue& queue, std::uint64_t ticket) {
  if (queue.is_done(ticket)) return cudaSuccess;
  queue.run_one();
  return cudaErrorNotReady;
}

}  // namespace
}  // namespace cuda_on_cpu

using cuda_on_cpu::all_streams;
using cuda_on_cpu::api_call;
using cuda_on_cpu::create_event;
using cuda_on_cpu::create_stream;
using cuda_on_cpu::query;
using cuda_on_cpu::release_call;
using cuda_on_cpu::StreamEnd;
using cuda_on_cpu::with_event;
using cuda_on_cpu::with_stream;

cudaError_t cudaStreamCreate(cudaStream_t* stream) {
  return api_call("cudaStreamCreate", [=] { return create_stream(stream, cudaStreamDefault); });
}

cudaError_t cudaStreamCreateWithFlags(cudaStream_t* stream, unsigned flags) {
  return api_call("cudaStreamCreateWithFlags", [=] { return create_stream(stream, flags); });
}

cudaError_t cudaStreamDestroy(cudaStream_t stream) {
  return release_call("cudaStreamDestroy", [=] {
    if (all_streams().streams.count(stream) == 0) return cudaErrorInvalidResourceHandle;
    stream->end.queue->run_all();
    all_streams().streams.erase(stream);
    return cudaSuccess;
  });
}

cudaError_t cudaStreamSynchronize(cudaStream_t stream) {
  return api_call("cudaStreamSynchronize", [=] {
    return with_stream(stream, [](const StreamEnd& end) {
      end.queue->run_all();
      return cudaSuccess;
    });
  });
}

cudaError_t cudaStreamQuery(cudaStream_t stream) {
  return api_call("cudaStreamQuery", [=] {
    return with_stream(
        stream, [](const StreamEnd& end) { return query(*end.queue, end.queue->last_ticket()); });
  });
}

cudaError_t cudaStreamWaitEvent(cudaStream_t stream, cudaEvent_t event, unsigned) {
  return api_call("cudaStreamWaitEvent", [=] {
    return with_stream(stream, [=](const StreamEnd& end) {
      return with_event(event, [&](const CUevent_st& e) {
        // In one queue the order is kept anyway, and waiting would run the operation that waits.
        if (e.queue != end.queue)
          end.queue->push([queue = e.queue, ticket = e.ticket] { queue->run_until(ticket); });
        return cudaSuccess;
      });
    });
  });
}

cudaError_t cudaEventCreate(cudaEvent_t* event) {
  return api_call("cudaEventCreate", [=] { return create_event(event); });
}

cudaError_t cudaEventCreateWithFlags(cudaEvent_t* event, unsigned) {
  return api_call("cudaEventCreateWithFlags", [=] { return create_event(event); });
}

cudaError_t cudaEventRecord(cudaEvent_t event, cudaStream_t stream) {
  return api_call("cudaEventRecord", [=] {
    return with_stream(stream, [=](const StreamEnd& end) {
      return with_event(event, [&](CUevent_st& e) {
        if (e.device != end.device) return cudaErrorInvalidResourceHandle;
        e.queue = end.queue;
        e.ticket = end.queue->last_ticket();
        return cudaSuccess;
      });
    });
  });
}

cudaError_t cudaEventSynchronize(cudaEvent_t event) {
  return api_call("cudaEventSynchronize", [=] {
    return with_event(event, [](CUevent_st& e) {
      e.queue->run_until(e.ticket);
      return cudaSuccess;
    });
  });
}

cudaError_t cudaEventQuery(cudaEvent_t event) {
  return api_call("cudaEventQuery", [=] {
    return with_event(event, [](CUevent_st& e) { return query(*e.queue, e.ticket); });
  });
}

cudaError_t cudaEventDestroy(cudaEvent_t event) {
  return release_call("cudaEventDestroy", [=] {
    return all_streams().events.erase(event) == 1 ? cudaSuccess : cudaErrorInvalidResourceHandle;
  });
}
