#include "host/report/recipe.h"

#include <fmt/format.h>

#include "host/answers/count/count_conversion.h"
#include "host/base/number_text.h"
#include "host/report/estimate_text.h"
#include "host/report/json_parts.h"
#include "host/report/table.h"
#include "host/report/wrap.h"

namespace isoloss {
namespace {

constexpr std::size_t kWidth = 100;

}  // namespace

std::string recipes_text() {
  std::vector<TextRow> rows{{"name", "counts", "what it is"}};
  for (const Recipe& recipe : recipes())
    rows.push_back({recipe.name, count_name(recipe.counts_total), recipe.title});
  return text_table(rows);
}

std::string recipe_text(const Recipe& recipe, const std::vector<RecipePoint>& points) {
  std::string out = wrapped(recipe.title + "; " + recipe.source, 0, kWidth, 2);
  if (!recipe.note.empty()) out += wrapped(recipe.note, 0, kWidth, 2);
  std::vector<TextRow> rows{{"C, FLOP", "N, parameters", "D, tokens", "D / N"}};
  if (!recipe.counts_total) {
    rows[0][1] = "N, non-embedding";
    rows[0].emplace_back("N, total");
  }
  for (const RecipePoint& at : points) {
    rows.push_back({flops_text(at.flops), count_text(at.N), count_text(at.D),
                    ratio_text(at.tokens_per_param())});
    if (!recipe.counts_total) rows.back().push_back(count_text(total_of(at.N, {})));
  }
  return out + "\n" + text_table(rows);
}

std::string recipe_json(const Recipe& recipe, const std::vector<RecipePoint>& points) {
  Json answers = Json::array();
  for (const RecipePoint& at : points)
    answers.push_back({{"flops", number_json(at.flops)},
                       {"params", number_json(at.N)},
                       {"tokens", number_json(at.D)},
                       {"tokens_per_param", number_json(at.tokens_per_param())}});
  return json_text({{"schema", "isoloss/optimum"},
                    {"schema_version", 1},
                    {"isoloss_version", ISOLOSS_VERSION},
                    {"law", nullptr},
                    {"recipe", recipe.name},
                    {"of", recipe.title},
                    {"source", recipe.source},
                    {"counts", count_name(recipe.counts_total)},
                    {"answers", answers}});
}

}  // namespace isoloss
