// Instructions that compute a value and need more than a row of the table: moves, conversions and
// comparisons.

#include "tests/ptx_on_cpu/translate/body_writer.h"

namespace isoloss::ptx {
namespace {

// Our comparison, and whether NaN makes it true.
const std::map<std::string, std::string> kComparisons{
    {"eq", "eq, false"}, {"ne", "ne, false"},  {"lt", "lt, false"}, {"le", "le, false"},
    {"gt", "gt, false"}, {"ge", "ge, false"},  {"equ", "eq, true"}, {"neu", "ne, true"},
    {"ltu", "lt, true"}, {"leu", "le, true"},  {"gtu", "gt, true"}, {"geu", "ge, true"},
    {"lo", "lt, false"}, {"ls", "le, false"},  {"hi", "gt, false"}, {"hs", "ge, false"},
    {"nan", "no, true"}, {"num", "yes, false"}};
const std::vector<std::string> kRoundings{"rn", "rz", "rm", "rp", "rni", "rzi", "rmi", "rpi"};

// The untyped type of one of several equal parts.
std::string part_type(const std::string& type, std::size_t num_parts) {
  return fmt::format("b{}", 8 * bytes_of_type(type) / num_parts);
}

// The comparison of an opcode as template arguments.
std::string take_comparison(Modifiers& modifiers) {
  for (const auto& [word, comparison] : kComparisons)
    if (!modifiers.take({word}).empty()) return comparison;
  return modifiers.need({"a comparison"});
}

}  // namespace

// Plain, or with {low, high} on one side: a pack or an unpack.
void BodyWriter::mov(const Instruction& of, Modifiers& modifiers) {
  need_operands(of, 2, 2);
  const std::string type = modifiers.take_type();
  const std::string whole = part_type(type, 1);
  const Operand& to = of.operands[0];
  const Operand& from = of.operands[1];
  if (to.kind == Operand::Kind::list) {
    const std::string part = part_type(type, to.parts.size());
    emit("{{ const auto whole = {}; ", get(from, whole));
    for (std::size_t i = 0; i < to.parts.size(); ++i)
      out_ += put(to.parts[i], part, fmt::format("part<{}>(whole, {})", part, i));
    out_ += " }";
  } else if (from.kind == Operand::Kind::list) {
    const std::string part = part_type(type, from.parts.size());
    std::vector<std::string> parts;
    for (const Operand& piece : from.parts) parts.push_back(get(piece, part));
    out_ += put(to, whole, fmt::format("pack<{}>({})", whole, fmt::join(parts, ", ")));
  } else {
    out_ += put(to, type, get(from, type));
  }
}

void BodyWriter::cvt(const Instruction& of, Modifiers& modifiers) {
  need_operands(of, 2, 2);
  const std::string from = modifiers.take_type();
  const std::string to = modifiers.take_type();
  const std::string rounding = modifiers.take(kRoundings);
  const bool saturates = !modifiers.take({"sat"}).empty();
  out_ += put(of.operands[0], to,
              fmt::format("{}<{}, Round::{}>({})", saturates ? "convert_saturated" : "convert", to,
                          rounding.empty() ? "none" : rounding, get(of.operands[1], from)));
}

// Global and const addresses are generic ones already; the others lie in windows.
void BodyWriter::cvta(const Instruction& of, Modifiers& modifiers) {
  need_operands(of, 2, 2);
  const std::string type = modifiers.take_type();
  const bool to_space = !modifiers.take({"to"}).empty();
  const std::string space = modifiers.need({"shared", "local", "global", "const"});
  out_ += put(of.operands[0], type,
              fmt::format("{} {} window(Space::{}_space)", get(of.operands[1], type),
                          to_space ? '-' : '+', space));
}

void BodyWriter::isspacep(const Instruction& of, Modifiers& modifiers) {
  need_operands(of, 2, 2);
  const std::string space = modifiers.need({"shared", "local", "global"});
  out_ += put(of.operands[0], "pred",
              fmt::format("space_of({}) == Space::{}_space", get(of.operands[1], "u64"), space));
}

// p|q = (a op b) combined with c, where q takes the opposite comparison.
void BodyWriter::setp(const Instruction& of, Modifiers& modifiers) {
  need_operands(of, 3, 4);
  const std::string type = modifiers.take_type();
  const std::string comparison = take_comparison(modifiers);
  const std::string combination = modifiers.take({"and", "or", "xor"});
  const auto combined = [&](const std::string& value) {
    if (combination.empty()) return value;
    need_operands(of, 4, 4);
    return fmt::format("bit_{}({}, {})", combination, value, get(of.operands[3], "pred"));
  };
  const Operand& to = of.operands[0];
  const bool pair = to.kind == Operand::Kind::list;
  emit("{{ const bool holds = compare<Comparison::{}>({}, {}); ", comparison,
       get(of.operands[1], type), get(of.operands[2], type));
  if (pair) out_ += put(to.parts[1], "pred", combined("!holds"));
  out_ += put(pair ? to.parts[0] : to, "pred", combined("holds"));
  out_ += " }";
}

// A comparison as a number: 1.0f for f32, all ones for an integer.
void BodyWriter::set(const Instruction& of, Modifiers& modifiers) {
  need_operands(of, 3, 3);
  const std::string from = modifiers.take_type();
  const std::string to = modifiers.take_type();
  const std::string comparison = take_comparison(modifiers);
  out_ += put(of.operands[0], to,
              fmt::format("truth<{}>(compare<Comparison::{}>({}, {}))", to, comparison,
                          get(of.operands[1], from), get(of.operands[2], from)));
}

}  // namespace isoloss::ptx
