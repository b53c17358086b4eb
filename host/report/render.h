// Documents as the terminal and the browser show them; the other formats are in
// host/report/formats/.

#pragma once

#include <string>

#include "host/base/terminal.h"
#include "host/report/document.h"

namespace isoloss {

std::string as_text(const Document& document, const Terminal& on = {});
// Warnings alone, as text.
std::string as_text(const Warnings& warnings, const Terminal& on = {});

// What a page holds besides its document.
struct PageParts {
  std::string command;        // that makes it again
  std::vector<Pair> sources;  // the files that were read, with their SHA-256
  std::string json;           // all digits, to be downloaded; empty: none
  std::string plotly;         // markup that brings plotly.js, host/report/plotly.h
};

// One self-contained page of HTML. Text of the document, labels of charts too, never becomes
// markup.
std::string as_page(const Document& document, const PageParts& parts);

}  // namespace isoloss
