// Non-embedding parameters N_E and all parameters N_total of models that grow in proportion:
//   N_total = N_E + omega N_E^(1/3)
// because N_E = 12 layers d_model^2 with d_model = aspect * layers makes
// d_model = (aspect N_E / 12)^(1/3), and an embedding has `vocab` times d_model parameters.
//
//   source  Pearce & Song 2024, arXiv:2406.12907

#pragma once

namespace isoloss {

struct CountRelation {
  // Pearce & Song's, fitted to the models of Hoffmann et al. 2022: a vocabulary of 32,000, an
  // embedding that is the head too, d_model some 39.2 times the layers.
  double omega = 47491;
};

// What omega comes from; the defaults give 47,482.
struct EmbeddingShape {
  double vocab = 32000;
  double positions = 0;  // learned ones
  double aspect = 39.2;  // d_model / layers
  bool untied = false;   // a head of its own: the vocabulary counts twice
};

CountRelation relation_of(const EmbeddingShape& shape);

// Counts and omega are positive and finite, else InputError. Each is the inverse of the other to
// a few roundings.
double total_of(double non_embedding, const CountRelation& relation = {});
double non_embedding_of(double total, const CountRelation& relation = {});

// d log N_total / d log N_E: 1/3 for small models, 1 for large ones.
double local_exponent(double non_embedding, const CountRelation& relation = {});

// The same models seen with both counts, C = 6 N D in either: where N_E ~ C_E^a, N_total ~
// C_total^b with b = a g / (1 - a + a g), g the local exponent; and the inverse. What is optimal
// for one count need not be for the other: only for g constant are these the optima's exponents.
double exponent_in_total(double a, double local);
double exponent_in_non_embedding(double b, double local);

}  // namespace isoloss
