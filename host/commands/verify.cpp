#include "host/answers/verify/verify.h"

#include <algorithm>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "host/answers/verify/library.h"
#include "host/base/error.h"
#include "host/base/output_file.h"
#include "host/commands/commands.h"
#include "host/report/verify.h"
#include "host/search/engine_choice.h"

namespace isoloss {
namespace {

struct VerifyFlags {
  std::vector<std::string> names;
  std::string folder;
  std::string device = "auto";
  std::string json_path, junit_path, summary_path;
  bool list = false;
};

// The files that were asked for, opened before any work, with what they will hold.
class Documents {
 public:
  using Render = std::function<std::string(const std::vector<Verdict>&)>;

  void add(const std::string& path, Render render) {
    if (path.empty()) return;
    const bool is_taken = std::find(paths_.begin(), paths_.end(), path) != paths_.end();
    require(!is_taken, "two outputs would go to " + (path == "-" ? "standard output" : path),
            "give each a file of its own");
    paths_.push_back(path);
    files_.push_back({std::make_unique<OutputFile>(path), std::move(render)});
  }
  bool use_stdout() const { return std::find(paths_.begin(), paths_.end(), "-") != paths_.end(); }
  void write(const std::vector<Verdict>& verdicts) {
    for (const auto& [file, render] : files_) file->commit(render(verdicts));
  }

 private:
  struct Document {
    std::unique_ptr<OutputFile> file;
    Render render;
  };
  std::vector<Document> files_;
  std::vector<std::string> paths_;
};

int run_verify(const VerifyFlags& flags) {
  const std::vector<PublishedFit> fits = published_fits(flags.folder, flags.names);
  if (flags.list) {
    OutputFile("-").commit(published_list(fits));
    return 0;
  }
  choose_engine(flags.device, {0, simd_level()}, {});  // a device that is not there ends it here
  Documents documents;
  documents.add(flags.json_path, verify_json);
  documents.add(flags.junit_path, [&](const std::vector<Verdict>& verdicts) {
    return verify_junit(verdicts, flags.device);
  });
  documents.add(flags.summary_path, [&](const std::vector<Verdict>& verdicts) {
    return verify_summary(verdicts, flags.device);
  });
  std::vector<Verdict> verdicts;
  for (const PublishedFit& published : fits) verdicts.push_back(verify(published, flags.device));
  documents.write(verdicts);
  if (!documents.use_stdout()) OutputFile("-").commit(verify_text(verdicts));
  return counts_of(verdicts).differ > 0 ? 1 : 0;
}

}  // namespace

void add_verify_command(CLI::App& app, Command& chosen) {
  CLI::App* command = app.add_subcommand(
      "verify", "Make published fits again and compare what comes out with what was published");
  auto flags = std::make_shared<VerifyFlags>();
  const auto add_file = [&](const char* name, std::string& path, const char* what) {
    command->add_option(name, path, std::string("Write ") + what + "; - is standard output")
        ->type_name("FILE");
  };
  command->add_option("name", flags->names, "Fits to make again; else all")->type_name("NAME");
  command->add_flag("--list", flags->list, "List the fits");
  add_file("--json", flags->json_path, "the findings as JSON");
  add_file("--junit", flags->junit_path, "a test report in JUnit's XML, a test case a fit");
  add_file("--summary", flags->summary_path, "the counts and a table in Markdown");
  command->add_option("--dir", flags->folder, "Folder of fits, instead of those of the program")
      ->type_name("DIR");
  command
      ->add_option("--device", flags->device,
                   "Where to search: auto, cpu, cuda, or cuda:0,1; one that is asked for and not "
                   "there is an error (exit code 3)")
      ->capture_default_str()
      ->type_name("DEVICE");
  command->callback([&chosen, flags] { chosen = [flags] { return run_verify(*flags); }; });
}

}  // namespace isoloss
