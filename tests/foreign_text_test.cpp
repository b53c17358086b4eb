// Text of others that would steer a terminal, hide or turn round what stands beside it.

#include "host/base/text.h"
#include "tests/catch.h"
#include "tests/run_program.h"
#include "tests/text_checks.h"

namespace isoloss {
namespace {

// As a terminal must not get it: an escape, a C1 control, marks of direction, no width.
bool steers(const std::string& output) {
  for (const char* mark :
       {"\x1B", "\x07", "\xC2\x85", "\xC2\x9B", "\xE2\x80\xAE", "\xE2\x80\x8B", "\xE2\x80\xA8"})
    if (contains(output, mark)) return true;
  return false;
}

std::string all_output(const std::string& arguments) {
  return run_program(arguments + " 2>&1").output;
}

}  // namespace

TEST_CASE("What would steer a terminal is spelt out, and text of any language is not") {
  CHECK(escaped("a\x1B[31mb\n\xC2\x85") == "a\\x1B[31mb\n\\x85");
  CHECK(escaped("\xE2\x80\xAE\xE2\x80\x8B\xEF\xBB\xBF") == "\\u202E\\u200B\\uFEFF");
  CHECK(escaped("\x9B") == "\\x9B");
  CHECK(escaped("gr\xC3\xB6\xC3\x9F"
                "er \xE6\xA8\xA1\xE5\x9E\x8B") ==
        "gr\xC3\xB6\xC3\x9F"
        "er \xE6\xA8\xA1\xE5\x9E\x8B");
  CHECK(printable("a\nb") == "a\\x0Ab");
  CHECK(printable(std::string(70, 'x')) == std::string(60, 'x') + "...");
}

TEST_CASE("Names of runs, headers and meanings reach no terminal raw") {
  const std::string folder = "tests/foreign_text/";
  const std::string fits[] = {
      all_output("fit " + folder + "c1_run.csv --bootstrap 20"),
      all_output("race " + folder + "c1_run.csv"), all_output("fit " + folder + "rtl_header.csv"),
      all_output("fit " + folder + "rtl_header.csv --bootstrap 0 --response \xE2\x80\xAE.ssol"),
      all_output("fit tests/designs/replicates.csv --bootstrap 0 --law @" + folder +
                 "esc_meaning.toml")};
  for (const std::string& output : fits) {
    INFO(output);
    CHECK(!output.empty());
    CHECK(!steers(output));
  }
}

TEST_CASE("What was typed comes back neither raw nor whole where it is long") {
  const std::string typed = std::string(500, 'x');
  for (const std::string& arguments :
       {"fit tests/designs/replicates.csv --" + typed, "fit " + typed,
        "fit tests/designs/replicates.csv --law " + typed,
        "fit tests/designs/replicates.csv --objective " + typed}) {
    const std::string output = all_output(arguments);
    INFO(output);
    CHECK(!contains(output, std::string(100, 'x')));
    CHECK(contains(output, "..."));
  }
  CHECK(!steers(all_output("fit $(printf 'a\\033[31m')")));
  CHECK(!steers(all_output("fit x.csv --$(printf 'a\\033[31m')")));
}

}  // namespace isoloss
