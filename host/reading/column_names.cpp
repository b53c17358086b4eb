#include "host/reading/column_names.h"

#include <fmt/format.h>

#include <algorithm>

#include "host/base/text.h"
#include "host/reading/header_scale.h"

namespace isoloss {
namespace {

// A header's name without a scale, as it is compared.
std::string name_of(const std::string& header) { return plain_name(header_scale(header).name); }

// What stands behind the last / or . of a header: "n_params" of "model.n_params".
std::string last_part(const std::string& header) {
  const std::string_view name = header_scale(header).name;
  const std::size_t end = name.find_last_of("/.");
  return end == std::string_view::npos ? "" : plain_name(name.substr(end + 1));
}

std::vector<std::size_t> headers_where(const CsvTable& csv, auto accept) {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < csv.header.size(); ++i) {
    if (!csv.header[i].text.empty() && accept(csv.header[i].text)) found.push_back(i);
  }
  return found;
}

bool is_one_of(const std::vector<std::string_view>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
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
  const std::string plain = plain_name(name);
  const auto alike =
      headers_where(csv, [&](const std::string& header) { return plain_name(header) == plain; });
  if (alike.size() == 1) return alike[0];
  return {};
}

std::vector<std::size_t> usual_headers(const CsvTable& csv, const Columns& columns,
                                       Quantity quantity) {
  const QuantityNames& names = names_of(quantity);
  const auto free_headers = [&](auto accept) {
    auto found = headers_where(csv, [&](const std::string& header) {
      return (is_count(quantity) || header_scale(header).scale == 1) && accept(header);
    });
    if (columns.response != quantity && columns[columns.response]) {
      std::erase(found, *columns[columns.response]);
    }
    return found;
  };
  for (const std::string_view wanted : {names.name, names.symbol}) {
    if (wanted.empty()) continue;
    const std::string plain = plain_name(wanted);
    auto found = free_headers([&](const std::string& header) { return name_of(header) == plain; });
    if (!found.empty()) return found;
  }
  const auto found = free_headers(
      [&](const std::string& header) { return is_one_of(names.others, name_of(header)); });
  if (quantity == Quantity::run) {
    return found.empty() ? found : std::vector<std::size_t>{most_telling(csv, found)};
  }
  if (!found.empty()) return found;
  return free_headers([&](const std::string& header) {
    const std::string part = last_part(header);
    return part == names.name || is_one_of(names.others, part);
  });
}

std::string column_flag(std::string_view name, const std::string& header) {
  const std::string value = fmt::format("{}={}", printable(name), printable(header));
  const bool plain = value.find_first_of(" \t\"'$&|;<>()*?#\\`!") == std::string::npos;
  return plain ? "``column`` " + value : fmt::format("``column`` '{}'", value);
}

}  // namespace isoloss
