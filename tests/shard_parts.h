// Parts of an answer as files.

#pragma once

#include <fmt/format.h>

#include <string>

#include "tests/bytes_of.h"
#include "tests/catch.h"
#include "tests/run_program.h"
#include "tests/scratch_folder.h"

namespace isoloss {

inline constexpr const char* kWholeFit =
    "fit datasets/chinchilla_figure4.csv --bootstrap 150 --seed 7 ";

// Makes part k of `num`; gives its path.
inline std::string part(const ScratchFolder& folder, const std::string& command, int k, int num) {
  const std::string path = folder.file(fmt::format("part-{}", k).c_str());
  const ProgramRun run = run_program(fmt::format("{} --part {}/{} --shard {} --threads {}", command,
                                                 k, num, isoloss::quoted(path), 1 + k % 2),
                                     k % 2 == 0 ? "ISOLOSS_SIMD=portable" : "");
  CHECK(run.exit_code == 0);
  return " " + isoloss::quoted(path);
}

}  // namespace isoloss
