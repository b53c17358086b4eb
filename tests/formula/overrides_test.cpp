#include "host/formula/overrides.h"

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "tests/catch.h"
#include "tests/input_error.h"

namespace isoloss {
namespace {

using Texts = std::vector<std::string>;
constexpr double kUnbounded = std::numeric_limits<double>::infinity();

std::string refusal_of(const Texts& bounds, const Texts& starts, const Texts& fixes) {
  return refusal([&] { parse_overrides(bounds, starts, fixes); });
}

TEST_CASE("Overrides are read in shown units, with the suffixes of numbers") {
  const auto overrides = parse_overrides(Texts{"alpha=0:1", " E = -1.5 : 2e0", "A=:1M", "B=.5:"},
                                         Texts{"alpha=0.3", "N_c=8.8e13"}, Texts{"beta=0.37"});
  CHECK(overrides.bound.at("alpha") == std::pair(0.0, 1.0));
  CHECK(overrides.bound.at("E") == std::pair(-1.5, 2.0));
  CHECK(overrides.bound.at("A") == std::pair(-kUnbounded, 1e6));
  CHECK(overrides.bound.at("B") == std::pair(0.5, kUnbounded));
  CHECK(overrides.start.at("alpha") == 0.3);
  CHECK(overrides.start.at("N_c") == 8.8e13);
  CHECK(overrides.fix.at("beta") == 0.37);
  CHECK_FALSE(overrides.empty());
  CHECK(parse_overrides(Texts{}, Texts{}, Texts{}).empty());
}

TEST_CASE("A wrong override names its flag and what to write") {
  const std::string write_bound = "; write --bound alpha=0:1";
  CHECK(refusal_of({"alpha"}, {}, {}) == "--bound alpha: no parameter with an =" + write_bound);
  CHECK(refusal_of({"=0:1"}, {}, {}) == "--bound =0:1: no parameter with an =" + write_bound);
  CHECK(refusal_of({"alpha=1"}, {}, {}) ==
        "--bound alpha=1: a bound has two ends with a : between them" + write_bound);
  CHECK(refusal_of({"alpha=:"}, {}, {}) == "--bound alpha=:: both ends are left out" + write_bound);
  CHECK(refusal_of({"alpha=0:x"}, {}, {}) ==
        "--bound alpha=0:x: \"x\" is not a number" + write_bound);
  CHECK(refusal_of({"alpha=0:1:2"}, {}, {}) ==
        "--bound alpha=0:1:2: \"1:2\" is not a number" + write_bound);
  CHECK(refusal_of({"alpha=1:0"}, {}, {}) ==
        "--bound alpha=1:0: the lower end is not below the upper" + write_bound);
  CHECK(refusal_of({"alpha=1:1"}, {}, {}) ==
        "--bound alpha=1:1: the lower end is not below the upper" + write_bound);
  CHECK(refusal_of({"alpha=0:1", "alpha=0:2"}, {}, {}) ==
        "--bound alpha=0:2: alpha is given twice" + write_bound);
  CHECK(refusal_of({}, {"alpha=nan"}, {}) ==
        "--start alpha=nan: \"nan\" is not a number; write --start alpha=0.3");
  CHECK(refusal_of({}, {}, {"beta="}) ==
        "--fix beta=: empty is not a number; write --fix beta=0.37");
}

TEST_CASE("Overrides of one parameter must agree") {
  CHECK(refusal_of({"a=0:1"}, {"a=2"}, {}) ==
        "--start a=2 is outside --bound; a search starts inside the bound");
  CHECK(refusal_of({"a=0:1"}, {"a=-1"}, {}) ==
        "--start a=-1 is outside --bound; a search starts inside the bound");
  CHECK(refusal_of({"a=0:"}, {"a=1e9"}, {}) == "accepted");
  CHECK(refusal_of({"a=0:1"}, {"a=1"}, {}) == "accepted");
  CHECK(refusal_of({"a=0:1"}, {}, {"a=2"}) ==
        "--fix a=2 is outside --bound; leave one of them out");
  CHECK(refusal_of({}, {"a=1"}, {"a=1"}) == "a has both --fix and --start; leave one of them out");
}

TEST_CASE("An override of no parameter names the nearest, or lists the parameters") {
  const Texts names{"E", "A", "alpha"};
  const auto refused = [&](const Texts& bounds, const Texts& starts, const Texts& fixes) {
    return refusal([&] { require_params(parse_overrides(bounds, starts, fixes), names); });
  };
  const std::string list = "; its parameters are E, A, alpha";
  CHECK(refused({"beta=0:1"}, {}, {}) == "--bound: the law has no parameter \"beta\"" + list);
  CHECK(refused({}, {"Alpha=1"}, {}) ==
        "--start: the law has no parameter \"Alpha\"; did you mean alpha?");
  CHECK(refused({}, {}, {"a=1"}) == "--fix: the law has no parameter \"a\"" + list);
  CHECK(refused({"E=0:1"}, {"A=1"}, {"alpha=1"}) == "accepted");
}

TEST_CASE("A setting is in theta") {
  const auto overrides =
      parse_overrides(Texts{"A=2:8", "B=0:9", "alpha=:1"}, Texts{"A=4"}, Texts{"E=3"});
  const auto A = setting_of("A", Scale::log, {-40, 90}, overrides);
  CHECK(A.bounds.lower == std::log(2.0));
  CHECK(A.bounds.upper == std::log(8.0));
  CHECK(A.start == std::log(4.0));
  CHECK_FALSE(A.fixed);
  const auto B = setting_of("B", Scale::log, {-40, 90}, overrides);
  CHECK(B.bounds.lower == -40);
  CHECK(B.bounds.upper == std::log(9.0));
  const auto alpha = setting_of("alpha", Scale::linear, {-3, 3}, overrides);
  CHECK(alpha.bounds.lower == -3);
  CHECK(alpha.bounds.upper == 1);
  CHECK(setting_of("E", Scale::log, {-40, 10}, overrides).fixed == std::log(3.0));
  CHECK(setting_of("E", Scale::linear, {-40, 10}, overrides).fixed == 3);
  const auto other = setting_of("other", Scale::linear, {0, 3}, overrides);
  CHECK(other.bounds.lower == 0);
  CHECK(other.bounds.upper == 3);
  CHECK_FALSE(other.start);
}

TEST_CASE("A setting that a law cannot have is refused") {
  const auto refused = [](const Texts& bounds, const Texts& starts, const Texts& fixes, Scale scale,
                          Bounds own) {
    return refusal([&] { setting_of("A", scale, own, parse_overrides(bounds, starts, fixes)); });
  };
  const std::string positive = "A is positive in this law and cannot be ";
  CHECK(refused({"A=-1:1"}, {}, {}, Scale::log, {-40, 90}) ==
        positive + "-1; give it a positive number");
  CHECK(refused({"A=:0"}, {}, {}, Scale::log, {-40, 90}) ==
        positive + "0; give it a positive number");
  CHECK(refused({}, {"A=0"}, {}, Scale::log, {-40, 90}) ==
        positive + "0; give it a positive number");
  CHECK(refused({}, {}, {"A=-2"}, Scale::log, {-40, 90}) ==
        positive + "-2; give it a positive number");
  CHECK(refused({}, {"A=5"}, {}, Scale::linear, {0, 3}) ==
        "A cannot start at 5, outside its bound; widen the bound: --bound A=LOWER:UPPER");
  CHECK(refused({"A=4:"}, {}, {}, Scale::linear, {0, 3}) ==
        "the bound of A leaves nothing between 4 and 3; give both ends");
}

TEST_CASE("A user's overrides win over those of a law file") {
  const auto file = parse_overrides(Texts{"a=0:1", "b=0:1"}, Texts{"a=0.5", "c=1", "d=1"}, Texts{});
  const auto user = parse_overrides(Texts{"a=2:3"}, Texts{"c=2"}, Texts{"d=4"});
  const auto both = merged(user, file);
  CHECK(both.bound.at("a") == std::pair(2.0, 3.0));
  CHECK(both.bound.at("b") == std::pair(0.0, 1.0));
  CHECK(both.start.count("a") == 0);
  CHECK(both.start.at("c") == 2);
  CHECK(both.start.count("d") == 0);
  CHECK(both.fix.at("d") == 4);
}

}  // namespace
}  // namespace isoloss
