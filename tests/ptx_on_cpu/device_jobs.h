// Jobs of the product's kernels in device memory, and what the host makes of the same problems.

#pragma once

#include <bit>
#include <numeric>

#include "cuda/jobs.h"
#include "fits/random.h"
#include "fits/sizes.h"
#include "host/laws/registry.h"
#include "host/search/problem.h"
#include "host/search/starts.h"
#include "tests/figure4.h"
#include "tests/ptx_on_cpu/runtime/launch.h"

namespace isoloss {

// One with code of its own, and tapes of two of the sizes that kernels are compiled for, 5 and 8.
inline constexpr const char* kLawsOfTests[] = {"chinchilla", "kaplan", "coupled"};

// Those of them that run as texts too: tests/ptx_on_cpu/texts/texts.cmake.
inline constexpr const char* kTextsOfTests[] = {"kaplan", "coupled"};

// One of the third size, whose fits run in smaller blocks: it takes a while here, so one test does.
inline constexpr const char* kLargeLaw = "farseer";

// Threads of a block of the kernels that fit a law.
inline int fit_threads(const LawEntry& law) {
  int out = 0;
  with_solver_size(law.num_params(), [&]<int P>() { out = kFitThreads<P>; });
  return out;
}

// Numbers as bits: equal only if they are the same to the last, NaN included.
inline std::vector<std::uint64_t> bits(std::span<const double> values) {
  std::vector<std::uint64_t> out;
  for (const double x : values) out.push_back(std::bit_cast<std::uint64_t>(x));
  return out;
}

// Every so many runs of figure 4, `num` of them.
inline RunTable few_runs(std::size_t num) {
  const RunTable all = figure4();
  std::vector<std::size_t> rows;
  for (std::size_t i = 0; i < num; ++i) rows.push_back(i * all.num_runs() / num);
  return rows_of(all, rows);
}

// `num` starts of the law's published grid, far from each other.
inline std::vector<double> few_starts(const LawEntry& law, const Centre& centre, int num) {
  const std::vector<double> all = grid_starts(law, centre);
  std::vector<double> out;
  for (int i = 0; i < num; ++i) {
    const auto first =
        all.begin() +
        std::ptrdiff_t{(2 * i + 1) * num_grid_starts(law) / (2 * num)} * law.num_params();
    out.insert(out.end(), first, first + law.num_params());
  }
  return out;
}

// Two blocks, so that loops stride.
inline ptx::LaunchShape two_blocks(const ptx::ThreadOrder& order) {
  return {.grid = 2, .block = kBlockThreads, .order = order};
}

// Most laws of these tests read N and D.
inline constexpr int kInputsOfTests = 2;

inline RunArrays copy_runs(ptx::Memory& memory, const RunsView& runs,
                           int num_inputs = kInputsOfTests) {
  std::vector<double> values;
  const auto add = [&](const double* array) {
    values.insert(values.end(), array, array + runs.num_runs);
  };
  for (int k = 0; k < num_inputs; ++k) add(runs.input_at(k, 0));
  add(runs.target);
  add(runs.weight);
  return {memory.copy_in(values), num_inputs, runs.num_runs, runs.over_penalty};
}

// A law for a launch of `num_threads` threads, with room for them if it is a tape.
inline LawOnDevice copy_law(ptx::Memory& memory, const LawEntry& law, int num_threads) {
  LawOnDevice out = law_on_device(law.num_params(), law.box, Tape{}, nullptr, 0);
  if (law.has_own_kernels()) return out;
  out.tape = law.tape();
  const auto copy = [&](const auto* array, int num) {
    return memory.copy_in(std::span(array, static_cast<std::size_t>(num)));
  };
  out.tape.constants = copy(out.tape.constants, out.tape.num_constants);
  out.tape.prologue = copy(out.tape.prologue, out.tape.num_prologue);
  out.tape.body = copy(out.tape.body, out.tape.num_body);
  out.num_threads = num_threads;
  out.room = memory.allocate<double>(static_cast<std::size_t>(tape_room(out.tape) * num_threads));
  return out;
}

// A job for the resampling kernel, its memory as cuda/batch.cu prepares it. Two blocks draw it.
inline ResampleJob resample_job(ptx::Memory& memory, const RunsView& runs,
                                const Resampling& resampling, int num_inputs = kInputsOfTests) {
  std::vector<std::uint32_t> unit(static_cast<std::size_t>(runs.num_runs));
  std::iota(unit.begin(), unit.end(), 0u);
  if (resampling.unit != nullptr) unit.assign(resampling.unit, resampling.unit + runs.num_runs);
  const auto num_problems = static_cast<std::size_t>(resampling.num_problems());
  ResampleJob job{};
  job.runs = copy_runs(memory, runs, num_inputs);
  job.unit = memory.copy_in(unit);
  job.plain = resampling.num_resamples == 0;
  job.num_units = job.plain ? static_cast<std::uint32_t>(runs.num_runs) : resampling.num_units;
  if (resampling.strata != nullptr)
    job.strata = memory.copy_in(std::span(resampling.strata, resampling.num_units));
  job.seed = resampling.seed;
  job.first = resampling.first;
  job.num_problems = resampling.num_problems();
  job.stride = runs.num_padded;
  job.counts = memory.copy_in(std::vector<std::uint32_t>(num_problems * job.num_units, 0));
  job.weights = memory.allocate<double>(num_problems * unit.size());
  job.packed = memory.allocate<PackedRun>(num_problems * static_cast<std::size_t>(job.stride));
  job.num_padded = memory.allocate<int>(num_problems);
  return job;
}

inline ProblemRuns draw(ptx::Memory& memory, const RunsView& runs, const Resampling& resampling,
                        const ptx::ThreadOrder& order, int num_inputs = kInputsOfTests) {
  const ResampleJob job = resample_job(memory, runs, resampling, num_inputs);
  ptx::launch(memory, ptx::find_kernel("15resample_kernel"), two_blocks(order), job);
  return {job.runs, job.packed, job.num_padded, job.stride};
}

// The counts of a problem's units on the host.
inline std::vector<std::uint16_t> counts_of(const RunsView& runs, const Resampling& resampling,
                                            int problem) {
  if (resampling.num_resamples == 0)
    return std::vector<std::uint16_t>(static_cast<std::size_t>(runs.num_runs), 1);
  std::vector<std::uint16_t> counts(resampling.num_units);
  resample_counts(resampling.seed, resampling.first + static_cast<std::uint64_t>(problem),
                  resampling.num_units, counts.data(), resampling.strata);
  return counts;
}

// Part of the mangled name of a kernel that fits a law: fit_kernel("15minimise_kernel", law). A
// tape is interpreted, or a text.
inline std::string fit_kernel(const std::string& kernel, const LawEntry& law,
                              bool as_text = false) {
  if (law.has_own_kernels())
    return kernel + "INS_7OwnCodeINS_4laws" + std::to_string(law.name.size()) + law.name + 'E';
  return kernel + (as_text ? "INS_8TextCodeILi" : "INS_8TapeCodeILi") +
         std::to_string(solver_size(law.num_params())) + 'E';
}

// The same of a kernel that screens starts; in double 'd' or float 'f'.
inline std::string start_kernel(const std::string& kernel, const LawEntry& law, char number) {
  if (!law.has_own_kernels()) return kernel + "INS_14TapePredictionE";
  return kernel + "INS_13OwnPredictionINS_4laws" + std::to_string(law.name.size()) + law.name +
         'E' + number;
}

// Shared memory of a kernel of tiles: 0 of the minimiser, 1 of the polish; with the runs if staged.
inline std::size_t tile_bytes(const LawEntry& law, std::size_t which, const RunsView& runs,
                              bool staged) {
  ptx::Memory memory;
  std::size_t* d_bytes = memory.allocate<std::size_t>(2);
  ptx::launch(memory, ptx::find_kernel(fit_kernel("17tile_bytes_kernel", law)), {}, d_bytes);
  const int num_values = (kInputsOfTests + 2) * runs.num_runs;
  return memory.copy_out(d_bytes, 2)[which] +
         (staged ? sizeof(double) * static_cast<std::size_t>(num_values) : 0);
}

}  // namespace isoloss
