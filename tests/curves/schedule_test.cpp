// Schedules written out and in files.

#include "host/curves/schedule.h"

#include <cmath>
#include <fstream>

#include "host/reading/schedule_file.h"
#include "host/reading/schedules.h"
#include "tests/catch.h"
#include "tests/input_error.h"
#include "tests/scratch_folder.h"
#include "tests/text_checks.h"
#include "tests/tolerance.h"

namespace isoloss {
namespace {

const std::string kSchedules = ISOLOSS_SOURCE "/datasets/lr_schedules.toml";

std::string refused_schedule(const std::string& text) {
  return refusal([&] { parse_stages(text); });
}

}  // namespace

TEST_CASE("A schedule that is written out is the one of the data set's file") {
  const std::pair<const char*, const char*> pairs[] = {
      {"constant_24000", "constant:peak=3e-4,warmup=2160,total=24k"},
      {"cosine_24000", "cosine:peak=3e-4,min=3e-5,warmup=2160,total=24000"},
      {"cosine_72000", "cosine:peak=3e-4,min=3e-5,warmup=2160,total=72000"},
      {"wsd_20000_24000",
       "wsd:peak=3e-4,min=3e-5,warmup=2160,decay_start=20000,total=24000,decay=exp"},
      {"wsdld_20000_24000", "wsd:peak=3e-4,min=3e-5,warmup=2160,stable=17840,total=24000"},
      {"wsdcon_9", "two-stage:peak=3e-4,second=9e-5,warmup=2160,switch=8000,total=16000"},
  };
  const auto of_file = read_schedules(kSchedules);
  CHECK(of_file.size() == 9);
  for (const auto& [run, text] : pairs) {
    INFO(run);
    CHECK(rates_of(parse_stages(text)) == rates_of(of_file.at(run)));
  }
}

TEST_CASE("A schedule has a rate at every step from 0 to its end") {
  const Rates cosine = rates_of(parse_stages("cosine:peak=1,min=0.2,warmup=10,total=110"));
  CHECK(cosine.size() == 111);
  CHECK(cosine[0] == 0);
  CHECK(cosine[5] == 0.5);
  CHECK(cosine[10] == 1);
  CHECK(std::fabs(cosine[60] - 0.6) <= tolerance::kClosedForm);
  CHECK(cosine[110] == 0.2);
  const Rates root = rates_of(parse_stages("wsd:peak=1,decay_start=4,total=8,decay=sqrt"));
  CHECK(root[4] == 1);
  CHECK(root[5] == 0.5);
  CHECK(root[8] == 0);
  const Rates falls = rates_of(parse_stages("wsd:peak=1,min=0.01,stable=4,total=8,decay=exp"));
  CHECK(std::fabs(falls[6] - 0.1) <= tolerance::kClosedForm);
}

TEST_CASE("Rates that are known at some steps are linear between them") {
  CHECK(rates_between({{2, 0.5}, {4, 1}, {5, 0}}) == Rates{0.5, 0.5, 0.5, 0.75, 1, 0});
}

TEST_CASE("An error in a schedule names the key") {
  CHECK(contains(refused_schedule("cosinus:peak=1"), "\"cosinus\""));
  CHECK(contains(refused_schedule("cosine:peak=1"), "cosine needs total"));
  CHECK(contains(refused_schedule("cosine:peak=1,total=9,max=1"), "no key \"max\""));
  CHECK(contains(refused_schedule("cosine:peak=x,total=9"), "peak=\"x\""));
  CHECK(contains(refused_schedule("cosine:peak=-1,total=9"), "peak="));
  CHECK(contains(refused_schedule("cosine:peak=1,total=9.5"), "total="));
  CHECK(contains(refused_schedule("cosine:peak=1,total=9,warmup=12"), "total=9 comes before"));
  CHECK(contains(refused_schedule("wsd:peak=1,total=9"), "decay_start and stable"));
  CHECK(contains(refused_schedule("wsd:peak=1,total=9,stable=3,decay=exp"), "min > 0"));
  CHECK(contains(refused_schedule("linear:peak=1,peak=2,total=9"), "peak stands there twice"));
}

TEST_CASE("One --schedule may be for all runs, for one run, or a file") {
  ScheduleTexts texts;
  add_schedule("constant:peak=1,total=2", texts);
  add_schedule("a=constant:peak=3,total=2", texts);
  const Schedules schedules(texts);
  CHECK(schedules.rates("a", "x.csv") == Rates{3, 3, 3});
  CHECK(schedules.rates("b", "x.csv") == Rates{1, 1, 1});
  CHECK(contains(refusal([&] { add_schedule("a=constant:peak=1,total=2", texts); }), "two"));
  CHECK(contains(refusal([&] { add_schedule("nonsense", texts); }), "no schedule"));
  ScheduleTexts file;
  add_schedule(kSchedules, file);
  CHECK(Schedules(file).rates("wsdcon_3", "x.csv").size() == 16001);
  CHECK(contains(refusal([&] { Schedules(file).rates("b", "x.csv"); }), "run \"b\""));
}

TEST_CASE("A file of steps and rates is a schedule") {
  const ScratchFolder folder;
  const std::string path = folder.file("steps.csv");
  std::ofstream(path) << "step,lr\n0,0\n2,1\n4,0.5\n";
  CHECK(rates_called("steps:" + path) == Rates{0, 0.5, 1, 0.75, 0.5});
  std::ofstream(path) << "step,lr\n0,0\n2,1\n1,0.5\n";
  CHECK(contains(refusal([&] { rates_called("steps:" + path); }), "1 is no step"));
}

}  // namespace isoloss
