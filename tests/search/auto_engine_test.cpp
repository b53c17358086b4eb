// --device auto with engines and a clock made up: when it goes on with a device, and what it does
// with one that fails.

#include "host/search/auto_engine.h"

#include <algorithm>
#include <vector>

#include "cuda/device_error.h"
#include "tests/catch.h"

namespace isoloss {
namespace {

constexpr int kPasses = 10;  // of each fit
constexpr int kRunsOfAll = 240;

// Marks what it searched, and takes its time on the test's clock.
class FakeEngine : public SearchEngine {
 public:
  FakeEngine(std::string name, int mark, double seconds_a_fit, double& clock)
      : name_(std::move(name)), mark_(mark), seconds_a_fit_(seconds_a_fit), clock_(clock) {}

  std::string_view name() const override { return name_; }
  int preferred_batch() const override { return mark_; }
  PairCell best_pair(const PairScreen&) override { return {mark_, mark_, 0}; }
  void search(const SearchRequest& request, Candidate* out) override {
    if (fits_until_failure >= 0 && (fits_until_failure -= num_of(request)) < 0) {
      out[0].num_started = -1;  // half done
      throw DeviceError("the fan fell off");
    }
    clock_ += seconds_a_fit_ * num_of(request);
    for (int i = 0; i < num_of(request); ++i) {
      out[i].num_started = mark_;
      out[i].num_evaluations = kPasses;
    }
  }

  int fits_until_failure = -1;  // none

 private:
  static int num_of(const SearchRequest& request) { return request.resampling.num_problems(); }

  const std::string name_;
  const int mark_;
  const double seconds_a_fit_;
  double& clock_;
};

constexpr int kOnCpu = 1, kOnDevice = 2;

struct Bench {
  double clock = 0;
  int num_started = 0;          // devices
  int fits_until_failure = -1;  // of the device
  bool starts = true;

  // A CPU of so many seconds a fit; the device does 1e9 passes a second and starts in one.
  AutoEngine engine(double seconds_a_fit, double num_fits) {
    return AutoEngine({std::make_unique<FakeEngine>("cpu", kOnCpu, seconds_a_fit, clock),
                       [this] { return start(); },
                       {1, 2, 1e9},
                       "a card",
                       num_fits,
                       [this] { return clock; }});
  }

  std::unique_ptr<SearchEngine> start() {
    ++num_started;
    if (!starts) throw DeviceError("no such card");
    auto out = std::make_unique<FakeEngine>("cuda", kOnDevice, 0, clock);
    out->fits_until_failure = fits_until_failure;
    return out;
  }
};

// Which of the two searched each of `num` resamples; of none, the runs as they are.
std::vector<int> marks_of(AutoEngine& engine, int num, bool is_tape = false) {
  const Tape tape;
  SearchRequest request;
  request.tape = is_tape ? &tape : nullptr;
  request.runs.num_runs = kRunsOfAll;
  request.resampling.num_resamples = num;
  std::vector<Candidate> out(static_cast<std::size_t>(std::max(1, num)));
  engine.search(request, out.data());
  std::vector<int> marks;
  for (const Candidate& own : out) marks.push_back(own.num_started);
  return marks;
}

bool all_are(const std::vector<int>& marks, int mark) {
  return std::all_of(marks.begin(), marks.end(), [&](int own) { return own == mark; });
}

}  // namespace

TEST_CASE("Auto goes on with a device where the rest is predicted to end sooner there") {
  Bench bench;
  AutoEngine engine = bench.engine(1e-4, 1e6);  // 100 s on the CPU, 3.4 predicted
  CHECK(all_are(marks_of(engine, 0), kOnCpu));
  CHECK(all_are(marks_of(engine, 64), kOnCpu));
  CHECK(engine.name() == "cpu");
  CHECK(engine.preferred_batch() == kOnCpu);
  CHECK(all_are(marks_of(engine, 64), kOnDevice));
  CHECK(engine.name() == "cuda");
  CHECK(engine.preferred_batch() == kOnDevice);
  CHECK(engine.reason() == "a card");
  CHECK(bench.num_started == 1);
  CHECK(all_are(marks_of(engine, 0), kOnCpu));  // a plain fit stays where it is
}

TEST_CASE("Auto stays on a CPU that is fast, and with what ends soon") {
  Bench fast, few;
  AutoEngine on_fast = fast.engine(4e-6, 1e6);  // 4 s, 3.4 predicted: within the margin
  AutoEngine on_few = few.engine(1e-4, 1e4);    // 1 s
  for (AutoEngine* engine : {&on_fast, &on_few}) {
    for (int i = 0; i < 3; ++i) CHECK(all_are(marks_of(*engine, 64), kOnCpu));
    CHECK(engine->name() == "cpu");
    CHECK(engine->reason() == "the job is too small to gain from a card");
  }
  CHECK(fast.num_started + few.num_started == 0);
}

TEST_CASE("Auto counts what a device takes to compile the kernels of a tape") {
  Bench compiled, interpreted;
  AutoEngine own_code = compiled.engine(2.5e-5, 1e5);  // 2.5 s; 1.24 predicted, and 3.24 of a tape
  AutoEngine tape = interpreted.engine(2.5e-5, 1e5);
  marks_of(own_code, 64);
  marks_of(tape, 64, true);
  CHECK(all_are(marks_of(own_code, 64), kOnDevice));
  CHECK(all_are(marks_of(tape, 64, true), kOnCpu));
}

TEST_CASE(
    "Auto leaves a device that does not start or fails on the way, and the CPU does its part") {
  for (const bool starts : {false, true}) {
    Bench bench;
    bench.starts = starts;
    bench.fits_until_failure = starts ? 100 : -1;
    AutoEngine engine = bench.engine(1e-4, 1e6);
    marks_of(engine, 64);
    CHECK(all_are(marks_of(engine, 64), starts ? kOnDevice : kOnCpu));
    CHECK(all_are(marks_of(engine, 64), kOnCpu));
    CHECK(all_are(marks_of(engine, 64), kOnCpu));
    CHECK(bench.num_started == 1);
    CHECK(engine.name() == "cpu");
    CHECK(engine.reason() == "a device failed: a card");
  }
}

}  // namespace isoloss
