#include "tests/ptx_on_cpu/runtime/shared_memory.h"

#include "tests/ptx_on_cpu/runtime/thread.h"

namespace isoloss::ptx {

SharedMemory::SharedMemory(const Kernel& kernel, std::size_t dynamic_bytes)
    : bytes_(kernel.dynamic_offset + dynamic_bytes, std::byte{0xFF}), shadow_(bytes_.size()) {
  const auto own = [&](const Range& range) {
    for (std::size_t i = 0; i < range.num_bytes; ++i) shadow_[range.offset + i].owned = true;
  };
  for (const Range& range : kernel.shared) own(range);
  own({kernel.dynamic_offset, dynamic_bytes});
}

std::byte* SharedMemory::access(const Thread& t, Access access, u64 address, u32 num_bytes) {
  const bool inside = address < bytes_.size() && num_bytes <= bytes_.size() - address;
  if (!inside || !shadow_[address].owned || !shadow_[address + num_bytes - 1].owned)
    t.fail("out of bounds: " + std::to_string(num_bytes) + " bytes at shared address " +
           std::to_string(address));
  for (u64 at = address; at < address + num_bytes; ++at) touch(shadow_[at], t, access, at);
  return bytes_.data() + address;
}

// What one thread did before comes before what another does now if the block has met since, or if
// both are of one warp and its barriers carried the news.
bool SharedMemory::conflicts(const Touch& before, const Thread& t, bool atomic) const {
  if (before.epoch != epoch_ || before.thread == t.number) return false;
  if (atomic && before.atomic) return false;
  const bool same_warp = before.thread / kWarpSize == t.number / kWarpSize;
  return !same_warp || t.seen[before.thread % kWarpSize] < before.clock;
}

void SharedMemory::check(const Touch& before, const Thread& t, bool atomic, const char* what,
                         u64 at) const {
  if (conflicts(before, t, atomic))
    t.fail("shared memory race: byte " + std::to_string(at) + " was " + what + " by thread " +
           std::to_string(before.thread) + " at PTX line " + std::to_string(before.line) +
           " with no barrier since");
}

void SharedMemory::touch(Byte& byte, const Thread& t, Access access, u64 at) {
  const bool atomic = access == Access::atomic;
  const Touch now{epoch_, t.seen[t.lane()], t.number, t.line, atomic};
  check(byte.write, t, atomic, "written", at);
  if (access == Access::read) {
    if (byte.reads[0].thread != t.number) byte.reads[1] = byte.reads[0];
    byte.reads[0] = now;
    return;
  }
  for (const Touch& read : byte.reads) check(read, t, false, "read", at);
  byte.write = now;
}

}  // namespace isoloss::ptx
