#include "host/answers/optimum/loss_surface.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "fits/math.h"
#include "host/base/error.h"
#include "host/base/text.h"
#include "host/formula/copied_graph.h"
#include "host/laws/registry.h"
#include "host/simd/kernels.h"

namespace isoloss {
namespace {

[[noreturn]] void refuse(const LawEntry& law, const std::string& what, const std::string& hint) {
  throw InputError("", 0, "", fmt::format("the law {} {}", law.name, what), hint);
}

// A quantity on the axis of the law's input, from its log.
NodeId on_axis(Graph& graph, const LawInput& input, NodeId log_node) {
  return input.axis == Axis::log ? log_node : graph.make(Op::exp, log_node);
}

double held_value(const LawEntry& law, const LawInput& input, const HeldInputs& held) {
  const auto found = held.find(input.column);
  if (found == held.end())
    refuse(law,
           input.meaning == input.column ? fmt::format("reads {}", input.column)
                                         : fmt::format("reads {}, {}", input.column, input.meaning),
           fmt::format("give ``input`` {}=VALUE", input.column));
  if (!std::isfinite(found->second) || (input.axis == Axis::log && !(found->second > 0)))
    refuse(law, fmt::format("reads {} above 0, not {:g}", input.column, found->second), "");
  return input.axis == Axis::log ? isoloss::log(found->second) : found->second;
}

void require_loss(const LawEntry& law) {
  if (law.response != "loss") refuse(law, "predicts " + law.response, "take a law of the loss");
}

// What to do about a law that does not read it.
std::string laws_reading(const std::string& name) {
  std::vector<std::string> names;
  for (const LawEntry& law : all_laws())
    if (law.response == "loss" && law.reads(name)) names.push_back(law.name);
  if (names.empty()) return "leave it out; no law of isoloss laws reads it, but a formula can";
  return fmt::format("leave it out, or choose a law that does: {}", listed(names));
}

void require_known(const LawEntry& law, const HeldInputs& held) {
  for (const auto& [name, value] : held) {
    if (!law.reads(name))
      refuse(law, fmt::format("does not read {}", shown(name)), laws_reading(name));
  }
}

}  // namespace

HeldInputs held_for(const LawEntry& law, const HeldInputs& held) {
  HeldInputs out = held;
  std::erase_if(out, [&](const auto& own) { return !law.reads(own.first); });
  return out;
}

SurfaceProgram::SurfaceProgram(const LawEntry& law, const HeldInputs& held,
                               double flops_per_token_param)
    : num_theta_(law.num_params()), theta_(law.num_inputs()) {
  require_loss(law);
  if (!law.reads(Input::N) && !law.reads(Input::C))
    refuse(law, "says nothing of the model size", "take a law that reads params and tokens");
  if (!law.reads(Input::D) && !law.reads(Input::C))
    refuse(law, "says nothing of the training tokens", "take a law that reads params and tokens");
  require_known(law, held);

  // Inputs of the tape: the law's, theta, and N and D where the law has only C.
  int num_inputs = law.num_inputs() + num_theta_;
  N_ = law.reads(Input::N) ? law.place_of(Input::N) : num_inputs++;
  D_ = law.reads(Input::D) ? law.place_of(Input::D) : num_inputs++;
  compile(law, held, num_inputs, flops_per_token_param);
}

SurfaceProgram::SurfaceProgram(const LawEntry& law, const HeldInputs& held, int first, int second)
    : num_theta_(law.num_params()), theta_(law.num_inputs()), N_(first), D_(second) {
  require_loss(law);
  compile(law, held, law.num_inputs() + num_theta_, 0);
}

void SurfaceProgram::compile(const LawEntry& law, const HeldInputs& held, int num_inputs,
                             double flops_per_token_param) {
  const int num_own = law.num_inputs();
  held_.assign(static_cast<std::size_t>(num_inputs), 0);

  Graph own;
  const NodeId root = law.log_prediction(own);
  Graph graph;
  const NodeId log_N = graph.add(graph.input(N_), graph.param(0));
  const NodeId log_D = graph.add(graph.input(D_), graph.param(1));
  const NodeId log_loss = copied(own, root, graph, [&](const Node& node) {
    if (node.kind == NodeKind::param) return graph.input(num_own + node.index);
    const LawInput& input = law.inputs[static_cast<std::size_t>(node.index)];
    if (node.index == N_) return on_axis(graph, input, log_N);
    if (node.index == D_) return on_axis(graph, input, log_D);
    if (input.table == static_cast<int>(Input::C) && flops_per_token_param > 0) {
      const NodeId log_k = graph.constant(isoloss::log(flops_per_token_param));
      return on_axis(graph, input, graph.add(log_k, graph.add(log_N, log_D)));
    }
    held_[static_cast<std::size_t>(node.index)] = held_value(law, input, held);
    held_places_[input.column] = {node.index, input.axis == Axis::log};
    return graph.input(node.index);
  });
  program_ = std::make_shared<Program>(std::move(graph), log_loss, 2, num_inputs);
}

const SurfaceProgram::HeldPlace* SurfaceProgram::place_of(const std::string& column) const {
  const auto found = held_places_.find(column);
  return found == held_places_.end() ? nullptr : &found->second;
}

LossSurface::LossSurface(const SurfaceProgram& program, const std::vector<Theta>& thetas,
                         std::size_t begin, std::size_t end)
    : program_(program),
      num_rows_(end - begin),
      num_padded_((num_rows_ + kNumLanes - 1) / kNumLanes * kNumLanes),
      inputs_(program.held().size() * num_padded_),
      value_(num_padded_),
      gradient_(2 * num_padded_) {
  const auto num_inputs = program.held().size();
  for (std::size_t k = 0; k < num_inputs; ++k)
    std::fill_n(inputs_.begin() + static_cast<std::ptrdiff_t>(k * num_padded_), num_padded_,
                program.held()[k]);
  for (int k = 0; k < program.num_theta(); ++k) {
    const auto place = static_cast<std::size_t>(program.place_of_theta() + k) * num_padded_;
    for (std::size_t i = 0; i < num_padded_; ++i)
      inputs_[place + i] = thetas[begin + std::min(i, num_rows_ - 1)][static_cast<std::size_t>(k)];
  }
}

void LossSurface::fill(int place, const std::vector<double>& values) {
  double* own = inputs_.data() + static_cast<std::size_t>(place) * num_padded_;
  for (std::size_t i = 0; i < num_padded_; ++i) own[i] = values[std::min(i, num_rows_ - 1)];
}

void LossSurface::hold(const std::string& column, const std::vector<double>& values) {
  const SurfaceProgram::HeldPlace* held = program_.place_of(column);
  if (held == nullptr) return;
  std::vector<double> own = values;
  if (held->takes_log)
    for (double& value : own) value = isoloss::log(value);
  fill(held->place, own);
}

void LossSurface::evaluate(const std::vector<double>& log_N, const std::vector<double>& log_D,
                           Slopes& out) {
  fill(program_.place_of_N(), log_N);
  fill(program_.place_of_D(), log_D);
  find_slopes(program_.tape(), inputs_, num_rows_, num_padded_, value_, gradient_, out);
}

void find_slopes(const Tape& tape, const AlignedDoubles& inputs, std::size_t num_rows,
                 std::size_t num_padded, AlignedDoubles& value, AlignedDoubles& gradient,
                 Slopes& out) {
  // Nothing is compared with a target: any array will do.
  const RunsView view{inputs.data(), static_cast<int>(num_padded), inputs.data(),
                      inputs.data(), static_cast<int>(num_rows),   static_cast<int>(num_padded)};
  constexpr double kNoOffset[2] = {0, 0};
  tape_passes(simd_level())
      .linearise(tape, view, kNoOffset, thread_room(tape), value.data(), gradient.data());
  for (std::vector<double>* own : {&out.log_L, &out.by_log_N, &out.by_log_D}) own->resize(num_rows);
  for (std::size_t i = 0; i < num_rows; ++i) {
    const double scale = tape.takes_log ? 1 / value[i] : 1;
    out.log_L[i] = detail::predicted(tape, value[i]);
    out.by_log_N[i] = gradient[i] * scale;
    out.by_log_D[i] = gradient[num_padded + i] * scale;
  }
}

}  // namespace isoloss
