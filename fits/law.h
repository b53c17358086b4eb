// What a scaling law is: one struct in one header of fits/laws/, named like its file.
//
// A law has:
//   formula, source      text, for reports
//   inputs               which quantities of a run it reads: fits/input.h
//   enum                 indices into theta, ending in num_params
//   params               the table of its parameters, in the same order
//   log_loss<T>          log of the predicted loss; T is double, a dual number or a symbol from
//                        which the program of a law is made: arithmetic and the functions of
//                        fits/math.h and fits/functions.h, no branch on T
// A law may have:
//   terms                if L is a sum of terms weight * input^-exponent: the search then projects
//                        the weights out of a grid of exponents, in code of the law's own
//   shifts               if it has no terms: how parameters move with the unit of an input
//   response_shifts      the same with the unit of what it predicts; terms say it themselves
//   breaks               if it is a broken power: host/search/broken/ then places its breaks
//   search_form          other parameters in which it is searched: fits/search_form.h
//   response             the column it predicts, if that is not the loss
//   log_optimal_params   closed form of the compute-optimal model size

#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <utility>

#include "fits/input.h"

namespace isoloss {

inline constexpr int kMaxParams = 16;

// One run as law L sees it: run[Input::N] is log N, natural and during a search relative to a mean;
// an input on a linear axis is the number itself.
template <class L, class T>
struct Run {
  T value[L::inputs.size()];  // in the order of L::inputs

  ISOLOSS_HD const T& operator[](Input input) const {
    return value[place_of(input, std::make_index_sequence<L::inputs.size()>())];
  }

 private:
  // A constant wherever `input` is one; device code has no array to look it up in.
  template <std::size_t k>
  static consteval Input input_at() {
    return L::inputs[k];
  }
  template <std::size_t... k>
  ISOLOSS_HD static int place_of(Input input, std::index_sequence<k...>) {
    int place = 0;
    ((input_at<k>() == input ? void(place = static_cast<int>(k)) : void()), ...);
    return place;
  }
};

// How a parameter is shown: the search moves theta; a report shows exp(theta) where it is log.
enum class Scale { linear, log };

// Box of theta. The lower bound of a log parameter stands for a weight of zero.
struct Bounds {
  double lower;
  double upper;
};

// Published starting points of theta: first, first + step, ... up to last.
struct Grid {
  double first;
  double last;
  double step;

  constexpr int count() const { return static_cast<int>((last - first) / step + 1.5); }
  constexpr double at(int i) const { return first + i * step; }
};

struct Param {
  std::string_view name;
  std::string_view meaning;
  Scale scale;
  Bounds bounds;
  Grid starts;
};

// exp(theta[weight]) * input^-theta[exponent]; without an exponent a constant.
struct Term {
  int weight;
  int exponent = -1;
  Input input = Input::N;

  constexpr bool constant() const { return exponent < 0; }
};

// theta[param] moves by -factor * theta[by] * c, or -factor * c without `by`, when the logs of an
// input are taken relative to c.
struct Shift {
  int param;
  Input input;
  int by = -1;
  double factor = 1;
};

// Where a broken power has its parameters. With its breaks' places and widths given, the log of
// what lies above the floor is linear in the log of the weight, in the exponent and in the slopes:
//   log(L - a) = theta[weight] - theta[exponent] log x
//                - sum of theta[slope] f log(1 + exp((log x - theta[place]) / f)), f =
//                exp(theta[width])
struct Breaks {
  int floor;   // log of a
  int weight;  // log
  int exponent;
  int first;  // of each break in turn: slope, place (a log), width (a log)
  int num;

  constexpr int slope(int i) const { return first + 3 * i; }
  constexpr int place(int i) const { return first + 3 * i + 1; }
  constexpr int width(int i) const { return first + 3 * i + 2; }
};

// theta[param] moves by -factor c / theta[over], or -factor c without `over`, when the log of the
// response is taken relative to c.
struct ResponseShift {
  int param;
  int over = -1;
  double factor = 1;
};

template <class L>
concept HasTerms = requires {
  L::terms.size();
};

template <class L>
concept HasShifts = requires {
  L::shifts.size();
};

template <class L>
concept HasBreaks = requires {
  L::breaks.num;
};

template <class L>
concept HasResponseShifts = requires {
  L::response_shifts.size();
};

template <class L>
concept HasResponse = requires {
  L::response;
};

template <class L>
concept HasClosedOptimum = requires(const double* theta) {
  L::log_optimal_params(theta, 0.0);
};

template <class L>
concept Law = requires(const double* theta, const Run<L, double>& run) {
  L::formula;
  L::source;
  L::inputs.size();
  L::params.size();
  L::log_loss(theta, run);
};

// Checks a law's table at build time; a false is a build error at the law.
template <Law L>
consteval bool well_formed() {
  static_assert(L::num_params > 0 && L::num_params <= kMaxParams);
  static_assert(L::params.size() == static_cast<std::size_t>(L::num_params),
                "one row of params for each index of the enum");
  for (const Param& param : L::params) {
    const bool named = !param.name.empty() && !param.meaning.empty();
    const bool ordered = param.bounds.lower < param.bounds.upper;
    const bool starts = param.starts.step > 0 && param.starts.first >= param.bounds.lower &&
                        param.starts.last <= param.bounds.upper;
    if (!named || !ordered || !starts) return false;
  }
  if constexpr (HasTerms<L>) {
    for (const Term& term : L::terms) {
      if (L::params[term.weight].scale != Scale::log) return false;
      if (!term.constant() && L::params[term.exponent].scale != Scale::linear) return false;
    }
  }
  return !L::formula.empty() && !L::source.empty();
}

}  // namespace isoloss
