#include "host/reading/quantity.h"

#include <fmt/format.h>

#include "host/reading/text.h"

namespace isoloss {
namespace {

// THE table, in the order of Quantity. QuantityNames that leave open which of two things is meant
// (size, budget, unique tokens) are not here.
const std::array<QuantityNames, kNumQuantities>& table() {
  static const std::array<QuantityNames, kNumQuantities> names{{
      {"params",
       "N",
       {"parameters",
        "nparams",
        "numparams",
        "nparameters",
        "numparameters",
        "paramcount",
        "parametercount",
        "paramscount",
        "modelsize",
        "modelparams",
        "modelparameters",
        "totalparams",
        "totalparameters",
        "trainableparams",
        "trainableparameters",
        "nonembeddingparams",
        "nonembeddingparameters",
        "paramsnonembedding",
        "nparamsnonembedding",
        "activeparams",
        "activeparameters"}},
      {"tokens",
       "D",
       {"ntokens", "numtokens", "trainingtokens", "traintokens", "ntrainingtokens", "ntraintokens",
        "numtrainingtokens", "numtraintokens", "totaltokens", "tokencount", "tokensseen",
        "ntokensseen", "numtokensseen", "numinputtokensseen", "tokenstrained", "tokensprocessed",
        "consumedtokens", "trainedtokens"}},
      {"flops",
       "C",
       {"flop", "flos", "compute", "nflops", "numflops", "totalflops", "totalflos", "trainflops",
        "trainingflops", "trainflop", "trainingflop", "computeflops", "computeflop",
        "trainingcompute", "traincompute", "totalcompute", "computebudget"}},
      {"loss",
       "L",
       {"finalloss",
        "valloss",
        "validationloss",
        "evalloss",
        "testloss",
        "trainloss",
        "trainingloss",
        "finalvalloss",
        "finalvalidationloss",
        "finalevalloss",
        "finaltestloss",
        "finaltrainloss",
        "finaltrainingloss",
        "smoothloss",
        "crossentropy",
        "crossentropyloss",
        "celoss",
        "lmloss",
        "nll",
        "nllloss",
        "lossnats"}},
      {"weights", "", {}},
      {"run", "", {"runid", "runname", "runs", "id", "name", "experiment", "experimentname"}},
  }};
  return names;
}

}  // namespace

const QuantityNames& names_of(Quantity quantity) { return table()[index_of(quantity)]; }

const char* quantity_name(Quantity quantity) { return names_of(quantity).name; }

std::string quantity_title(Quantity quantity) {
  const QuantityNames& names = names_of(quantity);
  return *names.symbol == '\0' ? names.name : fmt::format("{} ({})", names.name, names.symbol);
}

std::optional<Quantity> quantity_called(std::string_view name) {
  for (std::size_t i = 0; i < kNumQuantities; ++i) {
    if (name.empty()) break;
    if (name == table()[i].name || name == table()[i].symbol) return static_cast<Quantity>(i);
  }
  return {};
}

bool is_short_name(Quantity quantity, std::string_view header) {
  const std::string name = plain_name(header);
  return name == names_of(quantity).name || name == plain_name(names_of(quantity).symbol);
}

}  // namespace isoloss
