#include "host/base/file_bytes.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "host/base/call.h"
#include "host/base/error.h"
#include "host/base/memory.h"
#include "host/base/near_file.h"
#include "host/base/stop.h"
#include "host/base/text.h"

namespace isoloss {
namespace {

// How a file that is no CSV begins.
struct Opening {
  std::string_view bytes;
  const char* message;
  const char* hint;
};

constexpr const char* kSaveAsUtf8 = "save it as UTF-8";
constexpr const char* kDecompress = "decompress it first";
constexpr const char* kExportCsv = "export the table as CSV";

constexpr std::array kOpenings{
    Opening{"\xFF\xFE", "the file is UTF-16", kSaveAsUtf8},
    Opening{"\xFE\xFF", "the file is UTF-16", kSaveAsUtf8},
    Opening{"\x28\xB5\x2F\xFD", "a zstd file, not CSV", kDecompress},
    Opening{"\xFD\x37zXZ", "an xz file, not CSV", kDecompress},
    Opening{"BZh", "a bzip2 file, not CSV", kDecompress},
    Opening{"PK\x03\x04", "a zip or Excel file, not CSV", kExportCsv},
    Opening{"PAR1", "a Parquet file, not CSV", kExportCsv},
    Opening{"%PDF", "a PDF file, not CSV", kExportCsv},
    Opening{"<!DOCTYPE", "an HTML page, not CSV", "download the raw file"},
    Opening{"<html", "an HTML page, not CSV", "download the raw file"},
};

bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 && c != '\t' && c != '\n' && c != '\r';
}

[[noreturn]] void refuse_file(const std::string& path, std::size_t line, std::string message,
                              std::string hint) {
  throw InputError(path, line, "", std::move(message), std::move(hint));
}

// Characters of one byte at the front, in steps of eight.
std::size_t num_ascii(std::string_view bytes) {
  std::size_t num = 0;
  for (std::uint64_t word = 0; num + sizeof word <= bytes.size(); num += sizeof word) {
    std::memcpy(&word, bytes.data() + num, sizeof word);
    if ((word & 0x8080'8080'8080'8080) != 0) break;
  }
  return num;
}

// NUL bytes: UTF-16 without its mark, the tail of a write that was cut off, or no text at all.
void require_no_nul(std::string_view bytes, const std::string& path) {
  const std::size_t nul = bytes.find('\0');
  if (nul == std::string_view::npos) return;
  if (nul <= 1 && bytes.size() > 3 && bytes[nul + 2] == '\0') {
    refuse_file(path, 0, "the file is UTF-16", kSaveAsUtf8);
  }
  const std::size_t line = line_of(bytes, nul);
  refuse_file(path, line, fmt::format("NUL bytes from line {}", line),
              "was writing the file cut off? write it again, or cut it before this line");
}

// A file that is open for reading, or standard input for `-`.
class FileHandle {
 public:
  explicit FileHandle(const std::string& path)
      : path_(path), number_(path == "-" ? STDIN_FILENO : until_stopped([&] {
          return open(path.c_str(), O_RDONLY | O_CLOEXEC);
        })) {
    if (number_ < 0) refuse_read();
  }
  ~FileHandle() {
    if (number_ != STDIN_FILENO) close(number_);
  }
  FileHandle(const FileHandle&) = delete;
  FileHandle& operator=(const FileHandle&) = delete;

  // Its size where that is known, and one more to see the end; not for /proc, which says 0.
  std::size_t expected_bytes() const {
    struct stat info {};
    const bool is_known = fstat(number_, &info) == 0 && S_ISREG(info.st_mode) && info.st_size > 0;
    return is_known ? std::min(static_cast<std::size_t>(info.st_size), kLongestFile) + 1 : 0;
  }

  // Number of bytes read, 0 at the end. A pipe that stays silent is left when the user interrupts.
  std::size_t read(char* block, std::size_t size) const {
    constexpr int kMilliseconds = 100;
    for (;;) {
      throw_if_stopped();
      pollfd ready{number_, POLLIN, 0};
      const int status = poll(&ready, 1, kMilliseconds);
      if (status == 0 || (status < 0 && errno == EINTR)) continue;
      const ssize_t count = ::read(number_, block, size);
      if (count >= 0) return static_cast<std::size_t>(count);
      if (errno != EINTR && errno != EAGAIN) refuse_read();
    }
  }

 private:
  [[noreturn]] void refuse_read() const {
    const int why = errno;
    refuse_file(path_, 0, "cannot be read: " + std::generic_category().message(why),
                why == ENOENT ? near_file(path_) : "check the path");
  }

  const std::string& path_;
  int number_;
};

}  // namespace

std::size_t utf8_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned lead = byte(0);
  if (lead < 0x80) return 1;
  const std::size_t length = lead < 0xC2   ? 0
                             : lead < 0xE0 ? 2
                             : lead < 0xF0 ? 3
                             : lead < 0xF5 ? 4
                                           : 0;
  if (length == 0 || text.size() < length) return 0;
  const unsigned lowest = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  const unsigned highest = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  if (byte(1) < lowest || byte(1) > highest) return 0;
  for (std::size_t i = 2; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return 0;
  }
  return length;
}

bool file_exists(const std::string& path) {
  std::error_code error;
  return std::filesystem::exists(path, error);
}

void require_size(std::size_t num_bytes, const std::string& path) {
  if (num_bytes > kLongestFile)
    refuse_file(path, 0, fmt::format("more than {} GiB", kLongestFile >> 30),
                "a table of runs is smaller: leave columns or rows out");
}

std::string read_file(const std::string& path) {
  if (const CallInput* input = call_input(path))
    return input->columns.empty() ? input->bytes : column_bytes(input->columns, input->num_rows);
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) {
    refuse_file(path, 0, "is a directory", "name a file in it");
  }
  const FileHandle file(path);
  std::string bytes;
  const auto num_bytes = static_cast<double>(file.expected_bytes());
  with_room_for(num_bytes, printable(path), [&] { bytes.reserve(file.expected_bytes()); });
  std::array<char, 65536> block;
  while (const std::size_t num_read = file.read(block.data(), block.size())) {
    bytes.append(block.data(), num_read);
    require_size(bytes.size(), path);
  }
  return bytes;
}

void require_text(std::string_view bytes, const std::string& path) {
  const std::string_view text = trim(bytes);
  if (text.empty())
    refuse_file(path, 0, "the file is empty", "it needs a header line and a row a run");
  for (const Opening& opening : kOpenings) {
    if (text.starts_with(opening.bytes)) refuse_file(path, 0, opening.message, opening.hint);
  }
  require_no_nul(bytes, path);
  const std::string_view head = bytes.substr(0, 1000);
  const auto num_controls = std::count_if(head.begin(), head.end(), is_control);
  if (10 * static_cast<std::size_t>(num_controls) > head.size()) {
    refuse_file(path, 0, "a binary file, not CSV", kExportCsv);
  }
}

std::string_view without_mark(std::string_view text) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  return text.starts_with(kMark) ? text.substr(kMark.size()) : text;
}

std::size_t line_of(std::string_view bytes, std::size_t offset) {
  std::size_t line = 1;
  for (std::size_t i = 0; i < offset; ++i) {
    const bool is_crlf = bytes[i] == '\r' && i + 1 < bytes.size() && bytes[i + 1] == '\n';
    if (bytes[i] == '\n' || (bytes[i] == '\r' && !is_crlf)) ++line;
  }
  return line;
}

std::size_t first_not_utf8(std::string_view bytes) {
  for (std::size_t at = 0; at < bytes.size();) {
    at += num_ascii(bytes.substr(at));
    if (at == bytes.size()) break;
    const std::size_t length = utf8_length(bytes.substr(at));
    if (length == 0) return at;
    at += length;
  }
  return std::string_view::npos;
}

}  // namespace isoloss
