// isoloss_ptx_translate IN.ptx OUT.cpp: PTX to C++ for the runtime beside it.

#include <exception>
#include <fstream>
#include <iostream>
#include <sstream>

#include "tests/ptx_on_cpu/translate/module_writer.h"
#include "tests/ptx_on_cpu/translate/parser.h"

namespace {

std::string name_without_folder(const std::string& path) {
  return path.substr(path.find_last_of('/') + 1);
}

void translate(const std::string& from, const std::string& to) {
  std::ifstream in(from);
  if (!in) throw std::runtime_error("cannot be read");
  std::stringstream ptx;
  ptx << in.rdbuf();
  isoloss::ptx::Module module = isoloss::ptx::parse_module(ptx.str());
  const std::string cpp = isoloss::ptx::write_module(module, name_without_folder(from));
  std::ofstream out(to);
  out << cpp;
  if (!out.flush()) throw std::runtime_error("cannot write " + to);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: isoloss_ptx_translate IN.ptx OUT.cpp\n";
    return 2;
  }
  try {
    translate(argv[1], argv[2]);
  } catch (const std::exception& error) {
    std::cerr << argv[1] << ": " << error.what() << '\n';
    return 1;
  }
  return 0;
}
