// What --format chooses from: one file of host/report/formats/ each, listed by the build.

#pragma once

#include <span>
#include <string>
#include <string_view>

#include "host/base/terminal.h"
#include "host/report/document.h"

namespace isoloss {

struct Format {
  const char* name;
  std::string (*render)(const Document& document, const Terminal& on);
  bool has_warnings;  // else they go to standard error
};

// In alphabetical order.
std::span<const Format> formats();
// The one of that name, which must exist.
const Format& format_named(std::string_view name);

}  // namespace isoloss
