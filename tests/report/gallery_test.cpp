// docs/gallery.md: every data set has a command there, and each makes its page.

#include <filesystem>
#include <fstream>

#include "host/reading/data_sets.h"
#include "tests/catch.h"
#include "tests/doc_pages.h"
#include "tests/markdown.h"
#include "tests/run_program.h"
#include "tests/scratch_folder.h"
#include "tests/text_checks.h"

namespace isoloss {

TEST_CASE("The gallery has a page of every data set, and its commands make them") {
  const ScratchFolder scratch;
  const std::string stub = scratch.file("plotly.js");
  std::ofstream(stub) << "''\n";
  const std::vector<std::string> calls = calls_of_program(page_text("docs/gallery.md"));
  for (const DataSet& data : data_sets()) {
    const std::string end = " --report gallery/" + data.name + ".html";
    const auto call = std::find_if(calls.begin(), calls.end(), [&](const std::string& own) {
      return contains(own, " datasets/" + data.name) && own.ends_with(end);
    });
    INFO(data.name);
    REQUIRE(call != calls.end());
    const std::string page = scratch.file((data.name + ".html").c_str());
    const std::string draws = contains(*call, "--bootstrap") ? "" : " --bootstrap 20";
    const ProgramRun run =
        run_program(call->substr(0, call->size() - end.size()) + draws + " --plotly " +
                    isoloss::quoted(stub) + " --report " + isoloss::quoted(page) + " 2>&1");
    CHECK(run.exit_code <= 1);
    CHECK(std::filesystem::exists(page));
  }
}

TEST_CASE("The pictures of the documents are small") {
  std::uintmax_t bytes = 0;
  for (const auto& picture : std::filesystem::directory_iterator(ISOLOSS_SOURCE "/docs/pictures"))
    bytes += picture.file_size();
  CHECK(bytes > 0);
  CHECK(bytes < 200'000);
}

}  // namespace isoloss
