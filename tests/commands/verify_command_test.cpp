// What `isoloss verify` answers, in each of its forms.

#include <nlohmann/json.hpp>
#include <sstream>

#include "cuda/engine.h"
#include "host/answers/verify/verify.h"
#include "host/report/verify.h"
#include "tests/catch.h"
#include "tests/fit_folder.h"
#include "tests/text_checks.h"

namespace isoloss {

TEST_CASE("verify's exit code tells agreement, difference and a wrong file apart") {
  CHECK(FitFolder(kHead + expect("E", "2.69")).verify().exit_code == 0);
  const ProgramRun differs = FitFolder(kHead + expect("E", "2.70")).verify();
  CHECK(differs.exit_code == 1);
  CHECK(differs.output.find("DIFFERS") != std::string::npos);
  CHECK(FitFolder("rows = 71\n" + kHead + expect("E", "2.69")).verify().exit_code == 1);
  const FitFolder wrong(kHead + "oops = 1\n");
  const ProgramRun refused = wrong.verify();
  CHECK(refused.exit_code == 2);
  CHECK(refused.output.find(wrong.path() + "/own.toml:14: ") != std::string::npos);
  CHECK(run_program("verify no_such_fit 2>&1").exit_code == 2);
}

TEST_CASE("verify writes over nothing that it reads") {
  const FitFolder folder(kHead + expect("E", "2.69"));
  const std::string own = folder.path() + "/own.toml";
  const ProgramRun run = folder.verify("--json " + own + " 2>&1");
  CHECK(run.exit_code == 2);
  CHECK(contains(run.output, "own.toml is an input of this run"));
  std::stringstream kept;
  kept << std::ifstream(own).rdbuf();
  CHECK(contains(kept.str(), "[[expect]]"));
  CHECK(folder.verify("--json datasets/cs336_isoflop.csv 2>&1").exit_code == 2);
}

TEST_CASE("verify writes every comparison as JSON") {
  const FitFolder folder(kHead + expect("E", "2.69") + expect("beta", "0.37"));
  const ProgramRun run = folder.verify("--json -");
  CHECK(run.exit_code == 1);
  const nlohmann::json report = nlohmann::json::parse(run.output);
  CHECK(report["schema"] == "isoloss/verify");
  CHECK(report["num_differ"] == 1);
  const nlohmann::json& comparisons = report["fits"][0]["comparisons"];
  CHECK(comparisons[0]["agrees"] == true);
  CHECK(comparisons[1]["agrees"] == false);
  CHECK(comparisons[1]["published"] == "0.37");
}

TEST_CASE("verify writes a test report and a summary for services that run tests") {
  const FitFolder folder(kHead + expect("E", "2.69") + expect("beta", "0.37"));
  const std::string junit = folder.path() + "/out.xml";
  const ProgramRun run = folder.verify("--device cpu --summary - --junit " + junit);
  CHECK(run.exit_code == 1);
  CHECK(contains(run.output, "## Published fits, --device cpu: 0 agree, 1 differ, 0 skipped"));
  CHECK(contains(run.output, "| own | cpu | 2 | differs: beta: published 0.37, ours 0.36"));
  std::stringstream xml;
  xml << std::ifstream(junit).rdbuf();
  CHECK(contains(xml.str(), "tests=\"1\" failures=\"1\" errors=\"0\" skipped=\"0\""));
  CHECK(contains(xml.str(), "<failure message=\"beta: published 0.37, ours 0.36"));
  CHECK(folder.verify("--junit - --json - 2>&1").exit_code == 2);
}

TEST_CASE("Text that is none of XML's or of a table's is taken out of reports for services") {
  Verdict verdict;
  verdict.published.name = "a<b>&\"c|d\x01\xFF\uFFFF";
  verdict.skipped = "it's <so>\nand |so|";
  const std::string xml = verify_junit({"auto", {verdict}});
  CHECK(contains(xml, "name=\"a&lt;b&gt;&amp;&quot;c|d???\""));
  CHECK(contains(xml, "<skipped message=\"it's &lt;so&gt;&#10;and |so|\"/>"));
  CHECK(contains(verify_summary({"auto", {verdict}}), "| skipped: it's \\<so\\> and \\|so\\| |"));
}

TEST_CASE("A published fit finds its table beside its own file") {
  std::string text = kHead + expect("E", "2.69");
  text.replace(text.find("cs336_isoflop.csv"), 17, "own_table.csv");
  const FitFolder folder(text);
  CHECK(folder.verify("2>&1").exit_code == 2);
  std::filesystem::copy_file(ISOLOSS_SOURCE "/datasets/cs336_isoflop.csv",
                             folder.path() + "/own_table.csv");
  CHECK(folder.verify("2>&1").exit_code == 0);
}

TEST_CASE("verify never falls back from a device that is not there") {
  if (cuda_report().state == CudaState::ready) return;
  const FitFolder folder(kHead + expect("E", "2.69"));
  const ProgramRun run = folder.verify("--device cuda 2>&1");
  CHECK(run.exit_code == 3);
  CHECK(contains(run.output, "--device cuda: "));
  CHECK(folder.verify("--device abacus 2>&1").exit_code == 2);
}

TEST_CASE("verify's report is at most 100 columns wide") {
  for (const char* flags : {"verify --list", "verify caballero_2022_addition gadre_2024_c4"}) {
    std::istringstream text(run_program(flags).output);
    int num_lines = 0;
    for (std::string line; std::getline(text, line); ++num_lines) {
      INFO(line);
      CHECK(line.size() <= 100);
    }
    CHECK(num_lines > 10);
  }
}

}  // namespace isoloss
