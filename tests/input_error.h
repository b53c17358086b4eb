// Shorthand for tests of refusals.

#pragma once

#include <string>

#include "host/base/error.h"

namespace isoloss {

// Text of the InputError that `call` throws; "accepted" if it throws none.
template <class Call>
std::string refusal(Call call) {
  try {
    call();
  } catch (const InputError& error) {
    return error.what();
  }
  return "accepted";
}

}  // namespace isoloss
