#include "host/reading/where.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tests/catch.h"
#include "tests/input_error.h"

namespace isoloss {
namespace {

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

// One row: loss 3, params 2e8, gone missing, family "a b", `train loss` 5.
class OneRow : public WhereRow {
 public:
  double number(WhereColumn column) override {
    return std::vector<double>{3, 2e8, kMissing, kMissing, 5}[column];
  }
  std::string_view text(WhereColumn column) override { return column == 3 ? "a b" : ""; }
};

std::optional<WhereColumn> find(std::string_view name) {
  const std::map<std::string_view, WhereColumn> columns{
      {"loss", 0}, {"params", 1}, {"gone", 2}, {"family", 3}, {"train loss", 4}};
  const auto found = columns.find(name);
  if (found == columns.end()) return {};
  return found->second;
}

std::optional<bool> holds(const std::string& condition) {
  OneRow row;
  return Where(condition, find, {"loss", "params"}).holds(row);
}

TEST_CASE("a condition compares numbers and columns") {
  for (const char* condition : {"loss < 4",
                                "loss<=3",
                                "loss >= 3",
                                "loss == 3",
                                "loss != 4",
                                "4 > loss",
                                "params > 1e8",
                                "params >= 200M",
                                "params < .3B",
                                "loss < 4 && params > 1e8",
                                "loss > 4 || params > 1e8",
                                "!(loss > 4)",
                                "!loss>4",
                                "!!(loss < 4)",
                                "(((loss))) < 4",
                                "-loss < 0",
                                "- -loss > 0",
                                "loss + 1 == 4",
                                "loss - 1 - 1 == 1",
                                "2 + 3 * 4 == 14",
                                "12 / 2 / 3 == 2",
                                "(2 + 3) * 4 == 20",
                                "2e-1 < loss",
                                "1e3-1 == 999",
                                "`train loss` == 5",
                                "family == \"a b\"",
                                "'a b' == family",
                                "family != 'c'",
                                "!(family == 'c')",
                                "loss < 1 || loss < 2 || loss < 4",
                                "loss > 9 && loss > 8 || loss == 3",
                                " \tloss\n<\r4 "}) {
    INFO(condition);
    CHECK(holds(condition) == true);
  }
  for (const char* condition :
       {"loss < 3", "loss <= 2", "loss > 3", "loss >= 4", "loss == 4", "loss != 3",
        "loss < 4 && params > 1e9", "loss > 4 || params > 1e9", "!(loss < 4)", "family == 'a'",
        "family != \"a b\"", "loss == 3 && (loss > 9 || loss > 8)"}) {
    INFO(condition);
    CHECK(holds(condition) == false);
  }
}

TEST_CASE("a missing cell leaves a condition open unless the rest decides it") {
  for (const char* condition :
       {"gone < 4", "gone == gone", "gone != 1", "!(gone < 4)", "gone < 4 && loss < 4",
        "gone < 4 || loss > 4", "gone + 1 > 0", "-gone < 0", "0 / 0 == 1"}) {
    INFO(condition);
    CHECK(holds(condition) == std::nullopt);
  }
  CHECK(holds("gone < 4 && loss > 4") == false);
  CHECK(holds("loss > 4 && gone < 4") == false);
  CHECK(holds("gone < 4 || loss < 4") == true);
  CHECK(holds("loss < 4 || gone < 4") == true);
}

TEST_CASE("a condition lists the columns that it reads as numbers") {
  const Where where("loss < 4 && family == 'x' && gone > params", find, {});
  CHECK(where.number_columns() == std::vector<WhereColumn>{0, 1, 2});
}

TEST_CASE("a wrong condition is shown with a caret under the fault") {
  const std::string number = "expected a number or a column of numbers";
  const std::string comparison = "expected a comparison such as loss < 4";
  const std::string operand = "expected a number, a column, a text in quotes or (";
  const std::vector<std::pair<std::string, std::pair<std::string, std::size_t>>> cases{
      {"loss < * 4", {operand, 8}},
      {"loss <", {operand, 7}},
      {"loss", {comparison, 1}},
      {"loss + 1", {comparison, 1}},
      {"'a'", {comparison, 1}},
      {"loss = 3", {"write ==", 6}},
      {"loss < 4 & params > 1", {"write &&", 10}},
      {"loss < 4 | params > 1", {"write ||", 10}},
      {"loss < 4 and params > 1", {"expected a comparison, && or ||", 10}},
      {"1 < loss < 4", {"expected a comparison, && or ||", 10}},
      {"(loss < 4", {"expected )", 10}},
      {"(loss < 4) < 2", {number, 1}},
      {"loss && 1", {comparison, 1}},
      {"loss < 4 && 1", {comparison, 13}},
      {"loss < 4 || (1 + 2)", {comparison, 13}},
      {"-'a' < 1", {number, 2}},
      {"family < 'a'", {number, 10}},
      {"'a' == 'b'", {"expected a column to compare the text with", 8}},
      {"'a' == loss + 1", {"expected a column to compare the text with", 8}},
      {"!loss", {comparison, 2}},
      {"los < 4", {"no column \"los\" (did you mean loss?)", 1}},
      {"`x y` < 4", {"no column \"x y\" (there are loss, params)", 1}},
      {"family == 'a", {"' opened and never closed", 11}},
      {"loss < 4abc",
       {"\"4abc\" is not a number: \"abc\" follows the number; suffixes are k, M, B "
        "(or G) and T",
        8}},
      {"loss < .", {"\".\" is not a number", 8}},
      {"$ < 1", {operand, 1}},
      {"'\xC3\xA9' == $", {operand, 8}},
  };
  for (const auto& item : cases) {
    const std::string& condition = item.first;
    const auto& [message, place] = item.second;
    CHECK(refusal([&] { holds(condition); }) ==
          fmt::format("--where: {} at character {}\n  {}\n  {:>{}}", message, place, condition, '^',
                      place));
  }
}

TEST_CASE("a fault in a long condition is shown with what stands around it") {
  std::string condition;
  for (int i = 0; i < 20; ++i) condition += "loss > 1 && ";
  const std::size_t place = condition.size() + 1;
  const std::string shown =
      refusal([&] { holds(condition + "loss < * 4 && params > 1 && loss > 2"); });
  CHECK(shown ==
        fmt::format("--where: expected a number, a column, a text in quotes or ( at character "
                    "{}\n  ...{}loss < * 4 && params > 1 && loss > 2\n  {:>{}}",
                    place + 7, condition.substr(condition.size() - 43), '^', 3 + 43 + 8));
}

TEST_CASE("a condition that no person writes is refused, not a crash") {
  const auto repeat = [](const std::string& text, int count) {
    std::string result;
    for (int i = 0; i < count; ++i) result += text;
    return result;
  };
  const auto refused = [](const std::string& condition, const char* message) {
    return refusal([&] { holds(condition); }).find(message) != std::string::npos;
  };
  CHECK(refused(repeat("(", 100000), "nested too deeply"));
  CHECK(refused(repeat("!", 100000), "nested too deeply"));
  CHECK(refused(repeat("-", 100000) + "loss < 1", "nested too deeply"));
  CHECK(refused(repeat("loss < 1 || ", 10000) + "loss < 1", "too long"));
}

}  // namespace
}  // namespace isoloss
