#include "host/answers/count/count.h"

namespace isoloss {
namespace {

constexpr double kKaplanExponent = 0.73, kHoffmannExponent = 0.50;

ConvertedCount converted(double non_embedding, const CountConversion& by) {
  const double local = local_exponent(non_embedding, by.relation);
  return {non_embedding, total_of(non_embedding, by.relation), local,
          by.question.from_total ? exponent_in_non_embedding(by.exponent, local)
                                 : exponent_in_total(by.exponent, local)};
}

}  // namespace

Counts count(const CountQuestion& question) {
  const TransformerShape shape = resolved(question.shape);
  Counts out{{shape, question.tokens}, count_params(shape), count_flops(shape), {}};
  const double reference = conventions()[0].flops(shape);
  for (const Convention& own : conventions())
    if (own.applies_to(shape))
      out.conventions.push_back({&own, own.flops(shape), own.flops(shape) / reference});
  return out;
}

CountConversion convert_counts(const ConversionQuestion& question) {
  CountConversion out{question, question.from_total ? kHoffmannExponent : kKaplanExponent, {}, {}};
  if (question.exponent) out.exponent = *question.exponent;
  if (question.embedding) out.relation = relation_of(*question.embedding);
  for (const double count : question.counts)
    out.models.push_back(
        converted(question.from_total ? non_embedding_of(count, out.relation) : count, out));
  return out;
}

}  // namespace isoloss
