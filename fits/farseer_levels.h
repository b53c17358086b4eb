// The parameters in which farseer is searched; see fits/search_form.h.

#pragma once

#include "fits/functions.h"
#include "fits/law.h"

namespace isoloss {

// Each of its three curves over N, c + a N^q, has here its level and
// its slope at the mean log N, u = 0, and its bend q: level + slope (e^(q u) - 1) / q. Box & Cox
// 1964 have the family; a straight line, q = 0, is an inner point of it and not at infinity.
struct farseer_levels {
  static constexpr std::string_view name = "farseer";
  static constexpr std::string_view formula =
      "L(N, D) = B exp(e g(q_e)) + W exp(w g(q_w)) D^-exp(v + s g(q_s)), g(q) = (e^(q u) - 1) / q, "
      "u = log N less its mean";
  static constexpr std::string_view source = "Li et al. 2025, arXiv:2506.10972";
  static constexpr std::array inputs{Input::N, Input::D};

  enum : int { log_B, e, q_e, log_W, w, q_w, s, q_s, v, num_params };
  // clang-format off
  static constexpr std::array<Param, num_params> params{{
      // name   meaning                                  scale          bounds       starts
      {"B",     "irreducible loss at the mean N",        Scale::log,    {-40, 40},   {-1, 1, 1}},
      {"e",     "slope of its log",                      Scale::linear, {-10, 10},   {-0.3, 0.05, 0.35}},
      {"q_e",   "bend of its log",                       Scale::linear, {-1, 0.5},   {-0.6, 0.4, 0.5}},
      {"W",     "weight of the data term at the mean N", Scale::log,    {-90, 90},   {-10, 0, 5}},
      {"w",     "slope of its log",                      Scale::linear, {-100, 100}, {-1.5, 0.5, 1}},
      {"q_w",   "bend of its log",                       Scale::linear, {-1, 0.5},   {-0.6, 0.4, 0.5}},
      {"s",     "slope of the log of D's exponent",      Scale::linear, {-10, 10},   {-0.3, 0.2, 0.25}},
      {"q_s",   "bend of the log of D's exponent",       Scale::linear, {-1, 0.5},   {-0.6, 0.4, 0.5}},
      {"v",     "log of D's exponent at the mean N",     Scale::linear, {-20, 20},   {-2, 0, 1}},
  }};
  // clang-format on
  // N is centred, and no parameter moves with it: to_law knows the mean.
  static constexpr std::array<Shift, 1> shifts{{
      {.param = e, .input = Input::N, .by = q_e, .factor = 0},
  }};
  static constexpr std::array kept{int{q_e}, int{q_w}, int{q_s}};
  static constexpr std::array<ResponseShift, 2> response_shifts{{
      {.param = log_B},
      {.param = log_W},
  }};

  // slope (e^(q u) - 1) / q.
  template <class T>
  ISOLOSS_HD static T bent(const T& slope, const T& q, const T& u) {
    const T zero = T(0.0);
    return slope * (zero - one_minus_exp(zero - q * u)) / q;
  }

  template <class T>
  ISOLOSS_HD static T log_loss(const T* theta, const Run<farseer_levels, T>& run) {
    const T u = run[Input::N];
    const T log_exponent = theta[v] + bent(theta[s], theta[q_s], u);
    const T exponent = exp(min_of(log_exponent, T(5.0)));
    const T weight = theta[log_W] + bent(theta[w], theta[q_w], u);
    return log_sum_exp(min_of(theta[log_B] + bent(theta[e], theta[q_e], u), T(300.0)),
                       min_of(weight - exponent * run[Input::D], T(300.0)));
  }

  // c + a N^q of one curve. A straight one has c and a beyond all bounds: it is bent as little as
  // keeps the rounding of c and a, which nearly cancel, below that of a loss.
  struct Curve {
    double c, a, q;
  };
  static Curve curve(double level, double slope, double bend, double mean_log_N) {
    constexpr double kLargestPart = 1e6;
    const double steepness = slope < 0 ? -slope : slope;
    const double least_bend = steepness / kLargestPart + 1e-8;
    const bool is_straight = bend < least_bend && bend > -least_bend;
    const double q = is_straight ? (bend < 0 ? -least_bend : least_bend) : bend;
    return {level - slope / q, slope / q * exp(-q * mean_log_N), q};
  }
  // The law's theta, from levels in the response's own unit: log B_3, a_3, gamma, log B_2, a_2,
  // beta, a_1, alpha, b_1.
  static void to_law(const double* form, const double* centre, double* theta) {
    const double mean = centre[static_cast<int>(Input::N)];
    const Curve irreducible = curve(form[log_B], form[e], form[q_e], mean);
    const Curve weight = curve(form[log_W], form[w], form[q_w], mean);
    const Curve log_exponent = curve(form[v], form[s], form[q_s], mean);
    const double all[] = {irreducible.c, irreducible.a,  irreducible.q,  weight.c,      weight.a,
                          weight.q,      log_exponent.a, log_exponent.q, log_exponent.c};
    for (int k = 0; k < num_params; ++k) theta[k] = all[k];
  }
};
static_assert(well_formed<farseer_levels>());

}  // namespace isoloss
