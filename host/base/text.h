// Small pieces of text: comparing names, and showing what a file holds in a message.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace isoloss {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Without blanks at both ends; a no-break space (U+00A0 in UTF-8) counts as a blank, because
// spreadsheets and web pages put it beside numbers.
std::string_view trim(std::string_view text);

// A header as it is compared: ASCII lower case without blanks and `_ - / .`, so that "Model Size",
// "model_size" and "model/size" are one name.
std::string plain_name(std::string_view header);

// Text of others for a terminal: what would steer it, hide or turn round what stands beside it is
// spelt out, \x1B and \u202E. Those are control characters (C0 and C1), marks of direction, what
// has no width, and bytes that are not UTF-8. Ends of lines stay.
std::string escaped(std::string_view text);

// The same of a name or a value within a line: ends of lines too, at most 60 characters.
std::string printable(std::string_view text);

// The same in double quotes; "empty" for no text.
std::string shown(std::string_view text);

// "1 row", "12 rows".
std::string counted(std::size_t count, std::string_view noun);

// "a, b, c"; more than 12 entries end in "... (40 in all)".
std::string listed(const std::vector<std::string>& names);

// The part of a line around byte `at`, and below it a caret: two lines, each indented by two.
// Control characters are blanks.
std::string pointed_at(std::string_view line, std::size_t at);

// Characters of UTF-8.
std::size_t num_characters(std::string_view text);

}  // namespace isoloss
