#include "host/reading/reading_warnings.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "host/base/text.h"
#include "host/base/warnings.h"
#include "host/reading/column_names.h"

namespace isoloss {
namespace {

std::string title(const std::string& quantity) {
  const auto known = quantity_called(quantity);
  return known ? quantity_title(*known) : quantity;
}

}  // namespace

Warning not_utf8(std::size_t line) { return warning<"not_utf8">(line); }

Warning thousands_separators(const FileCell& first) {
  return warning<"thousands_separators">(first.line, shown(first.text));
}

Warning columns_renamed(const std::vector<ColumnUse>& uses) {
  std::vector<std::string> parts;
  parts.reserve(uses.size());
  for (const ColumnUse& use : uses) {
    parts.push_back(fmt::format("{} as {}", shown(use.source), title(use.quantity)));
  }
  return warning<"columns_renamed">(fmt::join(parts, ", "));
}

Warning column_derived(const ColumnUse& use) {
  return warning<"column_derived">(title(use.quantity), use.source);
}

Warning tokens_below_params(std::size_t num_below, std::size_t num_runs,
                            const std::string& params_header, const std::string& tokens_header) {
  return warning<"tokens_below_params">(num_below, counted(num_runs, "row"),
                                        column_flag("params", tokens_header),
                                        column_flag("tokens", params_header));
}

Warning counts_too_small(const ColumnUse& use, double largest) {
  if (plain_name(use.source).find("log") != std::string::npos)
    return warning<"counts_are_logs">(title(use.quantity), largest, use.quantity);
  return warning<"counts_too_small">(title(use.quantity), largest, use.quantity, use.quantity);
}

Warning groups_mixed(const std::string& header, const std::vector<Dropped>& groups) {
  std::vector<std::string> parts;
  for (const Dropped& group : groups)
    parts.push_back(fmt::format("{}: {}", shown(group.reason), group.num_rows));
  return warning<"groups_mixed">(counted(groups.size(), "value"), shown(header), listed(parts),
                                 printable(header), shown(groups[0].reason),
                                 column_flag("run", header));
}

Warning runs_inferred(std::size_t num_curves, std::size_t num_rows) {
  return warning<"runs_inferred">(counted(num_rows, "row"), counted(num_curves, "run"));
}

Warning header_scales(const std::vector<std::string>& headers) {
  return warning<"header_scales">(listed(headers));
}

Warning perplexity_as_loss(const std::string& header) {
  return warning<"perplexity_as_loss">(shown(header));
}

Warning duplicate_rows(std::size_t num_copies) {
  return warning<"duplicate_rows">(num_copies == 1
                                       ? "1 row is an exact copy"
                                       : fmt::format("{} rows are exact copies", num_copies));
}

Warning unfinished_runs(const std::string& state_header, const std::vector<Dropped>& states) {
  std::size_t num_runs = 0;
  std::vector<std::string> parts;
  for (const Dropped& state : states) {
    num_runs += state.num_rows;
    parts.push_back(fmt::format("{} {}", state.num_rows, printable(state.reason)));
  }
  return warning<"unfinished_runs">(
      num_runs == 1 ? "1 run is" : fmt::format("{} runs are", num_runs), fmt::join(parts, ", "),
      printable(state_header));
}

Warning flops_differ(const std::string& formula, std::size_t num_rows, std::size_t num_runs,
                     double least, double largest) {
  return warning<"flops_differ">(formula, num_rows, counted(num_runs, "row"), least, largest);
}

}  // namespace isoloss
