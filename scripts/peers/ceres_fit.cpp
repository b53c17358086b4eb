#include <ceres/ceres.h>
#include <ceres/tiny_solver.h>

#include "fits.h"

namespace {

class RunResidual final : public ceres::SizedCostFunction<1, num_params> {
 public:
  explicit RunResidual(const Run& run) : run_(run) {}
  bool Evaluate(double const* const* parameters, double* residuals,
                double** jacobians) const override {
    residuals[0] = residual(parameters[0], run_, jacobians ? jacobians[0] : nullptr);
    return true;
  }

 private:
  Run run_;
};

// Residuals sign(r) sqrt(2 huber(r)): half their squares sum to the objective.
struct RootHuberResiduals {
  using Scalar = double;
  enum { NUM_RESIDUALS = Eigen::Dynamic, NUM_PARAMETERS = num_params };
  const Problem& problem;

  int NumResiduals() const { return static_cast<int>(problem.runs.size()); }

  bool operator()(const double* theta, double* residuals, double* jacobian) const {
    const int num_runs = NumResiduals();
    double derivatives[num_params];
    for (int row = 0; row < num_runs; ++row) {
      const double r = residual(theta, problem.runs[row], jacobian ? derivatives : nullptr);
      const double root = std::sqrt(2 * huber(r, problem.delta));
      residuals[row] = std::copysign(root, r);
      if (!jacobian) continue;
      const double slope = std::fabs(r) <= problem.delta ? 1 : problem.delta / root;
      for (int i = 0; i < num_params; ++i) jacobian[i * num_runs + row] = slope * derivatives[i];
    }
    return true;
  }
};

}  // namespace

void ceres_fit(const Problem& problem, Theta& theta) {
  ceres::Problem least_squares;
  for (const Run& run : problem.runs) {
    least_squares.AddResidualBlock(new RunResidual(run), new ceres::HuberLoss(problem.delta),
                                   theta.data());
  }
  ceres::Solver::Options options;
  options.linear_solver_type = ceres::DENSE_QR;
  options.max_num_iterations = 1000;
  options.function_tolerance = 1e-15;
  options.gradient_tolerance = 1e-14;
  options.parameter_tolerance = 1e-14;
  options.logging_type = ceres::SILENT;
  ceres::Solver::Summary summary;
  ceres::Solve(options, &least_squares, &summary);
}

void tiny_solver_fit(const Problem& problem, Theta& theta) {
  const RootHuberResiduals residuals{problem};
  ceres::TinySolver<RootHuberResiduals> solver;
  solver.options.max_num_iterations = 1000;
  solver.options.gradient_tolerance = 1e-14;
  solver.options.parameter_tolerance = 1e-14;
  Eigen::Matrix<double, num_params, 1> x(theta.data());
  solver.Solve(residuals, &x);
  std::copy_n(x.data(), int{num_params}, theta.data());
}
