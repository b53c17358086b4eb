#include "host/answers/optimum/serving.h"

#include "host/base/time_left.h"

namespace isoloss {
namespace {

constexpr double kServeFlops = 2;  // a parameter and token: one multiplication and one addition

}  // namespace

double price_of_flop(double price_of_hour, double peak_flops) {
  return price_of_hour / (kSecondsAnHour * peak_flops);
}

bool Prices::are_given() const {
  return is_money || train_utilisation != 1 || input_utilisation != 1 || output_utilisation != 1 ||
         serving_factor != 1;
}

Cost cost_of(const Demand& demand, const Prices& prices, double flops_per_token_param) {
  const double tokens = demand.input_tokens / prices.input_utilisation +
                        demand.output_tokens / prices.output_utilisation;
  return {flops_per_token_param * prices.train_price / prices.train_utilisation,
          kServeFlops * prices.serving_factor * prices.serve_price * tokens};
}

}  // namespace isoloss
