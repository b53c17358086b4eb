#include "host/reading/reading_warnings.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "host/base/text.h"
#include "host/reading/column_names.h"

namespace isoloss {
namespace {

std::string title(const std::string& quantity) {
  const auto known = quantity_called(quantity);
  return known ? quantity_title(*known) : quantity;
}

}  // namespace

Warning not_utf8(std::size_t line) {
  return {"not_utf8",
          fmt::format("the file is not UTF-8 (line {}): bytes kept as they are; save it "
                      "as UTF-8 if names look wrong.",
                      line)};
}

Warning thousands_separators(const Field& first) {
  return {"thousands_separators", fmt::format("thousands separators read, first in line {}: {}.",
                                              first.line, shown(first.text))};
}

Warning columns_renamed(const std::vector<ColumnUse>& uses) {
  std::vector<std::string> parts;
  parts.reserve(uses.size());
  for (const ColumnUse& use : uses) {
    parts.push_back(fmt::format("{} as {}", shown(use.source), title(use.quantity)));
  }
  return {"columns_renamed",
          fmt::format("read {}; choose others with --column.", fmt::join(parts, ", "))};
}

Warning column_derived(const ColumnUse& use) {
  return {
      "column_derived",
      fmt::format("{} derived as {}, because the file has no such column; change the factor with "
                  "--flops-per-token-param.",
                  title(use.quantity), use.source)};
}

Warning tokens_below_params(std::size_t num_below, std::size_t num_runs,
                            const std::string& params_header, const std::string& tokens_header) {
  return {"tokens_below_params",
          fmt::format("tokens (D) < params (N) in {} of {}: swapped? Then use {} {}.", num_below,
                      counted(num_runs, "row"), column_flag("params", tokens_header),
                      column_flag("tokens", params_header))};
}

Warning counts_too_small(const ColumnUse& use, double largest) {
  if (plain_name(use.source).find("log") != std::string::npos)
    return {"counts_too_small",
            fmt::format("{} are at most {:.5g}: logarithms? Then use --unit {}=log10.",
                        title(use.quantity), largest, use.quantity)};
  return {"counts_too_small",
          fmt::format("{} are at most {:.5g}: in millions or billions? Then use --unit {}=M or "
                      "--unit {}=B.",
                      title(use.quantity), largest, use.quantity, use.quantity)};
}

Warning groups_mixed(const std::string& header, const std::vector<Dropped>& groups) {
  std::vector<std::string> parts;
  for (const Dropped& group : groups)
    parts.push_back(fmt::format("{}: {}", shown(group.reason), group.num_rows));
  return {"groups_mixed",
          fmt::format("one law for rows of {} of {} ({}): each may have its own; fit one with "
                      "--where '`{}` == {}'. If it names runs: {}.",
                      counted(groups.size(), "value"), shown(header), listed(parts),
                      printable(header), shown(groups[0].reason), column_flag("run", header))};
}

Warning runs_inferred(std::size_t num_curves, std::size_t num_rows) {
  return {"runs_inferred",
          fmt::format("{} with equal params and rising tokens are taken as checkpoints of {}, "
                      "resampled as a whole: name the column of runs with --group, or say --group "
                      "none if they are runs of their own.",
                      counted(num_rows, "row"), counted(num_curves, "run"))};
}

Warning header_scales(const std::vector<std::string>& headers) {
  return {"header_scales", fmt::format("numbers are scaled as their headers say: {}; --unit "
                                       "QUANTITY=1 takes them as they stand.",
                                       listed(headers))};
}

Warning perplexity_as_loss(const std::string& header) {
  return {"perplexity_as_loss",
          fmt::format("{} is read as a loss in nats per token: a perplexity? Then use --unit "
                      "loss=ppl.",
                      shown(header))};
}

Warning duplicate_rows(std::size_t num_copies) {
  return {"duplicate_rows",
          fmt::format("{} of other rows: kept and counted again, so intervals may be too narrow; "
                      "remove copies of the same run from the file.",
                      num_copies == 1 ? "1 row is an exact copy"
                                      : fmt::format("{} rows are exact copies", num_copies))};
}

Warning unfinished_runs(const std::string& state_header, const std::vector<Dropped>& states) {
  std::size_t num_runs = 0;
  std::vector<std::string> parts;
  for (const Dropped& state : states) {
    num_runs += state.num_rows;
    parts.push_back(fmt::format("{} {}", state.num_rows, printable(state.reason)));
  }
  return {
      "unfinished_runs",
      fmt::format("{} not finished ({}): kept; drop such runs with --where '{} == \"finished\"'.",
                  num_runs == 1 ? "1 run is" : fmt::format("{} runs are", num_runs),
                  fmt::join(parts, ", "), printable(state_header))};
}

Warning flops_differ(const std::string& formula, std::size_t num_rows, std::size_t num_runs,
                     double least, double largest) {
  return {
      "flops_differ",
      fmt::format("flops (C) differ from {0} by more than 1% in {1} of {2}: C / ({0}) is {3:.4g} "
                  "to {4:.4g}; C is used as the file has it.",
                  formula, num_rows, counted(num_runs, "row"), least, largest)};
}

}  // namespace isoloss
