// Passes over the runs that keep a number for each, by a tape on a CPU.

#pragma once

#include "fits/tape_machine.h"

namespace isoloss {

// What the tape predicts of every run, in the target's terms: out has num_padded entries.
template <class T>
void predict_tape(const Tape& tape, const RunsView& runs, const double* theta, const TapeRoom& room,
                  double* out) {
  detail::TapeMachine<T, RunsView> machine(tape, runs, room);
  machine.set_theta(theta);
  for (int i = 0; i < runs.num_padded; i += room.num_groups * kNumLanes) {
    machine.set_block(i);
    machine.find_value();
    for (int g = 0; g < machine.num_groups(); ++g)
      machine.prediction(g).store(out + i + g * kNumLanes);
  }
}

// f and its gradient at every run, f itself also where the tape takes its log.
//
//   value     num_padded entries
//   gradient  num_params x num_padded
template <class T>
void linearise_tape(const Tape& tape, const RunsView& runs, const double* theta,
                    const TapeRoom& room, double* value, double* gradient) {
  detail::TapeMachine<T, RunsView> machine(tape, runs, room);
  machine.set_theta(theta);
  for (int i = 0; i < runs.num_padded; i += room.num_groups * kNumLanes) {
    machine.set_block(i);
    machine.find_value();
    machine.find_gradient();
    for (int g = 0; g < machine.num_groups(); ++g) {
      const int at = i + g * kNumLanes;
      machine.value(g).store(value + at);
      for (int k = 0; k < tape.num_params; ++k)
        machine.gradient(k, g).store(gradient + std::ptrdiff_t{k} * runs.num_padded + at);
    }
  }
}

// The residuals, their gradients and the curvature of their sum.
//
//   psi       slope of each run's loss, num_padded; null: unit * over_factor * huber_psi
//   residual  num_padded
//   gradient  of the residual: num_params x num_padded
//   out       of num_params: grad is sum of weight psi gradient, hess the sum of weight psi times
//             the second derivatives of the residual; the value is not filled in
template <class T>
void curve_tape(const Tape& tape, const RunsView& runs, const double* psi, double delta,
                double unit, const double* theta, const TapeRoom& room, double* residual,
                double* gradient, const EvaluationView& out) {
  detail::TapeMachine<T, RunsView> machine(tape, runs, room);
  machine.set_theta(theta);
  machine.clear_sums();
  for (int i = 0; i < runs.num_padded; i += room.num_groups * kNumLanes) {
    machine.set_block(i);
    machine.find_value();
    machine.set_slopes(psi, T(delta), T(unit), residual);
    machine.find_gradient();
    machine.add_gradients(false);
    for (int g = 0; g < machine.num_groups(); ++g)
      for (int k = 0; k < tape.num_params; ++k)
        machine.kept_gradient(k, g).store(gradient + std::ptrdiff_t{k} * runs.num_padded + i +
                                          g * kNumLanes);
    machine.add_second_derivatives();
  }
  machine.finish(out);
}

}  // namespace isoloss
