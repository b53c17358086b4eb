#include "host/report/verify.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <nlohmann/json.hpp>

#include "host/base/number_text.h"
#include "host/report/wrap.h"

namespace isoloss {
namespace {

constexpr std::size_t kWidth = 100;
constexpr int kMostDigits = 17;

std::string objective_text(const PublishedFit& published) {
  const ResidualLoss& rho = published.residual_loss;
  std::string kind = "absolute";
  if (rho.kind == ResidualKind::squared) kind = "half squared";
  if (rho.kind == ResidualKind::huber) kind = fmt::format("Huber, delta {:g}, of", rho.huber_delta);
  return fmt::format("{} {} residuals", kind, published.log_residual ? "log" : "linear");
}

// What was fitted to what.
std::string head(const Verdict& verdict) {
  const PublishedFit& published = verdict.published;
  std::string out = wrapped(fmt::format("{}   {}", published.name, published.title), 0, kWidth);
  out += wrapped(published.source, 2, kWidth, 0);
  if (!verdict.skipped.empty()) return out;
  out += wrapped(fmt::format("{} rows of {}; {}", verdict.num_rows, published.dataset,
                             published.method == FitMethod::isoflop
                                 ? fmt::format("a parabola in log {} at each {}", published.along,
                                               published.budget)
                                 : objective_text(published)),
                 2, kWidth, 0);
  return out + wrapped(fmt::format("{}", verdict.formula), 2, kWidth);
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

std::string line(std::string_view quantity, std::string_view published, std::string_view ours,
                 std::string_view tolerance, std::string_view verdict) {
  return fmt::format("  {:<24} {:<25} {:<24} {:<10} {}\n", quantity, published, ours, tolerance,
                     verdict);
}

std::string comparison_lines(const Comparison& comparison) {
  const Expectation& expected = comparison.expected;
  const std::string at = expected.at == "fit" ? "" : " at " + expected.at;
  std::string out = line(expected.quantity + at, relation_text(expected.relation) + expected.digits,
                         ours_text(comparison), fmt::format("{:.2g}", expected.tolerance),
                         comparison.agrees ? "ok" : "DIFFERS");
  std::string which;
  if (!expected.rows.empty()) which = "where " + expected.rows;
  if (!expected.per.empty())
    which += fmt::format("{}mean over {}", which.empty() ? "" : "; ", expected.per);
  if (expected.flops > 0) which = fmt::format("at {} FLOP", flops_text(expected.flops));
  return which.empty() ? out : out + wrapped(which, 4, kWidth, 2);
}

std::string block(const Verdict& verdict) {
  const PublishedFit& published = verdict.published;
  std::string out = head(verdict);
  if (!verdict.skipped.empty()) return out + wrapped("skipped: " + verdict.skipped, 2, kWidth, 2);
  out += line("quantity", "published", "ours", "tolerance", "");
  out.erase(out.find_last_not_of(" \n") + 1);
  out += "\n";
  for (const Comparison& comparison : verdict.comparisons) out += comparison_lines(comparison);
  if (verdict.status != Status::converged)
    out += wrapped(fmt::format("status: {}", status_sentence(verdict.status)), 2, kWidth, 2);
  if (!published.reproducible)
    out += wrapped("not reproducible as published: " + published.reason, 2, kWidth, 2);
  if (!published.note.empty()) out += wrapped("note: " + published.note, 2, kWidth, 2);
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
  out["ours"] = nullptr;
  if (std::isfinite(comparison.ours)) out["ours"] = comparison.ours;
  out["agrees"] = comparison.agrees;
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
  return out;
}

}  // namespace

std::string comparison_sentence(const Comparison& comparison) {
  const Expectation& expected = comparison.expected;
  return fmt::format("{}{}: published {}{}, ours {}", expected.quantity,
                     expected.at == "fit" ? "" : " at " + expected.at,
                     relation_text(expected.relation), expected.digits, ours_text(comparison));
}

std::string verify_text(const std::vector<Verdict>& verdicts) {
  std::string out;
  for (const Verdict& verdict : verdicts) out += block(verdict) + "\n";
  const VerdictCounts counts = counts_of(verdicts);
  return out + fmt::format("{} published fit{}: {} agree, {} differ, {} skipped\n", verdicts.size(),
                           verdicts.size() == 1 ? "" : "s", counts.agree, counts.differ,
                           counts.skipped);
}

std::string published_list(const std::vector<PublishedFit>& fits) {
  std::size_t width = 0;
  for (const PublishedFit& fit : fits) width = std::max(width, fit.name.size());
  std::string out;
  for (const PublishedFit& fit : fits) {
    std::string entry = wrapped(fit.title, width + 2, kWidth, 0);
    out += entry.replace(0, fit.name.size(), fit.name);
  }
  return out;
}

std::string verify_json(const std::vector<Verdict>& verdicts) {
  const VerdictCounts counts = counts_of(verdicts);
  nlohmann::ordered_json fits = nlohmann::ordered_json::array();
  for (const Verdict& verdict : verdicts) fits.push_back(verdict_json(verdict));
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
