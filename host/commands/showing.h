// How an answer is shown: the flags that every command has, and what becomes of a document.

#pragma once

#include <string>
#include <vector>

#include "host/commands/command_line.h"
#include "host/report/document.h"

namespace isoloss {

class Showing {
 public:
  // Adds --format, --plot where answers have charts, --report, --plotly, --verbose and --config.
  // Comes behind the command's own flags.
  explicit Showing(CommandLine& line);
  Showing(const Showing&) = delete;

  // Before any work, with the words of the command line. Throws InputError where a page is asked
  // for and nothing would draw its charts, for --plotly without a page and --plot without a report.
  void prepare(const std::vector<std::string>& words);

  // A file goes to standard output, so that no report does. Throws InputError for --plot.
  void without_standard_output() const;

  // As --format asks, and below it the chart that --plot asks for. Throws InputError where there is
  // none to draw.
  std::string report(const Document& document) const;
  bool report_has_warnings() const;
  bool is_verbose() const { return is_verbose_; }
  // json: of the answer, or empty. Reads the inputs again, for their sums.
  std::string page(const Document& document, const std::string& json) const;

 private:
  const CommandLine* line_;
  std::string plot(const Document& document) const;

  std::string format_ = "text", plotly_, config_;
  bool has_plot_ = false, is_verbose_ = false;
  std::string plotly_markup_, command_;
};

}  // namespace isoloss
