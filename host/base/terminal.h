// What text is shown on.

#pragma once

#include <cstddef>

namespace isoloss {

// A file or a pipe, unless it says otherwise: it has the same lines wherever it is made.
struct Terminal {
  std::size_t width = 100;  // in columns, which text keeps to where names and numbers let it
  bool has_colour = false;
  bool is_one = false;
};

// What a stream of this process is shown on; a call from another program is shown nowhere. The
// environment has its say of a terminal: COLUMNS of the width, NO_COLOR and TERM of the colour.
Terminal terminal_of(int descriptor);

}  // namespace isoloss
