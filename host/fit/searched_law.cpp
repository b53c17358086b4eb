#include "host/fit/searched_law.h"

#include <optional>

#include "host/fit/widen.h"

namespace isoloss {
namespace {

constexpr double kLowerBeyond = 1e-9;  // so much lower, relative, is more than rounding

Searched searched_for(std::shared_ptr<const LawEntry> law, const RunTable& runs,
                      const FitOptions& options, SearchEngine& engine) {
  Searched out{law, std::make_unique<const Moved>(runs, *law, options.starts), {}, {}, {}};
  out.ends = search_fit(out.moved->law, out.moved->problem, options, engine, out.report);
  out.best = polished_best(out.moved->law, out.moved->problem, options, out.ends);
  return out;
}

}  // namespace

Moved::Moved(const RunTable& runs, const LawEntry& of, StartMode starts)
    : form(starts == StartMode::screen ? search_form_of(of) : nullptr),
      law(form != nullptr ? form->law : of),
      problem(runs, law) {}

PolishedFit Moved::to_law(PolishedFit fit, const LawEntry& own, const Problem& of) const {
  if (form != nullptr)
    fit.theta = own.to_search(form->to_law(fit.theta, problem.centre()), of.centre());
  return fit;
}

Searched search_widening(std::shared_ptr<const LawEntry> law, const RunTable& runs,
                         const FitOptions& options, SearchEngine& engine) {
  Searched now = searched_for(std::move(law), runs, options, engine);
  if (now.moved->is_form()) return now;  // whose box is its own
  while (const std::optional<LawEntry> wider = widened(*now.law, now.best)) {
    Searched next = searched_for(std::make_shared<const LawEntry>(*wider), runs, options, engine);
    if (!(next.best.objective < now.best.objective * (1 - kLowerBeyond))) break;
    now = std::move(next);
  }
  return now;
}

}  // namespace isoloss
