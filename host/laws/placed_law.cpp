#include "host/laws/placed_law.h"

#include <algorithm>

#include "host/formula/copied_graph.h"

namespace isoloss {
namespace {

// Unless a row for the same is there.
template <class Row, class Same>
void add_new(const Row& row, std::vector<Row>& rows, Same&& same) {
  if (std::none_of(rows.begin(), rows.end(), [&](const Row& own) { return same(own, row); }))
    rows.push_back(row);
}

void add_shift(const Shift& shift, LawEntry& to) {
  add_new(shift, to.shifts, [](const Shift& own, const Shift& other) {
    return own.param == other.param && own.input == other.input;
  });
}

}  // namespace

Theta theta_at(const ParamPlaces& places, const double* theta) {
  Theta out{};
  for (std::size_t k = 0; k < places.size(); ++k) out[k] = theta[places[k]];
  return out;
}

NodeId write_placed(const LazyProgram::Trace& law, const ParamPlaces& places, Graph& to) {
  Graph own;
  const NodeId root = law(own);
  return copied(own, root, to, [&](const Node& leaf) {
    const auto index = static_cast<std::size_t>(leaf.index);
    return leaf.kind == NodeKind::param ? to.param(places[index]) : to.input(leaf.index);
  });
}

void add_placed_shifts(const LawEntry& law, const ParamPlaces& places, LawEntry& to) {
  const auto place = [&](int k) { return k < 0 ? k : places[static_cast<std::size_t>(k)]; };
  for (const Term& term : law.terms)
    if (!term.constant()) add_shift({place(term.weight), term.input, place(term.exponent), 1}, to);
  for (const Shift& shift : law.shifts)
    add_shift({place(shift.param), shift.input, place(shift.by), shift.factor}, to);
  for (const ResponseShift& shift : law.response_shifts)
    add_new({place(shift.param), place(shift.over), shift.factor}, to.response_shifts,
            [](const ResponseShift& own, const ResponseShift& other) {
              return own.param == other.param;
            });
}

}  // namespace isoloss
