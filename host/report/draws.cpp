#include "host/report/draws.h"

#include <fmt/format.h>

#include <array>
#include <bit>
#include <cstring>

#include "host/base/stop.h"
#include "host/base/threads.h"

namespace isoloss {
namespace {

std::size_t row_length(const FitResult& fit) {
  return static_cast<std::size_t>(fit.law->num_params()) + 2;
}

// row: row_length() entries.
void fill_row(const FitResult& fit, std::size_t draw, double* row) {
  for (int k = 0; k < fit.law->num_params(); ++k) *row++ = fit.law->shown(k, fit.draws.at(draw, k));
  *row++ = fit.draw_objective[draw];
  *row = fit.draw_converged[draw] ? 1 : 0;
}

}  // namespace

std::string npy_draws(const FitResult& fit) {
  static_assert(std::endian::native == std::endian::little, "the array is written as it lies");
  constexpr std::size_t kAlign = 64;
  constexpr std::size_t kPreamble = 10;  // magic, version, length of the header
  std::string header =
      fmt::format("{{'descr': '<f8', 'fortran_order': False, 'shape': ({}, {}), }}",
                  fit.draws.size(), row_length(fit));
  header.resize((kPreamble + header.size() + 1 + kAlign - 1) / kAlign * kAlign - kPreamble - 1,
                ' ');
  header += '\n';
  std::string out("\x93NUMPY\x01\x00", 8);
  out += static_cast<char>(header.size() & 0xFF);
  out += static_cast<char>(header.size() >> 8);
  out += header;
  const std::size_t begin = out.size(), length = row_length(fit), width = length * sizeof(double);
  out.resize(begin + fit.draws.size() * width);
  parallel_turns(fit.draws.size(), num_threads_to_use(fit.options.num_threads),
                 [&](std::size_t draw) {
                   std::array<double, kMaxParams + 2> row;
                   fill_row(fit, draw, row.data());
                   std::memcpy(out.data() + begin + draw * width, row.data(), width);
                 });
  return out;
}

std::string csv_draws(const FitResult& fit) {
  std::string out;
  for (const LawParam& param : fit.law->params) out += std::string(param.name) + ",";
  out += "objective,converged\n";
  std::vector<double> row(row_length(fit));
  StopWatch watch;
  for (std::size_t draw = 0; draw < fit.draws.size(); ++draw) {
    watch.look();
    fill_row(fit, draw, row.data());
    for (std::size_t k = 0; k + 1 < row.size(); ++k) out += fmt::format("{:.17g},", row[k]);
    out += fmt::format("{:.0f}\n", row.back());
  }
  return out;
}

}  // namespace isoloss
