// The program: run_command_line() with signals that stop it.

#include <csignal>

#include "host/base/threads.h"
#include "host/commands/program.h"

namespace {

void on_interrupt(int) { isoloss::interrupted = true; }

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGINT, on_interrupt);
  std::signal(SIGTERM, on_interrupt);
  return isoloss::run_command_line(argc, argv);
}
