#include "host/reading/column_names.h"

#include <fmt/format.h>

#include <algorithm>

#include "host/base/text.h"

namespace isoloss {
namespace {

std::vector<std::size_t> headers_where(const CsvTable& csv, auto accept) {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < csv.header.size(); ++i) {
    if (!csv.header[i].text.empty() && accept(plain_name(csv.header[i].text))) found.push_back(i);
  }
  return found;
}

// Two labels of a run do not contradict each other: take the more telling one.
std::size_t most_telling(const CsvTable& csv, const std::vector<std::size_t>& labels) {
  const auto& order = names_of(Quantity::run).others;
  return *std::min_element(labels.begin(), labels.end(), [&](std::size_t a, std::size_t b) {
    const auto rank = [&](std::size_t i) {
      return std::find(order.begin(), order.end(), plain_name(csv.header[i].text));
    };
    return rank(a) < rank(b);
  });
}

}  // namespace

std::optional<std::size_t> find_header(const CsvTable& csv, std::string_view name) {
  if (trim(name).empty()) return {};
  for (std::size_t i = 0; i < csv.header.size(); ++i) {
    if (csv.header[i].text == trim(name)) return i;
  }
  const auto alike =
      headers_where(csv, [&](const std::string& h) { return h == plain_name(name); });
  if (alike.size() == 1) return alike[0];
  return {};
}

std::vector<std::size_t> usual_headers(const CsvTable& csv, const Columns& columns,
                                       Quantity quantity) {
  const QuantityNames& names = names_of(quantity);
  const auto free_headers = [&](auto accept) {
    auto found = headers_where(csv, accept);
    if (columns.response != quantity && columns[columns.response]) {
      std::erase(found, *columns[columns.response]);
    }
    return found;
  };
  for (const std::string_view wanted : {names.name, names.symbol}) {
    if (wanted.empty()) continue;
    auto found = free_headers([&](const std::string& name) { return name == plain_name(wanted); });
    if (!found.empty()) return found;
  }
  const auto found = free_headers([&](const std::string& name) {
    return std::find(names.others.begin(), names.others.end(), name) != names.others.end();
  });
  if (quantity != Quantity::run || found.empty()) return found;
  return {most_telling(csv, found)};
}

std::string column_flag(std::string_view name, const std::string& header) {
  const std::string value = fmt::format("{}={}", printable(name), printable(header));
  const bool plain = value.find_first_of(" \t\"'$&|;<>()*?#\\`!") == std::string::npos;
  return plain ? "--column " + value : fmt::format("--column '{}'", value);
}

}  // namespace isoloss
