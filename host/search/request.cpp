#include "host/search/request.h"

namespace isoloss {

SearchRequest search_request(const LawEntry& law, const Problem& problem, const ResidualLoss& rho) {
  SearchRequest request;
  request.law = law.name;
  if (!law.has_own_kernels()) request.tape = &law.tape();
  request.num_params = law.num_params();
  request.num_inputs = law.num_inputs();
  request.box = &law.box;
  request.runs = problem.view();
  request.residual_loss = rho;
  return request;
}

}  // namespace isoloss
