#include "host/base/call.h"

namespace isoloss {
namespace {

thread_local Call* current = nullptr;

}  // namespace

Call* current_call() { return current; }

CallScope::CallScope(Call& call) : before_(current), stop_(call.stop) { current = &call; }
CallScope::~CallScope() { current = before_; }

bool is_kept(std::string_view path) {
  return current != nullptr && (path == "-" || path.starts_with(kMemory));
}

std::string& kept(const std::string& path) {
  return path == "-" ? current->out : current->outputs[path];
}

}  // namespace isoloss
