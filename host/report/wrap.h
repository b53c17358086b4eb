// Text broken into lines.

#pragma once

#include <string>
#include <string_view>

namespace isoloss {

// Breaks at spaces so that no line is longer than `width` columns, if words allow; each line is
// indented by `indent` spaces, lines after the first by `hang` more. Ends with a newline.
std::string wrapped(std::string_view text, std::size_t indent, std::size_t width,
                    std::size_t hang = 4);

}  // namespace isoloss
