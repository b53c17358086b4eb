// What is made of a fit: the report, --json and --draws.

#pragma once

#include "host/answers/fitted_law.h"
#include "host/commands/documents.h"

namespace isoloss {

struct FitDocuments {
  bool quiet = false;

  void add(CommandLine& line);
  Outcome fill(const FittedRuns& made, Documents& out) const;
};

}  // namespace isoloss
