#include "host/report/draws.h"

#include <fmt/format.h>

#include <bit>
#include <cstring>

#include "host/base/stop.h"

namespace isoloss {
namespace {

std::vector<double> draw_row(const FitResult& fit, std::size_t draw) {
  std::vector<double> row;
  for (int k = 0; k < fit.law->num_params(); ++k)
    row.push_back(fit.law->shown(k, fit.draws.at(draw, k)));
  row.push_back(fit.draw_objective[draw]);
  row.push_back(fit.draw_converged[draw] ? 1 : 0);
  return row;
}

}  // namespace

std::string npy_draws(const FitResult& fit) {
  static_assert(std::endian::native == std::endian::little, "the array is written as it lies");
  constexpr std::size_t kAlign = 64;
  constexpr std::size_t kPreamble = 10;  // magic, version, length of the header
  std::string header =
      fmt::format("{{'descr': '<f8', 'fortran_order': False, 'shape': ({}, {}), }}",
                  fit.draws.size(), fit.law->num_params() + 2);
  header.resize((kPreamble + header.size() + 1 + kAlign - 1) / kAlign * kAlign - kPreamble - 1,
                ' ');
  header += '\n';
  std::string out("\x93NUMPY\x01\x00", 8);
  out += static_cast<char>(header.size() & 0xFF);
  out += static_cast<char>(header.size() >> 8);
  out += header;
  StopWatch watch;
  for (std::size_t draw = 0; draw < fit.draws.size(); ++draw) {
    watch.look();
    const std::vector<double> row = draw_row(fit, draw);
    const std::size_t end = out.size();
    out.resize(end + row.size() * sizeof(double));
    std::memcpy(out.data() + end, row.data(), row.size() * sizeof(double));
  }
  return out;
}

std::string csv_draws(const FitResult& fit) {
  std::string out;
  for (const LawParam& param : fit.law->params) out += std::string(param.name) + ",";
  out += "objective,converged\n";
  StopWatch watch;
  for (std::size_t draw = 0; draw < fit.draws.size(); ++draw) {
    watch.look();
    const std::vector<double> row = draw_row(fit, draw);
    for (std::size_t k = 0; k + 1 < row.size(); ++k) out += fmt::format("{:.17g},", row[k]);
    out += fmt::format("{:.0f}\n", row.back());
  }
  return out;
}

}  // namespace isoloss
