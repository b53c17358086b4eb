// What a file holds, in 64 characters.

#pragma once

#include <string>
#include <string_view>

namespace isoloss {

// In lower-case hexadecimal digits.
//
//   source  NIST FIPS 180-4
std::string sha256(std::string_view bytes);

}  // namespace isoloss
