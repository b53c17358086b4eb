#include "host/base/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <system_error>

#include "host/base/call.h"
#include "host/base/standard_streams.h"
#include "host/base/terminal.h"

namespace isoloss {
namespace {

thread_local Progress* watching = nullptr;

constexpr const char* kNoLine = "\r\x1B[K";

}  // namespace

void tell_progress(std::string_view what, int done, int all) {
  if (const Call* call = current_call(); call != nullptr && call->progress)
    call->progress(done, all);
  else if (watching != nullptr)
    watching->tell(what, done, all);
}

Progress::Progress(std::string of_what) : of_what_(std::move(of_what)), before_(watching) {
  if (current_call() != nullptr || !terminal_of(STDERR_FILENO).is_one) return;
  watching = this;
  try {
    thread_ = std::thread([this] { run(); });
  } catch (const std::system_error&) {  // no thread: no line
  }
}

Progress::~Progress() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    ends_ = true;
  }
  ended_.notify_one();
  if (thread_.joinable()) thread_.join();
  watching = before_;
  if (shown_) say(kNoLine);
}

void Progress::tell(std::string_view what, int done, int all) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (what != what_) left_ = {};
  what_ = what;
  done_ = done;
  all_ = all;
  left_.tell(seconds(), done, all);
}

void Progress::show() {
  const double now = seconds();
  std::string line = of_what_;
  if (done_ == all_) {  // nothing is told, or what was is done
    line += ", " + minutes(now);
  } else {
    line += fmt::format(", {} {} of {}", what_, done_, all_);
    line += left_.text(now);
  }
  shown_ = true;
  say(kNoLine + line.substr(0, terminal_of(STDERR_FILENO).width - 1));
}

void Progress::run() {
  constexpr std::chrono::milliseconds kShort{400}, kBeat{200};
  std::unique_lock<std::mutex> lock(mutex_);
  for (auto wait = kShort; !ended_.wait_for(lock, wait, [this] { return ends_; }); wait = kBeat)
    show();
}

}  // namespace isoloss
