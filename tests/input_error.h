// Shorthand for tests of refusals.

#pragma once

#include <string>

#include "host/base/error.h"
#include "host/commands/option_names.h"

namespace isoloss {

// Text of the InputError that `call` throws, as the command line shows it; "accepted" if it throws
// none.
template <class Call>
std::string refusal(Call call) {
  try {
    call();
  } catch (const InputError& error) {
    return as_flags(std::string(error.what()));
  }
  return "accepted";
}

}  // namespace isoloss
