// An InputError that says which option is at fault and which of its values, so that an interface
// can say where those stand: host/commands/config_file.h.

#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "host/base/error.h"

namespace isoloss {

//   option  its name, huber-delta
//   value   of several values the one at fault, whole or what stands before its '='; empty for all
class OptionError : public InputError {
 public:
  OptionError(const InputError& error, std::string of_option, std::string of_value)
      : InputError(error), option(std::move(of_option)), value(std::move(of_value)) {}

  const std::string option;
  const std::string value;
};

// Does `work`; what it throws is about a value of this option. A message that names options knows
// better, and keeps what it says.
template <class Work>
decltype(auto) about_option(std::string_view option, std::string_view value, Work&& work) {
  try {
    return std::forward<Work>(work)();
  } catch (const InputError& error) {
    if (error.message.find("``") != std::string::npos) throw;
    throw OptionError(error, std::string(option), std::string(value));
  }
}

}  // namespace isoloss
