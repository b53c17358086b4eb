// Fits, saves, loads and asks, through the installed headers alone.

#include <isoloss.h>

#include <cmath>
#include <cstdio>

namespace {

bool near(double a, double b) { return std::fabs(a - b) <= 1e-9 * std::fabs(b); }

// Exit code 0 if the fit of the data set has the least objective that is known, and the law of the
// literature its compute-optimal model.
int check(const char* runs) {
  isoloss::RunSource source{{runs}, {}};
  source.read.drop_highest_loss = 5;
  isoloss::FitOptions options;
  options.num_resamples = 100;
  const isoloss::FittedLaw law = isoloss::fit(source, options);
  std::printf("objective %.10e, %zu draws\n", law.made->fit.objective, law.thetas.size() - 1);
  if (law.outcome() != isoloss::Outcome::sound || law.thetas.size() != 101) return 1;
  const isoloss::FittedLaw known = isoloss::published("besiroglu2024");
  isoloss::OptimumQuestion question;
  question.values = {5.76e23};
  const isoloss::Optimum best = isoloss::optimum(known, question);
  const isoloss::Answer& answer = best.answers.at(0);
  std::printf("N %.4g, D %.4g\n", answer.N.value, answer.D.value);
  const bool is_answered = best.outcome() == isoloss::Outcome::sound && best.warnings.empty();
  return is_answered && near(6 * answer.N.value * answer.D.value, 5.76e23) ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return argc == 2 ? check(argv[1]) : 2;
  } catch (const isoloss::InputError& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 2;
  }
}
