#include "host/answers/verify/verify.h"

#include <string>
#include <vector>

#include "host/answers/verify/library.h"
#include "host/base/error.h"
#include "host/commands/commands.h"
#include "host/commands/common_flags.h"
#include "host/report/verify.h"

namespace isoloss {
namespace {

struct VerifyFlags {
  std::vector<std::string> names;
  std::string folder;
  std::string device = "auto";
  bool list = false;
  const CommandLine* line = nullptr;

  void add(CommandLine& to);
};

void VerifyFlags::add(CommandLine& to) {
  line = &to;
  CLI::App& command = to.app();
  command.add_option("name", names, "Fits to make again; else all")->type_name("PUBLISHED");
  command.add_flag("--list", list, "List the fits");
  to.json("the findings");
  to.has_no_charts();
  to.output("--junit", "Write a test report in JUnit's XML, a test case a fit");
  to.output("--summary", "Write the counts and a table in Markdown");
  command.add_option("--dir", folder, "Folder of fits, instead of those of the program")
      ->type_name("DIR");
  to.reads([this] { return files_of_fits(folder); });
  add_device(to, device,
             "Where to search: auto, cpu, cuda, or cuda:0,1; one that is asked for and not there "
             "is an error (exit code 3)");
}

void require_alone(const CommandLine& line) {
  for (const std::string& flag : line.given_but({"name", "--list", "--dir"}))
    refuse(flag + " beside --list", "a list is not verified");
}

Outcome answer(const VerifyFlags& flags, Documents& out) {
  const std::vector<PublishedFit> fits = published_fits(flags.folder, flags.names);
  if (flags.list) {
    require_alone(*flags.line);
    out.answer([&] { return describe_published(fits); });
    return Outcome::sound;
  }
  const Verification got = verify(fits, flags.device);
  out.text("--junit", [&] { return verify_junit(got); });
  out.text("--summary", [&] { return verify_summary(got); });
  out.answer([&] { return describe_verification(got); }, [&] { return verify_json(got); });
  return got.outcome();
}

}  // namespace

Work verify_command(CommandLine& line) { return work_of<VerifyFlags>(line, answer); }

}  // namespace isoloss
