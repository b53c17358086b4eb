// One device at work: its streams, and the batches that go through them in turn.

#pragma once

#include <memory>
#include <vector>

#include "cuda/batch.h"
#include "cuda/engine.h"
#include "cuda/text_kernels.h"

namespace isoloss {

class DeviceWorker {
 public:
  // Throws DeviceError.
  DeviceWorker(int device, const CudaOptions& options);
  DeviceWorker(const DeviceWorker&) = delete;
  DeviceWorker& operator=(const DeviceWorker&) = delete;
  ~DeviceWorker();

  // Problems [first, first + num) of the request; out is the whole request's. May run beside other
  // workers, in a thread of its own.
  void search(const SearchRequest& request, int first, int num, Candidate* out);
  PairCell best_pair(const PairScreen& screen);

 private:
  // Batches at a time: one's fits run while another is drawn and screened.
  static constexpr int kNumBatches = 2;

  void search_in_batches(const DeviceRequest& request, const double* costs, int first, int num,
                         int batch_num, Candidate* out);
  int problems_a_batch(const DeviceRequest& request, int num) const;
  // Costs of every start at every run, see StartsJob.
  DeviceBuffer<double> costs_of_starts(const DeviceRequest& request) const;
  // Waits for what the batches still do, forgets it and gives their memory back.
  void empty_batches();
  // Bytes for batches, while they hold none.
  std::size_t memory_to_use() const;

  // Null: the tape is interpreted, or the law has code of its own.
  const TextKernels* text_kernels(const DeviceRequest& request, int num);

  int device_;
  const CudaOptions options_;
  TextCache texts_;
  std::vector<cudaStream_t> streams_;
  std::vector<std::unique_ptr<Batch>> batches_;
};

}  // namespace isoloss
