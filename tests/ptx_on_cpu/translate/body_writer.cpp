#include "tests/ptx_on_cpu/translate/body_writer.h"

#include <algorithm>
#include <cctype>

#include "tests/ptx_on_cpu/translate/value_rules.h"

namespace isoloss::ptx {
namespace {

// %tid.x and its like: constants of a thread.
const std::map<std::string, std::string> kSpecialRegisters{
    {"%tid.x", "t.index.x"},          {"%tid.y", "t.index.y"},
    {"%tid.z", "t.index.z"},          {"%ntid.x", "t.block.size.x"},
    {"%ntid.y", "t.block.size.y"},    {"%ntid.z", "t.block.size.z"},
    {"%ctaid.x", "t.block.index.x"},  {"%ctaid.y", "t.block.index.y"},
    {"%ctaid.z", "t.block.index.z"},  {"%nctaid.x", "t.block.grid.x"},
    {"%nctaid.y", "t.block.grid.y"},  {"%nctaid.z", "t.block.grid.z"},
    {"%laneid", "t.lane()"},          {"%warpid", "t.warp()"},
    {"%lanemask_eq", "t.lane_bit()"}, {"%lanemask_lt", "(t.lane_bit() - 1u)"}};

}  // namespace

const std::map<std::string, BodyWriter::Handler>& BodyWriter::handlers() {
  static const std::map<std::string, Handler> table{{"mov", &BodyWriter::mov},
                                                    {"cvt", &BodyWriter::cvt},
                                                    {"cvta", &BodyWriter::cvta},
                                                    {"isspacep", &BodyWriter::isspacep},
                                                    {"setp", &BodyWriter::setp},
                                                    {"set", &BodyWriter::set},
                                                    {"ld", &BodyWriter::load},
                                                    {"ldu", &BodyWriter::load},
                                                    {"st", &BodyWriter::store},
                                                    {"atom", &BodyWriter::atomic},
                                                    {"red", &BodyWriter::atomic},
                                                    {"membar", &BodyWriter::fence},
                                                    {"fence", &BodyWriter::fence},
                                                    {"bra", &BodyWriter::branch},
                                                    {"ret", &BodyWriter::ret},
                                                    {"exit", &BodyWriter::exit},
                                                    {"trap", &BodyWriter::trap},
                                                    {"call", &BodyWriter::call},
                                                    {"bar", &BodyWriter::barrier},
                                                    {"barrier", &BodyWriter::barrier},
                                                    {"shfl", &BodyWriter::shuffle},
                                                    {"vote", &BodyWriter::vote},
                                                    {"activemask", &BodyWriter::active_mask}};
  return table;
}

std::string Modifiers::take(const std::vector<std::string>& words) {
  for (const std::string& word : words) {
    const auto found = std::find(left_.begin(), left_.end(), word);
    if (found == left_.end()) continue;
    left_.erase(found);
    return word;
  }
  return "";
}

// A type stands last; of two types, the source's does.
std::string Modifiers::take_type() {
  if (left_.empty() || bytes_of_type(left_.back()) == 0)
    throw TranslateError(of_.line, "no type in " + of_.opcode);
  std::string type = left_.back();
  left_.pop_back();
  return type;
}

std::string Modifiers::need(const std::vector<std::string>& words) {
  std::string word = take(words);
  if (word.empty()) throw TranslateError(of_.line, "unknown form of " + of_.opcode);
  return word;
}

void Modifiers::finish() const {
  if (!left_.empty())
    throw TranslateError(of_.line, "unknown modifier ." + left_.front() + " of " + of_.opcode);
}

std::string BodyWriter::run() {
  for (const Instruction& of : function_.body) {
    line_ = of.line;
    if (!of.label.empty()) {
      emit("{}:;\n", cpp_name(of.label));
    } else {
      instruction(of);
    }
  }
  return out_;
}

void BodyWriter::instruction(const Instruction& of) {
  if (!of.guard.empty()) emit("if ({}) {{ ", of.guard);
  const auto handler = handlers().find(of.words[0]);
  if (handler != handlers().end()) {
    Modifiers modifiers(of);
    (this->*handler->second)(of, modifiers);
    modifiers.finish();
  } else if (!value_instruction(of)) {
    fail("unknown instruction " + of.opcode);
  }
  out_ += of.guard.empty() ? "\n" : " }\n";
}

bool BodyWriter::value_instruction(const Instruction& of) {
  const auto rule = match_value_rule(of.words);
  if (!rule) return false;
  need_operands(of, rule->source_types.size() + 1, rule->source_types.size() + 1);
  std::string arguments;
  for (std::size_t i = 0; i < rule->source_types.size(); ++i)
    arguments +=
        fmt::format("{}{}", i > 0 ? ", " : "", get(of.operands[i + 1], rule->source_types[i]));
  out_ += put(of.operands[0], rule->result_type, fmt::format("{}({})", rule->function, arguments));
  return true;
}

std::string BodyWriter::get(const Operand& operand, const std::string& type) const {
  return fmt::format("{}get<{}>({})", operand.negated ? "!" : "", type, bits(operand));
}

std::string BodyWriter::bits(const Operand& operand) const {
  switch (operand.kind) {
    case Operand::Kind::reg:
    case Operand::Kind::immediate:
      return operand.text;
    case Operand::Kind::symbol:
      return symbol_address(operand);
    case Operand::Kind::special: {
      const auto found = kSpecialRegisters.find(operand.text);
      if (found != kSpecialRegisters.end()) return found->second;
      fail("unknown special register " + operand.text);
    }
    default:
      fail("an operand that has no value here");
  }
}

std::string BodyWriter::symbol_address(const Operand& symbol) const {
  if (symbol.text == "WARP_SZ") return "u32{32}";
  for (const Variable& parameter : function_.parameters)
    if (parameter.name == symbol.text) return fmt::format("u64{{{}}}", parameter.offset);
  for (const Variable& variable : function_.variables)
    if (variable.name == symbol.text && variable.space == "local")
      return fmt::format("(local_base + {})", variable.offset);
  const auto found = symbols_.addresses.find(symbol.text);
  if (found == symbols_.addresses.end()) fail("unknown name " + symbol.text);
  return found->second;
}

std::string BodyWriter::put(const Operand& operand, const std::string& type,
                            const std::string& value) const {
  if (operand.kind == Operand::Kind::sink) return "";
  if (operand.kind != Operand::Kind::reg) fail("a result that is no register");
  return fmt::format("set<{}>({}, {});", type, operand.text, value);
}

void BodyWriter::need_operands(const Instruction& of, std::size_t least, std::size_t most) const {
  if (of.operands.size() < least || of.operands.size() > most)
    fail(fmt::format("unknown form of {}: {} operands", of.opcode, of.operands.size()));
}

std::string cpp_name(const std::string& name) {
  std::string cpp = "L";
  for (const char c : name) cpp += std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
  return cpp;
}

}  // namespace isoloss::ptx
