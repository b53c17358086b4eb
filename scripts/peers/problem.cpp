#include "problem.h"

#include <fstream>
#include <stdexcept>

Problem read_problem(const std::string& path) {
  std::ifstream file(path);
  std::size_t num_runs = 0;
  std::size_t num_starts = 0;
  Problem problem;
  file >> num_runs >> num_starts >> problem.delta >> problem.best;
  if (!file) throw std::runtime_error("cannot read " + path);
  problem.runs.resize(num_runs);
  problem.starts.resize(num_starts);
  for (Run& run : problem.runs) file >> run.log_N >> run.log_D >> run.log_L;
  for (Theta& start : problem.starts) {
    for (double& x : start) file >> x;
  }
  if (!file) throw std::runtime_error(path + " ends early");
  return problem;
}
