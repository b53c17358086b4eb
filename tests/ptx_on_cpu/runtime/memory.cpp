#include "tests/ptx_on_cpu/runtime/memory.h"

namespace isoloss::ptx {

u64 Memory::variable(const ModuleVariables& module, std::size_t index) {
  std::vector<u64>& addresses = variables_[&module];
  if (addresses.empty()) {
    for (const ModuleVariable& variable : module) {
      std::vector<std::byte> bytes(variable.num_bytes);
      if (!variable.bytes.empty())
        std::memcpy(bytes.data(), variable.bytes.data(), variable.bytes.size());
      addresses.push_back(new_allocation(std::move(bytes)));
    }
  }
  return addresses[index];
}

std::byte* Memory::host_bytes(const void* address, std::size_t num_bytes) const {
  std::byte* found = const_cast<Memory*>(this)->find(
      static_cast<u64>(reinterpret_cast<std::uintptr_t>(address)), num_bytes);
  if (found == nullptr) throw std::out_of_range("a copy outside every device allocation");
  return found;
}

u64 Memory::new_allocation(std::vector<std::byte> bytes) {
  if (bytes.size() >= u64{1} << kAddressBits)
    throw std::length_error("an allocation of over 4 GiB");
  allocations_.push_back(std::move(bytes));
  return (kFirstAllocation + allocations_.size() - 1) << kAddressBits;
}

}  // namespace isoloss::ptx
