#include "host/reading/duplicate_rows.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>

#include "host/base/stop.h"
#include "host/reading/reading_warnings.h"

namespace isoloss {
namespace {

constexpr std::uint64_t kOdd = 0x9E37'79B9'7F4A'7C15;  // of the golden ratio

std::uint64_t mixed(std::uint64_t hash, std::uint64_t word) {
  hash = (hash ^ word) * kOdd;
  return hash ^ hash >> 32;
}

// Eight bytes at a time, the last of them with those before it where there are as many.
std::uint64_t mixed(std::uint64_t hash, std::string_view text) {
  hash = mixed(hash, text.size());
  std::uint64_t word = 0;
  for (std::size_t at = 0; at + sizeof word <= text.size(); at += sizeof word) {
    std::memcpy(&word, text.data() + at, sizeof word);
    hash = mixed(hash, word);
  }
  if (text.size() % sizeof word == 0) return hash;
  if (text.size() > sizeof word) {
    std::memcpy(&word, text.data() + text.size() - sizeof word, sizeof word);
  } else {
    word = 0;
    for (const char c : text) word = word << 8 | static_cast<unsigned char>(c);
  }
  return mixed(hash, word);
}

// Numbers by their value, so that 1e8 and 100000000 are one, where a column has nothing else.
std::uint64_t hash_of(const FileCells& cells, std::size_t row) {
  std::uint64_t hash = 0;
  for (std::size_t k = 0; k < cells.num_columns(); ++k) {
    const std::vector<double>* numbers = cells.numbers(k);
    hash = numbers != nullptr ? mixed(hash, std::bit_cast<std::uint64_t>((*numbers)[row]))
                              : mixed(hash, cells.text(row, k));
  }
  return hash;
}

// A set of hashes that may take one for another: a bit each.
class BitSet {
 public:
  explicit BitSet(std::size_t num)
      : shift_(64 - std::bit_width(16 * num + 63)),
        words_((std::uint64_t{1} << (64 - shift_)) / 64) {}

  // False if it was there.
  bool add(std::uint64_t hash) {
    const std::uint64_t bit = hash >> shift_;
    std::uint64_t& word = words_[bit / 64];
    const std::uint64_t before = word;
    word |= std::uint64_t{1} << bit % 64;
    return word != before;
  }
  void prepare(std::uint64_t hash) const { __builtin_prefetch(&words_[(hash >> shift_) / 64]); }
  bool has(std::uint64_t hash) const {
    const std::uint64_t bit = hash >> shift_;
    return (words_[bit / 64] >> bit % 64 & 1) != 0;
  }

 private:
  int shift_;
  std::vector<std::uint64_t> words_;
};

// How many are equal to one before them.
std::size_t num_repeated(std::vector<std::uint64_t> hashes) {
  std::sort(hashes.begin(), hashes.end());
  const auto num_distinct = std::unique(hashes.begin(), hashes.end()) - hashes.begin();
  return hashes.size() - static_cast<std::size_t>(num_distinct);
}

}  // namespace

// A row is told by 64 bits of its cells: among a million rows that two share them by chance has a
// probability of 3e-8.
std::optional<Warning> check_duplicates(const FileCells& cells,
                                        const std::vector<std::size_t>& rows) {
  constexpr std::size_t kAhead = 16;  // while a bit comes from memory
  std::vector<std::uint64_t> hashes;
  hashes.reserve(rows.size());
  StopWatch watch;
  for (const std::size_t row : rows) {
    watch.look();
    hashes.push_back(hash_of(cells, row));
  }
  BitSet seen(rows.size()), shared(rows.size());
  for (std::size_t i = 0; i < hashes.size(); ++i) {
    watch.look();
    if (i + kAhead < hashes.size()) seen.prepare(hashes[i + kAhead]);
    if (!seen.add(hashes[i])) shared.add(hashes[i]);
  }
  std::erase_if(hashes, [&](std::uint64_t hash) { return !shared.has(hash); });
  const std::size_t num = num_repeated(std::move(hashes));
  if (num == 0) return {};
  return duplicate_rows(num);
}

}  // namespace isoloss
