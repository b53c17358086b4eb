// Text for toml++ 3.3, which takes some characters beyond ASCII (U+00A1 to U+0499) outside strings
// for a case that it declares unreachable: it is shown ASCII only, and what it gives back is turned
// back.

#pragma once

#include <string>
#include <string_view>

namespace isoloss {

// Every byte beyond ASCII, and ~ itself, as ~ and two hexadecimal digits: a part of a string or a
// comment where that was one, and no TOML elsewhere. Lines stay what they are.
std::string in_ascii(std::string_view text);

// The inverse; a ~ that no such digits follow stays.
std::string from_ascii(std::string_view text);

}  // namespace isoloss
