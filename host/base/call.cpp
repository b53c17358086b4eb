#include "host/base/call.h"

#include <cstdio>

namespace isoloss {
namespace {

thread_local Call* current = nullptr;

void print(std::FILE* stream, std::string Call::*kept, std::string_view text) {
  if (current != nullptr)
    (current->*kept).append(text);
  else
    std::fwrite(text.data(), 1, text.size(), stream);
}

}  // namespace

Call* current_call() { return current; }

CallScope::CallScope(Call& call) : before_(current) { current = &call; }
CallScope::~CallScope() { current = before_; }

bool is_kept(std::string_view path) {
  return current != nullptr && (path == "-" || path.starts_with(kMemory));
}

std::string& kept(const std::string& path) {
  return path == "-" ? current->out : current->outputs[path];
}

void print_output(std::string_view text) { print(stdout, &Call::out, text); }
void print_error(std::string_view text) { print(stderr, &Call::err, text); }

}  // namespace isoloss
