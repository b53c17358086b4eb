#include "host/answers/count/count_conversion.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "fits/math.h"
#include "host/base/error.h"

namespace isoloss {
namespace {

void require_positive(double x, const char* what) {
  if (!(x > 0 && std::isfinite(x)))
    throw InputError("", 0, "", fmt::format("{} {:g} is no positive number", what, x),
                     "counts of parameters are, say, 7e9");
}

// The same digits on every machine, unlike std::cbrt: a Newton step after exp and log.
double cube_root(double x) {
  const double y = isoloss::exp(isoloss::log(x) / 3);
  return y - (y - x / (y * y)) / 3;
}

}  // namespace

CountRelation relation_of(const EmbeddingShape& shape) {
  require_positive(shape.vocab, "vocabulary");
  require_positive(shape.aspect, "aspect ratio");
  const double rows = (shape.untied ? 2 : 1) * shape.vocab + shape.positions;
  return {rows * cube_root(shape.aspect / 12)};
}

double total_of(double non_embedding, const CountRelation& relation) {
  require_positive(non_embedding, "N");
  require_positive(relation.omega, "omega");
  return non_embedding + relation.omega * cube_root(non_embedding);
}

double non_embedding_of(double total, const CountRelation& relation) {
  require_positive(total, "N");
  require_positive(relation.omega, "omega");
  // Newton on y^3 + omega y = total, convex and increasing: from above it only falls.
  double y = std::min(cube_root(total), total / relation.omega);
  for (double next = 0;; y = next) {
    const double excess = y * (y * y + relation.omega) - total;
    next = y - excess / (3 * y * y + relation.omega);
    if (!(next < y)) return y * y * y;
  }
}

double local_exponent(double non_embedding, const CountRelation& relation) {
  const double embedding = total_of(non_embedding, relation) - non_embedding;
  return (non_embedding + embedding / 3) / (non_embedding + embedding);
}

double exponent_in_total(double a, double local) { return a * local / (1 - a + a * local); }

double exponent_in_non_embedding(double b, double local) { return b / (b + (1 - b) * local); }

}  // namespace isoloss
