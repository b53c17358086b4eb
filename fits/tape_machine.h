// Runs a tape: the objective of any law, its gradient and Hessian, for runs in lanes.
//
// An instruction is carried out for a block of runs before the next is looked at, so that looking
// costs little. Each sum over runs is kept in eight lanes and takes the runs in order, as
// fits/objective.h does: the same bits in lanes of any width and on a GPU, where a thread is a lane
// and a block is one group of eight runs.

#pragma once

#include <cmath>

#include "fits/evaluation.h"
#include "fits/tape.h"
#include "fits/tape_ops.h"

namespace isoloss {

// Most groups of eight runs in a block. A block of a large tape has fewer: its numbers should stay
// in a processor's near caches.
inline constexpr int kTapeGroups = 32;

// Where a machine keeps its numbers. On a CPU a slot is a block of runs, `stride` doubles from the
// next, and a sum is eight lanes; a GPU's thread has one double of each.
struct TapeRoom {
  double* slots;    // num_tape_slots(tape)
  int slot_stride;  // doubles
  double* sums;     // num_tape_sums(num_params)
  int sum_stride;
  int num_groups = 1;  // of eight runs, in a block: at most kTapeGroups
};

namespace detail {

// Slots behind the uniforms and registers.
enum TapeSlot : int { kSlope, kExcess, kScaledSlope, kGradient };

// Sums in order: the value, the gradient, its scales, the reaches, and the two parts of the
// Hessian, outer products and second derivatives, which are told apart so that each sum takes the
// runs in order however many are in a block.
struct TapeSums {
  int num_params;
  ISOLOSS_HD constexpr int grad(int k) const { return 1 + k; }
  ISOLOSS_HD constexpr int grad_scale(int k) const { return 1 + num_params + k; }
  ISOLOSS_HD constexpr int reach(int k) const { return 1 + 2 * num_params + k; }
  ISOLOSS_HD constexpr int outer(int place) const { return 1 + 3 * num_params + place; }
  ISOLOSS_HD constexpr int second(int place) const { return outer(num_packed(num_params)) + place; }
  ISOLOSS_HD constexpr int num() const { return second(num_packed(num_params)); }
};

// f in the target's terms.
template <class T>
ISOLOSS_HD T predicted(const Tape& tape, const T& f) {
  return tape.takes_log ? checked_log(f) : f;
}

// One evaluation of a tape.
template <class T, class Runs>
class TapeMachine {
 public:
  ISOLOSS_HD TapeMachine(const Tape& tape, const Runs& runs, const TapeRoom& room)
      : tape_(tape), runs_(runs), room_(room), sums_{tape.num_params} {}

  // Fills the uniforms in.
  ISOLOSS_HD void set_theta(const double* theta) {
    const int num_params = tape_.num_params;
    for (int k = 0; k < num_params; ++k) T(theta[k]).store(slot(k));
    for (int k = 0; k < tape_.num_constants; ++k) T(tape_.constants[k]).store(slot(num_params + k));
    for (int j = 0; j < tape_.num_prologue; ++j) {
      const Instruction& own = tape_.prologue[j];
      carry_out<T>(own.op, 1, source(own.a, 0), source(own.b, 0), source(own.c, 0), slot(own.out));
    }
  }

  // The block of runs from i on.
  ISOLOSS_HD void set_block(int i) {
    begin_ = i;
    if constexpr (kIsBlocked<T>) {
      const int left = (runs_.num_padded - i) / kNumLanes;
      num_groups_ = left < room_.num_groups ? left : room_.num_groups;
    }
  }
  ISOLOSS_HD int num_groups() const { return kIsBlocked<T> ? num_groups_ : 1; }

  ISOLOSS_HD void find_value() { carry_out_range(0, tape_.value_end); }
  ISOLOSS_HD void find_gradient() { carry_out_range(tape_.value_end, tape_.grad_end); }
  // f and its derivative by theta[k] at a group of the block.
  ISOLOSS_HD T value(int g) const { return load(source(tape_.value, begin_), g); }
  // What the law says of a group, in the target's terms.
  ISOLOSS_HD T prediction(int g) const { return predicted(tape_, value(g)); }
  ISOLOSS_HD T gradient(int k, int g) const { return load(source(tape_.grad[k], begin_), g); }

  ISOLOSS_HD void clear_sums() {
    for (int s = 0; s < sums_.num(); ++s) T(0.0).store(sum(s));
  }

  // Residuals of the block: adds to the objective and keeps what derivatives are multiplied by.
  ISOLOSS_HD void add_values(const T& delta) {
    T total = T::load(sum(0));
    const Source values = source(tape_.value, begin_);
    for (int g = 0; g < num_groups(); ++g) {
      const T f = load(values, g);
      const RunFactors<T> factors =
          run_factors(predicted(tape_, f), runs_, begin_ + g * kNumLanes, delta);
      total = total + factors.value;
      const T inverse = tape_.takes_log ? T(1.0) / f : T(1.0);
      factors.slope.store(work(kSlope, g));
      (tape_.takes_log ? factors.curvature - factors.slope : factors.curvature)
          .store(work(kExcess, g));
      (factors.slope * inverse).store(work(kScaledSlope, g));
      inverse.store(work(inverse_slot(), g));
    }
    total.store(sum(0));
  }

  // Whether the objective exceeds a ceiling after the runs so far: no other lowers it. Not asked of
  // a GPU's thread, whose blocks are too short to pay for it.
  ISOLOSS_HD bool exceeds(double ceiling) const { return kIsBlocked<T> && total(0) > ceiling; }

  // The same with the slopes given: psi of each run, or where that is null the loss's times `unit`.
  // The sums of second derivatives are then those of weight * psi * residual. Keeps the residuals.
  ISOLOSS_HD void set_slopes(const double* psi, const T& delta, const T& unit, double* residual) {
    const Source values = source(tape_.value, begin_);
    for (int g = 0; g < num_groups(); ++g) {
      const int at = begin_ + g * kNumLanes;
      const T f = load(values, g);
      const T r = predicted(tape_, f) - T::load(runs_.target_at(at));
      const T own = psi != nullptr ? T::load(psi + at)
                                   : unit * (over_factor(r, T(runs_.over())) * huber_psi(r, delta));
      const T slope = runs_.template weight_of<T>(at) * own;
      const T inverse = tape_.takes_log ? T(1.0) / f : T(1.0);
      r.store(residual + at);
      slope.store(work(kSlope, g));
      (tape_.takes_log ? -slope : T(0.0)).store(work(kExcess, g));
      (slope * inverse).store(work(kScaledSlope, g));
      inverse.store(work(inverse_slot(), g));
    }
  }
  // Of the prediction by theta[k], as add_gradients has kept it.
  ISOLOSS_HD T kept_gradient(int k, int g) const { return T::load(work(kGradient + k, g)); }

  // The gradient of the prediction, kept for the outer products; then its sums.
  ISOLOSS_HD void add_gradients(bool with_scale) {
    for (int k = 0; k < tape_.num_params; ++k) {
      const Source from = source(tape_.grad[k], begin_);
      T total = T::load(sum(sums_.grad(k)));
      for (int g = 0; g < num_groups(); ++g) {
        const T own =
            tape_.takes_log ? load(from, g) * T::load(work(inverse_slot(), g)) : load(from, g);
        own.store(work(kGradient + k, g));
        total = fma(T::load(work(kSlope, g)), own, total);
      }
      total.store(sum(sums_.grad(k)));
      if (with_scale) add_scales(k);
    }
    add_outer_products();
  }

  // The rest of the tape: second derivatives of f.
  ISOLOSS_HD void add_second_derivatives() {
    for (int j = tape_.grad_end; j < tape_.num_body; ++j) {
      const Instruction& own = tape_.body[j];
      if (!is_for_hessian(own.op)) {
        carry_out_one(own);
        continue;
      }
      const Source from = source(own.a, begin_);
      const T sign(own.op == Op::add_to_hessian ? 1.0 : -1.0);
      T total = T::load(sum(sums_.second(own.out)));
      for (int g = 0; g < num_groups(); ++g)
        total = fma(sign * T::load(work(kScaledSlope, g)), load(from, g), total);
      total.store(sum(sums_.second(own.out)));
    }
  }

  // Adds the lanes up; what `out` has beyond the tape's parameters is zero.
  ISOLOSS_HD void finish(const EvaluationView& out) const {
    const int num = tape_.num_params;
    set<T>(*out.value, total(0));
    for (int k = 0; k < out.size; ++k) {
      set<T>(out.grad[k], k < num ? total(sums_.grad(k)) : 0);
      if (out.grad_scale == nullptr) continue;
      set<T>(out.grad_scale[k], k < num ? total(sums_.grad_scale(k)) : 0);
      set<T>(out.reach[k], k < num ? total(sums_.reach(k)) : 0);
    }
    for (int place = 0; place < num_packed(out.size); ++place)
      set<T>(out.hess[place], place < num_packed(num) ? hessian(place) : 0);
  }

 private:
  ISOLOSS_HD double* slot(int index) const {
    return room_.slots + static_cast<std::ptrdiff_t>(index) * room_.slot_stride;
  }
  ISOLOSS_HD double* work(int index, int g) const {
    return slot(tape_.num_uniforms + tape_.num_registers + index) + g * kNumLanes;
  }
  ISOLOSS_HD int inverse_slot() const { return kGradient + tape_.num_params; }
  ISOLOSS_HD double* sum(int index) const {
    return room_.sums + static_cast<std::ptrdiff_t>(index) * room_.sum_stride;
  }
  ISOLOSS_HD double total(int index) const { return sum_of_lanes(T::load(sum(index))); }
  ISOLOSS_HD double hessian(int place) const {
    return sum_of_lanes(T::load(sum(sums_.outer(place))) + T::load(sum(sums_.second(place))));
  }
  ISOLOSS_HD static T load(const Source& from, int g) { return T::load(from.at + g * from.step); }

  ISOLOSS_HD Source source(const Operand& operand, int i) const {
    if (operand.storage == Storage::uniform) return {slot(operand.index), 0};
    if (operand.storage == Storage::input) return {runs_.input_at(operand.index, i), kNumLanes};
    return {slot(tape_.num_uniforms + operand.index), kNumLanes};
  }

  ISOLOSS_HD void carry_out_one(const Instruction& own) {
    carry_out<T>(own.op, num_groups(), source(own.a, begin_), source(own.b, begin_),
                 source(own.c, begin_), slot(tape_.num_uniforms + own.out));
  }
  ISOLOSS_HD void carry_out_range(int first, int last) {
    for (int j = first; j < last; ++j) carry_out_one(tape_.body[j]);
  }

  ISOLOSS_HD void add_scales(int k) {
    T size = T::load(sum(sums_.grad_scale(k)));
    T reach = T::load(sum(sums_.reach(k)));
    for (int g = 0; g < num_groups(); ++g) {
      const T own = T::load(work(kGradient + k, g));
      size = size + absolute(T::load(work(kSlope, g)) * own);
      reach = reach + absolute(runs_.template weight_of<T>(begin_ + g * kNumLanes) * own);
    }
    size.store(sum(sums_.grad_scale(k)));
    reach.store(sum(sums_.reach(k)));
  }

  ISOLOSS_HD void add_outer_products() {
    for (int k = 0; k < tape_.num_params; ++k) {
      int l = 0;
      if constexpr (kIsBlocked<T>)
        for (; l + 4 <= k + 1; l += 4) add_products<4>(k, l);
      for (; l <= k; ++l) add_products<1>(k, l);
    }
  }

  // Several sums at once: each waits for its own last addition.
  template <int num>
  ISOLOSS_HD void add_products(int k, int l) {
    T total[num];
    unrolled<num>([&](auto j) { total[j] = T::load(sum(sums_.outer(packed(k, l + j)))); });
    for (int g = 0; g < num_groups(); ++g) {
      const T own = T::load(work(kExcess, g)) * T::load(work(kGradient + k, g));
      unrolled<num>(
          [&](auto j) { total[j] = fma(own, T::load(work(kGradient + l + j, g)), total[j]); });
    }
    unrolled<num>([&](auto j) { total[j].store(sum(sums_.outer(packed(k, l + j)))); });
  }

  const Tape& tape_;
  const Runs& runs_;
  const TapeRoom room_;
  const TapeSums sums_;
  int begin_ = 0;
  int num_groups_ = 0;
};

}  // namespace detail

// Slots and sums that a tape's machine needs.
ISOLOSS_HD inline int num_tape_slots(const Tape& tape) {
  return tape.num_uniforms + tape.num_registers + detail::kGradient + tape.num_params + 1;
}
ISOLOSS_HD constexpr int num_tape_sums(int num_params) {
  return detail::TapeSums{num_params}.num();
}

// f, gradient and Hessian of the objective at theta, as evaluate() of fits/objective.h; the scales
// too where `out` has room for them.
//
//   out      of at least the tape's num_params; entries beyond are zero
//   ceiling  where the objective lies above it, all that `out` tells is a value above it
//   cost     one pass over the runs: every instruction, and num_params^2 operations for the sums
template <class T, class Runs>
ISOLOSS_HD void evaluate_tape(const Tape& tape, const Runs& runs, double delta, const double* theta,
                              const TapeRoom& room, const EvaluationView& out,
                              double ceiling = INFINITY) {
  const bool with_scale = out.weight != nullptr;
  if (with_scale) detail::set<T>(*out.weight, detail::total_weight<T>(runs));
  detail::TapeMachine<T, Runs> machine(tape, runs, room);
  machine.set_theta(theta);
  machine.clear_sums();
  for (int i = 0; i < runs.num_padded; i += room.num_groups * kNumLanes) {
    machine.set_block(i);
    machine.find_value();
    machine.add_values(T(delta));
    if (machine.exceeds(ceiling)) break;
    machine.find_gradient();
    machine.add_gradients(with_scale);
    machine.add_second_derivatives();
  }
  machine.finish(out);
}

}  // namespace isoloss
