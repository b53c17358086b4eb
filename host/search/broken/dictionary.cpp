#include "host/search/broken/dictionary.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <map>

#include "host/base/stop.h"

namespace isoloss {
namespace {

constexpr std::array kHingeWidths{-2.5, -1.0, 0.2};
constexpr int kPlacesOfOne = 24;  // of the dictionary that one break is taken from
constexpr int kMostBreaks = 3;
// A column with less than this share of itself outside those before it explains nothing.
constexpr double kDependentShare = 1e-9;
constexpr double kNothing = -1;

// Inner products of a dictionary's columns, and with z, at one floor: beside a line and the hinges
// kept.
class Dictionary {
 public:
  Dictionary(const FlooredRuns& runs, const std::vector<Hinge>& hinges,
             const std::vector<Hinge>& kept) {
    std::vector<Column> known = line_columns(runs);
    for (const Hinge& own : kept) known.push_back(hinge_column(runs, own));
    const std::vector<Column> basis = orthonormal_basis(known, 1e-10);
    const auto project = [&](Column& column) {
      for (const Column& direction : basis)
        add_multiple(column, -dot(column, direction), direction);
    };
    Column rest = weighted(runs, runs.z);
    project(rest);
    rest_ = dot(rest, rest);
    std::vector<Column> columns;
    for (const Hinge& own : hinges) {
      columns.push_back(hinge_column(runs, own));
      const double whole = dot(columns.back(), columns.back());
      project(columns.back());
      if (dot(columns.back(), columns.back()) < kDependentShare * whole)
        std::fill(columns.back().begin(), columns.back().end(), 0.0);
    }
    num_ = columns.size();
    products_.resize(num_ * num_);
    for (std::size_t a = 0; a < num_; ++a) {
      with_z_.push_back(dot(columns[a], rest));
      for (std::size_t b = 0; b <= a; ++b)
        products_[a * num_ + b] = products_[b * num_ + a] = dot(columns[a], columns[b]);
    }
  }

  // What is left of z without any column.
  double rest() const { return rest_; }

  // How much of it `num` columns explain, by a Cholesky factor of their products; kNothing if they
  // are dependent.
  double explained(const std::size_t* column, int num) const {
    double factor[kMostBreaks][kMostBreaks];
    double y[kMostBreaks];
    double out = 0;
    for (int i = 0; i < num; ++i) {
      double pivot = products_[column[i] * num_ + column[i]];
      const double whole = pivot;
      double z = with_z_[column[i]];
      for (int j = 0; j < i; ++j) {
        double sum = products_[column[i] * num_ + column[j]];
        for (int k = 0; k < j; ++k) sum -= factor[i][k] * factor[j][k];
        factor[i][j] = sum / factor[j][j];
        pivot -= factor[i][j] * factor[i][j];
        z -= factor[i][j] * y[j];
      }
      if (!(pivot > kDependentShare * whole)) return kNothing;
      factor[i][i] = std::sqrt(pivot);
      y[i] = z / factor[i][i];
      out += y[i] * y[i];
    }
    return out;
  }

 private:
  std::size_t num_ = 0;
  std::vector<double> products_;  // num x num
  std::vector<double> with_z_;
  double rest_ = 0;
};

using Places = std::array<int, kMostBreaks>;  // of a choice, ascending; -1 beyond its own

// The best widths and floor of a choice of places.
struct Choice {
  Places places;
  Places widths;
  std::size_t floor = 0;
  double error = std::numeric_limits<double>::infinity();
};

// All choices of num_breaks of num_places, and what of them is best at each.
class Choices {
 public:
  Choices(int num_breaks, int num_places) : num_breaks_(num_breaks), num_places_(num_places) {
    Places places;
    places.fill(-1);
    add_from(places, 0);
  }

  // Looks at every choice at one floor.
  void look(const Dictionary& dictionary, std::size_t floor) {
    const int num_widths = static_cast<int>(kHingeWidths.size());
    int combinations = 1;
    for (int k = 0; k < num_breaks_; ++k) combinations *= num_widths;
    for (Choice& choice : choices_) {
      throw_if_stopped();
      for (int c = 0; c < combinations; ++c) {
        Places widths{};
        std::size_t column[kMostBreaks];
        for (int k = 0, rest = c; k < std::min(num_breaks_, kMostBreaks); ++k, rest /= num_widths) {
          const auto own = static_cast<std::size_t>(k);
          widths[own] = rest % num_widths;
          column[own] = static_cast<std::size_t>(choice.places[own] * num_widths + widths[own]);
        }
        const double explained = dictionary.explained(column, num_breaks_);
        if (explained == kNothing || !(dictionary.rest() - explained < choice.error)) continue;
        choice = {choice.places, widths, floor, dictionary.rest() - explained};
      }
    }
  }

  // Those that no neighbour beats first, then by error.
  std::vector<Choice> in_order() const {
    std::vector<Choice> out;
    std::vector<Choice> others;
    for (const Choice& choice : choices_)
      if (std::isfinite(choice.error)) (is_least_around(choice) ? out : others).push_back(choice);
    const auto by_error = [](const Choice& a, const Choice& b) { return a.error < b.error; };
    std::stable_sort(out.begin(), out.end(), by_error);
    std::stable_sort(others.begin(), others.end(), by_error);
    out.insert(out.end(), others.begin(), others.end());
    return out;
  }

 private:
  void add_from(Places places, int depth) {
    if (depth == num_breaks_ || depth == kMostBreaks) {
      number_[places] = choices_.size();
      choices_.push_back({places, {}, 0, std::numeric_limits<double>::infinity()});
      return;
    }
    const auto own = static_cast<std::size_t>(depth);
    for (int p = depth == 0 ? 0 : places[own - 1] + 1; p < num_places_; ++p) {
      places[own] = p;
      add_from(places, depth + 1);
    }
  }

  // Of the choices with each place the same or next to its own.
  bool is_least_around(const Choice& choice) const {
    int num_neighbours = 1;
    for (int k = 0; k < num_breaks_; ++k) num_neighbours *= 3;
    for (int n = 0; n < num_neighbours; ++n) {
      Places places = choice.places;
      for (int k = 0, rest = n; k < std::min(num_breaks_, kMostBreaks); ++k, rest /= 3)
        places[static_cast<std::size_t>(k)] += rest % 3 - 1;
      const auto found = number_.find(places);
      if (found != number_.end() && choices_[found->second].error < choice.error) return false;
    }
    return true;
  }

  int num_breaks_;
  int num_places_;
  std::vector<Choice> choices_;
  std::map<Places, std::size_t> number_;
};

// The best choices of num_breaks hinges beside those kept.
std::vector<BrokenStart> chosen_starts(const std::vector<FlooredRuns>& floors,
                                       const std::vector<Break>& kept, int num_breaks,
                                       int num_places, int num_starts) {
  const Column& log_x = floors[0].log_x;
  const std::vector<double> places = quantile_places(log_x, num_places);
  std::vector<Hinge> hinges;
  for (const double place : places)
    for (const double width : kHingeWidths) hinges.push_back(hinge_at(log_x, place, width));
  const std::vector<Hinge> held = hinges_of(log_x, kept);
  Choices choices(num_breaks, num_places);
  for (std::size_t f = 0; f < floors.size(); ++f)
    choices.look(Dictionary(floors[f], hinges, held), f);
  std::vector<BrokenStart> out;
  for (const Choice& choice : choices.in_order()) {
    if (static_cast<int>(out.size()) == num_starts) break;
    BrokenStart start;
    start.breaks = kept;
    for (std::size_t k = 0; k < static_cast<std::size_t>(std::min(num_breaks, kMostBreaks)); ++k)
      start.breaks.push_back({0, places[static_cast<std::size_t>(choice.places[k])],
                              kHingeWidths[static_cast<std::size_t>(choice.widths[k])]});
    if (solve_slopes(floors[choice.floor], start)) out.push_back(std::move(start));
  }
  return out;
}

}  // namespace

std::vector<BrokenStart> subset_starts(const std::vector<FlooredRuns>& floors, int num_breaks,
                                       int num_places, int num_starts) {
  return chosen_starts(floors, {}, num_breaks, num_places, num_starts);
}

std::vector<BrokenStart> added_break_starts(const std::vector<FlooredRuns>& floors,
                                            const std::vector<Break>& kept, int num_starts) {
  return chosen_starts(floors, kept, 1, kPlacesOfOne, num_starts);
}

}  // namespace isoloss
