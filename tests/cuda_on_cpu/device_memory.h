// Memory of the devices: closed to the host except while an operation runs, with a guard page
// behind each buffer, full of NaN when new, and never given out twice.

#pragma once

#include <cstddef>

namespace cuda_on_cpu {

struct Allocation {
  unsigned char* map;  // guard page, filler, data, slack, guard page
  std::size_t map_bytes;
  unsigned char* data;
  std::size_t num_bytes;    // as asked for
  std::size_t slack_bytes;  // from there to the guard page, by CUDA's alignment
  int device;
};

// Null if the device's limit does not allow it.
void* allocate_on_device(int device, std::size_t num_bytes);
// False if no live allocation starts there. Fails if the kernel wrote around the buffer.
bool free_on_device(void* pointer);
void free_all_device_memory();

std::size_t used_bytes(int device);
int num_allocations();

// The live allocation that holds the address, its end included; null if none does.
const Allocation* find_allocation(const void* address);
// Says what the address is to the devices, for a message; null if they never had it.
const char* describe_address(const void* address, bool* is_open);

// Opened and closed in pairs, which may nest.
void open_device_memory();
void close_device_memory();

class OpenDeviceMemory {
 public:
  OpenDeviceMemory() { open_device_memory(); }
  OpenDeviceMemory(const OpenDeviceMemory&) = delete;
  OpenDeviceMemory& operator=(const OpenDeviceMemory&) = delete;
  ~OpenDeviceMemory() { close_device_memory(); }
};

}  // namespace cuda_on_cpu
