#include "cuda/tape_text.h"

#include <fmt/format.h>

#include <bit>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "cuda/spliced_function.h"
#include "cuda/tape_text_parts.h"

namespace isoloss {
namespace {

constexpr const char* kZero = "0d0000000000000000";
constexpr const char* kOne = "0d3FF0000000000000";

std::string constant(double x) { return fmt::format("0d{:016X}", std::bit_cast<std::uint64_t>(x)); }

// Writes one of the two functions.
class Writer {
 public:
  Writer(const Tape& tape, int size, std::string_view functions, bool with_scale)
      : tape_(tape), places_{size}, functions_(functions), with_scale_(with_scale) {}

  std::string function() {
    body_ += kBegin;
    write_uniforms();
    const std::string before = std::exchange(body_, "");
    body_ += kNextRun;
    write_loads();
    for (int j = 0; j < tape_.value_end; ++j) write(tape_.body[j]);
    write_factors();
    for (int j = tape_.value_end; j < tape_.grad_end; ++j) write(tape_.body[j]);
    write_gradients();
    for (int j = tape_.grad_end; j < tape_.num_body; ++j) write_second(tape_.body[j]);
    body_ += "\tbra next_group;\nall_groups:\n";
    write_results();
    return fmt::format(".visible .func isoloss_evaluate{}(\n{})\n{{\n{}{}{}{}\tret;\n}}\n",
                       with_scale_ ? "_with_scale" : "", kParameters, declarations(), before,
                       cleared_sums(), body_);
  }

 private:
  template <class... Args>
  void emit(fmt::format_string<Args...> format, Args&&... args) {
    body_ += '\t' + fmt::format(format, std::forward<Args>(args)...) + ";\n";
  }

  // Sums are registers %sum0, %sum1, ..., those of `what` in order of first use.
  std::string sum(const std::string& what) {
    const auto [found, is_new] = sums_.emplace(what, num_sums_);
    if (is_new) ++num_sums_;
    return fmt::format("%sum{}", found->second);
  }
  std::string grad_sum(int k) { return sum(fmt::format("grad {}", k)); }

  std::string name_of(const Operand& operand) const {
    if (operand.storage == Storage::input) return fmt::format("%input{}", operand.index);
    if (operand.storage == Storage::registered) return fmt::format("%value{}", operand.index);
    const int number = operand.index - tape_.num_params;
    if (number >= 0 && number < tape_.num_constants) return constant(tape_.constants[number]);
    return fmt::format("%uniform{}", operand.index);
  }

  void write_uniforms() {
    for (int k = 0; k < tape_.num_params; ++k) emit("ld.f64 %uniform{}, [%theta+{}]", k, 8 * k);
    for (int j = 0; j < tape_.num_prologue; ++j) {
      const Instruction& own = tape_.prologue[j];
      write(own, fmt::format("%uniform{}", own.out));
    }
  }

  // Inputs, target and the weight times how often the run was drawn.
  void write_loads() {
    for (int k = 0; k < tape_.num_inputs; ++k) load(fmt::format("%input{}", k));
    load("%target");
    load("%drawn");
    emit("cvt.rn.f64.u32 %times, %count");
    emit("mul.rn.f64 %drawn, %drawn, %times");
    if (with_scale_) emit("add.rn.f64 {0}, {0}, %drawn", sum("weight"));
  }
  // The next array of RunArrays.
  void load(const std::string& to) {
    emit("ld.f64 {}, [%place]", to);
    emit("add.s64 %place, %place, %stride");
  }

  void write_factors() {
    std::string predicted = name_of(tape_.value);
    if (tape_.takes_log) {
      splice("isoloss_log", {predicted}, "%prediction");
      emit("div.rn.f64 %inverse, {}, {}", kOne, predicted);
      predicted = "%prediction";
    }
    emit("sub.rn.f64 %residual, {}, %target", predicted);
    body_ += kFactors;
    emit("add.rn.f64 {0}, {0}, %rho", sum("value"));
    if (tape_.takes_log) {
      emit("sub.rn.f64 %excess, %excess, %slope");
      emit("mul.rn.f64 %scaled, %slope, %inverse");
    }
  }

  void write_gradients() {
    for (int k = 0; k < tape_.num_params; ++k) {
      if (tape_.takes_log) {
        emit("mul.rn.f64 %gradient{}, {}, %inverse", k, name_of(tape_.grad[k]));
      } else {
        emit("mov.f64 %gradient{}, {}", k, name_of(tape_.grad[k]));
      }
      emit("fma.rn.f64 {0}, %slope, %gradient{1}, {0}", grad_sum(k), k);
      if (with_scale_) write_scales(k);
    }
    for (int k = 0; k < tape_.num_params; ++k) {
      emit("mul.rn.f64 %own, %excess, %gradient{}", k);
      for (int l = 0; l <= k; ++l)
        emit("fma.rn.f64 {0}, %own, %gradient{1}, {0}", sum(fmt::format("outer {}", packed(k, l))),
             l);
    }
  }
  void write_scales(int k) {
    add_absolute("grad_scale", "%slope", k);
    add_absolute("reach", "%drawn", k);
  }
  // |factor gradient[k]|; as absolute() of fits/evaluation.h.
  void add_absolute(const char* to, const char* factor, int k) {
    emit("mul.rn.f64 %own, {}, %gradient{}", factor, k);
    emit("sub.rn.f64 %other, {}, %own", kZero);
    choose("%own", "%own", kZero, "%other", "%own");
    emit("add.rn.f64 {0}, {0}, %own", sum(fmt::format("{} {}", to, k)));
  }

  void write_second(const Instruction& own) {
    if (!is_for_hessian(own.op)) return write(own);
    std::string factor = tape_.takes_log ? "%scaled" : "%slope";
    if (own.op == Op::take_from_hessian) {
      emit("mul.rn.f64 %own, {}, {}", constant(-1.0), factor);
      factor = "%own";
    }
    emit("fma.rn.f64 {0}, {1}, {2}, {0}", sum(fmt::format("second {}", own.out)), factor,
         name_of(own.a));
  }

  // out = a < b ? yes : no
  void choose(std::string_view out, std::string_view a, std::string_view b, std::string_view yes,
              std::string_view no) {
    emit("setp.lt.f64 %is, {}, {}", a, b);
    emit("selp.f64 {}, {}, {}, %is", out, yes, no);
  }

  void write(const Instruction& own) { write(own, fmt::format("%value{}", own.out)); }
  void write(const Instruction& own, const std::string& out) {
    const std::string a = name_of(own.a);
    const std::string b = name_of(own.b);
    const std::string c = name_of(own.c);
    switch (own.op) {
      case Op::add:
        return emit("add.rn.f64 {}, {}, {}", out, a, b);
      case Op::subtract:
        return emit("sub.rn.f64 {}, {}, {}", out, a, b);
      case Op::multiply:
        return emit("mul.rn.f64 {}, {}, {}", out, a, b);
      case Op::divide:
        return emit("div.rn.f64 {}, {}, {}", out, a, b);
      case Op::negate:
        return emit("sub.rn.f64 {}, {}, {}", out, kZero, a);
      case Op::minimum:
        return choose(out, b, a, b, a);
      case Op::maximum:
        return choose(out, a, b, b, a);
      case Op::less:
        return choose(out, a, b, kOne, kZero);
      case Op::multiply_add:
        return emit("fma.rn.f64 {}, {}, {}, {}", out, a, b, c);
      case Op::multiply_subtract:
        emit("sub.rn.f64 %other, {}, {}", kZero, c);
        return emit("fma.rn.f64 {}, {}, {}, %other", out, a, b);
      case Op::subtract_product:
        emit("sub.rn.f64 %other, {}, {}", kZero, a);
        return emit("fma.rn.f64 {}, %other, {}, {}", out, b, c);
      case Op::add_to_hessian:
      case Op::take_from_hessian:
        return;
      default:
        break;
    }
    for (const SplicedOp& row : kSplicedOps)
      if (row.op == own.op) return splice(row.name, {a, b}, out);
  }

  void splice(const std::string& name, const std::vector<std::string>& arguments,
              const std::string& out) {
    auto found = spliced_.find(name);
    if (found == spliced_.end())
      found = spliced_.emplace(name, SplicedFunction(functions_, name)).first;
    body_ += found->second.lines(fmt::format("_at{}_", num_spliced_++), arguments, out);
  }

  // Sums over the tile, which the leading thread stores; zero beyond the tape's parameters.
  void write_results() {
    const int num = tape_.num_params;
    store(0, "value");
    for (int k = 0; k < places_.size; ++k) {
      store(places_.grad(k), fmt::format("grad {}", k));
      if (!with_scale_) continue;
      store(places_.grad_scale(k), fmt::format("grad_scale {}", k));
      store(places_.reach(k), fmt::format("reach {}", k));
    }
    if (with_scale_) store(places_.weight(), "weight");
    for (int place = 0; place < num_packed(places_.size); ++place) {
      const std::string outer = fmt::format("outer {}", place);
      const std::string second = fmt::format("second {}", place);
      // A sum of nothing counts too: it makes -0 a 0.
      if (place < num_packed(num))
        emit("add.rn.f64 {0}, {0}, {1}", sum(outer), sums_.contains(second) ? sum(second) : kZero);
      store(places_.hess(place), outer);
    }
  }
  void store(int offset, const std::string& what) {
    if (!sums_.contains(what)) {
      body_ += fmt::format("\t@%leads st.f64 [%out+{}], {};\n", offset, kZero);
      return;
    }
    const std::string own = sum(what);
    for (const int distance : {4, 2, 1}) {
      emit("mov.b64 {{%low, %high}}, {}", own);
      // 0x181F: in groups of eight, as __shfl_xor_sync(.., 8) has it.
      emit("shfl.sync.bfly.b32 %low, %low, {}, 6175, %mask", distance);
      emit("shfl.sync.bfly.b32 %high, %high, {}, 6175, %mask", distance);
      emit("mov.b64 %other, {{%low, %high}}");
      emit("add.rn.f64 {0}, {0}, %other", own);
    }
    body_ += fmt::format("\t@%leads st.f64 [%out+{}], {};\n", offset, own);
  }

  std::string cleared_sums() const {
    std::string out;
    for (int s = 0; s < num_sums_; ++s) out += fmt::format("\tmov.f64 %sum{}, {};\n", s, kZero);
    return out;
  }
  std::string declarations() const {
    return fmt::format(
        "\t.reg .pred %leads, %ends, %is;\n"
        "\t.reg .b32 %num_runs, %num_padded, %lane, %shift, %mask, %i, %run, %count, %low, %high;\n"
        "\t.reg .b64 %values, %packed, %theta, %out, %stride, %place;\n"
        "\t.reg .f64 %over, %delta, %minus_delta, %target, %drawn, %times, %prediction, %inverse;\n"
        "\t.reg .f64 %residual, %weight, %psi, %rho, %slope, %excess, %scaled, %own, %other;\n"
        "\t.reg .f64 %uniform<{}>, %value<{}>, %input<{}>, %gradient<{}>, %sum<{}>;\n",
        tape_.num_uniforms + 1, tape_.num_registers + 1, tape_.num_inputs + 1, tape_.num_params + 1,
        num_sums_);
  }

  const Tape& tape_;
  const EvaluationPlaces places_;
  const std::string_view functions_;
  const bool with_scale_;
  std::string body_;
  std::map<std::string, SplicedFunction> spliced_;
  int num_spliced_ = 0;
  std::map<std::string, int> sums_;
  int num_sums_ = 0;
};

// A PTX text without the declaration of a function that it lacks.
std::string without_declaration(std::string text, std::string_view function) {
  const std::size_t begin = text.find(fmt::format(".extern .func {}\n", function));
  return text.erase(begin, text.find(';', begin) + 1 - begin);
}

}  // namespace

bool can_be_text(const Tape& tape) {
  return tape.num_prologue + tape.num_body <= kMostTextInstructions &&
         1 + tape.num_params + 2 * num_packed(tape.num_params) <= kMostTextSums;
}

std::string tape_functions_text(const Tape& tape, int size, std::string_view functions) {
  return Writer(tape, size, functions, false).function() +
         Writer(tape, size, functions, true).function();
}

std::string tape_module_text(std::string_view frame, const std::string& functions) {
  std::string out(frame);
  for (const char* function : {"isoloss_evaluate", "isoloss_evaluate_with_scale"})
    out = without_declaration(std::move(out), function);
  constexpr std::string_view kHead = ".address_size 64\n";
  const std::size_t behind_head = out.find(kHead) + kHead.size();
  return out.insert(behind_head, functions);
}

}  // namespace isoloss
