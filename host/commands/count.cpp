#include <fmt/format.h>

#include <array>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "host/base/error.h"
#include "host/base/parse_number.h"
#include "host/base/text.h"
#include "host/commands/commands.h"
#include "host/commands/common_flags.h"
#include "host/report/count.h"
#include "host/report/count_conversion.h"

namespace isoloss {
namespace {

constexpr double kLargestSize = 1e9;    // of a transformer's shape
constexpr double kLargestCount = 1e20;  // of parameters and tokens
constexpr const char* kExample =
    "isoloss count --layers 32 --d-model 4096 --heads 32 --vocab 32000 --seq 4096";

// A flag that holds a whole number; needed: a model has no default of it; converts: it is also read
// beside --count-from.
struct SizeFlag {
  const char* flag;
  const char* type;
  long TransformerShape::*field;
  bool needed;
  bool converts;
  const char* help;
};

using Shape = TransformerShape;
constexpr std::array kSizeFlags{
    SizeFlag{"--layers", "L", &Shape::layers, true, false, "Layers"},
    SizeFlag{"--d-model", "D", &Shape::d_model, true, false, "Width of the residual stream"},
    SizeFlag{"--d-ff", "F", &Shape::d_ff, false, false, "Width of feed-forward; default 4 d_model"},
    SizeFlag{"--heads", "H", &Shape::heads, false, false,
             "Attention heads; without them heads * d_head is d_model"},
    SizeFlag{"--d-head", "K", &Shape::d_head, false, false,
             "Width of a head; default d_model / heads"},
    SizeFlag{"--kv-heads", "G", &Shape::kv_heads, false, false,
             "Heads of keys and values, for grouped-query attention; default heads"},
    SizeFlag{"--vocab", "V", &Shape::vocab, true, true, "Tokens of the vocabulary"},
    SizeFlag{"--seq", "S", &Shape::context, true, true, "Positions of the context"},
    SizeFlag{"--experts", "E", &Shape::experts, false, false,
             "Routed experts a layer, for a mixture of experts"},
    SizeFlag{"--experts-active", "K", &Shape::experts_active, false, false,
             "Routed experts that a token goes to"},
    SizeFlag{"--shared-experts", "S", &Shape::shared_experts, false, false,
             "Experts that every token goes to, beside the routed ones"},
    SizeFlag{"--d-ff-expert", "F", &Shape::d_ff_expert, false, false,
             "Width of an expert; default --d-ff"},
};

struct CountFlags {
  std::array<std::string, kSizeFlags.size()> sizes;  // as typed, by row of the table
  TransformerShape shape;
  std::string tokens;
  std::string from, aspect, exponent;
  std::vector<std::string> params;

  void add(CommandLine& line);
  void add_conversion(CommandLine& line);
};

[[noreturn]] void fail(const std::string& message, const std::string& hint) {
  throw InputError("", 0, "", message, hint);
}

double number_in(double least, double most, const char* flag, const std::string& text) {
  const Number number = parse_number(text);
  if (number.kind == Number::Kind::value && number.value >= least && number.value <= most)
    return number.value;
  fail(fmt::format("{} {} is no number from {:g} to {:g}", flag, shown(text), least, most),
       "write 32000, 50k or 7e9, say");
}

double count_of(const char* flag, const std::string& text) {
  return number_in(1, kLargestCount, flag, text);
}

long size_of(const char* flag, const std::string& text) {
  const double value = number_in(1, kLargestSize, flag, text);
  if (value != std::floor(value))
    fail(fmt::format("{} {} is no whole number", flag, shown(text)), "write 4096 or 50k, say");
  return static_cast<long>(value);
}

// Sizes from how they were typed.
void read_sizes(CountFlags& flags) {
  for (std::size_t i = 0; i < kSizeFlags.size(); ++i)
    if (!flags.sizes[i].empty())
      flags.shape.*kSizeFlags[i].field = size_of(kSizeFlags[i].flag, flags.sizes[i]);
}

// Flags of the other use are mistakes, not ignored.
void refuse_conversion_flags(const CountFlags& flags) {
  if (!flags.params.empty() || !flags.aspect.empty() || !flags.exponent.empty())
    fail("--params, --aspect and --exponent convert counts", "add --count-from kaplan or total");
  std::vector<std::string> missing;
  for (const SizeFlag& own : kSizeFlags)
    if (own.needed && flags.shape.*own.field == 0) missing.emplace_back(own.flag);
  if (!missing.empty()) fail("missing: " + listed(missing), std::string("write ") + kExample);
}

void refuse_shape_flags(const CountFlags& flags) {
  for (const SizeFlag& own : kSizeFlags)
    if (!own.converts && flags.shape.*own.field != 0)
      fail(fmt::format("{} beside --count-from", own.flag),
           "a conversion needs no shape but --aspect, --vocab and --seq");
  if (flags.shape.gated) fail("--gated beside --count-from", "N_E counts it already");
  if (!flags.tokens.empty()) fail("--tokens beside --count-from", "leave it out");
  if (flags.params.empty()) fail("no counts to convert", "add --params 1e6,1e9, say");
  if (flags.shape.learned_positions != (flags.shape.context > 0))
    fail("--seq and --learned-positions go together here", "give both, or leave both out");
}

// None where nothing is said of the embedding.
std::optional<EmbeddingShape> embedding_of(const CountFlags& flags) {
  const TransformerShape& shape = flags.shape;
  if (flags.aspect.empty() && shape.vocab == 0 && !shape.untied && !shape.learned_positions)
    return std::nullopt;
  EmbeddingShape out;
  if (shape.vocab > 0) out.vocab = static_cast<double>(shape.vocab);
  if (!flags.aspect.empty()) out.aspect = number_in(0.01, 1e5, "--aspect", flags.aspect);
  out.positions = static_cast<double>(shape.context);
  out.untied = shape.untied;
  return out;
}

ConversionQuestion conversion_of(const CountFlags& flags) {
  ConversionQuestion out;
  out.from_total = flags.from == "total";
  if (!flags.exponent.empty()) out.exponent = number_in(0.01, 0.99, "--exponent", flags.exponent);
  out.embedding = embedding_of(flags);
  for (const std::string& text : flags.params) out.counts.push_back(count_of("--params", text));
  return out;
}

Outcome answer(const CountFlags& typed, Documents& out) {
  CountFlags flags = typed;
  read_sizes(flags);
  if (!flags.from.empty()) {
    refuse_shape_flags(flags);
    const CountConversion got = convert_counts(conversion_of(flags));
    out.answer([&] { return describe_conversion(got); }, [&] { return conversion_json(got); });
    return Outcome::sound;
  }
  refuse_conversion_flags(flags);
  const double tokens = flags.tokens.empty() ? 0 : count_of("--tokens", flags.tokens);
  const Counts got = count({flags.shape, tokens});
  out.answer([&] { return describe_counts(got); }, [&] { return counts_json(got); });
  return Outcome::sound;
}

void CountFlags::add_conversion(CommandLine& line) {
  const char* const in = "Converting counts";
  CLI::App& command = line.app();
  one_of(command
             .add_option("--count-from", from,
                         "Instead of a shape, counts to convert: kaplan (non-embedding parameters) "
                         "or total")
             ->group(in),
         {"kaplan", "total"});
  command.add_option("--params", params, "Counts to convert")
      ->delimiter(',')
      ->type_name("N[,...]")
      ->group(in);
  command
      .add_option("--aspect", aspect,
                  "d_model / layers; default 39.2. With it, --vocab (default 32000), --untied or "
                  "--seq with --learned-positions omega is derived, else Pearce & Song's 47491")
      ->type_name("RATIO")
      ->group(in);
  command
      .add_option("--exponent", exponent,
                  "a in N ~ C^a of the count converted from; default 0.73 of kaplan, 0.5 of total")
      ->type_name("A")
      ->group(in);
}

void CountFlags::add(CommandLine& line) {
  CLI::App& command = line.app();
  for (std::size_t i = 0; i < kSizeFlags.size(); ++i)
    command.add_option(kSizeFlags[i].flag, sizes[i], kSizeFlags[i].help)
        ->type_name(kSizeFlags[i].type);
  command.add_flag("--gated", shape.gated, "Gated feed-forward (SwiGLU): three matrices");
  command.add_flag("--untied", shape.untied,
                   "An output head of its own; else the transposed embedding");
  command.add_flag("--learned-positions", shape.learned_positions,
                   "Positions have an embedding too");
  command.add_option("--tokens", tokens, "Training tokens, for C by each convention")
      ->type_name("D");
  line.json("the counts");
  line.has_no_charts();
  add_conversion(line);
}

}  // namespace

Work count_command(CommandLine& line) { return work_of<CountFlags>(line, answer); }

}  // namespace isoloss
