#include "host/base/verbose.h"

#include <string>

#include "host/base/standard_streams.h"

namespace isoloss {
namespace {

thread_local bool tells = false;

}  // namespace

Verbose::Verbose(bool is_on) : before_(tells) { tells = is_on; }
Verbose::~Verbose() { tells = before_; }

void tell_verbose(std::string_view line) {
  if (tells) say("isoloss: " + std::string(line) + '\n');
}

}  // namespace isoloss
