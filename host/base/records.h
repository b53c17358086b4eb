// Numbers, texts, lists and structs as bytes and back, to the bit, on machines whose numbers lie
// alike.
//
// A struct takes part through a function beside it that names its members once, for both ways:
//
//   void fields(auto& visit, SetFit& of) { visit(of.quantities, of.is_sound); }

#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "host/base/shard.h"

namespace isoloss {

template <class T>
concept PlainRecord = std::is_arithmetic_v<T> || std::is_enum_v<T>;

class RecordWriter {
 public:
  explicit RecordWriter(std::string& to) : to_(to) {}

  template <class... T>
  void operator()(T&... of) {
    (write(of), ...);
  }

 private:
  template <class T>
  void write(T& of) {
    fields(*this, of);
  }
  template <PlainRecord T>
  void write(T& of) {
    to_.append(reinterpret_cast<const char*>(&of), sizeof of);
  }
  void write(std::string& of) {
    write_size(of.size());
    to_ += of;
  }
  template <class T>
  void write(std::vector<T>& of) {
    write_size(of.size());
    for (T& own : of) write(own);
  }
  template <class T, std::size_t N>
  void write(std::array<T, N>& of) {
    for (T& own : of) write(own);
  }
  template <class T>
  void write(std::optional<T>& of) {
    bool is_there = of.has_value();
    write(is_there);
    if (of) write(*of);
  }
  void write_size(std::size_t num) {
    std::uint64_t own = num;
    write(own);
  }

  std::string& to_;
};

// Throws InputError, that the shard is damaged, where bytes end too early.
class RecordReader {
 public:
  RecordReader(std::string_view from, std::string_view path) : from_(from), path_(path) {}

  // Throws unless all bytes were read.
  void finish() const {
    if (!from_.empty()) refuse_damaged_shard(path_);
  }

  template <class... T>
  void operator()(T&... of) {
    (read(of), ...);
  }

 private:
  template <class T>
  void read(T& of) {
    fields(*this, of);
  }
  template <PlainRecord T>
  void read(T& of) {
    std::memcpy(&of, take(sizeof of).data(), sizeof of);
  }
  void read(bool& of) { of = take(1).front() != 0; }
  void read(std::string& of) { of = take(read_size()); }
  template <class T>
  void read(std::vector<T>& of) {
    of.resize(read_size());
    for (T& own : of) read(own);
  }
  template <class T, std::size_t N>
  void read(std::array<T, N>& of) {
    for (T& own : of) read(own);
  }
  template <class T>
  void read(std::optional<T>& of) {
    bool is_there = false;
    read(is_there);
    if (is_there) read(of.emplace());
  }

  std::string_view take(std::size_t num) {
    if (num > from_.size()) refuse_damaged_shard(path_);
    const std::string_view out = from_.substr(0, num);
    from_.remove_prefix(num);
    return out;
  }
  // No element takes less than a byte, so that no size is larger than what is left.
  std::size_t read_size() {
    std::uint64_t num = 0;
    read(num);
    if (num > from_.size()) refuse_damaged_shard(path_);
    return num;
  }

  std::string_view from_, path_;
};

}  // namespace isoloss
