// The subcommands, a row each in commands.cpp. A new one is a row there and a file with its flags
// and what it answers.

#pragma once

#include <array>
#include <functional>
#include <memory>
#include <span>
#include <string>

#include "host/answers/outcome.h"
#include "host/commands/command_line.h"
#include "host/commands/documents.h"

namespace isoloss {

// Answers, puts what it makes of the answer into the documents and says how it ended. It opens,
// prints and writes nothing itself.
using Work = std::function<Outcome(Documents& out)>;

struct Command {
  const char* name;
  const char* group;  // of the program's help
  const char* summary;
  std::array<const char*, 2> examples;  // of its help, behind "isoloss "
  Work (*add)(CommandLine& line);       // the flags; gives what is done once they are parsed
  bool is_of_all = false;               // it describes the flags of every command
  bool is_text = false;  // what it makes is for another program: there is no --format
};

// In the order of the program's help.
std::span<const Command> all_commands();
// Throws InputError, with the nearest names, for one that is not there.
const Command& command_called(const std::string& name);

// The work of a command whose flags are a struct of groups of flags, each with add(line).
template <class Flags>
Work work_of(CommandLine& line, Outcome (*answer)(const Flags& flags, Documents& out)) {
  const auto flags = std::make_shared<Flags>();
  flags->add(line);
  return [flags, answer](Documents& out) { return answer(*flags, out); };
}

}  // namespace isoloss
