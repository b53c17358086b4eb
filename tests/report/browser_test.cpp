// A page in a real browser, where there is one.

#include <cstdlib>
#include <fstream>

#include "host/base/data_folder.h"
#include "tests/catch.h"
#include "tests/run_program.h"
#include "tests/scratch_folder.h"
#include "tests/text_checks.h"

namespace isoloss {

TEST_CASE("Chromium draws every chart of a page without a network") {
  if (std::system("command -v chromium >/dev/null 2>&1") != 0) {
    WARN("test skipped: there is no chromium");
    return;
  }
  if (!data_folder("plotly")) {
    WARN("test skipped: scripts/setup has not fetched plotly.js");
    return;
  }
  const ScratchFolder scratch;
  const std::string path = scratch.file("page.html"), dom = scratch.file("dom.html");
  REQUIRE(run_program("fit datasets/chinchilla_figure4.csv --bootstrap 20 --quiet --report " +
                      isoloss::quoted(path) + " 2>/dev/null")
              .exit_code == 0);
  const std::string command = "HOME=" + isoloss::quoted(scratch.path()) +
                              " timeout 100 chromium --headless --no-sandbox --disable-gpu "
                              "--host-resolver-rules='MAP * ~NOTFOUND' "
                              "--virtual-time-budget=60000 --dump-dom file://" +
                              isoloss::quoted(path) + " >" + isoloss::quoted(dom) + " 2>/dev/null";
  if (std::system(command.c_str()) != 0) {
    WARN("test skipped: chromium does not answer here");
    return;
  }
  std::ifstream file(dom);
  const std::string drawn{std::istreambuf_iterator<char>(file), {}};
  CHECK(contains(drawn, "data-drawn=\"9\""));
}

}  // namespace isoloss
