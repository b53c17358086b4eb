// The law that options ask for, and the columns of a file that it needs.

#pragma once

#include <memory>

#include "host/fit.h"
#include "host/reading/run_table.h"

namespace isoloss {

// Law options.law with options.linear_residual and options.overrides. Throws InputError if there is
// no such law or it cannot have the overrides.
std::shared_ptr<const LawEntry> chosen_law(const FitOptions& options);

// `options` with the law's inputs, and with its response unless the user names one. Numbers that
// the law sees by their log must be positive.
ReadOptions with_inputs_of(const LawEntry& law, ReadOptions options);

}  // namespace isoloss
