// A scale that stands behind a name in a header: "Params (M)".

#pragma once

#include <string_view>

namespace isoloss {

struct HeaderScale {
  std::string_view name;  // "Params"; the whole header where no scale is understood
  double scale = 1;       // 1e6
};

// Reads (M), [B], (millions), (1e9), (10^9) and the like; units that change nothing, as (nats), are
// taken off too. The name points into `header`.
HeaderScale header_scale(std::string_view header);

}  // namespace isoloss
