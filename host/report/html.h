// Pieces of HTML.

#pragma once

#include <string>
#include <string_view>

#include "host/report/document.h"

namespace isoloss {

// Text that never becomes markup, within an attribute in double quotes too.
std::string html_text(std::string_view text);

std::string html(const Formula& law);
std::string html(const Note& note);
std::string html(const Facts& facts);
std::string html(const Pairs& block);
std::string html(const Table& table);  // with a link to the same as CSV
std::string html(const Warnings& block);
inline std::string html(const Drawing&) { return ""; }  // the page has its chart

std::string base64(std::string_view bytes);

// A link to what is within it: the bytes become a file where a reader asks for that.
//
//   type  of its content: text/csv
std::string download(const char* text, const char* file, const char* type, std::string_view bytes);

}  // namespace isoloss
