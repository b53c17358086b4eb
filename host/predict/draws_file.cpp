#include <fmt/format.h>

#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>

#include "fits/math.h"
#include "host/error.h"
#include "host/predict/saved_fit.h"
#include "host/reading/csv.h"
#include "host/reading/file_bytes.h"
#include "host/reading/number.h"
#include "host/statistics.h"

namespace isoloss {
namespace {

constexpr std::size_t kPreamble = 10;  // magic, version, length of the header

[[noreturn]] void refuse(const std::string& path) {
  throw InputError(path, 0, "", "not the draws of this fit",
                   "write both with one isoloss fit RUNS.csv --json FIT.json --draws FILE.npy");
}

Theta theta_of(const double* shown, const LawEntry& law) {
  Theta out{};
  for (int k = 0; k < law.num_params(); ++k) {
    const auto i = static_cast<std::size_t>(k);
    const double zero = law.params[i].bounds.lower;
    out[i] = !law.is_log(k) ? shown[k] : (shown[k] > 0 ? isoloss::log(shown[k]) : zero);
  }
  return out;
}

std::vector<Theta> npy_thetas(const std::string& bytes, const std::string& path,
                              const LawEntry& law) {
  static_assert(std::endian::native == std::endian::little, "the array is read as it lies");
  if (bytes.size() < kPreamble || !bytes.starts_with(std::string_view("\x93NUMPY\x01", 7)))
    refuse(path);
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
  const std::size_t begin = kPreamble + byte(8) + 256u * byte(9);
  const std::size_t num_columns = static_cast<std::size_t>(law.num_params()) + 2;
  const std::string header = bytes.substr(kPreamble, begin - std::min(begin, kPreamble));
  if (begin > bytes.size() || (bytes.size() - begin) % (num_columns * 8) != 0) refuse(path);
  const std::size_t num_rows = (bytes.size() - begin) / (num_columns * 8);
  const std::string shape = fmt::format("({}, {})", num_rows, num_columns);
  for (const std::string& needed :
       {std::string("'<f8'"), std::string("'fortran_order': False"), shape})
    if (header.find(needed) == std::string::npos) refuse(path);
  std::vector<double> row(num_columns);
  std::vector<Theta> out;
  for (std::size_t at = begin; at < bytes.size(); at += num_columns * 8) {
    std::memcpy(row.data(), bytes.data() + at, num_columns * 8);
    out.push_back(theta_of(row.data(), law));
  }
  return out;
}

std::vector<Theta> csv_thetas(const std::string& bytes, const std::string& path,
                              const LawEntry& law) {
  const CsvTable csv = parse_csv(bytes, path);
  const std::size_t num_params = law.params.size();
  bool is_ours = csv.header.size() == num_params + 2;
  for (std::size_t k = 0; is_ours && k < num_params; ++k)
    is_ours = csv.header[k].text == law.params[k].name;
  if (!is_ours) refuse(path);
  std::vector<Theta> out;
  std::vector<double> row(num_params);
  for (const Record& record : csv.rows) {
    for (std::size_t k = 0; k < num_params; ++k) row[k] = parse_number(record[k].text).value;
    out.push_back(theta_of(row.data(), law));
  }
  return out;
}

// Whether the draws have the intervals that the fit's report gives.
bool are_of(const std::vector<Theta>& draws, const SavedFit& fit) {
  constexpr double kOfRounding = 1e-9;
  const auto differ = [](double a, double b) {
    return std::fabs(a - b) > kOfRounding * std::fmax(std::fabs(a), std::fabs(b));
  };
  for (std::size_t k = 0; k < fit.intervals.size(); ++k) {
    if (!fit.intervals[k]) continue;
    std::vector<double> shown;
    for (const Theta& theta : draws) shown.push_back(fit.law.shown(static_cast<int>(k), theta[k]));
    const Interval own = percentile_interval(std::move(shown), fit.confidence);
    if (differ(own.lower, fit.intervals[k]->lower) || differ(own.upper, fit.intervals[k]->upper))
      return false;
  }
  return true;
}

}  // namespace

std::vector<Theta> read_draws(const std::string& path, const SavedFit& fit) {
  const LawEntry& law = fit.law;
  const std::string bytes = read_file(path);
  const std::vector<Theta> out =
      path.ends_with(".npy") ? npy_thetas(bytes, path, law) : csv_thetas(bytes, path, law);
  if (out.size() < 2 || !are_of(out, fit)) refuse(path);
  return out;
}

}  // namespace isoloss
