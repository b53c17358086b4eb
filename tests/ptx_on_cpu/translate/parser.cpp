#include "tests/ptx_on_cpu/translate/parser.h"

#include <algorithm>
#include <cctype>
#include <set>

namespace isoloss::ptx {
namespace {

constexpr std::size_t kNaturalAlignment = 0;  // until an .align says otherwise

void append_number(TokenStream& in, std::size_t num_bytes, std::vector<std::uint8_t>& bytes) {
  const bool negative = in.take_if("-");
  std::uint64_t bits = 0;
  if (!immediate_bits(in.peek(), bits)) in.fail("an initial value that is no number: " + in.peek());
  in.take();
  if (negative) bits = ~bits + 1;
  for (std::size_t i = 0; i < num_bytes; ++i)
    bytes.push_back(static_cast<std::uint8_t>(bits >> (8 * i)));
}

void parse_initial_value(TokenStream& in, std::size_t element_bytes, Variable& variable) {
  if (!in.take_if("{")) {
    append_number(in, element_bytes, variable.bytes);
    return;
  }
  do {
    append_number(in, element_bytes, variable.bytes);
  } while (in.take_if(","));
  in.expect("}");
}

// .ptr .global .align 8 of a parameter: what it points to, which the checks at run time see anyway.
void skip_pointer_attributes(TokenStream& in) {
  if (!in.take_if(".ptr")) return;
  for (const char* space : {".global", ".shared", ".local", ".const"}) in.take_if(space);
  if (in.take_if(".align")) in.take_integer();
}

std::vector<Variable> parse_parameters(TokenStream& in) {
  std::vector<Variable> parameters;
  std::size_t end = 0;
  in.expect("(");
  while (!in.take_if(")")) {
    in.expect(".param");
    Variable parameter = parse_variable(in, "param");
    const std::size_t alignment = parameter.alignment;
    parameter.offset = (end + alignment - 1) / alignment * alignment;
    end = parameter.offset + parameter.num_bytes;
    parameters.push_back(std::move(parameter));
    in.take_if(",");
  }
  return parameters;
}

// .maxntid 128, 1, 1 and its like, between the parameters and the body.
void parse_directives(TokenStream& in, Function& function) {
  static const std::set<std::string> known{".maxntid", ".minnctapersm", ".reqntid", ".maxnreg",
                                           ".noreturn"};
  while (in.peek() != "{" && in.peek() != ";") {
    const std::string directive = in.take();
    if (known.count(directive) == 0) in.fail("unknown directive of a function: " + directive);
    int product = 1;
    while (std::isdigit(static_cast<unsigned char>(in.peek()[0])) != 0) {
      product *= static_cast<int>(in.take_integer());
      in.take_if(",");
    }
    if (directive == ".maxntid" || directive == ".reqntid") function.max_threads = product;
  }
}

Function parse_function(TokenStream& in, bool is_kernel) {
  Function function;
  function.is_kernel = is_kernel;
  if (in.peek() == "(") function.results = parse_parameters(in);
  function.name = in.take();
  if (in.peek() == "(") function.parameters = parse_parameters(in);
  parse_directives(in, function);
  function.is_declaration = in.take_if(";");
  if (!function.is_declaration) {
    in.expect("{");
    parse_body(in, function);
  }
  return function;
}

}  // namespace

std::size_t bytes_of_type(const std::string& type) {
  static const std::map<std::string, std::size_t> bytes{
      {"pred", 1}, {"b8", 1},  {"u8", 1},  {"s8", 1},  {"b16", 2},
      {"u16", 2},  {"s16", 2}, {"b32", 4}, {"u32", 4}, {"s32", 4},
      {"f32", 4},  {"b64", 8}, {"u64", 8}, {"s64", 8}, {"f64", 8}};
  const auto found = bytes.find(type);
  return found == bytes.end() ? 0 : found->second;
}

bool immediate_bits(const std::string& word, std::uint64_t& bits) {
  if (word.empty() || std::isdigit(static_cast<unsigned char>(word[0])) == 0) return false;
  const bool is_float =
      word.size() > 2 && word[0] == '0' && std::string("dDfF").find(word[1]) != std::string::npos;
  std::string digits = is_float ? word.substr(2) : word;
  while (!is_float && digits.back() == 'U') digits.pop_back();
  std::size_t used = 0;
  bits = std::stoull(digits, &used, is_float ? 16 : 0);
  return used == digits.size();
}

const std::string& TokenStream::peek(std::size_t ahead) const {
  return tokens_[std::min(at_ + ahead, tokens_.size() - 1)].text;
}

bool TokenStream::take_if(const std::string& text) {
  if (peek() != text) return false;
  take();
  return true;
}

void TokenStream::expect(const std::string& text) {
  if (!take_if(text)) fail("expected '" + text + "' before '" + peek() + "'");
}

void TokenStream::skip_line() {
  for (const int begin = line(); line() == begin && !peek().empty();) take();
}

std::int64_t TokenStream::take_integer() {
  const bool negative = take_if("-");
  std::uint64_t bits = 0;
  if (!immediate_bits(peek(), bits)) fail("expected a number before '" + peek() + "'");
  take();
  return static_cast<std::int64_t>(negative ? ~bits + 1 : bits);
}

Variable parse_variable(TokenStream& in, const SpaceName& space) {
  Variable variable;
  variable.space = space;
  variable.alignment = kNaturalAlignment;
  if (in.take_if(".align")) variable.alignment = static_cast<std::size_t>(in.take_integer());
  const std::size_t element_bytes = bytes_of_type(in.peek().substr(1));
  if (element_bytes == 0) in.fail("a variable of unknown type " + in.peek());
  in.take();
  skip_pointer_attributes(in);
  variable.name = in.take();
  variable.num_bytes = element_bytes;
  while (in.take_if("[")) {
    const bool has_length = in.peek() != "]";
    variable.num_bytes *= has_length ? static_cast<std::size_t>(in.take_integer()) : 0;
    in.expect("]");
  }
  if (variable.alignment == kNaturalAlignment) variable.alignment = element_bytes;
  if (in.take_if("=")) parse_initial_value(in, element_bytes, variable);
  return variable;
}

Module parse_module(const std::string& ptx) {
  static const std::set<std::string> headers{".version", ".target", ".address_size"};
  static const std::set<std::string> linkages{".visible", ".extern", ".weak", ".common"};
  static const std::set<std::string> spaces{".global", ".const", ".shared"};
  TokenStream in(tokens_of(ptx));
  Module module;
  while (!in.peek().empty()) {
    if (headers.count(in.peek()) > 0) {
      in.skip_line();
      continue;
    }
    const std::string word = in.take();
    if (linkages.count(word) > 0) continue;
    if (word == ".entry" || word == ".func") {
      module.functions.push_back(parse_function(in, word == ".entry"));
    } else if (spaces.count(word) > 0) {
      module.variables.push_back(parse_variable(in, word.substr(1)));
      in.expect(";");
    } else {
      in.fail("unknown directive: " + word);
    }
  }
  return module;
}

}  // namespace isoloss::ptx
