#include "host/answers/doctor.h"

#include "host/commands/commands.h"
#include "host/report/doctor.h"

namespace isoloss {
namespace {

struct Flags {
  void add(CommandLine& line) { line.json("the findings"); }
};

Outcome answer(const Flags&, Documents& out) {
  const DoctorReport report = doctor_report();
  out.json([&] { return doctor_json(report); });
  out.report([&] { return doctor_text(report); });
  return Outcome::sound;
}

}  // namespace

Work doctor_command(CommandLine& line) { return work_of<Flags>(line, answer); }

}  // namespace isoloss
