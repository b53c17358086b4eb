#include "host/formula/formula_text.h"

#include <fmt/format.h>

#include <string_view>

#include "host/base/error.h"
#include "host/base/text.h"

namespace isoloss {

void FormulaText::fail(std::size_t at, const std::string& message, const std::string& hint) const {
  const std::size_t place = num_characters(std::string_view(text).substr(0, at)) + 1;
  throw InputError(
      path, line, "",
      fmt::format("{}: {} at character {}\n{}", label, message, place, pointed_at(text, at)), hint);
}

}  // namespace isoloss
