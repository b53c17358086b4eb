#include "host/report/verify.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <nlohmann/json.hpp>

#include "host/base/number_text.h"
#include "host/base/text.h"
#include "host/report/json_parts.h"

namespace isoloss {
namespace {

constexpr int kMostDigits = 17;

std::string objective_text(const PublishedFit& published) {
  const ResidualLoss& rho = published.residual_loss;
  std::string kind = "absolute";
  if (rho.kind == ResidualKind::squared) kind = "half squared";
  if (rho.kind == ResidualKind::huber) kind = fmt::format("Huber, delta {:g}, of", rho.huber_delta);
  return fmt::format("{} {} residuals", kind, published.log_residual ? "log" : "linear");
}

// What was fitted to what.
std::vector<Block> head(const Verdict& verdict) {
  const PublishedFit& published = verdict.published;
  std::vector<Block> out{Note{fmt::format("{}   {}", published.name, published.title), 0, 4},
                         Note{published.source, 2}};
  if (!verdict.skipped.empty()) return out;
  out.emplace_back(Note{fmt::format("{} rows of {}; {}", verdict.num_rows, published.dataset,
                                    published.method == FitMethod::isoflop
                                        ? fmt::format("a parabola in log {} at each {}",
                                                      published.along, published.budget)
                                        : objective_text(published)),
                        2});
  out.emplace_back(Note{verdict.formula, 2, 4});
  return out;
}

int significant_digits(const std::string& digits) {
  const std::size_t e = std::min(digits.find_first_of("eE"), digits.size());
  int out = 0;
  for (std::size_t i = 0; i < e; ++i) {
    const bool leads = out == 0 && digits[i] == '0';
    out += std::isdigit(static_cast<unsigned char>(digits[i])) && !leads ? 1 : 0;
  }
  return out;
}

// Two digits more than were published, so that a difference is seen.
std::string ours_text(const Comparison& comparison) {
  const int digits = std::min(significant_digits(comparison.expected.digits) + 2, kMostDigits);
  return fmt::format("{:.{}g}", comparison.ours, digits);
}

const char* relation_text(Relation relation) {
  if (relation == Relation::at_most) return "<= ";
  if (relation == Relation::at_least) return ">= ";
  return "";
}

// Of which rows, or where, it is said.
std::string where_text(const Expectation& expected) {
  if (expected.flops > 0) return fmt::format("at {} FLOP", flops_text(expected.flops));
  std::string out;
  if (!expected.rows.empty()) out = "where " + expected.rows;
  if (!expected.per.empty())
    out += fmt::format("{}mean over {}", out.empty() ? "" : "; ", expected.per);
  return out;
}

Cells comparison_row(const Comparison& comparison) {
  const Expectation& expected = comparison.expected;
  return {expected.quantity + (expected.at == "fit" ? "" : " at " + expected.at),
          relation_text(expected.relation) + expected.digits,
          {ours_text(comparison), comparison.ours},
          fmt::format("{:.2g}", expected.tolerance),
          comparison.agrees ? "ok" : "DIFFERS",
          where_text(expected)};
}

Table comparison_table(const Verdict& verdict) {
  Table out{{fixed("quantity", 24), fixed("published", 25), fixed("ours", 24),
             fixed("tolerance", 10), untitled("verdict"), placed(untitled("where"), Place::below)}};
  for (const Comparison& comparison : verdict.comparisons)
    out.rows.push_back(comparison_row(comparison));
  const auto says_nothing = [](const Cells& row) { return row.back().text.empty(); };
  if (!std::all_of(out.rows.begin(), out.rows.end(), says_nothing)) return out;
  out.columns.pop_back();
  for (Cells& row : out.rows) row.pop_back();
  return out;
}

// Times as wide, or runs, to two digits.
std::string roughly(double x) {
  if (!std::isfinite(x)) return "none";
  return x < 1e4 ? fmt::format("{:.2g}", x) : count_text(x);
}

Table interval_table(const Verdict& verdict) {
  const std::string confidence =
      confidence_text(verdict.intervals.front().published.confidence) + " interval";
  Table out{{{"quantity"},
             {confidence + ",\npublished"},
             {fmt::format("ours,\n{} resamples", verdict.num_resamples)},
             right({"times\nas wide"}),
             right({"runs it\nwould take"})}};
  for (const IntervalComparison& own : verdict.intervals) {
    const Cell ours = own.ours ? Cell{fmt::format("{} .. {}", number_text(own.ours->lower),
                                                  number_text(own.ours->upper)),
                                      Estimate{NAN, {}, *own.ours}}
                               : Cell{"none"};
    out.rows.push_back({own.published.quantity,
                        own.published.lower + " .. " + own.published.upper,
                        ours,
                        {roughly(own.times_as_wide()), own.times_as_wide()},
                        {roughly(own.num_rows_needed()), own.num_rows_needed()}});
  }
  return out;
}

// How the published ones were made, each way once.
std::string ways_text(const Verdict& verdict) {
  std::vector<std::string> ways;
  for (const IntervalComparison& own : verdict.intervals)
    if (!own.published.how.empty() &&
        std::find(ways.begin(), ways.end(), own.published.how) == ways.end())
      ways.push_back(own.published.how);
  return fmt::format("{}", fmt::join(ways, "; "));
}

void add_intervals(const Verdict& verdict, Section& out) {
  if (verdict.intervals.empty()) return;
  out.blocks.emplace_back(interval_table(verdict));
  const std::string ways = ways_text(verdict);
  if (!ways.empty()) out.blocks.emplace_back(Note{"published: " + ways, 2, 2});
}

Section section_of(const Verdict& verdict) {
  const PublishedFit& published = verdict.published;
  Section out{published.name, head(verdict)};
  const auto note = [&](const std::string& text) { out.blocks.emplace_back(Note{text, 2, 2}); };
  if (!verdict.skipped.empty()) {
    note("skipped: " + verdict.skipped);
    return out;
  }
  out.blocks.emplace_back(comparison_table(verdict));
  add_intervals(verdict, out);
  if (verdict.status != Status::converged)
    note(std::string("status: ") + status_sentence(verdict.status));
  if (!published.reproducible) note("not reproducible as published: " + published.reason);
  if (!published.note.empty()) note("note: " + published.note);
  return out;
}

nlohmann::ordered_json comparison_json(const Comparison& comparison) {
  const Expectation& expected = comparison.expected;
  static constexpr const char* kRelations[] = {"equal", "at_most", "at_least"};
  nlohmann::ordered_json out{{"quantity", expected.quantity}, {"at", expected.at}};
  if (!expected.rows.empty()) out["rows"] = expected.rows;
  if (!expected.per.empty()) out["per"] = expected.per;
  if (expected.flops > 0) out["flops"] = expected.flops;
  out["relation"] = kRelations[static_cast<int>(expected.relation)];
  out["published"] = expected.digits;
  out["tolerance"] = expected.tolerance;
  out["ours"] = number_json(comparison.ours);
  out["agrees"] = comparison.agrees;
  return out;
}

nlohmann::ordered_json interval_json(const IntervalComparison& own) {
  const Interval& published = own.published.interval;
  nlohmann::ordered_json out{{"quantity", own.published.quantity},
                             {"confidence", own.published.confidence},
                             {"published", {published.lower, published.upper}},
                             {"ours", nullptr},
                             {"times_as_wide", number_json(own.times_as_wide())},
                             {"num_rows_needed", number_json(own.num_rows_needed())}};
  if (own.ours) out["ours"] = {own.ours->lower, own.ours->upper};
  if (!own.published.how.empty()) out["how"] = own.published.how;
  return out;
}

nlohmann::ordered_json verdict_json(const Verdict& verdict) {
  const PublishedFit& published = verdict.published;
  nlohmann::ordered_json out{{"name", published.name},
                             {"title", published.title},
                             {"source", published.source},
                             {"dataset", published.dataset},
                             {"reproducible", published.reproducible}};
  if (!published.reason.empty()) out["reason"] = published.reason;
  if (!published.note.empty()) out["note"] = published.note;
  if (!verdict.skipped.empty()) {
    out["skipped"] = verdict.skipped;
    return out;
  }
  out["num_rows"] = verdict.num_rows;
  out["formula"] = verdict.formula;
  out["status"] = status_name(verdict.status);
  if (!verdict.device.empty()) out["backend"] = verdict.device;
  out["comparisons"] = nlohmann::ordered_json::array();
  for (const Comparison& comparison : verdict.comparisons)
    out["comparisons"].push_back(comparison_json(comparison));
  if (verdict.intervals.empty()) return out;
  out["num_resamples"] = verdict.num_resamples;
  for (const IntervalComparison& own : verdict.intervals)
    out["intervals"].push_back(interval_json(own));
  return out;
}

}  // namespace

std::string comparison_sentence(const Comparison& comparison) {
  const Expectation& expected = comparison.expected;
  return fmt::format("{}{}: published {}{}, ours {}", expected.quantity,
                     expected.at == "fit" ? "" : " at " + expected.at,
                     relation_text(expected.relation), expected.digits, ours_text(comparison));
}

Document describe_verification(const Verification& got) {
  const VerdictCounts counts = got.counts();
  const std::string sum = fmt::format("{}: {} agree, {} differ, {} skipped",
                                      counted(got.verdicts.size(), "published fit"), counts.agree,
                                      counts.differ, counts.skipped);
  Document out{"Published fits made again", sum, {}, {}, {}};
  for (const Verdict& verdict : got.verdicts) out.sections.push_back(section_of(verdict));
  out.sections.push_back({"", {Note{sum}}});
  return out;
}

Document describe_published(const std::vector<PublishedFit>& fits) {
  std::size_t width = 0;
  Pairs out;
  for (const PublishedFit& fit : fits) {
    width = std::max(width, fit.name.size());
    out.pairs.push_back({fit.name, fit.title});
  }
  out.indent = 0;
  out.width = width + 2;
  return {"Published fits", "", {}, {{"", {out}}}, {}};
}

std::string verify_json(const Verification& got) {
  const VerdictCounts counts = got.counts();
  nlohmann::ordered_json fits = nlohmann::ordered_json::array();
  for (const Verdict& verdict : got.verdicts) fits.push_back(verdict_json(verdict));
  const nlohmann::ordered_json report{{"schema", "isoloss/verify"},
                                      {"schema_version", 1},
                                      {"isoloss_version", ISOLOSS_VERSION},
                                      {"num_agree", counts.agree},
                                      {"num_differ", counts.differ},
                                      {"num_skipped", counts.skipped},
                                      {"fits", fits}};
  return report.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace isoloss
