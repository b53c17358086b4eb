// README.md and docs/ say what the program does, lead where they say and leave no page out.

#include <algorithm>
#include <regex>
#include <set>

#include "host/base/text.h"
#include "host/commands/commands.h"
#include "host/commands/option_names.h"
#include "host/formula/param_defaults.h"
#include "host/laws/registry.h"
#include "host/reading/quantity_names.h"
#include "tests/catch.h"
#include "tests/doc_pages.h"
#include "tests/markdown.h"
#include "tests/run_program.h"

namespace isoloss {
namespace {

std::set<std::string> subcommands() {
  std::set<std::string> out;
  for (const Command& command : all_commands()) out.insert(command.name);
  return out;
}

std::string first_word(const std::string& text) { return text.substr(0, text.find(' ')); }

std::set<std::string> options_in(const std::string& text) {
  static const std::regex option("(?:^|[\\s,])(--[a-z][a-z-]*)");
  std::set<std::string> out;
  for (std::sregex_iterator at(text.begin(), text.end(), option), end; at != end; ++at)
    out.insert((*at)[1]);
  return out;
}

bool is_understood(const std::string& header) {
  const std::string plain = plain_name(header);
  for (std::size_t i = 0; i < kNumQuantities; ++i) {
    const auto quantity = static_cast<Quantity>(i);
    const auto& others = names_of(quantity).others;
    if (is_short_name(quantity, header)) return true;
    if (std::find(others.begin(), others.end(), plain) != others.end()) return true;
  }
  return false;
}

// Files and folders of the repository that a page names in back quotes: "host/fit/", "fits/law.h".
std::set<std::string> named_paths(const std::string& text) {
  static const std::regex path(R"re(`((?:cuda|docs|fits|host|scripts|tests)/[\w/.]*)`)re");
  std::set<std::string> out;
  for (std::sregex_iterator at(text.begin(), text.end(), path), end; at != end; ++at)
    out.insert((*at)[1]);
  return out;
}

// "docs/a.md" from "../docs/a.md" in docs/b.md.
std::string target_of(const std::string& page, const std::string& link) {
  const auto folder = std::filesystem::path(page).parent_path();
  return (folder / link).lexically_normal().string();
}

void check_link(const std::string& page, const std::string& link) {
  static const std::regex elsewhere("[a-z]+:.*");
  if (std::regex_match(link, elsewhere)) return;
  INFO(page << " links to " << link);
  const std::size_t sharp = std::min(link.find('#'), link.size());
  const std::string target = sharp == 0 ? page : target_of(page, link.substr(0, sharp));
  REQUIRE(std::filesystem::exists(page_path(target)));
  if (sharp < link.size()) CHECK(anchors_of(page_text(target)).count(link.substr(sharp + 1)) == 1);
}

}  // namespace

TEST_CASE("Files that the pages name are there") {
  std::vector<std::string> pages = doc_pages();
  pages.push_back("cuda/README.md");
  std::size_t num_named = 0;
  for (const std::string& page : pages) {
    for (const std::string& path : named_paths(page_text(page))) {
      INFO(page << " names " << path);
      CHECK(std::filesystem::exists(page_path(path)));
      ++num_named;
    }
  }
  CHECK(num_named > 50);
}

TEST_CASE("Links of the docs lead to files and headings that exist") {
  for (const std::string& page : doc_pages())
    for (const std::string& link : links_of(page_text(page))) check_link(page, link);
}

TEST_CASE("The index of docs/ names every page, and the README the index") {
  std::set<std::string> linked;
  for (const std::string& link : links_of(page_text("docs/README.md"))) linked.insert(link);
  for (const std::string& page : doc_pages()) {
    if (page == "README.md" || page == "docs/README.md") continue;
    INFO(page);
    CHECK(linked.count(page.substr(std::string("docs/").size())) == 1);
  }
  const std::vector<std::string> of_readme = links_of(page_text("README.md"));
  CHECK(std::count(of_readme.begin(), of_readme.end(), "docs/README.md") > 0);
}

TEST_CASE("The README stays short and shows a report") {
  const std::string text = page_text("README.md");
  CHECK(lines_of(text).size() <= 250);
  CHECK(!shown_runs(text).empty());
}

TEST_CASE("Every subcommand stands in a command of the docs") {
  std::set<std::string> shown;
  for (const std::string& page : doc_pages())
    for (const std::string& call : calls_of_program(page_text(page)))
      shown.insert(first_word(call));
  const std::set<std::string> names = subcommands();
  REQUIRE(names.count("fit") == 1);
  for (const std::string& name : names) {
    INFO(name);
    CHECK(shown.count(name) == 1);
  }
}

TEST_CASE("No command of the docs has an option that the program lacks") {
  for (const std::string& page : doc_pages()) {
    for (const std::string& call : calls_of_program(page_text(page))) {
      const std::string help = run_program(first_word(call) + " --help 2>&1").output;
      for (const std::string& option : options_in(call)) {
        INFO(page << ": isoloss " << call << ": " << option);
        CHECK(options_in(help).count(option) == 1);
      }
    }
  }
}

TEST_CASE("Options that the docs quote are some command's") {
  std::set<std::string> known = options_in(run_program("--help").output);
  for (const std::string& name : subcommands())
    known.merge(options_in(run_program(name + " --help").output));
  for (const std::string& page : doc_pages()) {
    for (const std::string& quoted : quoted_names(without_code_blocks(page_text(page)))) {
      if (quoted.rfind("--", 0) != 0) continue;
      INFO(page << ": " << quoted);
      CHECK(known.count(*options_in(quoted).begin()) == 1);
    }
  }
}

TEST_CASE("The README's table of laws has all laws and no other") {
  std::set<std::string> laws;
  for (const LawEntry& law : all_laws()) laws.insert(std::string(law.name));
  CHECK(names_in_table(page_text("README.md"), "what is modelled", 1) == laws);
}

TEST_CASE("The exit codes of the docs are those of the program's help") {
  const std::string help = run_program("--help").output;
  const std::string codes = help.substr(help.find("Exit code:"));
  static const std::regex code("[:,]\\s+(\\d+) ");
  std::set<std::string> in_help, in_docs;
  for (std::sregex_iterator at(codes.begin(), codes.end(), code), end; at != end; ++at)
    in_help.insert((*at)[1]);
  for (const TableRow& row : table(page_text("docs/json.md"), "exit code")) in_docs.insert(row[0]);
  CHECK(in_docs == in_help);
}

TEST_CASE("The column names of the docs are understood") {
  const std::string text = page_text("docs/file-of-runs.md");
  for (const std::size_t column : {1u, 2u}) {
    for (const std::string& name : names_in_table(text, "quantity", column)) {
      INFO(name);
      CHECK(is_understood(name));
    }
  }
}

TEST_CASE("The docs have the default boxes of a formula's parameters") {
  std::vector<TableRow> boxes;
  for (const DefaultBox& own : default_boxes())
    boxes.push_back({as_flags(std::string(own.kind)), std::string(own.box)});
  CHECK(table(page_text("docs/which-law.md"), "parameter of a formula") == boxes);
}

}  // namespace isoloss
