// What an answer says of itself, once: sections of blocks, and charts. The renderers of
// host/report/render.h make text, Markdown, LaTeX, CSV and pages of it and add nothing.

#pragma once

#include <cmath>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "host/base/estimate.h"
#include "host/base/status.h"

namespace isoloss {

struct Formula {
  std::string law;
  std::string formula;
};

// A sentence or a line.
struct Note {
  std::string text;
  std::size_t indent = 0;  // in text
  std::size_t hang = 0;    // there further indent of the lines behind the first
};

// Short facts side by side.
struct Facts {
  std::vector<std::string> parts;
};

// A name and what there is to say of it; without a name it goes on with the one before.
struct Pair {
  std::string name;
  std::string value;
};

struct Pairs {
  std::vector<Pair> pairs;
  std::size_t indent = 2;  // in text, where values begin in column indent + width
  std::size_t width = 11;
};

// What stands there and, where that is a rounded number, all its digits.
struct Cell {
  std::string text;
  std::optional<Estimate> number;  // NaN beside an interval: the cell is the interval alone

  Cell() = default;
  Cell(std::string own) : text(std::move(own)) {}
  Cell(const char* own) : text(own) {}
  Cell(std::string own, Estimate all) : text(std::move(own)), number(std::move(all)) {}
  Cell(std::string own, double all) : text(std::move(own)), number(Estimate{all, {}, {}}) {}

  bool is_interval_alone() const { return number && number->interval && std::isnan(number->value); }
};

enum class Place {
  beside,
  below,  // of the row, in text: a line of its own
  above,
};

struct TableColumn {
  std::string title;      // in text; its lines end in '\n', but for the last
  std::size_t width = 0;  // in text, where a longer cell pushes its row on; 0: of the longest
  std::size_t gap = 2;    // there, to the next column
  bool is_right = false;
  bool is_optional = false;  // left out where text is too wide, the last one first
  Place place = Place::beside;
  std::string untitled = {};  // what the other formats call a column without a title
};

// A column of a form.
TableColumn fixed(std::string title, std::size_t width, std::size_t gap = 1);
TableColumn right(TableColumn column);
TableColumn optional(TableColumn column);
TableColumn placed(TableColumn column, Place place);
TableColumn untitled(std::string name, std::size_t width = 0, std::size_t gap = 2);

// In one line, for all formats but text.
std::string title_of(const TableColumn& column);

// A row that is shorter than the columns ends in a cell that spans the rest.
using Cells = std::vector<Cell>;
struct Table {
  std::vector<TableColumn> columns;
  std::vector<Cells> rows = {};
  std::vector<Cells> brief_rows = {};  // instead, where the rows are too wide; may be empty
  std::size_t indent = 2;
};

struct Warnings {
  std::string status;  // a sentence; empty for a fit that converged
  std::vector<Warning> warnings = {};

  bool empty() const { return status.empty() && warnings.empty(); }
};

struct ChartAxis {
  std::string title;  // with its unit
  bool is_log = false;
  std::vector<std::string> names = {};  // instead of numbers: of 1, 2, ...
};

enum class TraceKind {
  points,
  line,
  guide,    // a line to compare with: equality, no residual, what others published
  contour,  // lines of equal z
};

struct Trace {
  std::string name;
  TraceKind kind = TraceKind::points;
  std::vector<double> x, y;
  std::vector<Interval> interval = {};   // of y; empty: none
  std::vector<std::string> labels = {};  // of points; lines end in '\n', but for the last; or empty
  std::vector<std::vector<double>> z = {};  // of a contour: z[i][j] at y[i] and x[j]; NaN: none
  std::vector<Interval> x_interval = {};    // of x, of points; empty: none
  // The trace of the chart that it goes with: it has its colour and no place in the legend.
  std::optional<std::size_t> with = {};
  bool is_joined = false;  // points with a thin line from each to the next
};

// Data to be drawn.
struct Chart {
  std::string title;
  std::string note;
  ChartAxis x, y;
  std::vector<Trace> traces = {};
  std::string kind = {};  // a short name: "isoflop"
};

// A chart within the text: text and Markdown draw it in characters, for a page has its charts.
struct Drawing {
  Chart chart;
};

using Block = std::variant<Formula, Note, Facts, Pairs, Table, Warnings, Drawing>;

// Text tells sections apart by an empty line, the other renderers by their titles.
struct Section {
  std::string title;
  std::vector<Block> blocks = {};
  bool has_text_title = false;
};

struct Document {
  std::string title;
  std::string answer = {};  // in one sentence
  // Formula, source, seed: for a page that is read without the command.
  std::vector<Pair> methods = {};
  std::vector<Section> sections = {};
  // Made for a page alone, from what the document was made of: it must still be there. The numbers
  // of a chart stand in the tables too, or can be made again from them.
  std::function<std::vector<Chart>()> charts = {};
};

// All of its warnings, in their order.
Warnings warnings_of(const Document& document);

}  // namespace isoloss
