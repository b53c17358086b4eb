// The checker of pages: what it finds in them, and that it does not pass for want of anything.

#include "tests/markdown.h"

#include "tests/catch.h"

namespace isoloss {
namespace {

const std::string kTable = R"(| name | what |
| --- | --- |
| `a`, `b` | first |
| `c` |  |

| empty | what |
| --- | --- |

| prose | what |
| --- | --- |
| no name | none |
)";

}  // namespace

TEST_CASE("A table is found by its first header, with its rows") {
  const std::vector<TableRow> rows = table(kTable, "name");
  REQUIRE(rows.size() == 2);
  CHECK(rows[0] == TableRow{"`a`, `b`", "first"});
  CHECK(rows[1] == TableRow{"`c`", ""});
  CHECK(names_in_table(kTable, "name", 0) == std::set<std::string>{"a", "b", "c"});
}

TEST_CASE("A table that is absent, empty or without names is an error, not nothing to check") {
  CHECK_THROWS_WITH(table(kTable, "nam"), "no table is headed 'nam'");
  CHECK_THROWS_WITH(table(kTable, "what"), "no table is headed 'what'");
  CHECK_THROWS_WITH(table(kTable, "empty"), "the table headed 'empty' has no rows");
  CHECK_THROWS_WITH(names_in_table(kTable, "prose", 0), "the table headed 'prose' names nothing");
}

TEST_CASE("A console block is a command and what it prints; one of something else is an error") {
  const std::vector<ShownRun> runs =
      shown_runs("a\n```console\n$ scripts/isoloss laws x\none\n\ntwo\n```\n```sh\nls\n```\n");
  REQUIRE(runs.size() == 1);
  CHECK(runs[0].arguments == "laws x");
  CHECK(runs[0].output == "one\n\ntwo\n");
  CHECK_THROWS(shown_runs("```console\n$ ls\n```\n"));
  CHECK_THROWS(shown_runs("```console\n```\n"));
}

TEST_CASE("Calls of the program are read up to a pipe or a comment") {
  const std::string text =
      "```sh\nscripts/isoloss fit 'a|b#c' --x   # why\nisoloss laws | head\ncd isoloss x\n```\n"
      "```toml\nisoloss no\n```\nisoloss prose\n";
  CHECK(calls_of_program(text) == std::vector<std::string>{"fit 'a|b#c' --x   ", "laws "});
}

TEST_CASE("Links and headings are those outside of code") {
  const std::string text =
      "# What `N` counts: a_b\n[x](y.md#z) ![p](q.png)\n```sh\n# no\n[a](b)\n```\n";
  CHECK(links_of(text) == std::vector<std::string>{"y.md#z", "q.png"});
  CHECK(anchors_of(text) == std::set<std::string>{"what-n-counts-a_b"});
}

}  // namespace isoloss
