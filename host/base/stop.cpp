#include "host/base/stop.h"

namespace isoloss {
namespace {

constinit thread_local StopToken token_of_thread = nullptr;

}  // namespace

StopScope::StopScope(StopToken token) : before_(token_of_thread) {
  if (token != nullptr) token_of_thread = token;
}
StopScope::~StopScope() { token_of_thread = before_; }

StopToken stop_token() { return token_of_thread; }

void throw_if_stopped() {
  if (token_of_thread != nullptr && token_of_thread->load(std::memory_order_relaxed))
    throw Interrupted{};
}

}  // namespace isoloss
