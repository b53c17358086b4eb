// What is made of a law whose parameters stand at other places: several of them at one, or beside
// those of other laws.

#pragma once

#include <vector>

#include "host/laws/law_entry.h"

namespace isoloss {

// By parameter of the law: its place in another theta.
using ParamPlaces = std::vector<int>;

// The law's theta out of the other.
Theta theta_at(const ParamPlaces& places, const double* theta);

// What `law` adds to a graph, with its parameters at their places; its inputs stay.
NodeId write_placed(const LazyProgram::Trace& law, const ParamPlaces& places, Graph& to);

// Adds to `to` how the parameters move with the units of inputs and response; of those that stand
// at one place the first counts.
void add_placed_shifts(const LawEntry& law, const ParamPlaces& places, LawEntry& to);

}  // namespace isoloss
