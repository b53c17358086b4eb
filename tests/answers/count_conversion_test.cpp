// Conversions between non-embedding and all parameters.

#include "host/answers/count/count_conversion.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "host/answers/count/transformer.h"
#include "tests/catch.h"
#include "tests/input_error.h"
#include "tests/text_checks.h"
#include "tests/tolerance.h"

namespace isoloss {
TEST_CASE("Omega follows from vocabulary and aspect ratio, near Pearce and Song's fit") {
  CHECK(std::fabs(relation_of({}).omega / CountRelation{}.omega - 1) <= tolerance::kThreeDigits);
}

TEST_CASE("The conversion of a model's own proportions gives its own counts") {
  for (const bool untied : {false, true}) {
    TransformerShape shape;
    shape.layers = 96;
    shape.d_model = 12288;
    shape.vocab = 50257;
    shape.context = 2048;
    shape.learned_positions = true;
    shape.untied = untied;
    const ParamCounts counts = count_params(resolved(shape));
    const CountRelation relation = relation_of({50257, 2048, 12288.0 / 96, untied});
    CHECK(std::fabs(total_of(counts.non_embedding(), relation) / counts.total() - 1) <=
          tolerance::kCountInverse);
  }
}

TEST_CASE("Conversions of counts rise and are each other's inverse") {
  for (const double omega : {1.0, 47491.0, 1e7}) {
    const CountRelation relation{omega};
    double last_total = 0, last = 0;
    for (int k = -8; k <= 80; ++k) {
      const double N = std::pow(10, k / 4.0);
      INFO(omega << ", " << N);
      const double total = total_of(N, relation);
      CHECK(total > std::max(last_total, N));
      CHECK(std::fabs(non_embedding_of(total, relation) / N - 1) <= tolerance::kCountInverse);
      CHECK(non_embedding_of(N, relation) > last);
      CHECK(std::fabs(total_of(non_embedding_of(N, relation), relation) / N - 1) <=
            tolerance::kCountInverse);
      last_total = total;
      last = non_embedding_of(N, relation);
    }
  }
}

TEST_CASE("The local exponent is the slope of the conversion, from a third to one") {
  for (const double N : {1e3, 1e6, 1e7, 1e9, 1e12}) {
    const double step = 1 + tolerance::kDifferenceStep;
    const double slope = std::log(total_of(N * step) / total_of(N / step)) / (2 * std::log(step));
    CHECK(std::fabs(local_exponent(N) - slope) <= tolerance::kDifference);
  }
  CHECK(std::fabs(local_exponent(1e-9) - 1.0 / 3) <= tolerance::kClosedForm);
  CHECK(std::fabs(local_exponent(1e24) - 1) <= tolerance::kClosedForm);
}

TEST_CASE("Exponents of both counts are converted, with the limits of Chinchilla's law") {
  const double alpha = 0.34, beta = 0.28, total = beta / (alpha + beta);
  // Of small models N_total ~ N_E^(1/3), so that the loss falls as N_E^(-alpha / 3).
  CHECK(std::fabs(exponent_in_non_embedding(total, 1.0 / 3) - beta / (alpha / 3 + beta)) <=
        tolerance::kClosedForm);
  CHECK(exponent_in_non_embedding(total, 1) == total);
  for (const double local : {1.0 / 3, 0.5, 0.9, 1.0})
    for (const double a : {0.3, 0.5, 0.73})
      CHECK(std::fabs(exponent_in_total(exponent_in_non_embedding(a, local), local) - a) <=
            tolerance::kClosedForm);
}

TEST_CASE("Counts that are no positive numbers are not converted") {
  for (const double bad : {0.0, -1.0, std::nan(""), HUGE_VAL}) {
    CHECK(contains(refusal([&] { total_of(bad); }), "no positive number"));
    CHECK(contains(refusal([&] { non_embedding_of(bad); }), "no positive number"));
    CHECK(contains(refusal([&] { total_of(1e9, {bad}); }), "no positive number"));
    CHECK(contains(refusal([&] { relation_of({32000, 0, bad, false}); }), "no positive number"));
  }
}

}  // namespace isoloss
