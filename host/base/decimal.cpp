#include "host/base/decimal.h"

#include <locale.h>
#include <stdlib.h>

#include <cmath>
#include <string>
#include <string_view>
#ifdef __APPLE__
#include <xlocale.h>
#endif

namespace isoloss {
namespace {

// A sign other than '-' and spaces in front are nothing that from_chars reads.
bool begins_decimal(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  if (text.starts_with('.')) text.remove_prefix(1);
  return !text.empty() && text.front() >= '0' && text.front() <= '9';
}

}  // namespace

std::from_chars_result read_decimal_by_strtod(const char* first, const char* last, double& value) {
  const std::string_view all(first, static_cast<std::size_t>(last - first));
  const std::string text(all.substr(0, all.find_first_not_of("0123456789.eE+-")));
  if (!begins_decimal(text)) return {first, std::errc::invalid_argument};
  static const locale_t plain = newlocale(LC_ALL_MASK, "C", nullptr);
  char* end = nullptr;
  const double read = strtod_l(text.c_str(), &end, plain);
  const auto digits = text.substr(0, text.find_first_of("eE")).find_first_of("123456789");
  const char* const stop = first + (end - text.c_str());
  const bool vanished = read == 0 && digits < static_cast<std::size_t>(end - text.c_str());
  if (std::isinf(read) || vanished) return {stop, std::errc::result_out_of_range};
  value = read;
  return {stop, std::errc()};
}

}  // namespace isoloss
