// Command lines that the program refuses.

#pragma once

#include "tests/catch.h"
#include "tests/run_program.h"

namespace isoloss {

// What the program says; checks that it ends with exit code 2.
inline std::string refused_command(const std::string& arguments) {
  const ProgramRun run = run_program(arguments + " 2>&1");
  CHECK(run.exit_code == 2);
  return run.output;
}

}  // namespace isoloss
