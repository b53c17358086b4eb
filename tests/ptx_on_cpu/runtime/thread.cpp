#include "tests/ptx_on_cpu/runtime/thread.h"

#include "tests/ptx_on_cpu/runtime/failure.h"

namespace isoloss::ptx {
namespace {

constexpr u32 kMostAccessesInARow = 16;

Dim3 index_of(u32 number, const Dim3& size) {
  return {number % size.x, number / size.x % size.y, number / (size.x * size.y)};
}

std::string text_of(const Dim3& at) {
  return '(' + std::to_string(at.x) + ',' + std::to_string(at.y) + ',' + std::to_string(at.z) + ')';
}

}  // namespace

Thread::Thread(BlockState& of, u32 thread_number, std::span<const std::byte> parameters)
    : block(of),
      number(thread_number),
      index(index_of(thread_number, of.size)),
      frame(of.kernel.make_frame(parameters)) {
  seen[lane()] = 1;
}

void Thread::wait_for(Wait what, const Request& with) {
  waits_for = what;
  request = with;
  const bool of_warp = what != Wait::barrier;
  if (of_warp && (with.mask & lane_bit()) == 0) fail("bad mask: it leaves out the calling lane");
}

bool Thread::gives_way() {
  if (!block.interleaves) return false;
  if (accesses_left == 0)
    accesses_left = 1 + static_cast<u32>(block.random() % kMostAccessesInARow);
  return --accesses_left == 0;
}

u64 Thread::push_local(std::size_t num_bytes) {
  const u64 base = (local.size() + 15) / 16 * 16;
  local.resize(base + num_bytes, std::byte{0xFF});
  return base;
}

std::byte* Thread::bytes_at(Space space, Access access, u64 address, u32 num_bytes) {
  if (space == Space::generic) {
    space = space_of(address);
    address -= window(space);
  }
  if (space == Space::shared_space) return block.shared.access(*this, access, address, num_bytes);
  if (space == Space::local_space) {
    if (address < local.size() && num_bytes <= local.size() - address)
      return local.data() + address;
    fail("out of bounds: " + std::to_string(num_bytes) + " bytes at local address " +
         std::to_string(address));
  }
  std::byte* found = block.memory.find(address, num_bytes);
  if (found == nullptr)
    fail("out of bounds: " + std::to_string(num_bytes) + " bytes at byte " +
         std::to_string(address & 0xFFFFFFFF) + " of a global allocation");
  return found;
}

void Thread::fail(const std::string& message) const {
  throw Failure(message + " [kernel " + block.kernel.name + ", " + block.kernel.file + ":" +
                std::to_string(line) + ", block " + text_of(block.index) + ", thread " +
                text_of(index) + "]");
}

}  // namespace isoloss::ptx
