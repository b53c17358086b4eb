#include "host/report/describe_datasets.h"

#include <fmt/format.h>

namespace isoloss {

Document describe_data_sets() {
  Table table{{fixed("data set", 24, 0),
               right(fixed("rows", 5, 2)),
               {"what N counts"},
               placed(untitled("source"), Place::below)}};
  table.indent = 0;
  for (const DataSet& data : data_sets())
    table.rows.push_back({data.name, std::to_string(data.rows), data.n_means, data.citation});
  const Note more{"isoloss datasets NAME describes one and says where its table lies."};
  return {"Published data sets", "", {}, {{"", {table}}, {"", {more}}}, {}};
}

Document describe_data_set(const DataSet& data) {
  Pairs out{{{"source", data.citation},
             {"where", data.url},
             {"rows", std::to_string(data.rows)},
             {"N counts", data.n_means},
             {"loss", data.loss},
             {"made", data.made},
             {"licence", data.licence},
             {"note", data.note},
             {"path", data_file(data.file).value_or(
                          "not found: this program was built elsewhere and its data sets were not "
                          "installed with it")}}};
  out.width = 10;
  return {"Data set " + data.name,
          "",
          {},
          {{"", {Note{fmt::format("{}   {}", data.name, data.title), 0, 4}, out}}},
          {}};
}

}  // namespace isoloss
