#include "host/answers/verify/law_point.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "fits/math.h"
#include "host/base/error.h"
#include "host/base/text.h"

namespace isoloss {
namespace {

double rho_of(double residual, const ResidualLoss& rho) {
  if (rho.kind == ResidualKind::absolute) return std::fabs(residual);
  return huber_rho(residual, huber_psi(residual, rho.smooth_delta()));
}

std::optional<std::size_t> place_of(const LawEntry& law, const std::string& name) {
  for (std::size_t k = 0; k < law.params.size(); ++k)
    if (law.params[k].name == name) return k;
  return {};
}

}  // namespace

std::optional<double> LawPoint::param(const std::string& name) const {
  const auto k = place_of(*law, name);
  if (!k) return {};
  return law->shown(static_cast<int>(*k), theta[*k]);
}

std::vector<double> LawPoint::predictions(const RunTable& runs) const {
  std::vector<const std::vector<double>*> columns;
  for (const LawInput& input : law->inputs) columns.push_back(&runs.values_of(input.column));
  std::vector<double> out;
  std::vector<double> values(columns.size());
  for (std::size_t i = 0; i < runs.num_runs(); ++i) {
    for (std::size_t k = 0; k < columns.size(); ++k) {
      const double value = (*columns[k])[i];
      values[k] = law->inputs[k].axis == Axis::log ? isoloss::log(value) : value;
    }
    out.push_back(law->predict(theta, values));
  }
  return out;
}

double LawPoint::objective(const RunTable& runs, const ResidualLoss& rho) const {
  const std::vector<double> predicted = predictions(runs);
  double sum = 0;
  for (std::size_t i = 0; i < predicted.size(); ++i) {
    const double r = law->log_residual ? isoloss::log(predicted[i]) - isoloss::log(runs.loss[i])
                                       : predicted[i] - runs.loss[i];
    sum += (runs.weights.empty() ? 1 : runs.weights[i]) * rho_of(r, rho);
  }
  return sum;
}

double LawPoint::N_exponent(const RunTable& runs) const {
  if (law->optimum == nullptr) return std::numeric_limits<double>::quiet_NaN();
  const double largest = runs.largest_flops();
  return law->optimum(theta.data(), isoloss::log(largest / kFlopsPerTokenParam)).N_exponent;
}

LawPoint point_of(std::shared_ptr<const LawEntry> law, const PublishedFit& published,
                  const std::string& constants) {
  const Constants& own = published.constants.at(constants);
  const auto fail = [&](const std::string& message) {
    throw InputError(published.path, own.line, "",
                     fmt::format("[constants.{}] {}", printable(constants), message), "");
  };
  std::map<std::string, double> values = own.values;
  values.insert(published.fix.begin(), published.fix.end());
  LawPoint out{std::move(law)};
  for (const auto& [name, value] : values) {
    const auto k = place_of(*out.law, name);
    if (!k)
      fail(fmt::format("has {}, which is no parameter of {}", printable(name), out.law->name));
    const bool is_log = out.law->is_log(static_cast<int>(*k));
    if (is_log && !(value > 0)) fail(fmt::format("has a {} that is not positive", printable(name)));
    out.theta[*k] = is_log ? isoloss::log(value) : value;
  }
  for (const LawParam& param : out.law->params)
    if (!values.contains(param.name)) fail(fmt::format("has no {}", param.name));
  return out;
}

}  // namespace isoloss
