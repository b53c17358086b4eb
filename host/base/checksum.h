// A checksum of numbers and texts: tells apart what differs in a bit, not what someone forges.

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace isoloss {

// Fowler, Noll & Vo's hash of the bytes, FNV-1a.
class Checksum {
 public:
  void add(std::string_view bytes);
  void add(std::span<const double> numbers);
  void add(double number) { add(std::span<const double>(&number, 1)); }

  // 16 hexadecimal digits.
  std::string text() const;

 private:
  std::uint64_t hash_ = 0xcbf29ce484222325;
};

}  // namespace isoloss
