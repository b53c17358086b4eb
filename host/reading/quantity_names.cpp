#include "host/reading/quantity_names.h"

#include <fmt/format.h>

#include <algorithm>

#include "host/base/text.h"

namespace isoloss {
namespace {

// The other usual names of each Input, in its order. Names that leave open which of two things is
// meant (size, budget) are not here.
const std::array<std::vector<std::string_view>, kNumInputs> kUsualNames{{
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
     "activeparameters"},  // N
    {"ntokens", "numtokens", "trainingtokens", "traintokens", "ntrainingtokens", "ntraintokens",
     "numtrainingtokens", "numtraintokens", "totaltokens", "tokencount", "tokensseen",
     "ntokensseen", "numtokensseen", "numinputtokensseen", "tokenstrained", "tokensprocessed",
     "consumedtokens", "trainedtokens"},  // D
    {"flop", "flos", "compute", "nflops", "numflops", "totalflops", "totalflos", "trainflops",
     "trainingflops", "trainflop", "trainingflop", "computeflops", "computeflop", "trainingcompute",
     "traincompute", "totalcompute", "computebudget"},  // C
    {"step",          "nsteps",         "numsteps",       "globalstep", "globalsteps",
     "optsteps",      "optimizersteps", "optimisersteps", "trainstep",  "trainsteps",
     "trainingsteps", "totalsteps",     "iter",           "iters",      "iteration",
     "iterations",    "numiters",       "numiterations",  "updates",    "numupdates"},  // S
    {"unique", "uniqued", "nuniquetokens", "numuniquetokens", "uniquetrainingtokens",
     "datasettokens", "corpustokens"},  // U
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
     "lossnats"},                                                                    // L
    {"wbits", "weightsbits", "bitsweights", "weightprecision", "weightsprecision"},  // P_w
    {"abits", "activationbits", "activationsbits", "bitsactivations", "actprecision",
     "activationprecision"},                                                            // P_a
    {"kvcachebits", "bitskv", "kvprecision", "kvcacheprecision"},                       // P_kv
    {"ptqbits", "posttrainbits", "posttrainingbits", "ptqprecision", "postprecision"},  // P_post
    {"nexperts", "numexperts", "totalexperts", "expertcount"},                          // E
    {"expertgranularity", "moegranularity"},                                            // G
    {},                                                                                 // x
    {"sumlr", "lrarea", "cumulativelr"},                                                // S_1
    {"annealing", "annealingarea", "lrannealingarea"},                                  // S_2
}};

std::array<QuantityNames, kNumQuantities> make_table() {
  std::array<QuantityNames, kNumQuantities> names;
  for (const InputInfo& info : kInputs) {
    const auto i = static_cast<std::size_t>(info.input);
    names[i] = {info.column, info.symbol, info.meaning, kUsualNames[i]};
  }
  names[index_of(Quantity::lr)] = {
      "lr", "", "learning rate", {"learningrate", "trainlr", "trainlearningrate", "currentlr"}};
  names[index_of(Quantity::weights)] = {"weights", "", "", {}};
  names[index_of(Quantity::run)] = {"run", "", "", {"runid", "runname", "runs", "id", "name"}};
  return names;
}

const std::array<QuantityNames, kNumQuantities>& table() {
  static const std::array<QuantityNames, kNumQuantities> names = make_table();
  return names;
}

}  // namespace

const QuantityNames& names_of(Quantity quantity) { return table()[index_of(quantity)]; }

std::string_view quantity_name(Quantity quantity) { return names_of(quantity).name; }

std::string quantity_title(Quantity quantity) {
  const QuantityNames& names = names_of(quantity);
  if (names.symbol.empty() || names.symbol == names.name) return std::string(names.name);
  return fmt::format("{} ({})", names.name, names.symbol);
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
  const QuantityNames& names = names_of(quantity);
  return name == plain_name(names.name) || name == plain_name(names.symbol);
}

bool is_usual_name(Quantity quantity, std::string_view header) {
  const auto& others = names_of(quantity).others;
  return is_short_name(quantity, header) ||
         std::find(others.begin(), others.end(), plain_name(header)) != others.end();
}

}  // namespace isoloss
