// Files of published fits: what they may say, and how a wrong one is refused.

#include <fmt/format.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "host/answers/verify/quantities.h"
#include "host/answers/verify/verify.h"
#include "tests/bytes_of.h"
#include "tests/catch.h"
#include "tests/fit_folder.h"
#include "tests/input_error.h"
#include "tests/tolerance.h"

namespace isoloss {
namespace {

namespace fs = std::filesystem;

PublishedFit parsed(const std::string& text) { return parse_published_fit(text, "own.toml"); }

std::string parsing(const std::string& text) {
  return refusal([&] { parsed(text); });
}

std::string verifying(const std::string& text) {
  return refusal([&] { verify(parsed(text)); });
}

// Our value of the only expectation.
double ours(const std::string& text) { return verify(parsed(text)).comparisons.at(0).ours; }

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

// What stands in back quotes in the row of the README's tables that begins with `key`.
std::set<std::string> quoted_in_row(const std::string& key) {
  const std::string readme = bytes_of(ISOLOSS_SOURCE "/fits/published/README.md");
  const std::size_t begin = readme.find("| `" + key + "` | ");
  REQUIRE(begin != std::string::npos);
  const std::string row = readme.substr(begin, readme.find('\n', begin) - begin);
  std::set<std::string> out;
  static const std::regex quoted("`([^`]+)`");
  for (std::sregex_iterator at(row.begin(), row.end(), quoted), end; at != end; ++at)
    out.insert((*at)[1]);
  return out;
}

}  // namespace

TEST_CASE("The quantities in the README of the published fits are those that are understood") {
  std::set<std::string> said = quoted_in_row("quantity");
  said.erase("quantity");
  said.erase("isoflop");  // the method
  std::set<std::string> known;
  for (const std::string_view name : quantity_names()) known.emplace(name);
  CHECK(said == known);
}

TEST_CASE("Every quantity of rows and of a fit has its value") {
  const std::string at = "at = \"true\"";
  const std::string one = at + "\nrows = \"run_id == 'pt000'\"";
  CHECK(std::fabs(ours(kHead + expect("E", "1", at)) / 2.69 - 1) < tolerance::kClosedForm);
  CHECK(std::fabs(ours(kHead + expect("prediction", "1", one)) / 7.192784500319437 - 1) <
        tolerance::kNoiseFree);
  CHECK(ours(kHead + expect("relative_error", "1", one)) < 100 * tolerance::kNoiseFree);
  CHECK(std::fabs(ours(kHead + expect("N_exponent", "1", at)) - 0.36 / 0.70) <
        tolerance::kClosedForm);
  CHECK(ours(kHead + expect("objective", "1", at)) < tolerance::kNoiseFree);
  CHECK(ours(kHead + expect("objective", "1")) < tolerance::kNoiseFree);
  CHECK(std::fabs(ours(kHead + expect("r2", "1", at)) - 1) < tolerance::kNoiseFree);
  for (const char* error : {"mae", "worst", "rms_log"}) {
    INFO(error);
    const double value = ours(kHead + expect(error, "1", at));
    CHECK(value > 0);
    CHECK(value < tolerance::kNoiseFree);
    CHECK(ours(kHead + expect(error, "1", at + "\nper = \"flops\"")) > 0);
  }
}

TEST_CASE("Half a unit of the last digit is what a published value is good for") {
  CHECK(half_unit("0.34") == 0.005);
  CHECK(half_unit("12530") == 0.5);
  CHECK(std::fabs(half_unit("5.98487e-04") / 5e-10 - 1) < tolerance::kClosedForm);
  CHECK(std::fabs(half_unit("1.6102e13") / 5e8 - 1) < tolerance::kClosedForm);
}

TEST_CASE("A value is compared by its relation, and no number agrees with nothing") {
  const auto accepts = [](const char* more, double value) {
    return parsed(kHead + expect("E", "2.0", more)).expect.at(0).accepts(value);
  };
  CHECK(accepts("", 2.04));
  CHECK(!accepts("", 2.06));
  CHECK(!accepts("relative = 0.01", 2.04));
  CHECK(accepts("relation = \"at_most\"", 1));
  CHECK(!accepts("relation = \"at_most\"", 2.06));
  CHECK(accepts("relation = \"at_least\"", 3));
  CHECK(!accepts("relation = \"at_least\"", 1.94));
  for (const char* relation : {"equal", "at_most", "at_least"})
    CHECK(!accepts(fmt::format("relation = \"{}\"", relation).c_str(), std::nan("")));
}

TEST_CASE("A wrong file of a published fit is refused with its line") {
  const std::string good = kHead + expect("E", "2.69");
  CHECK(parsing(good) == "accepted");
  CHECK(parsing(replaced(good, "law = ", "laws = ")).rfind("own.toml:4: unknown key \"laws\"", 0) ==
        0);
  CHECK(parsing(replaced(good, "delta", "deltas")).rfind("own.toml:5: unknown key \"deltas\"", 0) ==
        0);
  CHECK(parsing(replaced(good, "\"huber\"", "\"hubert\"")).rfind("own.toml:5: ", 0) == 0);
  CHECK(parsing(replaced(good, "true\n", "1\n")).rfind("own.toml:7: ", 0) == 0);
  CHECK(parsing(replaced(good, "\"0.34\"", "0.34")).rfind("own.toml:12: alpha is not a text", 0) ==
        0);
  CHECK(parsing(good + "values = \"1\"\n").rfind("own.toml:18: unknown key \"values\"", 0) == 0);
  CHECK(parsing(good + "at = \"false\"\n").rfind("own.toml:14: there is no [constants.false]", 0) ==
        0);
  CHECK(parsing(good + "value = \"1\"\n").rfind("own.toml:18: not TOML", 0) == 0);
  CHECK(parsing(replaced(good, "law = \"chinchilla\"\n", "")) ==
        "own.toml: neither law nor formula");
  CHECK(parsing(kHead) == "own.toml: no [[expect]]: nothing has to come out");
}

TEST_CASE("A published interval stands beside ours, or is refused with its line") {
  const auto interval = [](const std::string& quantity, const std::string& ends) {
    return kHead + expect("E", "2.69") + "\n[[interval]]\nquantity = \"" + quantity + "\"\n" + ends;
  };
  const std::string ends = "lower = \"2.6\"\nupper = \"2.8\"\nconfidence = 0.9\n";
  const Verdict verdict = verify(parsed(interval("E", ends)));
  const IntervalComparison& own = verdict.intervals.at(0);
  REQUIRE(own.ours);
  CHECK(std::fabs(own.times_as_wide() * (2.8 - 2.6) - (own.ours->upper - own.ours->lower)) <
        tolerance::kClosedForm);
  CHECK(own.num_rows == 72);
  CHECK(verdict.num_resamples == FitOptions().num_resamples);
  CHECK(verify(parsed(kHead + expect("E", "2.69"))).num_resamples == 0);

  CHECK(verifying(interval("gamma", ends)).find(": no interval of \"gamma\" here") !=
        std::string::npos);
  CHECK(parsing(interval("E", replaced(ends, "2.8", "2.6"))).find("the interval has no width") !=
        std::string::npos);
  CHECK(parsing(interval("E", replaced(ends, "0.9", "90"))).find("the confidence is not below 1") !=
        std::string::npos);
  CHECK(parsing(interval("E", replaced(ends, "lower", "low"))).find("unknown key \"low\"") !=
        std::string::npos);
}

TEST_CASE("What a fit cannot answer is refused with the line of the expectation") {
  CHECK(verifying(kHead + expect("gamma", "1")).rfind("own.toml:14: no quantity \"gamma\"", 0) ==
        0);
  CHECK(verifying(kHead + expect("exponent", "1")).rfind("own.toml:14: no quantity", 0) == 0);
  CHECK(verifying(kHead + expect("prediction", "1"))
            .rfind("own.toml:14: prediction is of one row, and 72 rows are picked", 0) == 0);
  const std::string without = replaced(kHead, "beta = \"0.36\"\n", "");
  CHECK(verifying(without + expect("objective", "1", "at = \"true\"")) ==
        "own.toml:8: [constants.true] has no beta");
  CHECK(verifying("fix = { beta = 0.36 }\n" + without + expect("E", "1", "at = \"true\"")) ==
        "accepted");
}

TEST_CASE("A law that the program does not have is a fit that is skipped") {
  const Verdict verdict =
      verify(parsed(replaced(kHead, "\"chinchilla\"", "\"no_such_law\"") + expect("E", "1")));
  CHECK(verdict.skipped == "no law no_such_law");
  CHECK(Verification{"cpu", {verdict}}.counts().skipped == 1);
}

TEST_CASE("A data set of another folder is looked for where its variable says") {
  const std::string text = "dataset_env = \"ISOLOSS_TEST_FIGURES\"\n" + kHead + expect("E", "2.69");
  unsetenv("ISOLOSS_TEST_FIGURES");
  CHECK(verify(parsed(text)).skipped ==
        "ISOLOSS_TEST_FIGURES is not set: cs336_isoflop.csv does not come with the program");
  setenv("ISOLOSS_TEST_FIGURES", ISOLOSS_SOURCE "/datasets", 1);
  CHECK(verify(parsed(text)).comparisons.size() == 1);
  unsetenv("ISOLOSS_TEST_FIGURES");
}

TEST_CASE("Of the rows that agree in the columns of best_of one is kept, the best") {
  const Verdict verdict =
      verify(parsed("best_of = [\"flops\"]\nrows = 9\n" +
                    replaced(kHead, "law = \"chinchilla\"", "formula = \"E + k*C^-g\"") +
                    expect("rms_log", "1")));
  CHECK(verdict.num_rows == 9);
  CHECK(verdict.comparisons.at(0).agrees);
}

}  // namespace isoloss
