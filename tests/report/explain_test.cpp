// The table of warnings: what the program and docs/warnings.md say of it.

#include "host/report/explain.h"
#include "host/commands/option_names.h"

#include <algorithm>
#include <set>

#include "host/report/render.h"
#include "tests/catch.h"
#include "tests/doc_pages.h"
#include "tests/markdown.h"
#include "tests/refused_command.h"
#include "tests/text_checks.h"

namespace isoloss {

TEST_CASE("Every warning has a name of its own and all that explains it") {
  std::set<std::string_view> names;
  for (const WarningEntry& own : kWarnings) {
    INFO(own.name);
    CHECK(names.insert(own.name).second);
    for (const std::string_view text : {own.sentence, own.when, own.why, own.advice})
      CHECK(!text.empty());
    CHECK(contains(std::string(own.when), "{") == (own.threshold != 0));
    CHECK(!contains(as_text(describe_warning(own)), "{"));
  }
}

TEST_CASE("isoloss explain lists every warning, and explains one by either spelling") {
  const std::string all = run_program("explain").output;
  for (const WarningEntry& own : kWarnings) CHECK(contains(all, std::string(own.name)));
  const std::string one = run_program("explain most_beyond_delta").output;
  CHECK(contains(one, "lie beyond delta"));
  CHECK(contains(one, "more than the share 0.5 of the residuals"));
  CHECK(run_program("explain most-beyond-delta").output == one);
  CHECK(contains(refused_command("explain beyond"), "no warning is called \"beyond\""));
}

TEST_CASE("docs/warnings.md has every warning as the table has it") {
  std::vector<TableRow> rows;
  for (const WarningEntry& own : kWarnings)
    rows.push_back({fmt::format("`{}`", own.name), as_flags(when_text(own)),
                    as_flags(std::string(own.why)), as_flags(std::string(own.advice))});
  CHECK(table(page_text("docs/warnings.md"), "name") == rows);
}

TEST_CASE("A warning names itself at its end") {
  CHECK(warning_line(warning<"columns_renamed">("\"n\" as params (N)")).starts_with("note: read "));
  CHECK(warning_line(warning<"few_runs">(7)) ==
        "warning: only 7 runs are resampled: the intervals are rough [few_runs]");
  CHECK(warning<"few_runs">(7).name == "few_runs");
}

}  // namespace isoloss
