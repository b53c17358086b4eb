#include <fmt/format.h>

#include <bit>
#include <charconv>
#include <cstring>

#include "host/answers/fitted_law.h"
#include "host/base/error.h"
#include "host/base/file_bytes.h"
#include "host/base/parse_number.h"
#include "host/reading/csv.h"

namespace isoloss {
namespace {

constexpr std::size_t kPreamble = 10;  // magic, version, length of the header

[[noreturn]] void refuse(const std::string& path) {
  throw InputError(path, 0, "", "not the draws of this fit",
                   "write both with one isoloss fit RUNS.csv ``json`` FIT.json ``draws`` FILE.npy");
}

// Whether the header says what the data are: doubles, by row, as many as there are bytes for.
bool is_array_of(const std::string& header, std::size_t num_bytes, std::size_t num_columns) {
  const std::size_t row_bytes = num_columns * sizeof(double);
  const std::string shape = fmt::format("'shape': ({}, {})", num_bytes / row_bytes, num_columns);
  const auto says = [&](const std::string& text) { return header.find(text) != std::string::npos; };
  return num_bytes % row_bytes == 0 && says("'descr': '<f8'") && says("'fortran_order': False") &&
         says(shape);
}

std::vector<double> npy_draws(const std::string& bytes, const std::string& path,
                              const LawEntry& law) {
  static_assert(std::endian::native == std::endian::little, "the array is read as it lies");
  if (bytes.size() < kPreamble || !bytes.starts_with(std::string_view("\x93NUMPY\x01", 7)))
    refuse(path);
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
  const std::size_t begin = kPreamble + byte(8) + 256u * byte(9);
  const std::size_t num_columns = static_cast<std::size_t>(law.num_params()) + 2;
  const std::string header = bytes.substr(kPreamble, begin - std::min(begin, kPreamble));
  if (begin > bytes.size() || !is_array_of(header, bytes.size() - begin, num_columns)) refuse(path);
  std::vector<double> row(num_columns);
  std::vector<double> out;
  for (std::size_t at = begin; at < bytes.size(); at += num_columns * 8) {
    std::memcpy(row.data(), bytes.data() + at, num_columns * 8);
    out.insert(out.end(), row.begin(), row.end() - 2);
  }
  return out;
}

std::vector<double> csv_draws(const std::string& bytes, const std::string& path,
                              const LawEntry& law) {
  const CsvTable csv = parse_csv(bytes, path);
  const std::size_t num_params = law.params.size();
  bool is_ours = csv.header.size() == num_params + 2;
  for (std::size_t k = 0; is_ours && k < num_params; ++k)
    is_ours = csv.header[k].text == law.params[k].name;
  if (!is_ours) refuse(path);
  std::vector<double> out;
  for (std::size_t row = 0; row < csv.num_rows(); ++row)
    for (std::size_t k = 0; k < num_params; ++k)
      out.push_back(parse_number(csv.cells.text(row, k)).value);
  return out;
}

}  // namespace

std::vector<double> read_draws(const std::string& path, const LawEntry& law) {
  const std::string bytes = read_file(path);
  return path.ends_with(".npy") ? npy_draws(bytes, path, law) : csv_draws(bytes, path, law);
}

}  // namespace isoloss
