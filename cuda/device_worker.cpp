#include "cuda/device_worker.h"

#include <climits>

#include "cuda/tape_text.h"

namespace isoloss {
namespace {

// Problems that fill the largest device several times over; cuBLAS takes fewer than 65,536.
constexpr int kMostProblems = 1 << 15;
// Left free for cuBLAS, Thrust and the driver.
constexpr std::size_t kReserve = std::size_t{256} << 20;

// Runs are staged in shared memory only where so many blocks still fit beside each other: one block
// with all of the memory would wait for its own latencies.
constexpr std::size_t kResidentBlocks = 4;
constexpr std::size_t kReservedABlock = 1024;  // bytes that the driver takes of each

LaunchContext context_of(int device, cudaStream_t stream) {
  cudaDeviceProp properties{};
  CUDA_CHECK(cudaGetDeviceProperties(&properties, device));
  const std::size_t share =
      properties.sharedMemPerMultiprocessor / kResidentBlocks - kReservedABlock;
  return {stream, properties.multiProcessorCount,
          std::min(properties.sharedMemPerBlockOptin, share)};
}

// The screen's columns on the device.
struct DevicePairs {
  DeviceBuffer<double> first, second, first_fit, second_fit, first_cost, second_cost;
  PairScreen screen;

  explicit DevicePairs(const PairScreen& from) : screen(from) {
    const auto num_first = static_cast<std::size_t>(from.num_first);
    const auto num_second = static_cast<std::size_t>(from.num_second);
    const auto rank = static_cast<std::size_t>(from.rank);
    first = upload(from.first, num_first * rank);
    second = upload(from.second, rank * num_second);
    first_fit = upload(from.first_fit, num_first);
    second_fit = upload(from.second_fit, num_second);
    first_cost = upload(from.first_cost, num_first);
    second_cost = upload(from.second_cost, num_second);
    screen.first = first.data();
    screen.second = second.data();
    screen.first_fit = first_fit.data();
    screen.second_fit = second_fit.data();
    screen.first_cost = first_cost.data();
    screen.second_cost = second_cost.data();
  }
};

bool stopped(const SearchRequest& request) { return request.stop != nullptr && *request.stop; }

}  // namespace

DeviceWorker::DeviceWorker(int device, const CudaOptions& options)
    : device_(device), options_(options) {
  CUDA_CHECK(cudaSetDevice(device_));
  streams_.reserve(kNumBatches);
  try {
    for (int i = 0; i < kNumBatches; ++i) {
      cudaStream_t stream = nullptr;
      CUDA_CHECK(cudaStreamCreateWithFlags(&stream, cudaStreamNonBlocking));
      streams_.push_back(stream);
      batches_.push_back(std::make_unique<Batch>(context_of(device_, stream)));
    }
  } catch (...) {
    batches_.clear();
    for (cudaStream_t stream : streams_) cudaStreamDestroy(stream);
    throw;
  }
}

DeviceWorker::~DeviceWorker() {
  cudaSetDevice(device_);
  batches_.clear();
  for (cudaStream_t stream : streams_) cudaStreamDestroy(stream);
}

void DeviceWorker::empty_batches() {
  for (const auto& batch : batches_) batch->abandon();
  for (const auto& batch : batches_) batch->release();
}

std::size_t DeviceWorker::memory_to_use() const {
  std::size_t free = 0;
  std::size_t total = 0;
  CUDA_CHECK(cudaMemGetInfo(&free, &total));
  const std::size_t most = free > 2 * kReserve ? free - kReserve : free / 2;
  return options_.memory_bytes == 0 ? most : std::min(most, options_.memory_bytes);
}

// The most that fit; bytes grow with the number.
int DeviceWorker::problems_a_batch(const DeviceRequest& request, int num) const {
  const std::size_t most_bytes = memory_to_use() / kNumBatches;
  int fitting = 1;
  int too_many = std::min(num, kMostProblems) + 1;
  while (too_many - fitting > 1) {
    const int middle = (fitting + too_many) / 2;
    (batch_bytes(request, middle) <= most_bytes ? fitting : too_many) = middle;
  }
  return fitting;
}

DeviceBuffer<double> DeviceWorker::costs_of_starts(const DeviceRequest& request) const {
  const LaunchContext& context = batches_[0]->context();
  DeviceBuffer<double> costs(static_cast<std::size_t>(request.runs.num_runs) *
                             static_cast<std::size_t>(request.host.num_starts));
  const int num_threads = request.room_threads(1);
  const DeviceBuffer<double> room(request.room_size(num_threads));
  StartsJob job{request.law_in(room.data(), num_threads), request.runs, request.starts(),
                request.host.num_starts, costs.data()};
  job.delta = screening_delta(request.host);
  request.law.costs(context, job);
  CUDA_CHECK(cudaStreamSynchronize(context.stream));
  return costs;
}

const TextKernels* DeviceWorker::text_kernels(const DeviceRequest& request, int num) {
  const Tape* tape = request.host.tape;
  if (tape == nullptr || options_.texts == CudaTexts::never || !can_be_text(*tape)) return nullptr;
  const bool must = options_.texts == CudaTexts::always;
  const long long num_fits = static_cast<long long>(num) * request.starts_a_problem();
  return must || num_fits >= options_.fewest_text_fits ? texts_.kernels_of(*tape, must) : nullptr;
}

void DeviceWorker::search(const SearchRequest& request, int first, int num, Candidate* out) {
  CUDA_CHECK(cudaSetDevice(device_));
  empty_batches();
  DeviceRequest on_device(request, batches_[0]->context());
  on_device.text = text_kernels(on_device, num);
  DeviceBuffer<double> costs;
  if (on_device.by_best_starts() && !on_device.plain()) costs = costs_of_starts(on_device);
  for (int batch_num = problems_a_batch(on_device, num);; batch_num /= 2) {
    try {
      return search_in_batches(on_device, costs.data(), first, num, batch_num, out);
    } catch (const DeviceMemoryError&) {
      if (batch_num == 1) throw;
      empty_batches();
    }
  }
}

// Two batches take turns: while one is drawn and screened, the other's fits run.
void DeviceWorker::search_in_batches(const DeviceRequest& request, const double* costs, int first,
                                     int num, int batch_num, Candidate* out) {
  const int num_used = num > batch_num ? kNumBatches : 1;
  for (int i = 0; i < num_used; ++i)
    batches_[static_cast<std::size_t>(i)]->reserve(request, batch_num);
  int turn = 0;
  for (int done = 0; done < num && !stopped(request.host); done += batch_num) {
    Batch& batch = *batches_[static_cast<std::size_t>(turn)];
    turn = (turn + 1) % num_used;
    batch.finish(request, out);
    batch.start(request, costs, first + done, std::min(batch_num, num - done));
  }
  for (const auto& batch : batches_) batch->finish(request, out);
}

PairCell DeviceWorker::best_pair(const PairScreen& screen) {
  CUDA_CHECK(cudaSetDevice(device_));
  empty_batches();
  const DevicePairs pairs(screen);
  const std::size_t row_bytes = sizeof(double) * static_cast<std::size_t>(screen.num_second);
  const std::size_t most_rows = std::min(static_cast<std::size_t>(screen.num_first),
                                         INT_MAX / static_cast<std::size_t>(screen.num_second));
  int rows =
      static_cast<int>(std::clamp<std::size_t>(memory_to_use() / 2 / row_bytes, 1, most_rows));
  for (;; rows /= 2) {
    try {
      return batches_[0]->best_pair(pairs.screen, rows);
    } catch (const DeviceMemoryError&) {
      if (rows == 1) throw;
    }
  }
}

}  // namespace isoloss
