// isoloss_write_text FRAME FUNCTIONS.ptx NAME OUT.ptx: the tape of a law of text_laws.h as the
// product writes it, within the kernels of FRAME_SIZE.ptx. LAW in a kernel's name becomes the
// law's.

#include <exception>
#include <fstream>
#include <iostream>
#include <iterator>
#include <stdexcept>

#include "cuda/tape_text.h"
#include "fits/sizes.h"
#include "tests/ptx_on_cpu/texts/text_laws.h"

namespace {

std::string read(const std::string& path) {
  std::ifstream in(path);
  if (!in) throw std::runtime_error("cannot read " + path);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

void write_text(const std::string& frame, const std::string& functions, const std::string& name,
                const std::string& path) {
  const isoloss::LawEntry law = isoloss::text_law(name);
  const int size = isoloss::solver_size(law.num_params());
  const std::string own = isoloss::tape_functions_text(law.tape(), size, read(functions));
  std::string text =
      isoloss::tape_module_text(read(frame + '_' + std::to_string(size) + ".ptx"), own);
  const std::string mark = "LAW";
  for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at + 1))
    text.replace(at, mark.size(), name);
  std::ofstream out(path);
  out << text;
  if (!out.flush()) throw std::runtime_error("cannot write " + path);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 5) {
    std::cerr << "usage: isoloss_write_text FRAME FUNCTIONS.ptx NAME OUT.ptx\n";
    return 2;
  }
  try {
    write_text(argv[1], argv[2], argv[3], argv[4]);
  } catch (const std::exception& error) {
    std::cerr << argv[3] << ": " << error.what() << '\n';
    return 1;
  }
  return 0;
}
