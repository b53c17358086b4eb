// Text broken into lines.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace isoloss {

// Of a terminal that it takes: a character of UTF-8 takes one.
std::size_t num_columns(std::string_view text);

// Breaks at spaces so that no line is longer than `width` columns, if words allow; each line is
// indented by `indent` spaces, lines after the first by `hang` more. Ends with a newline.
std::string wrapped(std::string_view text, std::size_t indent, std::size_t width,
                    std::size_t hang = 4);

// The same of what stands behind the first `indent` columns, which are left out.
std::string wrapped_behind(std::string_view text, std::size_t indent, std::size_t width);

}  // namespace isoloss
