#include "host/simd/kink_finish.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "fits/kinks/face.h"
#include "fits/polish.h"
#include "host/base/aligned.h"
#include "host/base/stop.h"

namespace isoloss {
namespace {

// A slope of -1 or 1 from Huber's psi.
constexpr double kSignDelta = 1e-300;

// Memory of a thread, which grows with the largest problem that it has met.
struct Scratch {
  AlignedDoubles numbers;
  std::vector<KinkBreak> breaks;

  void fill(const RunsView& runs, int num_params, KinkMemory& memory) {
    const auto num = static_cast<std::size_t>(runs.num_padded);
    const std::size_t num_arrays = 5 + 3 * (1 + static_cast<std::size_t>(num_params));
    if (numbers.size() < num_arrays * num) numbers.resize(num_arrays * num);
    if (breaks.size() < 3 * num) breaks.resize(3 * num);
    double* next = numbers.data();
    const auto take = [&](std::size_t arrays) {
      double* own = next;
      next += arrays * num;
      return own;
    };
    for (KinkPoint& point : memory.point) {
      point.residual = take(1);
      point.gradient = take(static_cast<std::size_t>(num_params));
    }
    for (double** own : {&memory.y, &memory.trial_y, &memory.moved, &memory.rate, &memory.shifted})
      *own = take(1);
    memory.breaks = breaks.data();
  }
};

// One pass over the runs by the tape.
struct TapePass {
  const Tape& tape;
  const RunsView& runs;
  const KinkLoss& loss;
  const Elimination* eliminated;

  // theta is the point's own.
  void operator()(const double* theta, const double* y, KinkPoint& out) const {
    throw_if_stopped();
    if (eliminated != nullptr && !eliminated->complete(out.theta)) return leave_out(out);
    const double delta = loss.is_absolute ? kSignDelta : loss.zone.delta;
    const double unit = loss.is_absolute ? 1 / kSignDelta : 1;
    double unused = 0;
    const EvaluationView sums{tape.num_params, &unused, out.slope, out.curvature,
                              nullptr,         nullptr, nullptr};
    tape_passes(simd_level())
        .curve(tape, runs, y, delta, unit, theta, thread_room(tape), out.residual, out.gradient,
               sums);
    if (eliminated != nullptr) eliminate(*eliminated, tape.num_params, runs.num_padded, out);
  }

 private:
  // A point outside of what can be: no step goes there.
  void leave_out(KinkPoint& out) const {
    std::fill_n(out.residual, runs.num_padded, NAN);
    std::fill_n(out.gradient, tape.num_params * runs.num_padded, 0.0);
    std::fill_n(out.curvature, num_packed(tape.num_params), 0.0);
    std::fill_n(out.slope, tape.num_params, 0.0);
  }
};

// The box in which what is eliminated is no parameter.
Box box_without(const Elimination* eliminated, const double* theta, Box box) {
  if (eliminated == nullptr) return box;
  const int own = eliminated->param();
  box.bounds[own] = {theta[own], theta[own]};
  box.is_log[own] = false;
  return box;
}

class Finisher {
 public:
  Finisher(const LawKernels& kernels, const RunsView& runs, const ResidualLoss& rho, const Box& box,
           const Elimination* eliminated)
      : loss_{rho.kind == ResidualKind::absolute, {rho.huber_delta, rho.over_penalty}},
        params_{box.bounds, box.is_log, is_weight_, kernels.tape->num_params},
        runs_(runs),
        pass_{*kernels.tape, runs, loss_, eliminated} {
    thread_local Scratch scratch;
    scratch.fill(runs, params_.num, memory_);
    for (int k = 0; k < kMaxParams; ++k)
      is_weight_[k] = box.is_log[k] && (kernels.weights >> k & 1u) != 0;
    out_.box = box;
  }

  KinkFit finish(const double* theta, int most_passes) {
    run(theta, most_passes);
    zero_vanished(most_passes);
    KinkProof proof = prove();
    if (proof.gradient_is_zero && !proof.positive_definite && proof.is_linear) move_on_face(proof);
    std::copy_n(end_.theta, params_.num, out_.theta.begin());
    out_.objective = value_;
    out_.scaled_gradient = proof.scaled_gradient;
    out_.gradient_is_zero = proof.gradient_is_zero;
    out_.positive_definite = proof.positive_definite;
    for (int k = 0; k < params_.num; ++k)
      if (proof.vanished[k]) out_.box.bounds[k] = {end_.theta[k], end_.theta[k]};
    return out_;
  }

 private:
  void run(const double* theta, int most_passes) {
    KinkFinish<TapePass> finish(pass_, loss_, params_, runs_.weight, runs_.num_padded, memory_);
    double from[kMaxParams];
    for (int k = 0; k < params_.num; ++k)
      from[k] = std::clamp(theta[k], params_.bounds[k].lower, params_.bounds[k].upper);
    finish.run(from, most_passes);
    total_weight_ = finish.total_weight();
    end_ = finish.at();
    value_ = end_.value;
  }

  KinkRows rows() const {
    return {end_.residual, end_.gradient, runs_.weight, runs_.num_padded, params_.num};
  }

  // The law and its curvature at a point, for the multipliers kept.
  double evaluate(const double* theta) {
    std::copy_n(theta, params_.num, end_.theta);
    pass_(end_.theta, memory_.y, end_);
    end_.value = loss_.sum(rows(), end_.residual);
    if (loss_.is_absolute) return end_.value;
    for (int i = 0; i < runs_.num_padded; ++i) memory_.y[i] = loss_.slope(end_.residual[i]);
    return end_.value;
  }

  // A vanished weight goes to its lower bound, as fits/polish.h has it.
  void zero_vanished(int most_passes) {
    double theta[kMaxParams];
    bool any = false;
    for (int k = 0; k < params_.num; ++k) {
      const double* own = rows().gradient_of(k);
      const double reach = sum_over_rows(
          runs_.num_padded, [&](int i) { return runs_.weight[i] * std::fabs(own[i]); });
      const bool vanished = params_.is_log[k] && end_.theta[k] > params_.bounds[k].lower &&
                            reach < KinkCoordinates::kNoEffect * total_weight_;
      theta[k] = vanished ? params_.bounds[k].lower : end_.theta[k];
      any |= vanished;
    }
    if (!any) return;
    const KinkPoint before = end_;
    double kept[kMaxParams];
    std::copy_n(end_.theta, params_.num, kept);
    run(theta, most_passes);
    if (!no_higher(value_, before.value)) run(kept, most_passes);
  }

  KinkProof prove() {
    double theta[kMaxParams];
    std::copy_n(end_.theta, params_.num, theta);
    value_ = evaluate(theta);
    const double exact = loss_.is_absolute ? 4 * kResidualNoise * total_weight_ : kExactObjective;
    const bool is_exact = value_ <= exact;  // nothing is lower than zero
    if (is_exact && loss_.is_absolute) {
      std::fill_n(memory_.y, runs_.num_padded, 0.0);
      value_ = evaluate(theta);
    }
    const KinkEnd end{rows(), end_.curvature, end_.theta, value_, total_weight_, memory_.y};
    KinkProof proof = prove_kinks(end, loss_, params_);
    proof.gradient_is_zero |= is_exact;
    return proof;
  }

  // To the canonical point of the face, if the objective is level up to there.
  void move_on_face(KinkProof& proof) {
    const KinkEnd end{rows(), end_.curvature, end_.theta, value_, total_weight_, memory_.y};
    const KinkFace face = find_face(end, loss_, params_, proof, memory_.moved, memory_.rate);
    if (face.is_endless) return;
    proof.positive_definite = !face.is_wide;
    out_.flat = face.is_wide;
    if (!face.is_wide) return;
    std::copy_n(face.width, params_.num, out_.face_width.begin());
    double from[kMaxParams];
    double theta[kMaxParams];
    std::copy_n(end_.theta, params_.num, from);
    for (int k = 0; k < params_.num; ++k)
      theta[k] =
          std::clamp(from[k] + face.step[k], params_.bounds[k].lower, params_.bounds[k].upper);
    const double moved = evaluate(theta);
    value_ = no_higher(moved, value_) ? moved : evaluate(from);
  }

  const KinkLoss loss_;
  bool is_weight_[kMaxParams];
  const KinkParams params_;
  const RunsView& runs_;
  TapePass pass_;
  KinkMemory memory_;
  KinkPoint end_;
  double value_ = 0;
  double total_weight_ = 0;
  KinkFit out_;
};

}  // namespace

KinkFit finish_at_kinks(const LawKernels& kernels, const RunsView& runs, const ResidualLoss& rho,
                        const double* theta, const Box& box, int most_passes,
                        const Elimination* eliminated) {
  const Box own = box_without(eliminated, theta, box);
  return Finisher(kernels, runs, rho, own, eliminated).finish(theta, most_passes);
}

}  // namespace isoloss
