// What laws of training curves read, against sums written out.

#include "host/curves/features.h"

#include <cmath>
#include <numeric>

#include "host/curves/gauss_rule.h"
#include "host/curves/history.h"
#include "host/laws/registry.h"
#include "host/reading/curve_inputs.h"
#include "host/reading/read_runs.h"
#include "tests/catch.h"
#include "tests/reading.h"
#include "tests/tolerance.h"

namespace isoloss {
namespace {

const std::string kCurves = ISOLOSS_SOURCE "/datasets/lr_schedule_curves_100m.csv";
const std::string kSchedulesOfCurves = ISOLOSS_SOURCE "/datasets/lr_schedules.toml";

// sum of gap G(lr^-gamma since), G(x) = 1 - (1 + C x)^-beta: Luo et al. 2025, equation 3.
double gain(const std::vector<HistoryNode>& nodes, double C, double beta, double gamma) {
  double sum = 0;
  for (const HistoryNode& node : nodes)
    sum += node.gap * (1 - std::pow(1 + C * std::pow(node.lr, -gamma) * node.since, -beta));
  return sum;
}

ReadOptions options_of(std::vector<InputColumn> inputs) {
  ReadOptions options;
  options.inputs = std::move(inputs);
  return options;
}

}  // namespace

TEST_CASE("Sums of a learning rate are those of the definitions") {
  const Rates rates{0, 0.5, 1, 1, 0.75, 0.75, 0.25, 0.5};
  const std::vector<long> steps{7, 0, 3, 5};
  CHECK(lr_sums(rates, steps) == Numbers{4.75, 0, 2.5, 4});
  // Momentum one half: m = 0 0 0 0 1/4 1/8 9/16 1/32, where the rise to step 2 adds nothing.
  CHECK(lr_annealing(rates, steps, 0.5) == Numbers{0.96875, 0, 0, 0.375});
}

TEST_CASE("The schedules give the sums that the data set was published with") {
  ReadOptions options = options_of({{"lr_sum"}, {"lr_annealing", false}});
  const RunTable read = read_runs(kCurves, options);
  options.schedule[""] = kSchedulesOfCurves;
  const RunTable computed = read_runs(kCurves, options);
  REQUIRE(computed.num_runs() == read.num_runs());
  for (std::size_t i = 0; i < read.num_runs(); ++i) {
    const double sum = read.values_of("lr_sum")[i];
    CHECK(std::fabs(computed.values_of("lr_sum")[i] - sum) <= tolerance::kPrintedSum * sum);
    CHECK(std::fabs(computed.values_of("lr_annealing")[i] - read.values_of("lr_annealing")[i]) <=
          tolerance::kPrintedAnnealing);
  }
}

TEST_CASE("Without a schedule the logged rates are joined, and a warning says so") {
  const std::string file = "run,step,lr,loss\na,2,1,3\na,4,0.5,2\nb,0,1,4\nb,1,1,3\n";
  const RunTable table = parse(file, options_of({{"lr_sum"}}));
  CHECK(table.values_of("lr_sum") == Numbers{3, 4.25, 1, 2});
  CHECK(warning(table, "lr_between_rows").find("2 steps apart") != std::string::npos);
  ReadOptions options = options_of({{"lr_sum"}});
  options.where = "loss < 2.5";
  CHECK(parse(file, options).values_of("lr_sum") == Numbers{4.25});
  CHECK(warning(parse("step,lr,loss\n0,1,3\n1,1,2\n", options_of({{"lr_sum"}})),
                "lr_between_rows") == "none");
}

TEST_CASE("A file that cannot tell the learning rate is refused") {
  const auto refused_with = [](const std::string& file, std::vector<InputColumn> inputs,
                               const std::string& schedule) {
    ReadOptions options = options_of(std::move(inputs));
    if (!schedule.empty()) options.schedule[""] = schedule;
    return refused(file, options);
  };
  const std::vector<InputColumn> node{{"lr_gap_00", false}}, sum{{"lr_sum"}};
  const auto contains = [](const std::string& text, const char* part) {
    return text.find(part) != std::string::npos;
  };
  CHECK(contains(refused_with("step,loss\n1,3\n", node, ""), "--schedule"));
  CHECK(contains(refused_with("step,loss\n1,3\n", sum, ""), "lr_sum"));
  CHECK(contains(refused_with("step,loss\n3,3\n", sum, "constant:peak=1,total=2"), "beyond"));
  CHECK(contains(refused_with("step,loss\n0,3\n", sum, "linear:peak=1,warmup=1,total=2"),
                 "0 up to step 0"));
  CHECK(contains(refused_with("step,loss\n0.5,3\n", sum, "constant:peak=1,total=2"), "0.5"));
  CHECK(contains(refused_with("step,lr,loss\n1,1,3\n1,2,3\n", sum, ""), "two learning rates"));
}

TEST_CASE("A Gauss rule has the moments of its points") {
  std::vector<WeightedPoint> points;
  for (int i = 0; i < 40; ++i) points.push_back({std::sqrt(i), 1 + std::sin(i)});
  for (const int num : {1, 3, 8, 16}) {
    const std::vector<WeightedPoint> rule = gauss_rule(points, num);
    REQUIRE(rule.size() == static_cast<std::size_t>(num));
    for (int power = 0; power < 2 * num; ++power) {
      const auto moment = [&](const std::vector<WeightedPoint>& of) {
        double sum = 0;
        for (const WeightedPoint& own : of) sum += own.weight * std::pow(own.at / 6.3, power);
        return sum;
      };
      CHECK(std::fabs(moment(rule) - moment(points)) <= tolerance::kQuadrature * moment(points));
    }
  }
  CHECK(gauss_rule(points, 40).size() == 40);
}

TEST_CASE("Few nodes give the sum over every step, whatever the law's parameters") {
  const std::pair<const char*, double> schedules[] = {
      {"cosine:peak=3e-4,min=3e-5,warmup=2160,total=24000", tolerance::kHistory},
      {"wsd:peak=3e-4,min=3e-5,warmup=2160,decay_start=20000,total=24000,decay=exp",
       tolerance::kHistory},
      {"two-stage:peak=3e-4,second=9e-5,warmup=2160,switch=8000,total=16000", tolerance::kHistory},
      {"linear:peak=3e-4,warmup=100,total=10000", tolerance::kHistory},
      {"wsd:peak=3e-4,min=3e-5,warmup=2160,decay_start=20000,total=24000,decay=sqrt",
       tolerance::kHistoryOfRoot}};
  const double params[][3] = {{2.07, 0.583, 0.641},
                              {0.38, 0.113, 0.895},
                              {300, 0.33, 0.01},
                              {0.003, 1.1, 0.96},
                              {0.08, 1.8, 0.56}};  // C, beta, gamma
  for (const auto& [text, bound] : schedules) {
    INFO(text);
    const HistoryTree tree(rates_of(parse_stages(text)));
    for (const long step : {30L, 600L, 2159L, 2161L, 7999L, 8001L, 9900L, 20100L, 23990L}) {
      if (step > 9999 && std::string(text).find("total=24000") == std::string::npos) continue;
      const History history = tree.at(step, kHistoryNodes);
      CHECK(history.nodes.size() <= kHistoryNodes);
      for (const auto& [C, beta, gamma] : params)
        CHECK(std::fabs(gain(history.nodes, C, beta, gamma) -
                        gain(tree.exact(step), C, beta, gamma)) <= bound * tolerance::kHistoryGain);
    }
  }
}

TEST_CASE("A learning rate in more jumps than nodes says how much it leaves out") {
  Rates rates;
  for (int cycle = 0; cycle < 40; ++cycle)
    rates.insert(rates.end(), 50, cycle % 2 == 0 ? 3e-4 : 1e-4);
  CHECK(HistoryTree(rates).at(1999, kHistoryNodes).error > 0.01);
  CHECK(HistoryTree(rates).at(499, kHistoryNodes).error <= tolerance::kHistory);
}

TEST_CASE("The law of Luo et al. 2025 gives the losses that its authors' code gives") {
  // Their constants of the 400M model, and its predictions to the printed digits. Their warm-up
  // reaches the peak at its last step, one before ours.
  const double shown[] = {2.37474466, 0.65421216, 0.42878731, 523.42464371,
                          2.02462735, 0.59350493, 0.63472457};
  const std::vector<Stage> warm_up{{StageShape::linear, 0, 3e-4, 2159},
                                   {StageShape::constant, 3e-4, 3e-4, 2160}};
  struct Key {
    Stage last;
    long step;
    double loss;
  };
  const Key keys[] = {{{StageShape::cosine, 3e-4, 3e-5, 24000}, 23920, 2.757200},
                      {{StageShape::constant, 3e-4, 3e-4, 24000}, 23936, 2.817176},
                      {{StageShape::constant, 3e-4, 3e-4, 72000}, 71936, 2.707595}};
  const LawEntry& law = find_law("multi_power");
  Theta theta{};
  for (int k = 0; k < law.num_params(); ++k)
    theta[static_cast<std::size_t>(k)] = law.is_log(k) ? std::log(shown[k]) : shown[k];
  std::vector<std::string> names;
  for (const LawInput& input : law.inputs) names.push_back(input.column);
  for (const Key& key : keys) {
    INFO(key.step);
    std::vector<Stage> stages = warm_up;
    stages.push_back(key.last);
    double error = 0;
    const auto values = curve_values(names, rates_of(stages), {key.step}, error);
    std::vector<double> inputs;
    for (const LawInput& input : law.inputs) {
      const double value = values.at(input.column)[0];
      inputs.push_back(input.axis == Axis::log ? std::log(value) : value);
    }
    CHECK(std::fabs(law.predict(theta, inputs) - key.loss) <= tolerance::kSixDecimals);
  }
}

}  // namespace isoloss
