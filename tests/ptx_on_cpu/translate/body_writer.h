// One PTX function to the C++ of Frame::run: a switch whose cases are the places where a thread can
// pause and go on. Every instruction becomes one line.

#pragma once

#include <fmt/format.h>

#include <map>
#include <string>
#include <vector>

#include "tests/ptx_on_cpu/translate/module.h"
#include "tests/ptx_on_cpu/translate/tokens.h"

namespace isoloss::ptx {

// What the names of a module are in C++, for the bodies of one kernel or function.
struct Symbols {
  std::map<std::string, std::string> addresses;      // of shared, global, const: an expression
  std::map<std::string, const Function*> functions;  // callable
  std::map<std::string, std::string> frames;         // function name -> C++ struct
};

// The modifiers of an opcode, taken one by one; what is left over is an error.
class Modifiers {
 public:
  explicit Modifiers(const Instruction& of)
      : of_(of), left_(of.words.begin() + 1, of.words.end()) {}

  // The first of the words that is there, taken out; empty if none is.
  std::string take(const std::vector<std::string>& words);
  std::string take_type();
  // For a word that must be there.
  std::string need(const std::vector<std::string>& words);
  void finish() const;

 private:
  const Instruction& of_;
  std::vector<std::string> left_;
};

class BodyWriter {
 public:
  BodyWriter(const Symbols& symbols, const Function& function)
      : symbols_(symbols), function_(function) {}

  // The statements of the switch.
  std::string run();

 private:
  using Handler = void (BodyWriter::*)(const Instruction&, Modifiers&);
  static const std::map<std::string, Handler>& handlers();

  void instruction(const Instruction& of);
  bool value_instruction(const Instruction& of);

  // compute_writer.cpp
  void mov(const Instruction& of, Modifiers& modifiers);
  void cvt(const Instruction& of, Modifiers& modifiers);
  void cvta(const Instruction& of, Modifiers& modifiers);
  void isspacep(const Instruction& of, Modifiers& modifiers);
  void setp(const Instruction& of, Modifiers& modifiers);
  void set(const Instruction& of, Modifiers& modifiers);

  // memory_writer.cpp
  void load(const Instruction& of, Modifiers& modifiers);
  void store(const Instruction& of, Modifiers& modifiers);
  void atomic(const Instruction& of, Modifiers& modifiers);
  void fence(const Instruction& of, Modifiers& modifiers);
  std::string place(const Operand& address, const SpaceName& space, std::size_t num_bytes,
                    const char* access);
  std::vector<Operand> vector_of(const Operand& operand, Modifiers& modifiers);
  static void take_memory_modifiers(Modifiers& modifiers);
  void let_others_run(const SpaceName& space);

  // control_writer.cpp
  void branch(const Instruction& of, Modifiers& modifiers);
  void ret(const Instruction& of, Modifiers& modifiers);
  void exit(const Instruction& of, Modifiers& modifiers);
  void trap(const Instruction& of, Modifiers& modifiers);
  void call(const Instruction& of, Modifiers& modifiers);
  void barrier(const Instruction& of, Modifiers& modifiers);
  void barrier_reduce(const Instruction& of, Modifiers& modifiers);
  void shuffle(const Instruction& of, Modifiers& modifiers);
  void vote(const Instruction& of, Modifiers& modifiers);
  void active_mask(const Instruction& of, Modifiers& modifiers);
  // Names the PTX line in what fails next.
  void mark_line() { emit("t.line = {}; ", line_); }
  // Makes the thread wait, and go on here.
  void wait(const std::string& kind, const std::string& arguments);

  // The bits of an operand read as `type`.
  std::string get(const Operand& operand, const std::string& type) const;
  std::string bits(const Operand& operand) const;
  std::string symbol_address(const Operand& symbol) const;
  // A statement that writes `value` of `type` into a register, or nothing for a sink.
  std::string put(const Operand& operand, const std::string& type, const std::string& value) const;
  template <class... Values>
  void emit(fmt::format_string<Values...> text, Values&&... values) {
    out_ += fmt::format(text, std::forward<Values>(values)...);
  }
  void need_operands(const Instruction& of, std::size_t least, std::size_t most) const;
  [[noreturn]] void fail(const std::string& message) const { throw TranslateError(line_, message); }

  const Symbols& symbols_;
  const Function& function_;
  std::string out_;
  int line_ = 0;
  int num_pauses_ = 0;
};

// The C++ name of a label or function.
std::string cpp_name(const std::string& name);

}  // namespace isoloss::ptx
