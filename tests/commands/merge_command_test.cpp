// A bootstrap that was fitted in parts is that of one process, to the byte.

#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "tests/catch.h"
#include "tests/refused_command.h"
#include "tests/run_program.h"
#include "tests/scratch_folder.h"
#include "tests/shard_parts.h"
#include "tests/text_checks.h"

namespace isoloss {
namespace {

namespace fs = std::filesystem;

// Makes the shard of a range; gives its path.
std::string shard(const ScratchFolder& folder, const std::string& fit, const std::string& range,
                  const std::string& before = "") {
  const std::string path = folder.file(("shard " + range).c_str());
  const ProgramRun run =
      run_program(fit + " --resamples " + range + " --shard " + isoloss::quoted(path), before);
  CHECK(run.exit_code == 0);
  return isoloss::quoted(path);
}

// What a fit prints and writes.
struct FitFiles {
  FitFiles(const ScratchFolder& folder, const std::string& command) {
    const std::string json = folder.file("fit.json"), npy = folder.file("draws.npy"),
                      csv = folder.file("draws.csv");
    const ProgramRun run =
        run_program(command + " --json " + json + " --draws " + npy + " --draws " + csv + " 2>&1");
    exit_code = run.exit_code;
    files = {run.output, bytes_of(json), bytes_of(npy), bytes_of(csv)};
  }

  int exit_code = -1;
  std::vector<std::string> files;
};

// Runs scripts/slurm_array in an environment; gives its exit code.
int slurm_task(const std::string& environment, const std::string& arguments) {
  const fs::path program = fs::read_symlink("/proc/self/exe").replace_filename("isoloss");
  const std::string command =
      fmt::format("cd {} && ISOLOSS={} {} scripts/slurm_array {} >/dev/null 2>&1", ISOLOSS_SOURCE,
                  program.string(), environment, arguments);
  return WEXITSTATUS(std::system(command.c_str()));
}

// What another answer prints and writes, made whole or of parts.
std::vector<std::string> answer_files(const ScratchFolder& folder, const std::string& command) {
  const std::string json = folder.file("answer.json");
  const ProgramRun run = run_program(command + " --json " + json + " 2>&1");
  return {std::to_string(run.exit_code), run.output, bytes_of(json)};
}

void check_parts(const std::string& command, int num) {
  INFO(command);
  const ScratchFolder folder;
  std::string parts;
  for (int k = num; k >= 1; --k) parts += part(folder, command, k, num);
  const std::vector<std::string> whole = answer_files(folder, command);
  CHECK(whole[2].size() > 500);
  CHECK(answer_files(folder, "merge" + parts) == whole);
}

void check_merges(const std::string& fit, const std::vector<std::string>& ranges) {
  INFO(fit);
  const ScratchFolder folder;
  std::string shards;
  const char* const machines[] = {"", "ISOLOSS_SIMD=portable"};
  for (std::size_t i = 0; i < ranges.size(); ++i)
    shards += fmt::format(" {}", shard(folder, fmt::format("{} --threads {}", fit, 1 + i % 2),
                                       ranges[i], machines[i % 2]));
  const FitFiles whole(folder, fit), merged(folder, "merge" + shards);
  CHECK(merged.exit_code == whole.exit_code);
  CHECK(whole.files[1].size() > 1000);
  CHECK(merged.files == whole.files);
}

}  // namespace

TEST_CASE("Shards in any order merge into the report, the JSON and the draws of one process") {
  check_merges(kWholeFit, {"100:50", "0:1", "1:60", "61:39"});
}

TEST_CASE("Shards merge for laws and options of every kind") {
  check_merges(
      std::string(kWholeFit) + "--law 'E + A/N^alpha' --objective squared --where 'loss < 4'",
      {"0:70", "70:80"});
  check_merges(std::string(kWholeFit) + "--law kaplan --compute 1e21,1e22 --confidence 0.9",
               {"0:70", "70:80"});
  check_merges(std::string(kWholeFit) + "--residual linear --fix alpha=0.34 --bound beta=0.1:",
               {"0:150"});
  check_merges("fit datasets/chinchilla_figure4.csv --bootstrap 20", {"5:15", "0:5"});
}

TEST_CASE("Parts of every answer that can be divided join into that of one process") {
  const std::string runs = " datasets/cs336_isoflop.csv ";
  check_parts(kWholeFit, 3);
  check_parts("coverage" + runs + "--sets 11 --bootstrap 60 --noise gauss:sd=0.01", 3);
  check_parts("coverage datasets/slimpajama_cosine24.csv --sets 10 --bootstrap 30", 2);
  check_parts("compare-laws" + runs + "--laws chinchilla,kaplan --bootstrap 50 --compute 1e20", 4);
  check_parts("compare-laws" + runs + "--laws chinchilla,'E+A/N^a' --holdout each-params", 2);
  check_parts("backtest datasets/chinchilla_figure4.csv --bootstrap 50", 4);  // of three stops
  check_parts("isoflop" + runs + "--bootstrap 200 --compute 1e20,1e21", 3);
}

TEST_CASE("Parts of a fit that hangs on a row join into its warning too") {
  const ScratchFolder folder;
  const std::string runs = folder.file("runs.csv");
  std::string bytes = bytes_of(ISOLOSS_SOURCE "/datasets/cs336_isoflop.csv");
  bytes.replace(bytes.rfind(',') + 1, std::string::npos, "5.2\n");  // the last loss, far off
  std::ofstream(runs) << bytes;
  const std::string fit = "fit " + runs + " --bootstrap 500 --objective squared";
  CHECK(contains(run_program(fit + " --quiet 2>&1").output, "[decisive_runs]"));
  check_merges(fit, {"0:200", "200:300"});
}

TEST_CASE("Parts of other answers that do not belong together are refused") {
  const ScratchFolder folder;
  const std::string asked = "coverage datasets/cs336_isoflop.csv --bootstrap 30 --sets ";
  const std::string first = part(folder, asked + "10", 1, 3);
  const std::string missing = refused_command("merge" + first);
  CHECK(contains(missing, "of 10 sets these are in no shard: 3:7"));
  CHECK(contains(missing, "isoloss coverage ... --part 2/3 --shard FILE"));
  CHECK(contains(refused_command("merge" + first + part(folder, asked + "12", 2, 3)),
                 "of another coverage than"));
  CHECK(contains(refused_command("merge" + first + part(folder, asked + "10 --seed 2", 3, 3)),
                 "of another coverage than"));
  const std::string whole = part(folder, asked + "10", 1, 1);
  CHECK(run_program("merge" + whole).exit_code == 0);
  CHECK(contains(refused_command("merge" + whole + " --draws " + folder.file("draws.npy")),
                 "these are shards of isoloss coverage, which has no --draws"));
  CHECK(contains(refused_command("merge" + whole + " --quiet"), "which has no --quiet"));
}

TEST_CASE("Resamples that no shard or two shards hold are named") {
  const ScratchFolder folder;
  const std::string first = shard(folder, kWholeFit, "0:40"),
                    later = shard(folder, kWholeFit, "60:40"),
                    across = shard(folder, kWholeFit, "30:40");
  const std::string missing = refused_command("merge " + first + " " + later);
  CHECK(contains(missing, "of 150 resamples these are in no shard: 40:20, 100:50"));
  CHECK(contains(missing, "--resamples 40:20"));
  const std::string twice = refused_command("merge " + across + " " + first);
  CHECK(contains(twice, "resamples 30:10 are in"));
  CHECK(contains(refused_command("merge " + first + " " + first), "resamples 0:40 are in"));
}

TEST_CASE("A shard of another fit is refused") {
  const ScratchFolder folder;
  const std::string own = shard(folder, kWholeFit, "0:100");
  for (const char* other :
       {"--bootstrap 150 --seed 8", "--bootstrap 151 --seed 7",
        "--bootstrap 150 --seed 7 --huber-delta 0.01", "--bootstrap 150 --seed 7 --fix E=1.8",
        "--bootstrap 150 --seed 7 --where 'loss < 4'",
        "--bootstrap 150 --seed 7 --law 'E + A/N^alpha + B/D^beta'"}) {
    INFO(other);
    const std::string fit = fmt::format("fit datasets/chinchilla_figure4.csv {}", other);
    const std::string said =
        refused_command(fmt::format("merge {} {}", own, shard(folder, fit, "100:50")));
    CHECK(contains(said, "of another fit than"));
  }
}

TEST_CASE(
    "An array of Slurm tasks makes the shards, leaves those that are there, and merges them") {
  const ScratchFolder folder;
  const std::string out = folder.file("out");
  const auto as_task = [&](int k, const std::string& flags) {
    return slurm_task(fmt::format("SLURM_ARRAY_TASK_ID={} SLURM_ARRAY_TASK_MIN=3 "
                                  "SLURM_ARRAY_TASK_COUNT=3 SLURM_CPUS_PER_TASK=1",
                                  k),
                      fmt::format("{} {}", out, flags));
  };
  for (const int k : {3, 4, 5, 4}) CHECK(as_task(k, kWholeFit) == 0);
  CHECK(slurm_task("", out) == 0);
  const FitFiles whole(folder, kWholeFit);
  CHECK(bytes_of(out + "/answer.json") == whole.files[1]);
  CHECK(bytes_of(out + "/draws.npy") == whole.files[2]);
  CHECK(whole.files[0].starts_with(bytes_of(out + "/report.txt")));
  fs::remove(out + "/shard-1");
  CHECK(slurm_task("", out) == 2);
  const std::string other = folder.file("other");
  CHECK(slurm_task("SLURM_ARRAY_TASK_ID=0 SLURM_ARRAY_TASK_MIN=0 SLURM_ARRAY_TASK_COUNT=1",
                   other + " backtest datasets/chinchilla_figure4.csv --bootstrap 20") == 0);
  CHECK(slurm_task("", other) == 0);
  CHECK(contains(bytes_of(other + "/answer.json"), "isoloss/backtest"));
}

TEST_CASE("A shard whose runs have changed since is refused") {
  const ScratchFolder folder;
  const std::string runs = folder.file("runs.csv");
  fs::copy_file(ISOLOSS_SOURCE "/datasets/chinchilla_figure4.csv", runs);
  const std::string own = shard(folder, "fit " + runs + " --bootstrap 20", "0:20");
  CHECK(run_program("merge " + own).exit_code == 0);
  std::ofstream(runs, std::ios::app)
      << bytes_of(runs).substr(bytes_of(runs).rfind('\n', bytes_of(runs).size() - 2) + 1);
  CHECK(contains(refused_command("merge " + own), "not of the fit that their command line makes"));
}

TEST_CASE("A shard that is cut short, damaged or none is refused") {
  const ScratchFolder folder;
  const std::string own = shard(folder, kWholeFit, "0:150");
  const std::string whole = bytes_of(folder.file("shard 0:150"));
  const std::string path = folder.file("own");
  const auto write = [&](const std::string& bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
    return refused_command("merge " + path);
  };
  for (const std::size_t num : {whole.size() - 1, whole.size() / 2, whole.find('\n') + 1})
    CHECK(contains(write(whole.substr(0, num)), "cut short or damaged"));
  std::string damaged = whole;
  damaged[whole.size() / 2] ^= 1;
  CHECK(contains(write(damaged), "cut short or damaged"));
  CHECK(contains(write("params,loss\n1,2\n"), "not a shard of isoloss"));
  CHECK(contains(write(""), "not a shard of isoloss"));
  std::string other = whole;
  other.replace(whole.find("\"schema_version\":2"), 18, "\"schema_version\":9");
  CHECK(contains(write(other), "another version"));
}

TEST_CASE("Flags of shards that make no sense are refused") {
  const std::string fit = kWholeFit;
  const std::string to = " --shard /dev/null ";
  CHECK(contains(refused_command(fit + "--resamples 0:10"), "a part needs --shard"));
  CHECK(contains(refused_command(fit + "--part 1/10"), "a part needs --shard"));
  CHECK(contains(refused_command(fit + to), "--shard needs --part"));
  CHECK(contains(refused_command(fit + to + "--part 1/2 --resamples 0:9"), "are two parts"));
  CHECK(contains(refused_command(fit + to + "--part 1/2 --by group"), "--part is of one fit"));
  for (const char* part :
       {"1", "0/2", "3/2", "1/0", "-1/2", "1/2/3", "a/b", "1:2", "1/99999999999"})
    CHECK(contains(refused_command(fit + to + "--part=" + part), "is no part"));
  for (const char* range : {"5", "0:0", "-1:5", "0:5:6", "a:b", "0:99999999999"})
    CHECK(contains(refused_command(fit + to + "--resamples=" + range), "is no range"));
  CHECK(contains(refused_command(fit + to + "--resamples 100:51"), "beyond the 150"));
  CHECK(contains(refused_command(fit + to + "--resamples 0:9 --json /dev/null"), "whole answer"));
}

}  // namespace isoloss
