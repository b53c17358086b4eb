// A PTX file as data: what the parser fills in and the writer reads.

#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace isoloss::ptx {

// The spelling of PTX and of the runtime's enum, without the dot: "param", "shared", "local",
// "global", "const"; empty for a generic address.
using SpaceName = std::string;

struct Variable {
  std::string name;
  SpaceName space;
  std::size_t alignment = 1;
  std::size_t num_bytes = 0;        // 0 for dynamic shared memory
  std::vector<std::uint8_t> bytes;  // initial value, or empty
  std::size_t offset = 0;           // of a parameter in its block
};

struct Operand {
  enum class Kind { reg, special, immediate, symbol, call_parameter, address, list, sink };
  Kind kind = Kind::sink;
  std::string text;            // C++ of a register or immediate; name of the rest
  bool negated = false;        // !%p1
  std::int64_t offset = 0;     // [text + offset]
  std::vector<Operand> parts;  // of an address one: its base; {a, b}, (a, b) and a|b: each
};

struct Instruction {
  int line = 0;
  std::string label;               // a label alone, if not empty
  std::string guard;               // C++ of the condition of @p, if any
  std::string opcode;              // as written
  std::vector<std::string> words;  // of the opcode, split at dots
  std::vector<Operand> operands;
};

// A C++ member that holds a register, or a row of them: "rd" of 12.
struct Register {
  std::string name;
  std::string type;
  int count = 0;  // 0: a single one
};

struct Function {
  std::string name;
  bool is_kernel = false;
  bool is_declaration = false;
  int max_threads = 0;  // of .maxntid, or 0
  std::vector<Variable> parameters;
  std::vector<Variable> results;
  std::vector<Variable> variables;  // shared, local and the param variables of calls
  std::vector<Register> registers;
  std::vector<Instruction> body;
};

struct Module {
  std::vector<Variable> variables;
  std::vector<Function> functions;
};

// Bytes of a type without its dot, or 0 if PTX has no such type.
std::size_t bytes_of_type(const std::string& type);

}  // namespace isoloss::ptx
