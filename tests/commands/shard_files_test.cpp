// What a shard holds is never trusted, and never costs a user's file.

#include <filesystem>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <utility>

#include "host/base/checksum.h"
#include "tests/catch.h"
#include "tests/refused_command.h"
#include "tests/scratch_folder.h"
#include "tests/shard_parts.h"
#include "tests/text_checks.h"

namespace isoloss {
namespace fs = std::filesystem;

TEST_CASE("Shards never lead to the loss of what they were made of") {
  const ScratchFolder folder;
  const std::string runs = folder.file("runs.csv"), law = folder.file("law.toml");
  fs::copy_file(ISOLOSS_SOURCE "/datasets/cs336_isoflop.csv", runs);
  std::ofstream(law) << "formula = \"E + A/N^a + B/D^b\"\n";
  const std::string whole = part(folder, "fit " + runs + " --bootstrap 20 --law @" + law, 1, 1);
  fs::create_hard_link(runs, folder.file("linked.npy"));
  for (const std::string& output : {"--json " + runs, "--rows " + runs, "--json " + law,
                                    "--draws " + folder.file("linked.npy"), "--json" + whole}) {
    INFO(output);
    CHECK(contains(refused_command("merge" + whole + " " + output), "is an input of this run"));
  }
  CHECK(bytes_of(runs) == bytes_of(ISOLOSS_SOURCE "/datasets/cs336_isoflop.csv"));
  const std::string before = bytes_of(folder.file("part-1"));
  CHECK(contains(refused_command("fit " + runs + " --bootstrap 0 --part 1/2 --shard" + whole),
                 "--shard needs a bootstrap"));
  CHECK(bytes_of(folder.file("part-1")) == before);
}

TEST_CASE("Shards of a law that was changed, or of other words, are of two answers") {
  const ScratchFolder folder;
  const std::string law = folder.file("law.toml");
  for (const std::string& command :
       {std::string("backtest datasets/chinchilla_figure4.csv --bootstrap 20 --law @"),
        std::string(
            "compare-laws datasets/cs336_isoflop.csv --bootstrap 20 --laws chinchilla,@")}) {
    std::ofstream(law) << "formula = \"E + A/N^a + B/D^b\"\n";
    const std::string first = part(folder, command + law, 1, 2);
    std::ofstream(law) << "formula = \"A/N^a + B/D^b\"\n";
    const std::string second = part(folder, command + law, 2, 2);
    CHECK(contains(refused_command("merge" + first + second), "of another"));
  }
  // Bounds alone.
  const std::string coverage =
      "coverage datasets/cs336_isoflop.csv --sets 10 --bootstrap 20 --noise gauss:sd=0.01 --law @";
  const auto write = [&](const char* bounds) {
    std::ofstream(law) << "formula = \"E + A/N^a + B/D^b\"\n[params.a]\nbounds = " << bounds
                       << "\n";
  };
  write("[0, 1]");
  const std::string wide = part(folder, coverage + law, 1, 2);
  write("[0.1, 1.5]");
  CHECK(contains(refused_command("merge" + wide + part(folder, coverage + law, 2, 2)),
                 "of another coverage than"));
  const std::string first = part(folder, std::string(kWholeFit) + "--confidence 0.9", 1, 2);
  CHECK(contains(refused_command("merge" + first + part(folder, kWholeFit, 2, 2)),
                 "of another fit than"));
}

namespace {

// A shard with its head changed by hand, and a checksum that is right.
void forge(const std::string& path, const std::function<void(nlohmann::json&)>& change) {
  std::string bytes = bytes_of(path);
  const std::size_t line = bytes.find('\n');
  auto head = nlohmann::json::parse(bytes.substr(0, line));
  change(head);
  bytes = head.dump() + bytes.substr(line, bytes.size() - line - 16);
  Checksum sum;
  sum.add(bytes);
  std::ofstream(path, std::ios::binary) << bytes << sum.text();
}

}  // namespace

TEST_CASE("A shard that says what it is not is refused") {
  const ScratchFolder folder;
  using Json = nlohmann::json;
  const std::pair<const char*, Json> changes[] = {{"num_items", 40},         {"num_items", 20.5},
                                                  {"num_items", 4294967316}, {"num", 0},
                                                  {"num_parts", 1 << 30},    {"num_parts", -1},
                                                  {"command", "merge"},      {"command", "help"},
                                                  {"command", "optimum"},    {"command", "nobody"},
                                                  {"schema_version", "2"},   {"schema_version", {}},
                                                  {"words", Json::array()}};
  for (const char* command : {"fit datasets/cs336_isoflop.csv --bootstrap 20",
                              "coverage datasets/cs336_isoflop.csv --sets 10 --bootstrap 20"}) {
    for (const auto& [key, value] : changes) {
      INFO(command << " " << key << " " << value.dump());
      const std::string own = part(folder, command, 1, 1);
      forge(folder.file("part-1"), [&, at = key, to = value](Json& head) { head[at] = to; });
      refused_command("merge" + own);
    }
    const std::string own = part(folder, command, 1, 1);
    forge(folder.file("part-1"), [](Json& head) { head["num"] = head["num_items"] = 12; });
    refused_command("merge" + own);
  }
}

TEST_CASE("Runs whose name a shard could not keep are refused before the work") {
  const ScratchFolder folder;
  const std::string runs = folder.file("lat\xE9.csv");
  fs::copy_file(ISOLOSS_SOURCE "/datasets/cs336_isoflop.csv", runs);
  CHECK(contains(refused_command("fit " + isoloss::quoted(runs) + " --part 1/2 --shard " +
                                 folder.file("shard")),
                 "is not UTF-8; rename it"));
  CHECK(!fs::exists(folder.file("shard")));
}

}  // namespace isoloss
