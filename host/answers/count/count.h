// Parameters and FLOP of a transformer by each convention, and conversions between counts of
// parameters.

#pragma once

#include <optional>
#include <vector>

#include "host/answers/count/conventions.h"
#include "host/answers/count/count_conversion.h"
#include "host/answers/count/transformer.h"

namespace isoloss {

struct CountQuestion {
  TransformerShape shape;  // as far as it is said
  double tokens = 0;       // D, for the compute of each convention; 0: none is asked
};

// What a convention makes of a model.
struct ConventionFlops {
  const Convention* convention;
  double per_token = 0;     // training FLOP
  double over_6_total = 0;  // those over 6 N with all parameters
};

struct Counts {
  CountQuestion question;  // with the defaults of the shape filled in
  ParamCounts params;
  FlopCounts flops;
  std::vector<ConventionFlops> conventions;  // those that say something of this model
};

// Throws InputError, with what to do, for sizes that do not fit each other.
Counts count(const CountQuestion& question);

struct ConversionQuestion {
  bool from_total = false;         // what the counts are: all parameters, or those of no embedding
  std::vector<double> counts;      // positive
  std::optional<double> exponent;  // a in N ~ C^a of that count; else as published for it
  std::optional<EmbeddingShape> embedding;  // else omega is Pearce & Song's
};

// A model by both counts.
struct ConvertedCount {
  double non_embedding = 0, total = 0;
  double local_exponent = 0;  // d log N_total / d log N_E
  double other_exponent = 0;  // what the exponent becomes in the other count
};

struct CountConversion {
  ConversionQuestion question;
  double exponent = 0;
  CountRelation relation;
  std::vector<ConvertedCount> models;
};

//   source  the exponents: Kaplan et al. 2020, 0.73 of non-embedding parameters; Hoffmann et al.
//           2022, 0.5 of all
CountConversion convert_counts(const ConversionQuestion& question);

}  // namespace isoloss
