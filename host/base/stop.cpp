#include "host/base/stop.h"

namespace isoloss {
namespace {

constinit thread_local StopToken current = nullptr;

}  // namespace

StopScope::StopScope(StopToken token) : before_(current) {
  if (token != nullptr) current = token;
}
StopScope::~StopScope() { current = before_; }

StopToken stop_token() { return current; }

void throw_if_stopped() {
  if (current != nullptr && current->load(std::memory_order_relaxed)) throw Interrupted{};
}

}  // namespace isoloss
