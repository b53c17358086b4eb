// Options are named by the library and spelled by the command line.

#include "host/commands/option_names.h"

#include "host/base/error.h"
#include "host/base/warnings.h"
#include "host/report/render.h"
#include "host/search/engine_choice.h"
#include "tests/catch.h"
#include "tests/refused_command.h"
#include "tests/run_program.h"
#include "tests/text_checks.h"

namespace isoloss {

TEST_CASE("A name between double backticks is a flag, and nothing else is touched") {
  CHECK(as_flags("give ``huber-delta`` 1 or ``law``") == "give --huber-delta 1 or --law");
  for (const char* text : {"", "`params` > 1", "``", "``a b``", "``open", "````", "``X``", "a--b"})
    CHECK(as_flags(text) == text);
  CHECK(as_flags("````law``") == "``--law");
}

TEST_CASE("Every word of a document is spelled") {
  Document document{"", "``a``", {}, {}, {}};
  const Warning doubt(WarningName("w"), "``e``");
  document.sections.push_back({"",
                               {Note{"``b``"}, Facts{{"``c``"}}, Pairs{{{"``d``", "``d``"}}},
                                Table{{{"x"}}, {{"``f``"}}}, Warnings{"", {doubt}}}});
  const Document spelled = as_flags(document);
  CHECK(spelled.answer == "--a");
  const std::string text = as_text(spelled);
  CHECK(!contains(text, "``"));
  for (const char* flag : {"--b", "--c", "--d", "--e", "--f"}) CHECK(contains(text, flag));
}

TEST_CASE("A message is the library's with a name, and the program's with a flag") {
  std::string message;
  try {
    choose_engine("abacus", {0, simd_level()}, {});
  } catch (const InputError& error) {
    message = error.what();
  }
  CHECK(contains(message, "``device`` abacus is not a device"));
  CHECK(contains(refused_command("fit datasets/chinchilla_figure4.csv --device abacus"),
                 "--device abacus is not a device"));
}

TEST_CASE("A warning is the library's with a name, and the program's with a flag everywhere") {
  CHECK(contains(warning<"counts_are_logs">("params (N)", 8.0, "params").text, "``unit``"));
  const std::string fit = "fit datasets/chinchilla_figure4.csv --bootstrap 0 ";
  for (const char* how : {"2>&1", "--quiet 2>&1", "--quiet --json -", "--format markdown"}) {
    INFO(how);
    const std::string text = run_program(fit + how).output;
    CHECK(contains(text, "--huber-delta"));
    CHECK(!contains(text, "``"));
  }
}

}  // namespace isoloss
