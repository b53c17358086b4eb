// From a path to bytes that are text.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace isoloss {

// A longer file is no table of runs.
inline constexpr std::size_t kLongestFile = std::size_t{4} << 30;
// Throws InputError if there are more.
void require_size(std::size_t num_bytes, const std::string& path);

// Number of bytes of the well-formed UTF-8 character at the front of a text that is not empty; 0 if
// there is none. The table is that of the Unicode standard, 3.9, table 3-7: no overlong forms, no
// surrogates.
std::size_t utf8_length(std::string_view text);

bool file_exists(const std::string& path);

// The whole file, or the input of that name of the call; of `-`, standard input. Throws InputError
// if it is absent, a directory, too long or cannot be read, and Interrupted as soon as the user
// asks for that.
std::string read_file(const std::string& path);

// Throws InputError, with what the file is and what to do, if the bytes are no text in one-byte
// characters or UTF-8: UTF-16, compressed, a spreadsheet, HTML, other binary, or nothing.
void require_text(std::string_view bytes, const std::string& path);

// The text behind a byte order mark of UTF-8, which Windows likes to write.
std::string_view without_mark(std::string_view text);

// 1-based line of an offset. LF, CRLF and CR alone each end a line.
std::size_t line_of(std::string_view bytes, std::size_t offset);

// Offset of the first byte that is not part of well-formed UTF-8; npos if all are.
std::size_t first_not_utf8(std::string_view bytes);

}  // namespace isoloss
