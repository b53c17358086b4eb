#include "tests/nist.h"

#include <fmt/format.h>

#include <toml++/toml.h>
#include <algorithm>
#include <cmath>

#include "host/fit/fit.h"
#include "host/laws/law_choice.h"
#include "host/reading/read_runs.h"
#include "tests/test_files.h"

namespace isoloss {
namespace {

std::vector<double> numbers(const toml::node& node) {
  std::vector<double> out;
  for (const toml::node& each : *node.as_array()) out.push_back(*each.value<double>());
  return out;
}

double digits(double ours, double certified) {
  const double error = std::fabs(ours / certified - 1);
  return error == 0 ? 11 : std::clamp(-std::log10(error), 0.0, 11.0);
}

// Nelson's response is the log of the column: the exponential of its formula is compared by its
// log.
bool is_of_log(const NistProblem& problem) { return problem.response.starts_with("log"); }

LawRequest request_of(const NistProblem& problem, const std::vector<double>* start) {
  LawRequest request;
  request.response = "y";
  request.log_residual = is_of_log(problem);
  request.text = is_of_log(problem) ? "exp(" + problem.formula + ")" : problem.formula;
  for (std::size_t k = 0; k < problem.certified.size(); ++k) {
    const std::string name = fmt::format("b{}", k + 1);
    if (start != nullptr) request.overrides.start[name] = (*start)[k];
    if (request.log_residual)  // any number, as in the formula's own residual
      request.overrides.bound[name] = {-1e30, 1e30};
  }
  return request;
}

}  // namespace

std::vector<NistProblem> nist_problems() {
  const toml::table file = toml::parse(test_file("../datasets/nist/problems.toml"));
  std::vector<NistProblem> out;
  for (const toml::node& node : *file["problem"].as_array()) {
    const toml::table& table = *node.as_table();
    NistProblem problem;
    problem.name = *table["name"].value<std::string>();
    problem.file = *table["file"].value<std::string>();
    problem.level = *table["level"].value<std::string>();
    problem.formula = *table["formula"].value<std::string>();
    problem.response = *table["response"].value<std::string>();
    for (const toml::node& start : *table["starts"].as_array())
      problem.starts.push_back(numbers(start));
    problem.certified = numbers(*table["certified"].node());
    problem.standard_errors = numbers(*table["standard_errors"].node());
    problem.rss = *table["rss"].value<double>();
    out.push_back(std::move(problem));
  }
  return out;
}

NistDigits fit_nist(const NistProblem& problem, const std::vector<double>* start) {
  const std::string path = (tests_folder() / "../datasets/nist" / problem.file).string();
  const std::vector<std::string> headers{"x", "x1", "x2"};
  LawEntry law = choose_law(request_of(problem, start), headers);
  ReadOptions read;
  read_for(law, read);
  const RunTable runs = read_runs(path, read);
  if (!law.log_residual) law = scaled_to(law, runs);
  FitOptions options;
  options.residual_loss.kind = ResidualKind::squared;
  options.num_resamples = 0;
  const FitResult result = fit(runs, std::make_shared<const LawEntry>(std::move(law)), options);
  NistDigits out{11, 11, digits(2 * result.objective, problem.rss),
                 result.status == Status::converged};
  for (const ParamEstimate& param : result.params) {
    const auto k = static_cast<std::size_t>(std::stoi(param.name.substr(1)) - 1);
    out.params = std::min(out.params, digits(param.value, problem.certified[k]));
    const double error = param.asymptotic_error.value_or(0);
    out.errors = std::min(out.errors, digits(error, problem.standard_errors[k]));
  }
  return out;
}

}  // namespace isoloss
