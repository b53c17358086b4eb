// The translator refuses what it does not know, and says where.

#include "tests/catch.h"
#include "tests/ptx_on_cpu/translate/module_writer.h"
#include "tests/ptx_on_cpu/translate/parser.h"

namespace isoloss {
namespace {

// A kernel with one statement, which stands on line 6.
std::string translated(const std::string& statement) {
  ptx::Module module = ptx::parse_module(
      ".version 9.0\n.target sm_90\n.visible .entry f(.param .u64 f_param_0)\n{\n"
      ".reg .b32 %r<9>; .reg .b64 %rd<9>; .reg .pred %p<9>;\n" +
      statement + "\nret;\n}\n");
  return ptx::write_module(module, "f.ptx");
}

}  // namespace

TEST_CASE("Known statements are translated") {
  using Catch::Matchers::Contains;
  CHECK_THAT(translated("add.s32 %r1, %r2, -3;"),
             Contains("set<s32>(_r[1], add(get<s32>(_r[2]), get<s32>("));
  CHECK_THAT(translated("@!%p1 bra $L; $L: exit;"), Contains("if (!_p[1]) { goto L_L; }"));
  CHECK_THAT(translated("{ .reg .b32 %r<2>; mov.u32 %r1, %tid.x; }"), Contains("scope1__r[1]"));
}

TEST_CASE("Unknown statements are errors that name their line and word") {
  const struct {
    const char* statement;
    const char* message;
  } unknown[] = {
      {"frobnicate.u32 %r1, %r2;", "line 6: unknown instruction frobnicate.u32"},
      {"add.s32.strange %r1, %r2, %r3;", "line 6: unknown instruction add.s32.strange"},
      {"add.ftz.f32 %r1, %r2, %r3;", "line 6: unknown instruction add.ftz.f32"},
      {"ld.global.strange.u32 %r1, [%rd1];", "line 6: unknown modifier .strange of ld.global"},
      {"cvt.rn.ftz.f32.f64 %r1, %rd1;", "line 6: unknown modifier .ftz of cvt.rn.ftz.f32.f64"},
      {"mov.u32 %r1, %smid;", "line 6: unknown special register %smid"},
      {"mov.u64 %rd1, nowhere;", "line 6: unknown name nowhere"},
      {"add.s32 %r1, %r2;", "line 6: unknown form of add.s32: 2 operands"},
      {"bar.sync 0, 64;", "line 6: unknown form of bar.sync: 2 operands"},
      {"shfl.bfly.b32 %r1, %r2, 1, 31, -1;", "line 6: unknown form of shfl.bfly.b32"},
      {"call.uni nowhere;", "line 6: call of an unknown function nowhere"},
      {"$L: .branchtargets $A, $B;", "line 6: unknown instruction .branchtargets"},
      {"ld.global.v2.u32 %r1, [%rd1];", "line 6: a vector of another length"},
  };
  for (const auto& [statement, message] : unknown) {
    INFO(statement);
    CHECK_THROWS_WITH(translated(statement), Catch::Matchers::Contains(message));
  }
}

}  // namespace isoloss
