// Branches, calls and everything that waits for other threads.

#include "tests/ptx_on_cpu/translate/body_writer.h"

namespace isoloss::ptx {

void BodyWriter::branch(const Instruction& of, Modifiers& modifiers) {
  need_operands(of, 1, 1);
  modifiers.take({"uni"});
  emit("goto {};", cpp_name(of.operands[0].text));
}

void BodyWriter::ret(const Instruction& of, Modifiers& modifiers) {
  need_operands(of, 0, 0);
  modifiers.take({"uni"});
  out_ += function_.is_kernel ? "return Step::exited;" : "return leave(t);";
}

void BodyWriter::exit(const Instruction& of, Modifiers&) {
  need_operands(of, 0, 0);
  out_ += "return Step::exited;";
}

void BodyWriter::trap(const Instruction& of, Modifiers&) {
  need_operands(of, 0, 0);
  mark_line();
  out_ += "t.fail(\"trap\");";
}

// call.uni (retval0), f, (param0, param1): copies parameters in and results out.
void BodyWriter::call(const Instruction& of, Modifiers& modifiers) {
  need_operands(of, 1, 3);
  modifiers.take({"uni"});
  const bool has_result = of.operands[0].kind == Operand::Kind::list;
  const std::string name = of.operands[has_result ? 1 : 0].text;
  mark_line();
  const auto found = symbols_.functions.find(name);
  if (found == symbols_.functions.end()) fail("call of an unknown function " + name);
  if (name == "__assertfail") {
    out_ += "t.fail(\"an assertion of the kernel does not hold\");";
    return;
  }
  const Function& callee = *found->second;
  if (callee.is_declaration) fail("call of a function without a body: " + name);
  const std::string frame = symbols_.frames.at(name);
  const std::size_t at = has_result ? 2 : 1;
  const std::vector<Operand> none;
  const std::vector<Operand>& arguments = at < of.operands.size() ? of.operands[at].parts : none;
  if (arguments.size() != callee.parameters.size()) fail("a call with another number of arguments");
  emit("{{ auto made = std::make_unique<{}>(); ", frame);
  for (std::size_t i = 0; i < arguments.size(); ++i)
    emit("copy_bytes(made->parameters, {}, {}); ", callee.parameters[i].offset, arguments[i].text);
  emit("callee = std::move(made); resume = {0}; }} case {0}:; ", ++num_pauses_);
  emit("if (const Step step = callee->run(t); step != Step::returned) return step; ");
  if (has_result)
    emit("copy_bytes({}, 0, static_cast<{}&>(*callee).results); ", of.operands[0].parts[0].text,
         frame);
  out_ += "callee.reset();";
}

void BodyWriter::wait(const std::string& kind, const std::string& arguments) {
  mark_line();
  emit("t.wait_for(Wait::{0}, {{{1}}}); resume = {2}; return Step::paused; case {2}:; ", kind,
       arguments, ++num_pauses_);
}

// bar.sync 0, barrier.sync.aligned 0, bar.warp.sync mask; bar.red has results.
void BodyWriter::barrier(const Instruction& of, Modifiers& modifiers) {
  modifiers.take({"cta"});
  modifiers.take({"aligned"});
  if (!modifiers.take({"red"}).empty()) return barrier_reduce(of, modifiers);
  need_operands(of, 1, 1);
  const bool of_warp = !modifiers.take({"warp"}).empty();
  modifiers.need({"sync"});
  const std::string operand = get(of.operands[0], "u32");
  wait(of_warp ? "warp_barrier" : "barrier",
       fmt::format("{} = {}", of_warp ? ".mask" : ".barrier", operand));
}

void BodyWriter::barrier_reduce(const Instruction& of, Modifiers& modifiers) {
  need_operands(of, 3, 3);
  const std::string type = modifiers.take_type();
  static const std::map<std::string, std::string> votes{
      {"and", "all"}, {"or", "any"}, {"popc", "popc"}};
  const std::string operation = votes.at(modifiers.need({"and", "or", "popc"}));
  wait("barrier", fmt::format(".operation = code(Vote::{}), .value = {}, .barrier = {}", operation,
                              get(of.operands[2], "pred"), get(of.operands[1], "u32")));
  out_ += put(of.operands[0], type, fmt::format("static_cast<{}>(t.answer)", type));
}

void BodyWriter::shuffle(const Instruction& of, Modifiers& modifiers) {
  need_operands(of, 5, 5);
  modifiers.need({"sync"});
  const std::string type = modifiers.take_type();
  const std::string mode = modifiers.need({"up", "down", "bfly", "idx"});
  wait("shuffle",
       fmt::format(".operation = code(Shuffle::{}), .mask = {}, .value = {}, .source = {}, "
                   ".clamp = {}",
                   mode, get(of.operands[4], "u32"), get(of.operands[1], "u32"),
                   get(of.operands[2], "u32"), get(of.operands[3], "u32")));
  const Operand& to = of.operands[0];
  const bool pair = to.kind == Operand::Kind::list;
  out_ += put(pair ? to.parts[0] : to, type, fmt::format("get<{}>(t.answer)", type));
  if (pair) out_ += put(to.parts[1], "pred", "t.answer_in_range");
}

void BodyWriter::vote(const Instruction& of, Modifiers& modifiers) {
  need_operands(of, 3, 3);
  modifiers.need({"sync"});
  const std::string type = modifiers.take_type();
  const std::string operation = modifiers.need({"all", "any", "uni", "ballot"});
  wait("vote", fmt::format(".operation = code(Vote::{}), .mask = {}, .value = {}", operation,
                           get(of.operands[2], "u32"), get(of.operands[1], "pred")));
  out_ += put(of.operands[0], type, fmt::format("static_cast<{}>(t.answer)", type));
}

// Which lanes run together is up to the hardware; the least that it may answer is the lane itself.
void BodyWriter::active_mask(const Instruction& of, Modifiers& modifiers) {
  need_operands(of, 1, 1);
  out_ += put(of.operands[0], modifiers.take_type(), "t.lane_bit()");
}

}  // namespace isoloss::ptx
