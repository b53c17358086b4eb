#include "host/answers/verify/verify.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <memory>
#include <numeric>

#include "host/answers/isoflop/fit_isoflop.h"
#include "host/answers/verify/law_point.h"
#include "host/answers/verify/quantities.h"
#include "host/answers/verify/rows.h"
#include "host/base/error.h"
#include "host/base/progress.h"
#include "host/base/text.h"
#include "host/fit/fit.h"
#include "host/laws/law_choice.h"
#include "host/laws/registry.h"
#include "host/search/engine_choice.h"

namespace isoloss {
namespace {

std::string why_skipped(const PublishedFit& published) {
  const std::string& env = published.dataset_env;
  if (!env.empty() && std::getenv(env.c_str()) == nullptr) {
    return fmt::format("{} is not set: {} does not come with the program", env, published.dataset);
  }
  const bool is_name = published.method == FitMethod::fit && !is_formula(published.law);
  const auto is_it = [&](const LawEntry& law) { return law.name == published.law; };
  if (is_name && std::none_of(all_laws().begin(), all_laws().end(), is_it))
    return fmt::format("no law {}", published.law);
  return {};
}

[[noreturn]] void refuse(const PublishedFit& published, const Expectation& expected,
                         const std::string& message, const std::string& hint = "") {
  throw InputError(published.path, expected.line, "", message, hint);
}

[[noreturn]] void refuse_quantity(const PublishedFit& published, const Expectation& expected) {
  std::vector<std::string> names;
  for (const std::string_view name : quantity_names()) names.emplace_back(name);
  refuse(published, expected, fmt::format("no quantity {} of this fit", shown(expected.quantity)),
         fmt::format("the quantities are the law's parameters, {}", listed(names)));
}

// A fit of a law, and its quantities at the fit and at published constants.
class LawFit {
 public:
  LawFit(const PublishedFit& published, const std::string& device, Verdict& verdict)
      : published_(published), rows_(published, data_set_path(published)) {
    LawEntry law = choose_law(
        {published.law, overrides(), published.log_residual, published.response}, rows_.headers());
    runs_ = rows_.fitted(law);
    if (!law.log_residual) law = scaled_to(law, runs_);
    FitOptions options;
    options.residual_loss = published.residual_loss;
    options.num_resamples = published.intervals.empty() ? 0 : options.num_resamples;
    if (!published.intervals.empty()) options.confidence = published.intervals.front().confidence;
    options.device = device;
    const FitResult result = fit(runs_, std::make_shared<const LawEntry>(std::move(law)), options);
    objective_ = result.objective;
    points_.emplace("fit", LawPoint{result.law, result.theta});
    for (const auto& [name, constants] : published.constants) {
      if (is_asked(name)) points_.emplace(name, point_of(result.law, published, name));
    }
    verdict.num_rows = runs_.num_runs();
    verdict.formula = result.law->formula;
    verdict.status = result.status;
    verdict.device = result.search.device;
    verdict.num_resamples = options.num_resamples;
    for (const PublishedInterval& own : published.intervals)
      verdict.intervals.push_back({own, interval_of(own, result), runs_.num_runs()});
  }

  double value_of(const Expectation& expected) {
    const LawPoint& point = points_.at(expected.at);
    if (const auto param = point.param(expected.quantity)) return *param;
    if (expected.quantity == "N_exponent") return point.N_exponent(runs_);
    if (expected.quantity == "objective") {
      return expected.at == "fit" ? objective_ : point.objective(runs_, published_.residual_loss);
    }
    const RowsQuantity* of_rows = rows_quantity_called(expected.quantity);
    if (of_rows == nullptr) refuse_quantity(published_, expected);
    return over_rows(expected, point, *of_rows);
  }

 private:
  ParamOverrides overrides() const {
    ParamOverrides out;
    out.fix = published_.fix;
    return out;
  }

  std::optional<Interval> interval_of(const PublishedInterval& own, const FitResult& result) const {
    if (own.quantity == "N_exponent") return result.N_exponent.interval;
    if (own.quantity == "D_exponent") return result.D_exponent.interval;
    for (const ParamEstimate& param : result.params)
      if (param.name == own.quantity) return param.interval;
    throw InputError(published_.path, own.line, "",
                     fmt::format("no interval of {} here", shown(own.quantity)),
                     "the law's parameters, N_exponent and D_exponent have one");
  }

  bool is_asked(const std::string& constants) const {
    return std::any_of(published_.expect.begin(), published_.expect.end(),
                       [&](const Expectation& expected) { return expected.at == constants; });
  }

  double over_rows(const Expectation& expected, const LawPoint& point,
                   const RowsQuantity& of_rows) {
    const RunTable& runs = rows_where(expected.rows, *point.law);
    if (of_rows.one_row && runs.num_runs() != 1) {
      refuse(published_, expected,
             fmt::format("{} is of one row, and {} are picked", expected.quantity,
                         counted(runs.num_runs(), "row")),
             "narrow rows = \"...\"");
    }
    const std::vector<double> predicted = point.predictions(runs);
    if (expected.per.empty()) return of_rows.of(predicted, runs.loss);
    return averaged(rows_.texts(runs, expected.per), predicted, runs.loss, of_rows);
  }

  // Read once: the history of a learning rate takes a while for thousands of steps.
  const RunTable& rows_where(const std::string& condition, const LawEntry& law) {
    if (condition.empty()) return runs_;
    const auto known = picked_.find(condition);
    if (known != picked_.end()) return known->second;
    return picked_.emplace(condition, rows_.where(law, condition)).first->second;
  }

  static double averaged(const std::vector<std::string>& group,
                         const std::vector<double>& predicted, const std::vector<double>& measured,
                         const RowsQuantity& of_rows) {
    struct Rows {
      std::vector<double> predicted, measured;
    };
    std::map<std::string, Rows> groups;
    for (std::size_t i = 0; i < group.size(); ++i) {
      groups[group[i]].predicted.push_back(predicted[i]);
      groups[group[i]].measured.push_back(measured[i]);
    }
    double sum = 0;
    for (const auto& [name, rows] : groups) sum += of_rows.of(rows.predicted, rows.measured);
    return sum / static_cast<double>(groups.size());
  }

  const PublishedFit& published_;
  PublishedRows rows_;
  RunTable runs_;
  std::map<std::string, RunTable> picked_;  // by condition
  double objective_ = 0;
  std::map<std::string, LawPoint> points_;
};

// Approach 2.
class IsoflopChecks {
 public:
  IsoflopChecks(const PublishedFit& published, Verdict& verdict) : published_(published) {
    const RunTable runs = PublishedRows(published, data_set_path(published)).fitted();
    verdict.num_rows = runs.num_runs();
    verdict.formula =
        fmt::format("{} = coefficient * {}^exponent", published.along, published.budget);
    fit_ = fit_isoflop(runs, published.along, published.budget);
  }

  double value_of(const Expectation& expected) const {
    if (expected.quantity == "exponent") return fit_.exponent;
    if (expected.quantity == "coefficient") return fit_.coefficient;
    if (expected.quantity != "optimum") refuse_quantity(published_, expected);
    if (expected.flops > 0) return fit_.optimum(expected.flops);
    refuse(published_, expected, "an optimum at no compute", "write flops = 3.8e25, say");
  }

 private:
  const PublishedFit& published_;
  IsoflopFit fit_;
};

template <class Fit>
void compare(const PublishedFit& published, Fit&& fit, Verdict& verdict) {
  if (published.num_rows) {
    Expectation rows;
    rows.quantity = "rows";
    rows.value = static_cast<double>(*published.num_rows);
    rows.digits = std::to_string(*published.num_rows);
    rows.tolerance = 0;
    const auto ours = static_cast<double>(verdict.num_rows);
    verdict.comparisons.push_back({rows, ours, rows.accepts(ours)});
  }
  for (const Expectation& expected : published.expect) {
    const double ours = fit.value_of(expected);
    verdict.comparisons.push_back({expected, ours, expected.accepts(ours)});
  }
}

}  // namespace

double IntervalComparison::times_as_wide() const {
  return ours ? (ours->upper - ours->lower) / published.width() : NAN;
}

double IntervalComparison::num_rows_needed() const {
  return static_cast<double>(num_rows) * times_as_wide() * times_as_wide();
}

std::size_t Verdict::num_differing() const {
  return static_cast<std::size_t>(
      std::count_if(comparisons.begin(), comparisons.end(),
                    [](const Comparison& comparison) { return !comparison.agrees; }));
}

VerdictCounts Verification::counts() const {
  VerdictCounts out;
  for (const Verdict& verdict : verdicts) {
    if (!verdict.skipped.empty()) {
      ++out.skipped;
    } else {
      ++(verdict.num_differing() > 0 ? out.differ : out.agree);
    }
  }
  return out;
}

Outcome Verification::outcome() const {
  return counts().differ > 0 ? Outcome::none : Outcome::sound;
}

Verification verify(const std::vector<PublishedFit>& published, const std::string& device) {
  choose_engine(device, {0, simd_level()}, {});
  Verification out{device, {}};
  for (const PublishedFit& own : published) {
    tell_progress("fits", static_cast<int>(out.verdicts.size()),
                  static_cast<int>(published.size()));
    out.verdicts.push_back(verify(own, device));
  }
  tell_progress("fits", 1, 1);
  return out;
}

Verdict verify(const PublishedFit& published, const std::string& device) {
  Verdict out;
  out.published = published;
  out.skipped = why_skipped(published);
  if (!out.skipped.empty()) return out;
  if (published.method == FitMethod::isoflop) {
    compare(published, IsoflopChecks(published, out), out);
  } else {
    compare(published, LawFit(published, device, out), out);
  }
  return out;
}

}  // namespace isoloss
