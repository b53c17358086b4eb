// Rows that stand out, in words.

#include <fmt/format.h>

#include <cmath>

#include "host/base/number_text.h"
#include "host/base/text.h"
#include "host/report/estimate_text.h"
#include "host/report/fit_parts.h"
#include "host/report/inspect.h"

namespace isoloss {
namespace {

constexpr std::size_t kMostListed = 10;

std::string places_text(const RunTable& runs, const std::vector<std::size_t>& rows) {
  std::vector<std::string> places;
  for (const std::size_t i : rows) places.push_back(runs.place_of(i));
  return listed(places);
}

std::string copies_text(const Inspection& answer) {
  const std::vector<std::size_t>& rows = answer.repeats.copies;
  if (rows.empty()) return "none";
  return fmt::format("{} of a row before: {}", counted(rows.size(), "row"),
                     places_text(answer.runs, rows));
}

std::string deviation_text(const Inspection& answer, double deviation) {
  return answer.law.log_residual ? fmt::format("{:.2g}%", 100 * deviation) : number_text(deviation);
}

std::string replicates_text(const Inspection& answer) {
  const RepeatedRuns& own = answer.repeats;
  if (!own.deviation) return "none: no two rows have the same inputs";
  return fmt::format("{} of {}, standard deviation {}", counted(own.num_replicates, "row"),
                     counted(own.num_settings, "setting"), deviation_text(answer, *own.deviation));
}

std::string compute_text(const Inspection& answer) {
  if (answer.runs.flops.empty()) return "not read";
  if (!answer.runs.flops_given) return "derived from N and D, not recorded";
  if (!answer.compute) return "recorded, without N and D to hold it against";
  return fmt::format("C / (k N D) is {:.4g} .. {:.4g}, median {:.4g}; more than 1% off in {} of {}",
                     answer.compute->least, answer.compute->largest, answer.compute->median,
                     answer.compute->num_off, counted(answer.runs.num_runs(), "row"));
}

std::string clusters_text(const Inspection& answer) {
  if (!answer.clusters) return "each row is a run of its own";
  const auto [num_runs, fewest, most] = *answer.clusters;
  return fmt::format("{} of {}{}: a bootstrap draws whole runs", counted(num_runs, "run"),
                     fewest == most ? "" : fmt::format("{} to ", fewest), counted(most, "row"));
}

std::string outliers_text(const Inspection& answer) {
  if (!answer.fit) return "no fit to see them by";
  if (answer.verdict.kind == VerdictKind::exact_fit) return "not seen: the law goes through all";
  return fmt::format("{} beyond {:.3g} robust standard deviations ({:.2g} in {}) of a fit of {}",
                     answer.outliers.empty() ? "none" : counted(answer.outliers.size(), "row"),
                     answer.outlier_limit, answer.deviation, residual_name(answer.runs, answer.law),
                     printable(answer.law.name));
}

Table outlier_table(const Inspection& answer) {
  Table out{{{"outlier"},
             right({printable(answer.runs.response)}),
             right({"off by"}),
             right({"deviations"})}};
  for (const Outlier& own : answer.outliers) {
    if (out.rows.size() == kMostListed) break;
    // Predicted less observed is what the law has too much.
    out.rows.push_back({answer.runs.place_of(own.run),
                        {number_text(answer.runs.loss[own.run]), answer.runs.loss[own.run]},
                        {fmt::format("{:+.3g}", -own.residual), -own.residual},
                        {std::isfinite(own.times) ? ratio_text(own.times) : "-", own.times}});
  }
  return out;
}

}  // namespace

Section oddities_section(const Inspection& answer) {
  Section out{"What stands out",
              {Pairs{{{"copies", copies_text(answer)},
                      {"replicates", replicates_text(answer)},
                      {"compute", compute_text(answer)},
                      {"runs", clusters_text(answer)},
                      {"outliers", outliers_text(answer)}}}}};
  if (!answer.outliers.empty()) out.blocks.push_back(outlier_table(answer));
  if (answer.outliers.size() > kMostListed)
    out.blocks.push_back(
        Note{fmt::format("and {} more", answer.outliers.size() - kMostListed), 2, 2});
  return out;
}

}  // namespace isoloss
