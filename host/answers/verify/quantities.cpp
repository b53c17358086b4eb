#include "host/answers/verify/quantities.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "fits/math.h"

namespace isoloss {
namespace {

using Values = std::span<const double>;

double relative_error(double predicted, double measured) {
  return std::fabs(predicted / measured - 1);
}

double prediction(Values predicted, Values) { return predicted[0]; }

double percent_error(Values predicted, Values measured) {
  return 100 * relative_error(predicted[0], measured[0]);
}

double mean(Values values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

// 1 - residual over total sum of squares.
double r2(Values predicted, Values measured) {
  const double centre = mean(measured);
  double residual = 0;
  double total = 0;
  for (std::size_t i = 0; i < measured.size(); ++i) {
    residual += (predicted[i] - measured[i]) * (predicted[i] - measured[i]);
    total += (measured[i] - centre) * (measured[i] - centre);
  }
  return 1 - residual / total;
}

double mae(Values predicted, Values measured) {
  double sum = 0;
  for (std::size_t i = 0; i < measured.size(); ++i) sum += std::fabs(predicted[i] - measured[i]);
  return sum / static_cast<double>(measured.size());
}

double worst(Values predicted, Values measured) {
  double out = 0;
  for (std::size_t i = 0; i < measured.size(); ++i)
    out = std::fmax(out, relative_error(predicted[i], measured[i]));
  return out;
}

double rms_log(Values predicted, Values measured) {
  double sum = 0;
  for (std::size_t i = 0; i < measured.size(); ++i) {
    const double r = isoloss::log(predicted[i]) - isoloss::log(measured[i]);
    sum += r * r;
  }
  return std::sqrt(sum / static_cast<double>(measured.size()));
}

constexpr std::array<RowsQuantity, 6> kOfRows{{{"prediction", prediction, true},
                                               {"relative_error", percent_error, true},
                                               {"r2", r2},
                                               {"mae", mae},
                                               {"worst", worst},
                                               {"rms_log", rms_log}}};

}  // namespace

const RowsQuantity* rows_quantity_called(std::string_view name) {
  const auto found = std::find_if(kOfRows.begin(), kOfRows.end(),
                                  [&](const RowsQuantity& one) { return one.name == name; });
  return found == kOfRows.end() ? nullptr : found;
}

std::vector<std::string_view> quantity_names() {
  std::vector<std::string_view> out{"objective", "N_exponent"};
  for (const RowsQuantity& one : kOfRows) out.push_back(one.name);
  for (const char* of_isoflop : {"exponent", "coefficient", "optimum"}) out.push_back(of_isoflop);
  return out;
}

}  // namespace isoloss
