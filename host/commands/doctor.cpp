#include "host/answers/doctor.h"

#include "host/commands/commands.h"
#include "host/report/doctor.h"

namespace isoloss {
namespace {

struct DoctorFlags {
  void add(CommandLine& line) {
    line.json("the findings");
    line.has_no_charts();
  }
};

Outcome answer(const DoctorFlags&, Documents& out) {
  const DoctorReport report = doctor_report();
  out.answer([&] { return describe_doctor(report); }, [&] { return doctor_json(report); });
  return Outcome::sound;
}

}  // namespace

Work doctor_command(CommandLine& line) { return work_of<DoctorFlags>(line, answer); }

}  // namespace isoloss
