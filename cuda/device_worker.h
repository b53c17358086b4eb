// One device at work: its streams, and the tiles that go through them in turn.

#pragma once

#include <memory>
#include <vector>

#include "cuda/tile.h"

namespace isoloss {

class DeviceWorker {
 public:
  // memory_bytes: as in CudaOptions. Throws DeviceError.
  DeviceWorker(int device, std::size_t memory_bytes);
  DeviceWorker(const DeviceWorker&) = delete;
  DeviceWorker& operator=(const DeviceWorker&) = delete;
  ~DeviceWorker();

  // Problems [first, first + num) of the request; out is the whole request's. May run beside other
  // workers, in a thread of its own.
  void search(const SearchRequest& request, int first, int num, Candidate* out);
  PairCell best_pair(const PairScreen& screen);

 private:
  // Tiles that copies and kernels of different tiles overlap in.
  static constexpr int kNumTiles = 2;

  void search_in_tiles(const DeviceRequest& request, const double* costs, int first, int num,
                       int tile_num, Candidate* out);
  int problems_a_tile(const DeviceRequest& request, int num) const;
  std::size_t memory_to_use() const;

  int device_;
  std::size_t memory_bytes_;
  std::vector<cudaStream_t> streams_;
  std::vector<std::unique_ptr<Tile>> tiles_;
};

}  // namespace isoloss
