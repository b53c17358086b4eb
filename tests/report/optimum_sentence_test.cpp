// The headline of what to train.

#include <string>
#include <utility>
#include <vector>

#include "tests/catch.h"
#include "tests/run_program.h"
#include "tests/text_checks.h"

namespace isoloss {
namespace {

// The sentence below the title of the report in Markdown.
std::string headline_of(const std::string& words) {
  const std::string report = run_program("optimum " + words + " --format markdown 2>&1").output;
  const std::size_t begin = report.find("\n\n") + 2;
  return report.substr(begin, report.find('\n', begin) - begin);
}

}  // namespace

TEST_CASE("A headline says under what its model is the best, of up to three answers") {
  const std::string besiroglu = "--published besiroglu2024 ";
  const std::vector<std::pair<std::string, std::string>> cases{
      {besiroglu + "--compute 1e24",
       "With 1e24 FLOP, train 95.9B parameters on 1.74T tokens: a loss of 1.9597"},
      {besiroglu + "--compute 1e22,1e24",
       "With 1e22 FLOP, train 9.05B parameters on 184B tokens; with 1e24 FLOP, 95.9B parameters on "
       "1.74T tokens"},
      {besiroglu + "--compute 1e21,1e22,1e23,1e24",
       "With 1e21 FLOP, train 2.78B parameters on 60.0B tokens; with 1e24 FLOP, 95.9B parameters "
       "on 1.74T tokens"},
      {besiroglu + "--loss 2.0,2.1",
       "For a loss of 2.0000, train 46.9B parameters on 880B tokens; for a loss of 2.1000, 13.4B "
       "parameters on 267B tokens"},
      {besiroglu + "--compute 1e24 --inference-tokens 1e13",
       "With 1e24 FLOP in all, to serve 10.0T tokens, train 25.1B parameters on 3.29T tokens: a "
       "loss of 1.9885"},
      {besiroglu + "--loss 2 --inference-tokens 0,1e13",
       "For a loss of 2.0000, to serve nothing, train 46.9B parameters on 880B tokens; to serve "
       "10.0T tokens, 20.0B parameters on 3.01T tokens"},
      {besiroglu + "--compute 1e24 --overhead 10%",
       "For the best loss of 1e24 FLOP, with 10% more FLOP, train"},
      {besiroglu + "--params 8B,70B --tokens 15T",
       "8.00B parameters on 15.0T tokens: a loss of 2.0221; 70.0B parameters on 15.0T tokens: a "
       "loss of 1.9303"},
      {besiroglu + "--compute 1e24 --max-params 40B",
       "With 1e24 FLOP, train 40.0B parameters (the limit) on 4.17T tokens"},
      {"--published kumar2024 --compute 1e22 --choose-bits 16,8,4", " bits"},
  };
  for (const auto& [words, expected] : cases) {
    INFO(words);
    CHECK(contains(headline_of(words), expected));
  }
}

}  // namespace isoloss
