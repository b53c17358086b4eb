// Outputs of a run: all or none, each what it was before but for its content.

#include "host/base/output_file.h"

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "host/base/error.h"
#include "tests/catch.h"
#include "tests/input_error.h"
#include "tests/scratch_folder.h"
#include "tests/text_checks.h"

namespace isoloss {
namespace {

namespace fs = std::filesystem;

void put(const std::string& path, const std::string& text) { std::ofstream(path) << text; }

std::string text_of(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

struct stat status_of(const std::string& path) {
  struct stat out {};
  lstat(path.c_str(), &out);
  return out;
}

void write(const std::string& path, const std::string& text) {
  OutputFiles({path}, {}).commit({text});
}

}  // namespace

TEST_CASE("A file that is replaced keeps its mode and owner") {
  const ScratchFolder folder;
  const std::string path = folder.file("fit.json");
  put(path, "old");
  chmod(path.c_str(), 0640);
  const bool may_give = chown(path.c_str(), 1234, 1235) == 0;
  write(path, "new");
  CHECK(text_of(path) == "new");
  CHECK((status_of(path).st_mode & 07777) == 0640);
  CHECK(status_of(path).st_uid == (may_give ? 1234 : getuid()));
  CHECK(folder.num_files() == 1);
}

TEST_CASE("A symbolic link stays one, and its target is written") {
  const ScratchFolder folder;
  put(folder.file("target"), "old");
  fs::create_symlink("target", folder.file("link"));
  fs::create_symlink("absent", folder.file("dangling"));
  write(folder.file("link"), "new");
  write(folder.file("dangling"), "too");
  CHECK(fs::is_symlink(folder.file("link")));
  CHECK(fs::is_symlink(folder.file("dangling")));
  CHECK(text_of(folder.file("target")) == "new");
  CHECK(text_of(folder.file("absent")) == "too");
}

TEST_CASE("Devices are written through and stay devices") {
  const ScratchFolder folder;
  fs::create_symlink("/dev/null", folder.file("null"));
  write(folder.file("null"), "gone");
  CHECK(fs::is_symlink(folder.file("null")));
  CHECK(fs::is_character_file(folder.file("null")));
  CHECK_THROWS_AS(write("/dev/full", "no room"), OutputError);
}

TEST_CASE("Nothing appears before all outputs are whole") {
  const ScratchFolder folder;
  put(folder.file("old.json"), "old");
  {
    OutputFiles files({folder.file("old.json"), folder.file("new.npy"), "/dev/full"}, {});
    CHECK(folder.num_files() == 1);
    CHECK_THROWS_AS(files.commit({"new", "new", "no room"}), OutputError);
  }
  CHECK(folder.num_files() == 1);
  CHECK(text_of(folder.file("old.json")) == "old");
}

TEST_CASE("An output that is an input or another output is refused by any of its names") {
  const ScratchFolder folder;
  const std::string runs = folder.file("runs.csv"), absent = folder.file("absent");
  put(runs, "params,tokens,loss\n");
  fs::create_symlink(runs, folder.file("link"));
  fs::create_hard_link(runs, folder.file("hard"));
  const std::string detour = folder.path() + "/./";
  for (const std::string& path :
       {runs, folder.file("link"), folder.file("hard"), detour + "runs.csv"})
    CHECK(contains(refusal([&] { OutputFiles({path}, {runs}); }), "is an input of this run"));
  for (const std::string& path : {absent, detour + "absent"})
    CHECK(contains(refusal([&] { OutputFiles({absent, path}, {}); }), "two outputs would go to"));
  CHECK(refusal([&] { OutputFiles({"/dev/null", "/dev/null"}, {runs}); }) == "accepted");
  CHECK(text_of(runs) == "params,tokens,loss\n");
}

TEST_CASE("Where a later output cannot be replaced, the earlier ones are as they were") {
  const ScratchFolder folder;
  put(folder.file("old"), "old");
  OutputFiles files({folder.file("old"), folder.file("new"), folder.file("blocked")}, {});
  fs::create_directory(folder.file("blocked"));
  CHECK_THROWS_AS(files.commit({"a", "b", "c"}), OutputError);
  CHECK(text_of(folder.file("old")) == "old");
  CHECK(!fs::exists(folder.file("new")));
  CHECK(fs::is_empty(folder.file("blocked")));
}

TEST_CASE("Several outputs leave nothing beside them") {
  const ScratchFolder folder;
  put(folder.file("a"), "old");
  OutputFiles({folder.file("a"), folder.file("b")}, {}).commit({"1", "2"});
  CHECK(text_of(folder.file("a")) == "1");
  CHECK(text_of(folder.file("b")) == "2");
  CHECK(folder.num_files() == 2);
}

}  // namespace isoloss
