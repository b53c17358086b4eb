#include "host/capi.h"

#include <sys/resource.h>

#include <atomic>
#include <csignal>
#include <new>
#include <vector>

#include "host/base/call.h"
#include "host/base/data_folder.h"
#include "host/base/standard_streams.h"
#include "host/base/stop.h"
#include "host/commands/driver.h"

struct isoloss_result {
  isoloss::Call call;
};

struct isoloss_stopper {
  std::atomic<bool> asked{false};
};

namespace isoloss {
namespace {

CallInput input_of(const isoloss_input& input) {
  if (input.bytes != nullptr)
    return {{static_cast<const char*>(input.bytes), input.num_bytes}, {}, 0};
  CallInput out{"", {}, input.num_rows};
  for (std::size_t i = 0; i < input.num_columns; ++i) {
    const isoloss_column& own = input.columns[i];
    out.columns.push_back({own.name, own.numbers, own.texts});
  }
  return out;
}

const char* bytes_and_size(const std::string& bytes, std::size_t* num_bytes) {
  if (num_bytes != nullptr) *num_bytes = bytes.size();
  return bytes.c_str();
}

std::atomic<bool> interrupted{false};

void on_interrupt(int) { interrupted = true; }

// What waits then, for a pipe to be opened or emptied, waits no more.
void end_on(int number) {
  struct sigaction action {};
  action.sa_handler = on_interrupt;
  sigemptyset(&action.sa_mask);
  sigaction(number, &action, nullptr);
}

bool is_ignored(int number) {
  struct sigaction now {};
  return sigaction(number, nullptr, &now) == 0 && now.sa_handler == SIG_IGN;
}

// A terminal that is closed ends the work like an interrupt, unless nohup asked otherwise. A file
// that is too long for its limits is an error of writing, which leaves nothing behind.
void end_on_signals() {
  end_on(SIGINT);
  end_on(SIGTERM);
  if (!is_ignored(SIGHUP)) end_on(SIGHUP);
  std::signal(SIGXFSZ, SIG_IGN);
}

bool has_stack() {
  constexpr rlim_t kLeast = 192 << 10;
  struct rlimit own {};
  return getrlimit(RLIMIT_STACK, &own) != 0 || own.rlim_cur >= kLeast;
}

int run_call(Call& call, int argc, const char* const* argv) {
  const CallScope scope(call);
  return run_command_line(argc, argv);
}

}  // namespace
}  // namespace isoloss

int isoloss_run_watched(int argc, const char* const* argv, const isoloss_input* inputs,
                        size_t num_inputs, isoloss_progress progress, void* context,
                        const isoloss_stopper* stopper, isoloss_result** out) {
  *out = new (std::nothrow) isoloss_result;
  if (*out == nullptr) return isoloss::kOwnError;
  isoloss::Call& call = (*out)->call;
  try {
    for (std::size_t i = 0; i < num_inputs; ++i)
      call.inputs[inputs[i].name] = isoloss::input_of(inputs[i]);
    if (progress != nullptr)
      call.progress = [=](int done, int all) { progress(done, all, context); };
    if (stopper != nullptr) call.stop = &stopper->asked;
    return isoloss::run_call(call, argc, argv);
  } catch (...) {  // no memory: whatever else is thrown is caught where it has a code
    return isoloss::kOwnError;
  }
}

int isoloss_run(int argc, const char* const* argv, const isoloss_input* inputs, size_t num_inputs,
                isoloss_result** out) {
  return isoloss_run_watched(argc, argv, inputs, num_inputs, nullptr, nullptr, nullptr, out);
}

const char* isoloss_output(const isoloss_result* result, size_t* num_bytes) {
  return isoloss::bytes_and_size(result->call.out, num_bytes);
}

const char* isoloss_error(const isoloss_result* result, size_t* num_bytes) {
  return isoloss::bytes_and_size(result->call.err, num_bytes);
}

const char* isoloss_file(const isoloss_result* result, const char* path, size_t* num_bytes) {
  const auto file = result->call.outputs.find(path);
  return file == result->call.outputs.end() ? nullptr
                                            : isoloss::bytes_and_size(file->second, num_bytes);
}

void isoloss_free(isoloss_result* result) { delete result; }

int isoloss_main(int argc, const char* const* argv) {
  isoloss::guard_standard_streams();
  if (!isoloss::has_stack()) {
    isoloss::say(
        "isoloss: the stack is limited to less than 192 kB; give it more: ulimit -s 8192\n");
    return isoloss::kOwnError;
  }
  isoloss::end_on_signals();
  const isoloss::StopScope scope(&isoloss::interrupted);
  return isoloss::run_command_line(argc, argv);
}

isoloss_stopper* isoloss_new_stopper(void) { return new (std::nothrow) isoloss_stopper; }

void isoloss_stop(isoloss_stopper* stopper) { stopper->asked = true; }

void isoloss_free_stopper(isoloss_stopper* stopper) { delete stopper; }

void isoloss_set_data_folder(const char* path) { isoloss::set_data_folder(path); }

int isoloss_abi_version(void) { return ISOLOSS_ABI_VERSION; }

const char* isoloss_version(void) { return ISOLOSS_VERSION; }
