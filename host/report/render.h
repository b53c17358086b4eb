// Documents in the formats that people read.

#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "host/base/terminal.h"
#include "host/report/document.h"

namespace isoloss {

std::string as_text(const Document& document, const Terminal& on = {});
// Warnings alone, as text.
std::string as_text(const Warnings& warnings, const Terminal& on = {});

// GitHub's dialect.
std::string as_markdown(const Document& document);
// A fragment to be \input, its tables in the rules of the package booktabs.
std::string as_latex(const Document& document);
// The tables, all digits of their numbers, ends of intervals in columns of their own. Each stands
// below a line with '#' and its title, an empty line between two.
std::string as_csv(const Document& document);
// One of its tables, without that line; and a cell, quoted where it must be.
std::string as_csv(const Table& table);
std::string csv_cell(const std::string& text);

// A format of --format. A new one is a function and a row.
struct Format {
  const char* name;
  std::string (*render)(const Document& document, const Terminal& on);
  bool has_warnings;  // else they go to standard error
};
std::span<const Format> formats();

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
