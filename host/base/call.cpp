#include "host/base/call.h"

namespace isoloss {
namespace {

thread_local Call* call_of_thread = nullptr;

}  // namespace

Call* current_call() { return call_of_thread; }

const CallInput* call_input(const std::string& path) {
  if (call_of_thread == nullptr) return nullptr;
  const auto input = call_of_thread->inputs.find(path);
  return input == call_of_thread->inputs.end() ? nullptr : &input->second;
}

CallScope::CallScope(Call& call) : before_(call_of_thread), stop_(call.stop) {
  call_of_thread = &call;
}
CallScope::~CallScope() { call_of_thread = before_; }

bool is_kept(std::string_view path) {
  return call_of_thread != nullptr && (path == "-" || path.starts_with(kMemory));
}

std::string& kept(const std::string& path) {
  return path == "-" ? call_of_thread->out : call_of_thread->outputs[path];
}

}  // namespace isoloss
