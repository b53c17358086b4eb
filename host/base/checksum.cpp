#include "host/base/checksum.h"

#include <fmt/format.h>

#include <bit>

namespace isoloss {

void Checksum::add(std::string_view bytes) {
  for (const char byte : bytes) hash_ = (hash_ ^ static_cast<unsigned char>(byte)) * 0x100000001b3;
}

void Checksum::add(std::span<const double> numbers) {
  static_assert(std::endian::native == std::endian::little, "numbers are read as they lie");
  add({reinterpret_cast<const char*>(numbers.data()), numbers.size_bytes()});
}

std::string Checksum::text() const { return fmt::format("{:016x}", hash_); }

}  // namespace isoloss
