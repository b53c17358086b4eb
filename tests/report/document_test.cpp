// One document in each format: what it leaves out where there is no room, and what it escapes.

#include "host/report/document.h"

#include <cmath>

#include "host/base/warnings.h"
#include "host/report/csv.h"
#include "host/report/format.h"
#include "host/report/render.h"
#include "tests/catch.h"
#include "tests/text_checks.h"

namespace isoloss {
namespace {

Document of_blocks(std::vector<Block> blocks) {
  return {"Title", "One sentence", {}, {{"Part", std::move(blocks)}}, {}};
}

std::string in_format(const char* name, const Document& document) {
  return format_named(name).render(document, {});
}

const std::string kHostile = "</script><img src=x onerror=alert(1)>|*b*`";

}  // namespace

TEST_CASE("Sections of text are told apart by an empty line, others by their titles") {
  const Document document{"Title", "Answer", {}, {{"A", {Note{"a"}}}, {"B", {Note{"b", 2}}}}, {}};
  CHECK(as_text(document) == "a\n\n  b\n");
  CHECK(in_format("markdown", document) == "# Title\n\nAnswer\n\n## A\n\na\n\n## B\n\nb\n");
}

TEST_CASE("A section without content has no title in Markdown") {
  const Document document{"Title", "", {}, {{"A", {Warnings{}}}}, {}};
  CHECK(in_format("markdown", document) == "# Title\n");
  CHECK(as_text(document).empty());
}

TEST_CASE("The cell of a short row spans the rest") {
  const Table table{{{"a"}, fixed("b", 4), {"c"}}, {{"1", "2", "3"}, {"4", "none of these"}}};
  CHECK(as_text(of_blocks({table})) == "  a  b    c\n  1  2    3\n  4  none of these\n");
  CHECK(contains(in_format("markdown", of_blocks({table})), "| 4 | none of these |  |\n"));
  CHECK(contains(as_page(of_blocks({table}), {}),
                 "<tr><td>4</td><td colspan=\"2\">none of these</td></tr>"));
}

TEST_CASE("Text that is too wide says less: brief rows, then fewer columns, the last one first") {
  const std::string wide(90, 'x');
  Table table{{{"a"}, optional({"b"}), optional({"c"}), {"d"}}, {{"1", "2", "3", wide}}};
  CHECK(contains(as_text(of_blocks({table})), "  a  b  d\n"));
  CHECK(contains(in_format("markdown", of_blocks({table})), "| 1 | 2 | 3 | x"));
  table.brief_rows = {{"1", "2", "3", "y"}};
  CHECK(contains(as_text(of_blocks({table})), "  1  2  3  y\n"));
}

TEST_CASE("A title of two lines stands above its column, the last line in the last row") {
  const Table table{{{"name"}, {"one\ntwo"}}, {{"x", "y"}}};
  CHECK(as_text(of_blocks({table})) == "        one\n  name  two\n  x     y\n");
  CHECK(contains(in_format("markdown", of_blocks({table})), "| name | one two |"));
}

TEST_CASE("Facts go on in a second line where they do not fit") {
  const std::string fact(48, 'f');
  CHECK(as_text(of_blocks({Facts{{"one", fact, fact}}})) ==
        "one   " + fact + "\n    " + fact + "\n");
}

TEST_CASE("Text that looks like markup stays text") {
  Trace trace;
  trace.name = kHostile;
  trace.x = trace.y = {1};
  trace.labels = {kHostile};
  Document document = of_blocks({Formula{kHostile, kHostile}, Note{kHostile}, Facts{{kHostile}},
                                 Pairs{{{kHostile, kHostile}}}, Table{{{kHostile}}, {{kHostile}}},
                                 Warnings{kHostile, {warning<"no_optimum">()}}});
  document.charts = [&] {
    return std::vector<Chart>{{kHostile, kHostile, {kHostile}, {kHostile}, {trace}}};
  };
  const std::string page = as_page(document, {kHostile, {{kHostile, kHostile}}, kHostile, ""});
  CHECK(!contains(page, "<img"));
  CHECK(!contains(page, "</script><"));
  CHECK(contains(page, "&lt;/script&gt;&lt;img src=x"));
  CHECK(contains(page, "\\u003c/script>\\u003cimg"));
  const std::string markdown =
      in_format("markdown", of_blocks({Note{kHostile}, Pairs{{{kHostile, "v"}}}}));
  CHECK(contains(markdown, "\\</script\\>\\<img src=x onerror=alert(1)\\>\\|\\*b\\*\\`"));
}

TEST_CASE("Text that LaTeX would read as more stays text") {
  const std::string latex =
      in_format("latex", of_blocks({Note{"50% of $A_1^2$ & \\B{#} ~ <x> --no"}}));
  CHECK(contains(latex,
                 "50\\% of \\$A\\_1\\textasciicircum{}2\\$ \\& \\textbackslash{}B\\{\\#\\} "
                 "\\textasciitilde{} \\textless{}x\\textgreater{} -{-}no\n"));
}

TEST_CASE("CSV has all digits, ends of intervals apart and cells quoted where they must be") {
  const Estimate estimate{1.0 / 3, {}, Interval{0.25, 0.5}};
  const Table table{{{"name"}, {"value"}, {"interval\nalone"}},
                    {{"a, \"b\"", {"0.3 (0.2 .. 0.5)", estimate}, {"", {NAN, {}, Interval{1, 2}}}},
                     {"  indented", "none"}}};
  CHECK(as_csv(table) ==
        "name,value,\"value, lower\",\"value, upper\",\"interval alone, lower\",\"interval alone, "
        "upper\"\n\"a, \"\"b\"\"\",0.3333333333333333,0.25,0.5,1,2\nindented,none,,,,\n");
  CHECK(as_csv(of_blocks({table, table})) ==
        "# Part\n" + as_csv(table) + "\n# Part\n" + as_csv(table));
}

TEST_CASE("A table that is too wide goes on in further tables") {
  const std::string wide(60, 'x');
  const Table table{{{"a"}, {"b"}, {"c"}}, {{"1", wide, wide}}};
  CHECK(as_text(of_blocks({table})) == "  a  b\n  1  " + wide + "\n\n  a  c\n  1  " + wide + "\n");
}

TEST_CASE("The last cell of a wide row goes on below itself, as long as it is readable") {
  const Table table{{{"a"}, {"said"}},
                    {{std::string(20, 'n'), "one two three four five six seven"}}};
  CHECK(as_text(of_blocks({table}), {60, false}) == "  a                     said\n  " +
                                                        std::string(20, 'n') +
                                                        "  one two three four five six seven\n");
  CHECK(as_text(of_blocks({table}), {50, false}) ==
        "  a                     said\n  " + std::string(20, 'n') +
            "  one two three four five\n                        six seven\n");
}

TEST_CASE("A narrow terminal leaves out nothing that a file has") {
  const std::string number(35, '7');
  Table table{{{"a"}, optional({"b"}), {"c"}}, {{"1", number, number}}};
  table.brief_rows = {{"1", "2", "3"}};
  CHECK(as_text(of_blocks({table}), {60, false}) ==
        "  a  b\n  1  " + number + "\n\n  a  c\n  1  " + number + "\n");
}

TEST_CASE("A part of a table without titles has no empty line for them") {
  const Table table{{{""}, {"n"}, {""}}, {{"key", std::string(40, '1'), std::string(20, 'y')}}};
  CHECK(as_text(of_blocks({table}), {60, false}) ==
        "       n\n  key  " + std::string(40, '1') + "\n\n  key  " + std::string(20, 'y') + "\n");
}

TEST_CASE("An address that is too long is broken behind a slash, a number never") {
  const std::string address = "https://example.org/" + std::string(35, 'p') + "/";
  const std::string end(30, 'q'), digits(70, '7');
  CHECK(as_text(of_blocks({Note{"see " + address + end}}), {60, false}) ==
        "see\n" + address + "\n" + end + "\n");
  CHECK(as_text(of_blocks({Note{digits}}), {60, false}) == digits + "\n");
}

TEST_CASE("Ink is a terminal's alone, and no text of a file brings its own") {
  Document document{"T", "", {}, {{"Part", {Note{"a\x1B[31mb"}}, true}}, {}};
  document.sections[0].blocks.push_back(Warnings{"not \x1B[31m", {warning<"no_optimum">()}});
  document.sections[0].blocks.push_back(Table{{{"head"}}, {{"\x1B[31m"}}});
  CHECK(!contains(as_text(document), "\x1B"));
  const std::string inked = as_text(document, {100, true});
  CHECK(contains(inked, "\x1B[1mPart\x1B[0m\n"));
  CHECK(contains(inked, "\x1B[31m  status:\x1B[0m not \\x1B[31m"));
  CHECK(contains(inked, "\x1B[33m  warning:\x1B[0m "));
  CHECK(contains(inked, "\x1B[1m  head\x1B[0m\n  \\x1B[31m\n"));
}

TEST_CASE("Columns stand beside, below or above their row") {
  const Table table{{placed(fixed("name", 4), Place::above), right(fixed("n", 3)),
                     placed({"more"}, Place::below)},
                    {{"a long name", "7", "said below"}}};
  CHECK(as_text(of_blocks({table})) ==
        "  name\n         n\n  a long name\n         7\n    said below\n");
  CHECK(contains(in_format("markdown", of_blocks({table})), "| a long name | 7 | said below |"));
}

TEST_CASE("A long value of a pair goes on below itself") {
  Pairs pairs{{{"name", std::string(50, 'x') + " " + std::string(50, 'y')}}};
  CHECK(as_text(of_blocks({pairs})) ==
        "  name       " + std::string(50, 'x') + "\n             " + std::string(50, 'y') + "\n");
}

TEST_CASE("A formula is code in Markdown, whatever it holds") {
  CHECK(contains(in_format("markdown", of_blocks({Formula{"law", "A*B*C"}})), "law: `A*B*C`\n"));
  CHECK(contains(in_format("markdown", of_blocks({Formula{"law", "a`b"}})), "law: ``a`b``\n"));
}

}  // namespace isoloss
