// A batch of problems on its way through one device: its stream, its memory, its steps.

#pragma once

#include "cuda/arena.h"
#include "cuda/device_request.h"
#include "cuda/linear_terms.h"
#include "cuda/select.h"

namespace isoloss {

// The arrays of a batch of `num` problems; device pointers. Comments in cuda/jobs.h and
// cuda/screen_jobs.h say which kernel reads and writes what.
struct BatchArrays {
  std::uint32_t* counts = nullptr;
  double* weights = nullptr;
  PackedRun* packed = nullptr;
  int* num_padded = nullptr;
  int* queues = nullptr;  // of the minimiser and of the polish
  double* moments = nullptr;
  double* tables = nullptr;
  double* values = nullptr;  // of cells, or of starts
  double* rough = nullptr;   // the same in float
  Ranked* best = nullptr;
  ScreenedStart* screened = nullptr;
  double* starts = nullptr;
  FitEnd* ends = nullptr;
  Candidate* candidates = nullptr;
  double* room = nullptr;  // of a tape, see LawOnDevice
  int room_threads = 0;

  // Takes them from the arena; with one that only counts, all stay null.
  static BatchArrays take(Arena& arena, const DeviceRequest& request, int num);
};

// Bytes of a batch.
std::size_t batch_bytes(const DeviceRequest& request, int num);

class Batch {
 public:
  // context.stream is the batch's own. Throws DeviceError.
  explicit Batch(LaunchContext context);
  Batch(const Batch&) = delete;
  Batch& operator=(const Batch&) = delete;
  ~Batch();

  // Queues all work for problems [first, first + num) of the request; returns before the fits, but
  // waits for screens, whose selection by Thrust waits for its stream. costs: see StartsJob,
  // device, for resamples that start from the best of a list.
  void start(const DeviceRequest& request, const double* costs, int first, int num);
  // Waits for what was started last and hands it over: out is the whole request's.
  void finish(const DeviceRequest& request, Candidate* out);

  // Waits for what was started and forgets it.
  void abandon();
  // The best of all pairs, `rows` rows of them at a time; device pointers. Waits.
  PairCell best_pair(const PairScreen& screen, int rows);

  // Memory for batches of `num` problems; keeps what it has if that suffices.
  void reserve(const DeviceRequest& request, int num);
  // Gives the memory back.
  void release() { arena_ = Arena(); }

  const LaunchContext& context() const { return context_; }

 private:
  void draw(const DeviceRequest& request);
  void screen_exponents(const DeviceRequest& request);
  void screen_starts_of_runs(const DeviceRequest& request);
  void screen_starts_of_resamples(const DeviceRequest& request, const double* costs);
  void minimise(const DeviceRequest& request);
  void polish(const DeviceRequest& request);
  // The least num_chosen of each segment of `values`, in order, into arrays_.best: num_chosen x
  // num_segments.
  void choose(const Segments& segments, const double* values, int num_chosen);
  // Copies the starts that were chosen for each problem.
  void gather(const DeviceRequest& request);
  LawOnDevice law(const DeviceRequest& request) const {
    return request.law_in(arrays_.room, arrays_.room_threads);
  }
  ProblemRuns problems(const DeviceRequest& request) const {
    return {request.runs, arrays_.packed, arrays_.num_padded, request.packed_stride()};
  }

  LaunchContext context_;
  LinearTerms linear_terms_;
  Arena arena_;
  BatchArrays arrays_;
  PinnedBuffer<unsigned char> results_;
  int first_ = 0;
  int num_ = 0;  // problems of what was started last, 0 before
};

}  // namespace isoloss
