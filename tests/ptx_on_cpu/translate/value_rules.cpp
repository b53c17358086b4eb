#include "tests/ptx_on_cpu/translate/value_rules.h"

#include <map>

#include "tests/ptx_on_cpu/translate/module.h"
#include "tests/ptx_on_cpu/translate/tokens.h"

namespace isoloss::ptx {
namespace {

constexpr ValueRule kRules[] = {
    {"add|sub I", "T:TT", "$"},
    {"add|sub|mul rn? F", "T:TT", "$"},
    {"add|sub|mul rz|rm|rp F", "T:TT", "$_to<Round::$>"},
    {"mul lo I", "T:TT", "mul"},
    {"mul hi I", "T:TT", "mul_hi"},
    {"mul wide s16|u16|s32|u32", "W:TT", "mul_wide"},
    {"mad lo I", "T:TTT", "mad_lo"},
    {"mad hi I", "T:TTT", "mad_hi"},
    {"mad wide s16|u16|s32|u32", "W:TTW", "mad_wide"},
    {"fma|mad rn F", "T:TTT", "fma_rn"},
    {"fma rz|rm|rp F", "T:TTT", "fma_to<Round::$>"},
    {"div|rem I", "T:TT", "$"},
    {"div rn F", "T:TT", "div"},
    {"rcp rn F", "T:T", "reciprocal"},
    {"sqrt rn F", "T:T", "square_root"},
    {"min|max I", "T:TT", "$_of"},
    {"min|max F", "T:TT", "$_of"},
    {"abs|neg s16|s32|s64", "T:T", "$"},
    {"abs|neg F", "T:T", "$"},
    {"copysign F", "T:TT", "copy_sign"},
    // The approximations of the hardware stand here in full precision: see README.md.
    {"div approx|full f32", "T:TT", "div"},
    {"rcp approx f32", "T:T", "reciprocal"},
    {"rcp approx ftz f32", "T:T", "flushed<reciprocal<f32>>"},
    {"rcp approx ftz f64", "T:T", "gross<reciprocal<f64>>"},
    {"rsqrt approx ftz f64", "T:T", "gross<reciprocal_root<f64>>"},
    {"rsqrt approx f32|f64", "T:T", "reciprocal_root"},
    {"sqrt approx f32", "T:T", "square_root"},
    {"ex2|lg2|sin|cos|tanh approx f32", "T:T", "$_f32"},
    {"ex2|lg2|sin|cos approx ftz f32", "T:T", "flushed<$_f32>"},
    {"and|or|xor B", "T:TT", "bit_$"},
    {"and|or|xor pred", "T:TT", "bit_$"},
    {"not B", "T:T", "bit_not"},
    {"not pred", "T:T", "bit_not"},
    {"shl B", "T:TU", "shift_left"},
    {"shr B", "T:TU", "shift_right"},
    {"shr I", "T:TU", "shift_right"},
    {"shf l|r wrap|clamp b32", "T:TTU", "funnel_$_$"},
    {"bfe I", "T:TUU", "bit_field"},
    {"bfi B", "T:TTUU", "bit_field_insert"},
    {"prmt b32", "T:TTT", "permute_bytes"},
    {"lop3 b32", "T:TTTU", "logic_of_three"},
    {"popc|clz B", "U:T", "$"},
    {"brev B", "T:T", "reverse_bits"},
    {"bfind I", "U:T", "leading_bit"},
    {"bfind shiftamt I", "U:T", "leading_bit_shift"},
    {"selp B", "T:TTP", "select"},
    {"selp I", "T:TTP", "select"},
    {"selp F", "T:TTP", "select"},
};

const std::map<std::string, std::string> kClasses{
    {"I", "s16|u16|s32|u32|s64|u64"}, {"B", "b16|b32|b64"}, {"F", "f32|f64"}};

bool is_among(const std::string& word, const std::string& choices) {
  for (const std::string& choice : split(choices, '|'))
    if (choice == word) return true;
  return false;
}

std::string twice_as_wide(const std::string& type) {
  return type.substr(0, 1) + std::to_string(16 * bytes_of_type(type));
}

std::string type_of(char letter, const std::string& type) {
  switch (letter) {
    case 'W':
      return twice_as_wide(type);
    case 'U':
      return "u32";
    case 'P':
      return "pred";
    default:
      return type;
  }
}

// The choices that the words make if they are of this opcode; the last word is its type.
std::optional<std::vector<std::string>> match_opcode(const std::string& opcode,
                                                     const std::vector<std::string>& words) {
  std::vector<std::string> choices;
  std::size_t at = 0;
  for (std::string pattern : split(opcode, ' ')) {
    const bool optional = pattern.back() == '?';
    if (optional) pattern.pop_back();
    const auto type_class = kClasses.find(pattern);
    if (type_class != kClasses.end()) pattern = type_class->second;
    const bool matches = at < words.size() && is_among(words[at], pattern);
    if (!matches && !optional) return std::nullopt;
    if (matches && pattern.find('|') != std::string::npos) choices.push_back(words[at]);
    at += matches ? 1 : 0;
  }
  if (at != words.size()) return std::nullopt;
  return choices;
}

MatchedRule fill_in(const ValueRule& rule, const std::vector<std::string>& choices,
                    const std::string& type) {
  MatchedRule matched;
  std::size_t used = 0;
  for (const char c : std::string(rule.function)) {
    if (c == '$') {
      matched.function += choices.at(used++);
    } else {
      matched.function += c;
    }
  }
  const std::string signature = rule.signature;
  matched.result_type = type_of(signature[0], type);
  for (const char letter : signature.substr(2))
    matched.source_types.push_back(type_of(letter, type));
  return matched;
}

}  // namespace

std::optional<MatchedRule> match_value_rule(const std::vector<std::string>& words) {
  for (const ValueRule& rule : kRules)
    if (const auto choices = match_opcode(rule.opcode, words))
      return fill_in(rule, *choices, words.back());
  return std::nullopt;
}

}  // namespace isoloss::ptx
