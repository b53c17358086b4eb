// Runs a fuzz target on the files of a folder, so that it is built and works where no fuzzer is.

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t num_bytes);

int main(int num_args, char** args) {
  int num_files = 0;
  for (int i = 1; i < num_args; ++i) {
    for (const auto& entry : std::filesystem::directory_iterator(args[i])) {
      std::ifstream file(entry.path(), std::ios::binary);
      const std::string bytes{std::istreambuf_iterator<char>(file), {}};
      LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
      ++num_files;
    }
  }
  std::printf("%d seeds\n", num_files);
  return num_files > 0 ? 0 : 1;
}
