#include "tests/ptx_on_cpu/translate/module_writer.h"

#include <fmt/format.h>

#include <algorithm>

#include "tests/ptx_on_cpu/translate/body_writer.h"

namespace isoloss::ptx {
namespace {

// Bytes that no variable owns between two of shared memory, so that an index too far is noticed.
constexpr std::size_t kRedZone = 64;

std::size_t end_of(const std::vector<Variable>& parameters) {
  return parameters.empty() ? 0 : parameters.back().offset + parameters.back().num_bytes;
}

class ModuleWriter {
 public:
  ModuleWriter(Module& module, std::string file) : module_(module), file_(std::move(file)) {}

  std::string run() {
    out_ +=
        "#include \"tests/ptx_on_cpu/runtime/generated.h\"\n\nnamespace isoloss::ptx {\n"
        "namespace {\n\n";
    global_variables();
    for (Function& function : module_.functions) lay_out_local(function);
    for (const Function& function : module_.functions) name_function(function);
    for (const Function& function : module_.functions)
      if (!function.is_declaration) frame(function);
    for (const Function& function : module_.functions)
      if (!function.is_declaration) body(function);
    out_ += "}  // namespace\n}  // namespace isoloss::ptx\n";
    return out_;
  }

 private:
  struct SharedLayout {
    std::string ranges;  // C++ of {{offset, bytes}, ...}
    std::size_t end = 0;
  };

  template <class... Values>
  void emit(fmt::format_string<Values...> text, Values&&... values) {
    out_ += fmt::format(text, std::forward<Values>(values)...);
  }

  void global_variables() {
    out_ += "const ModuleVariables variables{\n";
    int index = 0;
    for (const Variable& variable : module_.variables) {
      if (variable.space == "shared") continue;
      symbols_.addresses[variable.name] = fmt::format("t.variable({})", index++);
      emit("{{\"{}\", {}, {{{}}}}},\n", variable.name, variable.num_bytes,
           fmt::join(variable.bytes, ", "));
    }
    out_ += "};\n\n";
  }

  static void lay_out_local(Function& function) {
    std::size_t end = 0;
    for (Variable& variable : function.variables) {
      if (variable.space != "local") continue;
      end = (end + variable.alignment - 1) / variable.alignment * variable.alignment;
      variable.offset = end;
      end += variable.num_bytes;
    }
  }

  // A function may be declared before its body comes: the body counts.
  void name_function(const Function& function) {
    const Function*& known = symbols_.functions[function.name];
    if (known == nullptr || !function.is_declaration) known = &function;
    symbols_.frames[function.name] = fmt::format("Frame_{}", cpp_name(function.name));
  }

  void frame(const Function& function) {
    const std::string name = symbols_.frames[function.name];
    std::size_t local_bytes = 0;
    for (const Variable& variable : function.variables)
      if (variable.space == "local") local_bytes = variable.offset + variable.num_bytes;
    emit("struct {} final : FrameOf<{}, {}, {}> {{\n", name, end_of(function.parameters),
         end_of(function.results), local_bytes);
    for (const Register& reg : function.registers)
      emit("  Storage<{}> {}{}{{}};\n", reg.type, reg.name,
           reg.count > 0 ? fmt::format("[{}]", reg.count) : "");
    for (const Variable& variable : function.variables)
      if (variable.space == "param")
        emit("  Bytes<{}> {}{{}};\n", variable.num_bytes, variable.name);
    out_ += "  Step run(Thread& t) override;\n};\n\n";
  }

  void add_shared(const Variable& variable, SharedLayout& layout, Symbols& symbols) const {
    if (variable.space != "shared") return;
    const std::size_t alignment = std::max<std::size_t>(variable.alignment, kRedZone);
    const std::size_t offset = (layout.end + alignment - 1) / alignment * alignment;
    if (variable.num_bytes == 0) {
      symbols.addresses[variable.name] = "u64{t.block.kernel.dynamic_offset}";
      return;
    }
    symbols.addresses[variable.name] = fmt::format("u64{{{}}}", offset);
    layout.ranges += fmt::format("{{{}, {}}}, ", offset, variable.num_bytes);
    layout.end = offset + variable.num_bytes + kRedZone;
  }

  // A kernel has the shared variables of the module and of every function, in one place for all,
  // and then its own.
  SharedLayout lay_out_shared(const Function& kernel, Symbols& symbols) const {
    SharedLayout layout;
    for (const Variable& variable : module_.variables) add_shared(variable, layout, symbols);
    for (const Function& function : module_.functions)
      if (!function.is_kernel)
        for (const Variable& variable : function.variables) add_shared(variable, layout, symbols);
    if (kernel.is_kernel)
      for (const Variable& variable : kernel.variables) add_shared(variable, layout, symbols);
    layout.end = (layout.end + kRedZone - 1) / kRedZone * kRedZone;
    return layout;
  }

  void body(const Function& function) {
    Symbols symbols = symbols_;
    const SharedLayout layout = lay_out_shared(function, symbols);
    const std::string name = symbols_.frames[function.name];
    emit("Step {}::run(Thread& t) {{\nswitch (resume) {{ case 0: enter(t);\n{}}}\n", name,
         BodyWriter(symbols, function).run());
    out_ += "t.fail(\"ran past its end\");\n}\n\n";
    if (function.is_kernel) kernel(function, layout, name);
  }

  void kernel(const Function& function, const SharedLayout& layout, const std::string& frame) {
    std::string parameters;
    for (const Variable& parameter : function.parameters)
      parameters += fmt::format("{{{}, {}}}, ", parameter.offset, parameter.num_bytes);
    emit("const Registration register_{}{{{{\"{}\", \"{}\", {},\n", frame, function.name, file_,
         function.max_threads);
    emit("    {{{}}},\n    {{{}}}, {},\n    &variables, make_frame<{}>}}}};\n\n", parameters,
         layout.ranges, layout.end, frame);
  }

  Module& module_;
  std::string file_;
  std::string out_;
  Symbols symbols_;
};

}  // namespace

std::string write_module(Module& module, const std::string& file) {
  return ModuleWriter(module, file).run();
}

}  // namespace isoloss::ptx
