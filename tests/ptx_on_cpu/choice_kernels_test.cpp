// The product's kernels that choose: starts gathered, best ends, what pairs of columns explain.

#include "cuda/screen_jobs.h"
#include "fits/search.h"
#include "tests/catch.h"
#include "tests/ptx_on_cpu/device_jobs.h"

namespace isoloss {
namespace {

constexpr int kProblems = 3;

}  // namespace

TEST_CASE("The device gathers the starts that were chosen") {
  const int num_basins = 2;
  const int num_params = 4;
  std::vector<double> starts(10 * num_params);
  std::iota(starts.begin(), starts.end(), 0.0);
  std::vector<Ranked> chosen;  // num_basins x kProblems
  for (const int place : {9, 0, 4, 4, 7, 1}) chosen.push_back({0, place});
  for (const ptx::ThreadOrder& order : ptx::kThreadOrders) {
    ptx::Memory memory;
    const GatherJob job{memory.copy_in(starts),
                        memory.copy_in(chosen),
                        kProblems,
                        num_basins,
                        num_params,
                        memory.allocate<double>(6 * num_params)};
    ptx::launch(memory, ptx::find_kernel("13gather_kernel"), two_blocks(order), job);
    const std::vector<double> out = memory.copy_out(job.out, 6 * num_params);
    for (std::size_t i = 0; i < out.size(); ++i) {
      const std::size_t item = i / num_params;
      const int place = chosen[item % num_basins * kProblems + item / num_basins].place;
      CHECK(out[i] == place * num_params + static_cast<double>(i % num_params));
    }
  }
}

TEST_CASE("The device picks the best end, the first of equals, none if all are infinite") {
  const int num_ends = 4;
  std::vector<FitEnd> ends;
  const double inf = std::numeric_limits<double>::infinity();
  for (const double objective :
       {2.0, 1.0, 1.0, 1.0 + kAgreement / 2, inf, inf, inf, inf, 0 * inf, 3.0, inf, 3.1}) {
    FitEnd end{{}, objective, static_cast<int>(10 + ends.size())};
    std::fill(std::begin(end.theta), std::end(end.theta), static_cast<double>(ends.size()));
    ends.push_back(end);
  }
  for (const ptx::ThreadOrder& order : ptx::kThreadOrders) {
    ptx::Memory memory;
    Candidate* d_out = memory.allocate<Candidate>(kProblems);
    ptx::launch(memory, ptx::find_kernel("11best_kernel"), two_blocks(order), memory.copy_in(ends),
                num_ends, kProblems, d_out);
    const std::vector<Candidate> out = memory.copy_out(d_out, kProblems);
    for (std::size_t b = 0; b < out.size(); ++b) {
      Candidate expected{};
      best_end(&ends[b * num_ends], num_ends, expected);
      CHECK(bits(out[b].theta) == bits(expected.theta));
      CHECK(out[b].objective == expected.objective);
      CHECK(out[b].num_started == num_ends);
      CHECK(out[b].num_agreeing == expected.num_agreeing);
      CHECK(out[b].num_evaluations == expected.num_evaluations);
      CHECK_FALSE(out[b].is_polished);
    }
  }
}

TEST_CASE("The device explains pairs as the host does, and never chooses a negative weight") {
  const auto random = [](std::size_t num, std::uint64_t stream, double low, double high) {
    std::vector<double> out(num);
    for (std::size_t i = 0; i < num; ++i)
      out[i] = low + (high - low) * 0x1p-32 *
                         random_block(8, stream, static_cast<std::uint32_t>(i)).word[0];
    return out;
  };
  const int first_row = 3, num_rows = 20, num_columns = 24;
  const std::vector<double> fits[] = {random(23, 1, 0, 1), random(24, 2, 0, 1)};
  const std::vector<double> costs[] = {random(23, 3, -0.5, 1), random(24, 4, -0.5, 1)};
  std::vector<double> products = random(num_rows * num_columns, 5, -1, 1);
  products[7] = products[400] = 1;  // the same column twice
  PairScreen screen{};
  screen.num_first = 23;
  screen.num_second = num_columns;
  screen.target_constant = 0.4;
  for (const ptx::ThreadOrder& order : ptx::kThreadOrders) {
    ptx::Memory memory;
    PairScreen d_screen = screen;
    d_screen.first_fit = memory.copy_in(fits[0]);
    d_screen.second_fit = memory.copy_in(fits[1]);
    d_screen.first_cost = memory.copy_in(costs[0]);
    d_screen.second_cost = memory.copy_in(costs[1]);
    double* d_pairs = memory.copy_in(products);
    ptx::launch(memory, ptx::find_kernel("12pairs_kernel"), two_blocks(order), d_screen, first_row,
                num_rows, d_pairs);
    const std::vector<double> pairs = memory.copy_out(d_pairs, products.size());
    PairScreen h_screen = screen;
    h_screen.first_fit = fits[0].data();
    h_screen.second_fit = fits[1].data();
    h_screen.first_cost = costs[0].data();
    h_screen.second_cost = costs[1].data();
    int num_negative = 0;
    for (int i = 0; i < num_rows * num_columns; ++i) {
      const auto at = static_cast<std::size_t>(i);
      const double explained = explained_by_pair<ScalarPack>(h_screen, first_row + i / num_columns,
                                                             i % num_columns, products[at]);
      CHECK(pairs[at] == (explained < 0 ? INFINITY : -explained));
      num_negative += explained < 0;
    }
    CHECK(num_negative > 0);
    CHECK(num_negative < num_rows * num_columns);
  }
}

}  // namespace isoloss
