// The statements of a function. A register becomes a C++ member; one of an inner scope gets the
// number of its scope, because PTX lets scopes reuse names.

#include <cctype>

#include "tests/ptx_on_cpu/translate/parser.h"

namespace isoloss::ptx {
namespace {

class BodyParser {
 public:
  BodyParser(TokenStream& in, Function& function) : in_(in), function_(function) {}

  void run() {
    scopes_.push_back({0, {}});
    while (!scopes_.empty()) statement();
  }

 private:
  // What a name means in a scope: its C++ and, for %rd<12>, that a number follows.
  struct Meaning {
    std::string cpp;
    bool is_row = false;
    Operand::Kind kind = Operand::Kind::reg;
  };

  struct Scope {
    int number;  // 0 for the function's own
    std::map<std::string, Meaning> names;
  };

  void statement() {
    if (in_.take_if("{")) {
      scopes_.push_back({++num_scopes_, {}});
    } else if (in_.take_if("}")) {
      scopes_.pop_back();
    } else if (in_.take_if(".reg")) {
      declare_registers();
    } else if (in_.peek() == ".shared" || in_.peek() == ".local" || in_.peek() == ".param") {
      declare_variable(in_.take().substr(1));
    } else if (in_.take_if(".pragma")) {
      while (!in_.take_if(";")) in_.take();
    } else if (in_.peek(1) == ":") {
      label();
    } else {
      instruction();
    }
  }

  std::string scoped(const std::string& name) const {
    const int number = scopes_.back().number;
    std::string cpp = number == 0 ? "" : "scope" + std::to_string(number) + "_";
    for (const char c : name) cpp += std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
    return cpp;
  }

  void declare_registers() {
    const std::string type = in_.take().substr(1);
    if (bytes_of_type(type) == 0) in_.fail("a register of unknown type " + type);
    do {
      const std::string name = in_.take();
      Register declared{scoped(name), type, 0};
      if (in_.take_if("<")) {
        declared.count = static_cast<int>(in_.take_integer());
        in_.expect(">");
      }
      scopes_.back().names[name] = {declared.name, declared.count > 0};
      function_.registers.push_back(declared);
    } while (in_.take_if(","));
    in_.expect(";");
  }

  void declare_variable(const std::string& space) {
    Variable variable = parse_variable(in_, space);
    in_.expect(";");
    if (space == "param") {
      const std::string cpp = scoped(variable.name);
      scopes_.back().names[variable.name] = {cpp, false, Operand::Kind::call_parameter};
      variable.name = cpp;
    }
    function_.variables.push_back(variable);
  }

  void label() {
    Instruction mark;
    mark.line = in_.line();
    mark.label = in_.take();
    in_.expect(":");
    function_.body.push_back(mark);
  }

  void instruction() {
    Instruction parsed;
    parsed.line = in_.line();
    if (in_.take_if("@")) {
      const bool negated = in_.take_if("!");
      parsed.guard = negated ? "!" : "";
      parsed.guard += operand().text;
    }
    parsed.opcode = in_.take();
    parsed.words = split(parsed.opcode, '.');
    while (!in_.take_if(";")) {
      parsed.operands.push_back(operand_or_pair());
      if (!in_.take_if(",") && in_.peek() != ";")
        in_.fail("expected ';' before '" + in_.peek() + "'");
    }
    function_.body.push_back(std::move(parsed));
  }

  // %r1|%p1 of shfl and setp.
  Operand operand_or_pair() {
    Operand first = operand();
    if (!in_.take_if("|")) return first;
    Operand pair;
    pair.kind = Operand::Kind::list;
    pair.parts = {first, operand()};
    return pair;
  }

  Operand list_until(const std::string& end) {
    Operand list;
    list.kind = Operand::Kind::list;
    while (!in_.take_if(end)) {
      list.parts.push_back(operand());
      in_.take_if(",");
    }
    return list;
  }

  Operand address() {
    Operand result;
    result.kind = Operand::Kind::address;
    result.parts.push_back(operand());
    if (in_.take_if("+")) result.offset = in_.take_integer();
    if (in_.peek() == "-") result.offset = in_.take_integer();
    in_.expect("]");
    return result;
  }

  Operand operand() {
    if (in_.take_if("{")) return list_until("}");
    if (in_.take_if("(")) return list_until(")");
    if (in_.take_if("[")) return address();
    Operand result;
    result.negated = in_.take_if("!");
    std::uint64_t bits = 0;
    if (in_.peek() == "-" || immediate_bits(in_.peek(), bits)) {
      result.kind = Operand::Kind::immediate;
      const bool is_float = in_.peek().rfind("0f", 0) == 0;
      const auto value = static_cast<std::uint64_t>(in_.take_integer());
      result.text = (is_float ? "u32{" : "u64{") + std::to_string(value) + "u}";
      return result;
    }
    result.text = in_.take();
    if (result.text != "_") name(result);
    return result;
  }

  void name(Operand& operand) const {
    const std::string word = operand.text;
    const std::string stem = word.substr(0, word.find_last_not_of("0123456789") + 1);
    for (auto scope = scopes_.rbegin(); scope != scopes_.rend(); ++scope) {
      const auto exact = scope->names.find(word);
      const auto row = scope->names.find(stem);
      if (exact != scope->names.end() && !exact->second.is_row) {
        operand.kind = exact->second.kind;
        operand.text = exact->second.cpp;
        return;
      }
      if (row != scope->names.end() && row->second.is_row) {
        operand.kind = Operand::Kind::reg;
        operand.text = row->second.cpp + "[" + word.substr(stem.size()) + "]";
        return;
      }
    }
    operand.kind = word[0] == '%' ? Operand::Kind::special : Operand::Kind::symbol;
  }

  TokenStream& in_;
  Function& function_;
  std::vector<Scope> scopes_;
  int num_scopes_ = 0;
};

}  // namespace

void parse_body(TokenStream& in, Function& function) { BodyParser(in, function).run(); }

}  // namespace isoloss::ptx
