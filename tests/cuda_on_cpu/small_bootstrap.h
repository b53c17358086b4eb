// A few resamples of figure 4, screened by exponents: a request for tests of engines.

#pragma once

#include <vector>

#include "host/laws/registry.h"
#include "host/search/exponent_columns.h"
#include "host/search/request.h"
#include "tests/figure4.h"

namespace isoloss {

class SmallBootstrap {
 public:
  explicit SmallBootstrap(int num_resamples, int exponents_an_axis = 16,
                          const RunTable& runs = figure4())
      : law_(find_law("chinchilla")),
        problem_(runs, law_),
        columns_(law_, problem_.view(), exponents_an_axis) {
    request = search_request(law_, problem_, {});
    request.grid = &columns_.grid();
    request.num_basins = 1;
    request.resampling.num_resamples = num_resamples;
    request.resampling.num_units = static_cast<std::uint32_t>(request.runs.num_runs);
  }

  std::vector<Candidate> search(SearchEngine& engine) const {
    std::vector<Candidate> out(static_cast<std::size_t>(request.resampling.num_problems()));
    engine.search(request, out.data());
    return out;
  }

  SearchRequest request;

 private:
  const LawEntry& law_;
  Problem problem_;
  ExponentColumns columns_;
};

}  // namespace isoloss
