#include "host/report/chart_parts.h"

#include <array>
#include <cmath>

#include "host/answers/count/count_conversion.h"
#include "host/answers/optimum/recipe_point.h"

namespace isoloss {
namespace {

struct PublishedLine {
  const char* recipe;
  const char* name;
};
constexpr std::array kPublished{
    PublishedLine{"kaplan2020", "Kaplan et al. 2020"},
    PublishedLine{"hoffmann2022", "Hoffmann et al. 2022"},
    PublishedLine{"besiroglu2024", "Besiroglu et al. 2024"},
};

std::vector<Trace> published(const std::vector<double>& budgets, double RecipePoint::*of) {
  std::vector<Trace> out;
  for (const PublishedLine& line : kPublished) {
    const Recipe& recipe = recipe_called(line.recipe);
    out.push_back(trace(TraceKind::guide, line.name));
    for (const RecipePoint& at : recipe_points(recipe, budgets)) {
      const bool is_converted = of == &RecipePoint::N && !recipe.counts_total;
      add_point(at.flops, {is_converted ? total_of(at.*of) : at.*of, {}, {}}, out.back());
    }
  }
  return out;
}

}  // namespace

ChartAxis compute_axis() { return {"training compute C, FLOP", true}; }
ChartAxis params_axis() { return {"model size N, parameters", true}; }
ChartAxis tokens_axis() { return {"training tokens D", true}; }
ChartAxis loss_axis() { return {"loss, nats per token", false}; }

std::vector<double> log_spaced(double least, double most, int num) {
  std::vector<double> out;
  for (int i = 0; i < num; ++i) out.push_back(least * std::pow(most / least, i / (num - 1.0)));
  return out;
}

Trace trace(TraceKind kind, std::string name, std::vector<double> x, std::vector<double> y) {
  Trace out;
  out.kind = kind;
  out.name = std::move(name);
  out.x = std::move(x);
  out.y = std::move(y);
  return out;
}

void add_point(double x, const Estimate& y, Trace& out) {
  if (!std::isfinite(x) || !std::isfinite(y.value)) return;
  out.x.push_back(x);
  out.y.push_back(y.value);
  if (y.interval) out.interval.push_back(*y.interval);
}

void keep_whole_intervals(Trace& out) {
  if (out.interval.size() != out.x.size()) out.interval.clear();
  if (out.x_interval.size() != out.x.size()) out.x_interval.clear();
}

std::vector<Trace> published_sizes(const std::vector<double>& budgets) {
  return published(budgets, &RecipePoint::N);
}

std::vector<Trace> published_tokens(const std::vector<double>& budgets) {
  return published(budgets, &RecipePoint::D);
}

std::vector<Trace> published_params(const std::string& law, const std::string& x,
                                    const std::string& y) {
  std::vector<Trace> out;
  for (const PublishedLine& line : kPublished) {
    const Recipe& recipe = recipe_called(line.recipe);
    if (recipe.law == law && recipe.params.count(x) + recipe.params.count(y) == 2)
      out.push_back(
          trace(TraceKind::points, line.name, {recipe.params.at(x)}, {recipe.params.at(y)}));
  }
  return out;
}

}  // namespace isoloss
