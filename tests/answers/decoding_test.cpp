// What a token takes on a device: properties of the largest model, and the numbers of the devices.

#include "host/answers/optimum/decoding.h"

#include <cmath>

#include "host/answers/optimum/device.h"
#include "host/answers/optimum/optimum.h"
#include "tests/catch.h"
#include "tests/closed_form.h"
#include "tests/input_error.h"

namespace isoloss {
namespace {

// Of 2 TB/s, 1e15 FLOP/s and 80 GB, 10 ms a token.
Decoding device_of(double batch = 1, double cache_bytes = 0) {
  Decoding out;
  out.seconds = 0.01, out.bandwidth = 2e12, out.peak = 1e15, out.memory = 80e9;
  out.batch = batch, out.cache_bytes = cache_bytes;
  return out;
}

Decoding with_experts(double batch, double ratio) {
  Decoding out = device_of(batch);
  out.total_per_active = ratio;
  return out;
}

double largest_of(const Decoding& own) { return largest_model(own).N; }

}  // namespace

TEST_CASE("The largest model takes exactly the time that is allowed") {
  for (const double batch : {1.0, 16.0, 1000.0, 4000.0})
    for (const double cache : {0.0, 1e5, 1e6}) {
      Decoding own = device_of(batch, cache);
      own.memory = INFINITY;
      INFO("batch " << batch << ", cache " << cache);
      CHECK(is_near(step_of(own, largest_of(own)).seconds, own.seconds));
      CHECK(step_of(own, largest_of(own)).bound == largest_model(own).bound);
    }
}

TEST_CASE(
    "Time, bandwidth, peak and memory never lower the largest model; batches never raise it") {
  for (const double batch : {1.0, 500.0, 600.0}) {
    const Decoding own = device_of(batch, 1e6);
    for (double Decoding::*more :
         {&Decoding::seconds, &Decoding::bandwidth, &Decoding::peak, &Decoding::memory}) {
      Decoding other = own;
      other.*more *= 1.5;
      CHECK(largest_of(other) >= largest_of(own));
    }
    for (double Decoding::*less :
         {&Decoding::batch, &Decoding::bits, &Decoding::cache_bytes, &Decoding::total_per_active}) {
      Decoding other = own;
      other.*less *= 2;
      CHECK(largest_of(other) <= largest_of(own));
    }
  }
}

TEST_CASE("What binds turns where both take the same time") {
  for (const Decoding& own : {device_of(), device_of(1, 2e6), with_experts(1, 8)}) {
    const double turn = turning_batch(own).value();
    Decoding below = own, above = own;
    below.batch = 0.99 * turn, above.batch = 1.01 * turn;
    below.memory = above.memory = INFINITY;
    INFO("turns at " << turn);
    CHECK(largest_model(below).bound == BoundBy::bandwidth);
    CHECK(largest_model(above).bound == BoundBy::peak);
  }
  // 16 bits at 2e12 bytes and 1e15 FLOP a second.
  CHECK(is_near(*turning_batch(device_of()), 500));
  CHECK(!turning_batch(device_of(1, 1e8)));
}

TEST_CASE("Memory holds all experts, a step computes with the active ones of its tokens") {
  Decoding own = with_experts(1, 8);
  own.seconds = INFINITY;
  CHECK(is_near(largest_of(own), 80e9 / 2 / 8));
  own.seconds = 0.001, own.memory = INFINITY;
  CHECK(is_near(largest_of(own), 1e9));
  own.batch = 4;
  CHECK(is_near(largest_of(own), 1e9 / 4));
  own.batch = 100;
  CHECK(is_near(largest_of(own), 1e9 / 8));
}

TEST_CASE("Caches that exceed the device leave no model") {
  CHECK(largest_of(device_of(100, 1e9)) == 0);
  CHECK(largest_of(device_of(30, 1e9)) == 0);
}

TEST_CASE("Limits of a device hold the plan back, and its token takes what they allow") {
  OptimumQuestion question;
  question.values = {1e24};
  question.decoding = device_of();
  question.plans.limits.max_params = largest_of(*question.decoding);
  const Optimum got = optimum(published("besiroglu2024"), question);
  CHECK(got.answers[0].end == PlanEnd::at_max_params);
  REQUIRE(got.answers[0].step);
  CHECK(is_near(got.answers[0].step->seconds, 0.01));
}

TEST_CASE("Every device says what it is, whose its numbers are, and what they are") {
  CHECK(devices().size() >= 5);
  CHECK(device_called("h100").bandwidth == 3.35e12);
  CHECK(device_called("8xh100").peak == 8 * device_called("h100").peak);
  CHECK(refusal([] { device_called("h1000"); }).find("h100") != std::string::npos);
  const struct {
    const char* text;
    const char* says;
  } refused[] = {{"[a]\nwhat = \"a\"\nsource = \"b\"\nmemory = 1e9", "lacks"},
                 {"[a]\nwhat = \"a\"\nsource = \"b\"\nmemory = 1e9\nbandwidth = -1", "not above 0"},
                 {"[a]\ncolour = 3", "colour"}};
  for (const auto& [text, says] : refused) {
    const std::string message = refusal([&, own = text] { parse_devices(own, "own.toml"); });
    INFO(message);
    CHECK(message.find(says) != std::string::npos);
  }
}

}  // namespace isoloss
