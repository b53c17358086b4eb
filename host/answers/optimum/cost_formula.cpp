#include "host/answers/optimum/cost_formula.h"

#include <algorithm>

#include "host/base/error.h"
#include "host/base/text.h"
#include "host/formula/copied_graph.h"
#include "host/formula/parse.h"
#include "host/formula/write_graph.h"

namespace isoloss {
namespace {

// What a name in a cost stands for.
struct CostName {
  int place = -1;   // among the law's inputs; -1: held
  double held = 0;  // the number then
};

CostName meaning_of(const Name& name, const Expression& cost, const LawEntry& law,
                    const HeldInputs& held) {
  std::string column = name.text;
  for (std::size_t k = 0; k < law.inputs.size(); ++k) {
    const LawInput& input = law.inputs[k];
    if (name.text != input.symbol && name.text != input.column) continue;
    if (!held.contains(input.column)) return {static_cast<int>(k), 0};
    column = input.column;
  }
  if (const auto found = held.find(column); found != held.end()) return {-1, found->second};
  cost.text.fail(name.at, "'" + name.text + "' is nothing that the law reads",
                 "it reads " + listed(law.input_columns()) + "; ``input`` " + name.text +
                     "=VALUE gives it a value");
}

void require_both(const std::vector<CostName>& names, const LawEntry& law, int first, int second) {
  for (const int place : {first, second}) {
    const auto is_it = [&](const CostName& own) { return own.place == place; };
    if (std::any_of(names.begin(), names.end(), is_it)) continue;
    const std::string& column = law.inputs[static_cast<std::size_t>(place)].column;
    throw InputError(
        "", 0, "", "the cost does not rise with " + shown(column),
        "write it into ``compute-formula``, or hold it: ``input`` " + column + "=VALUE");
  }
}

void require_held_are_read(const Expression& cost, const LawEntry& law, const HeldInputs& held) {
  for (const auto& [column, value] : held) {
    const auto is_it = [&name = column](const Name& own) { return own.text == name; };
    if (!law.reads(column) && std::none_of(cost.names.begin(), cost.names.end(), is_it))
      throw InputError("", 0, "", "neither the law nor the cost reads " + shown(column),
                       "the law reads " + listed(law.input_columns()));
  }
}

}  // namespace

CostFormula::CostFormula(const std::string& formula, const LawEntry& law, const HeldInputs& held,
                         int first, int second) {
  const Expression cost = parse_formula({formula, "``compute-formula``", "", 0});
  Names names;
  std::vector<CostName> meanings;
  for (const Name& name : cost.names) {
    names.meanings.push_back({true, static_cast<int>(meanings.size())});
    names.inputs.push_back({name.text, {}, {}});
    meanings.push_back(meaning_of(name, cost, law, held));
  }
  require_both(meanings, law, first, second);
  require_held_are_read(cost, law, held);
  Graph own, graph;
  const NodeId root = write_graph(own, cost, names, {});
  const NodeId quantity[2] = {graph.make(Op::exp, graph.add(graph.input(0), graph.param(0))),
                              graph.make(Op::exp, graph.add(graph.input(1), graph.param(1)))};
  const NodeId copy = copied(own, root, graph, [&](const Node& node) {
    const CostName& name = meanings[static_cast<std::size_t>(node.index)];
    return name.place < 0 ? graph.constant(name.held) : quantity[name.place == first ? 0 : 1];
  });
  const NodeId log_cost = graph.make(Op::log, copy);
  program_ = std::make_shared<Program>(std::move(graph), log_cost, 2, 2);
}

const Slopes& CostFormula::at(const std::vector<double>& log_first,
                              const std::vector<double>& log_second) {
  const std::size_t num = log_first.size();
  const std::size_t padded = (num + kNumLanes - 1) / kNumLanes * kNumLanes;
  inputs_.resize(2 * padded);
  value_.resize(padded);
  gradient_.resize(2 * padded);
  for (std::size_t i = 0; i < padded; ++i) {
    inputs_[i] = log_first[std::min(i, num - 1)];
    inputs_[padded + i] = log_second[std::min(i, num - 1)];
  }
  find_slopes(program_->tape(), inputs_, num, padded, value_, gradient_, out_);
  return out_;
}

}  // namespace isoloss
