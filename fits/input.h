// The quantities of a run that laws read: THE table of their names, units and axes.

#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#if defined(__CUDACC__)
#define ISOLOSS_HD __host__ __device__
#else
#define ISOLOSS_HD
#endif

namespace isoloss {

enum class Input : int {
  N,       // model size
  D,       // training tokens
  C,       // training compute
  S,       // optimiser steps
  U,       // unique training tokens
  L,       // a loss from which another measure is predicted
  P_w,     // precision of training: weights
  P_a,     //   activations
  P_kv,    //   key-value cache
  P_post,  // precision of the weights after post-training quantisation
  E,       // experts
  G,       // granularity of the experts
  x,       // any one quantity, named with --column x=HEADER
  S_1,     // learning rate summed over the steps so far
  S_2,     // annealing: momentum of the learning rate's decreases, summed over the steps so far
};
inline constexpr int kNumInputs = 15;

// How a law sees an input: its natural log, or the number itself.
enum class Axis { log, linear };

struct InputInfo {
  Input input;
  std::string_view symbol;  // in formulas
  std::string_view column;  // in files
  std::string_view meaning;
  Axis axis;
  // Logs are relative to a mean during a search: to that of this input, so that quantities of one
  // unit keep their ratios.
  Input centred_with;
};

// clang-format off
inline constexpr std::array<InputInfo, kNumInputs> kInputs{{
    {Input::N,      "N",      "params",        "model size, parameters",                      Axis::log,    Input::N},
    {Input::D,      "D",      "tokens",        "training tokens",                             Axis::log,    Input::D},
    {Input::C,      "C",      "flops",         "training compute, FLOP",                      Axis::log,    Input::C},
    {Input::S,      "S",      "steps",         "optimiser steps",                             Axis::log,    Input::S},
    {Input::U,      "U",      "unique_tokens", "unique training tokens",                      Axis::log,    Input::D},
    {Input::L,      "L",      "loss",          "loss, nats per token",                        Axis::linear, Input::L},
    {Input::P_w,    "P_w",    "weight_bits",   "bits of the weights in training",             Axis::linear, Input::P_w},
    {Input::P_a,    "P_a",    "act_bits",      "bits of the activations in training",         Axis::linear, Input::P_a},
    {Input::P_kv,   "P_kv",   "kv_bits",       "bits of the key-value cache in training",     Axis::linear, Input::P_kv},
    {Input::P_post, "P_post", "post_bits",     "bits of the weights after training",          Axis::linear, Input::P_post},
    {Input::E,      "E",      "experts",       "experts",                                     Axis::log,    Input::E},
    {Input::G,      "G",      "granularity",   "granularity of the experts",                  Axis::log,    Input::G},
    {Input::x,      "x",      "x",             "the quantity that grows",                     Axis::log,    Input::x},
    {Input::S_1,    "S_1",    "lr_sum",        "learning rate summed over the steps so far",  Axis::log,    Input::S_1},
    {Input::S_2,    "S_2",    "lr_annealing",  "annealing term of the learning rate",         Axis::linear, Input::S_2},
}};
// clang-format on

// The history of a learning rate as nodes, which stand in no file: host/curves/history.h makes them
// of a schedule. Their Inputs follow those of the table, three a node.
inline constexpr int kHistoryNodes = 24;
inline constexpr int kNumHistoryInputs = 3 * kHistoryNodes;

// Of node 0, 1, ..: by how much the learning rate falls there, on a linear axis, 0 if unused; the
// rate after it; and the rates summed from there to the step.
ISOLOSS_HD constexpr Input lr_gap(int node) { return static_cast<Input>(kNumInputs + 3 * node); }
ISOLOSS_HD constexpr Input lr_node(int node) {
  return static_cast<Input>(kNumInputs + 3 * node + 1);
}
ISOLOSS_HD constexpr Input lr_since(int node) {
  return static_cast<Input>(kNumInputs + 3 * node + 2);
}
constexpr bool is_history(Input input) { return static_cast<int>(input) >= kNumInputs; }

namespace detail {

using NodeName = std::array<char, 12>;

// "lr_gap_07": all of one length.
constexpr std::array<NodeName, kNumHistoryInputs> node_names() {
  constexpr std::string_view kParts[] = {"lr_gap_", "lr_node_", "lr_since_"};
  std::array<NodeName, kNumHistoryInputs> out{};
  for (std::size_t i = 0; i < out.size(); ++i) {
    std::size_t length = 0;
    for (const char c : kParts[i % 3]) out[i][length++] = c;
    out[i][length++] = static_cast<char>('0' + i / 3 / 10);
    out[i][length] = static_cast<char>('0' + i / 3 % 10);
  }
  return out;
}
inline constexpr auto kNodeNames = node_names();

constexpr std::array<InputInfo, kNumHistoryInputs> node_inputs() {
  constexpr std::string_view kMeanings[] = {"fall of the learning rate at a node of its history",
                                            "learning rate after the node",
                                            "learning rate summed from the node to the step"};
  std::array<InputInfo, kNumHistoryInputs> out{};
  for (std::size_t i = 0; i < out.size(); ++i) {
    const auto own = static_cast<Input>(kNumInputs + static_cast<int>(i));
    const std::string_view name(kNodeNames[i].data());
    out[i] = {own, name, name, kMeanings[i % 3], i % 3 == 0 ? Axis::linear : Axis::log, own};
  }
  return out;
}
inline constexpr auto kNodeInputs = node_inputs();

}  // namespace detail

ISOLOSS_HD constexpr const InputInfo& info_of(Input input) {
  const auto place = static_cast<std::size_t>(input);
  return place < kNumInputs ? kInputs[place] : detail::kNodeInputs[place - kNumInputs];
}

// Inputs whose unit no law's parameters take up, with the reason; the boxes and starts of a law
// hold for these numbers as they are.
struct FixedUnit {
  Input input;
  std::string_view reason;
  std::string_view law = "";  // of this one alone; empty: of every law
};
inline constexpr std::array kFixedUnits{
    FixedUnit{Input::L, "a loss is in nats per token, converted on reading"},
    FixedUnit{Input::P_w, "bits are counted"},
    FixedUnit{Input::P_a, "bits are counted"},
    FixedUnit{Input::P_kv, "bits are counted"},
    FixedUnit{Input::P_post, "bits are counted"},
    FixedUnit{Input::E, "experts are counted"},
    FixedUnit{Input::S_2, "sums of learning rates, which are plain numbers"},
    FixedUnit{Input::N, "a_3 N^gamma and its like are searched by their levels at the mean N",
              "farseer"},
    FixedUnit{Input::D, "an exponent of D that moves with N takes up no unit of D", "farseer"},
};

// The reason; empty where the law may take up the unit.
constexpr std::string_view fixed_unit(Input input, std::string_view law) {
  if (is_history(input)) return "learning rates are plain numbers";
  for (const FixedUnit& own : kFixedUnits)
    if (own.input == input && (own.law.empty() || own.law == law)) return own.reason;
  return "";
}

}  // namespace isoloss
