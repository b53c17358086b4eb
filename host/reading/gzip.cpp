#include "host/reading/gzip.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <limits>

#include "host/base/error.h"
#include "host/base/file_bytes.h"
#include "host/base/threads.h"

namespace isoloss {
namespace {

// A stream that ends with its scope.
struct Inflater {
  z_stream stream{};
  Inflater() { inflateInit2(&stream, 16 + MAX_WBITS); }  // 16: the header of gzip
  ~Inflater() { inflateEnd(&stream); }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;
};

[[noreturn]] void refuse_damaged(const std::string& path) {
  throw InputError(path, 0, "", "a gzip file that is damaged or cut off",
                   "test it with gzip -t, and write it again");
}

}  // namespace

bool is_gzip(std::string_view bytes) { return bytes.starts_with("\x1F\x8B"); }

// A file may hold several members, one behind the other (RFC 1952, 2.2).
std::string gunzip(std::string_view bytes, const std::string& path) {
  std::string out;
  Inflater inflater;
  z_stream& stream = inflater.stream;
  std::array<char, 65536> block;
  for (;;) {
    throw_if_stopped();
    const auto most = std::numeric_limits<uInt>::max();
    if (stream.avail_in == 0) {
      stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
      stream.avail_in = static_cast<uInt>(std::min<std::size_t>(bytes.size(), most));
      bytes.remove_prefix(stream.avail_in);
    }
    stream.next_out = reinterpret_cast<Bytef*>(block.data());
    stream.avail_out = static_cast<uInt>(block.size());
    const int status = inflate(&stream, Z_NO_FLUSH);
    if (status != Z_OK && status != Z_STREAM_END) refuse_damaged(path);
    out.append(block.data(), block.size() - stream.avail_out);
    require_size(out.size(), path);
    const bool is_end = stream.avail_in == 0 && bytes.empty();
    if (status == Z_STREAM_END && is_end) return out;
    if (status == Z_STREAM_END) inflateReset(&stream);
  }
}

}  // namespace isoloss
