#include "host/fit/searched_law.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "host/fit/widen.h"

namespace isoloss {
namespace {

Theta in_box(const LawEntry& law, Theta theta) {
  for (int k = 0; k < law.num_params(); ++k) {
    const Bounds& box = law.box.bounds[k];
    double& theta_k = theta[static_cast<std::size_t>(k)];
    theta_k = std::clamp(theta_k, box.lower, box.upper);
  }
  return theta;
}

// Where the user's box keeps the search form out, the optimum of the form is a start.
void search_on_from_form(const RunTable& runs, const FitOptions& options, SearchEngine& engine,
                         Searched& out) {
  const Moved in_form(runs, *out.law, free_search_form_of(*out.law), options.residual_loss);
  if (!in_form.is_form()) return;
  SearchReport report;
  const SearchEnds ends = search_fit(in_form.law, in_form.problem, options, engine, report);
  if (ends.empty()) return;
  PolishedFit there;
  there.theta = ends.best().theta;
  const Problem& problem = out.moved->problem;
  const Theta start = in_box(*out.law, in_form.to_law(there, *out.law, problem).theta);
  const int num = search_on(*out.law, problem, options, {start}, out.best);
  if (num == 0) return;
  out.report.num_agreeing = 0;
  out.report.num_later = num;
}

std::vector<Theta> starts_near(const Moved& moved, std::span<const Theta> near) {
  std::vector<Theta> out;
  for (const Theta& theta : near)
    out.push_back(in_box(moved.law, moved.law.to_search(theta, moved.problem.centre())));
  return out;
}

Searched searched_for(std::shared_ptr<const LawEntry> law, const RunTable& runs,
                      const FitOptions& options, SearchEngine& engine,
                      std::span<const Theta> near) {
  const bool screens = options.starts == StartMode::screen;
  auto moved = std::make_unique<const Moved>(
      runs, *law, screens ? search_form_of(*law) : std::optional<SearchForm>(),
      options.residual_loss);
  Searched out{law, std::move(moved), {}, {}, {}};
  out.ends = search_fit(out.moved->law, out.moved->problem, options, engine, out.report,
                        starts_near(*out.moved, near));
  out.best = polished_best(out.moved->law, out.moved->problem, options, out.ends);
  if (screens && !out.moved->is_form()) search_on_from_form(runs, options, engine, out);
  return out;
}

}  // namespace

Moved::Moved(const RunTable& runs, const LawEntry& of, std::optional<SearchForm> in,
             const ResidualLoss& rho)
    : form(std::move(in)), law(form ? form->law : of), problem(runs, law, rho.over_penalty) {}

PolishedFit Moved::to_law(PolishedFit fit, const LawEntry& own, const Problem& of) const {
  if (form) fit.theta = own.to_search(form->to_law(fit.theta, problem.centre()), of.centre());
  return fit;
}

Searched search_widening(std::shared_ptr<const LawEntry> law, const RunTable& runs,
                         const FitOptions& options, SearchEngine& engine,
                         std::span<const Theta> near) {
  Searched now = searched_for(std::move(law), runs, options, engine, near);
  if (now.moved->is_form()) return now;  // whose box is its own
  while (const std::optional<LawEntry> wider = widened(*now.law, now.best)) {
    Searched next =
        searched_for(std::make_shared<const LawEntry>(*wider), runs, options, engine, near);
    if (!(next.best.objective < now.best.objective * (1 - kLower))) break;
    now = std::move(next);
  }
  return now;
}

}  // namespace isoloss
