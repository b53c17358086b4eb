// Prepares the process and runs the command line.

#include <atomic>
#include <csignal>

#include "host/base/standard_streams.h"
#include "host/base/stop.h"
#include "host/commands/driver.h"

namespace {

std::atomic<bool> stopped{false};

void on_interrupt(int) { stopped = true; }

// A terminal that is closed ends the work like an interrupt, unless nohup asked otherwise.
void end_on_signals() {
  std::signal(SIGINT, on_interrupt);
  std::signal(SIGTERM, on_interrupt);
  if (std::signal(SIGHUP, on_interrupt) == SIG_IGN) std::signal(SIGHUP, SIG_IGN);
}

}  // namespace

int main(int argc, char** argv) {
  isoloss::guard_standard_streams();
  end_on_signals();
  const isoloss::StopScope scope(&stopped);
  return isoloss::run_command_line(argc, argv);
}
