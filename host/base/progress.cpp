#include "host/base/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include "host/base/standard_streams.h"

#include "host/base/call.h"

namespace isoloss {

Progress::Progress(std::string what)
    : what_(std::move(what)), terminal_(current_call() == nullptr && isatty(STDERR_FILENO)) {}

void Progress::show(int done, int all) {
  if (const Call* call = current_call(); call != nullptr && call->progress) {
    call->progress(done, all);
    return;
  }
  if (!terminal_ || done <= 0) return;
  const Clock::time_point now = Clock::now();
  if (now - last_ < std::chrono::milliseconds(100)) return;
  last_ = now;
  shown_ = true;
  const double seconds = std::chrono::duration<double>(now - begin_).count();
  const double rate = done / seconds;
  const int left = static_cast<int>((all - done) / rate);
  say(fmt::format("\r\033[K{} {} of {}, {:.0f}/s, {}:{:02} left", what_, done, all, rate, left / 60,
                  left % 60));
}

void Progress::clear() {
  if (shown_) say("\r\033[K");
  shown_ = false;
}

}  // namespace isoloss
