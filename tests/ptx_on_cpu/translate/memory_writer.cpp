// Loads, stores, atomics and fences. Every access asks the runtime for its bytes, which checks it.

#include "tests/ptx_on_cpu/translate/body_writer.h"

namespace isoloss::ptx {
namespace {

const std::vector<std::string> kSpaces{"param", "shared", "local", "global", "const"};

const std::vector<std::string> kAtomics{"add", "min",  "max", "and", "or",
                                        "xor", "exch", "cas", "inc", "dec"};

}  // namespace

// Caching and ordering: threads of a block run one at a time on one memory, so each holds already.
void BodyWriter::take_memory_modifiers(Modifiers& modifiers) {
  modifiers.take({"weak", "volatile", "relaxed", "acquire", "release", "acq_rel", "mmio"});
  modifiers.take({"cta", "cluster", "gpu", "sys"});
  modifiers.take({"nc"});
  modifiers.take({"ca", "cg", "cs", "lu", "cv", "wb", "wt"});
  modifiers.take({"L1::evict_normal", "L1::evict_first", "L1::evict_last", "L1::no_allocate"});
  modifiers.take({"L2::64B", "L2::128B", "L2::256B"});
}

// The expression for a pointer to the bytes. Parameters lie in arrays of the frame.
std::string BodyWriter::place(const Operand& address, const SpaceName& space, std::size_t num_bytes,
                              const char* access) {
  if (address.kind != Operand::Kind::address) fail("an access without an address");
  const Operand& base = address.parts[0];
  const auto inside = [&](const std::string& array, const std::string& at) {
    return fmt::format("t.inside({}, {}, {}, {})", array, at, address.offset, num_bytes);
  };
  if (base.kind == Operand::Kind::call_parameter) return inside(base.text, "u64{0}");
  for (const Variable& result : function_.results)
    if (result.name == base.text) return inside("results", "u64{0}");
  if (space == "param") return inside("parameters", bits(base));
  return fmt::format("t.at(Space::{}, Access::{}, {}, {}, {})",
                     space.empty() ? "generic" : space + "_space", access, bits(base),
                     address.offset, num_bytes);
}

// The registers of a load or store: as many as the opcode says.
std::vector<Operand> BodyWriter::vector_of(const Operand& operand, Modifiers& modifiers) {
  const std::string vector = modifiers.take({"v2", "v4"});
  const std::size_t length = vector.empty() ? 1 : vector == "v2" ? 2 : 4;
  const bool is_list = operand.kind == Operand::Kind::list;
  std::vector<Operand> parts = is_list ? operand.parts : std::vector<Operand>{operand};
  if (parts.size() != length) fail("a vector of another length than the opcode says");
  return parts;
}

void BodyWriter::load(const Instruction& of, Modifiers& modifiers) {
  need_operands(of, 2, 2);
  const std::string type = modifiers.take_type();
  const std::vector<Operand> to = vector_of(of.operands[0], modifiers);
  const SpaceName space = modifiers.take(kSpaces);
  take_memory_modifiers(modifiers);
  let_others_run(space);
  emit("{{ const std::byte* from = {}; ",
       place(of.operands[1], space, to.size() * bytes_of_type(type), "read"));
  for (std::size_t i = 0; i < to.size(); ++i)
    out_ += put(to[i], type, fmt::format("peek<{}>(from, {})", type, i));
  out_ += " }";
}

void BodyWriter::store(const Instruction& of, Modifiers& modifiers) {
  need_operands(of, 2, 2);
  const std::string type = modifiers.take_type();
  const std::vector<Operand> from = vector_of(of.operands[1], modifiers);
  const SpaceName space = modifiers.take(kSpaces);
  take_memory_modifiers(modifiers);
  let_others_run(space);
  emit("{{ std::byte* to = {}; ",
       place(of.operands[0], space, from.size() * bytes_of_type(type), "write"));
  for (std::size_t i = 0; i < from.size(); ++i)
    emit("poke<{}>(to, {}, {}); ", type, i, get(from[i], type));
  out_ += "}";
}

// atom d, [a], b{, c} and red [a], b.
void BodyWriter::atomic(const Instruction& of, Modifiers& modifiers) {
  const bool has_result = of.words[0] == "atom";
  const std::size_t first = has_result ? 1 : 0;
  const std::string type = modifiers.take_type();
  const std::string operation = modifiers.need(kAtomics);
  const SpaceName space = modifiers.take({"shared", "global"});
  take_memory_modifiers(modifiers);
  const std::size_t num_operands = first + (operation == "cas" ? 3 : 2);
  need_operands(of, num_operands, num_operands);
  let_others_run(space);
  std::vector<std::string> arguments{"cell"};
  for (std::size_t i = first + 1; i < num_operands; ++i)
    arguments.push_back(get(of.operands[i], type));
  const std::string value =
      fmt::format("atomic_{}<{}>({})", operation, type, fmt::join(arguments, ", "));
  const Operand sink;
  const bool wanted = has_result && of.operands[0].kind != sink.kind;
  emit("{{ std::byte* cell = {}; {} }}",
       place(of.operands[first], space, bytes_of_type(type), "atomic"),
       wanted ? put(of.operands[0], type, value) : value + ";");
}

void BodyWriter::fence(const Instruction&, Modifiers& modifiers) {
  modifiers.take({"sc", "acq_rel"});
  modifiers.need({"cta", "gl", "gpu", "sys"});
}

// In an order that interleaves, another thread may come before any access that others can see.
void BodyWriter::let_others_run(const SpaceName& space) {
  mark_line();
  if (space == "param" || space == "local" || space == "const") return;
  emit("if (t.gives_way()) {{ resume = {0}; return Step::paused; case {0}:; }} ", ++num_pauses_);
}

}  // namespace isoloss::ptx
