#include "host/report/recipe.h"

#include <fmt/format.h>

#include "host/answers/count/count_conversion.h"
#include "host/base/number_text.h"
#include "host/report/estimate_text.h"
#include "host/report/json_parts.h"

namespace isoloss {

Document describe_recipes() {
  Table table{{{"name"}, {"counts"}, {"what it is"}}};
  for (const Recipe& recipe : recipes())
    table.rows.push_back({recipe.name, count_name(recipe.counts_total), recipe.title});
  return {"Recipes of the literature", "", {}, {{"", {table}}}, {}};
}

Document describe_recipe(const Recipe& recipe, const std::vector<RecipePoint>& points) {
  Section law{"Recipe", {Note{recipe.title + "; " + recipe.source, 0, 2}}};
  if (!recipe.note.empty()) law.blocks.push_back(Note{recipe.note, 0, 2});
  Table table{{{"C, FLOP"}, {"N, parameters"}, {"D, tokens"}, {"D / N"}}};
  if (!recipe.counts_total) {
    table.columns[1].title = "N, non-embedding";
    table.columns.push_back({"N, total"});
  }
  for (const RecipePoint& at : points) {
    table.rows.push_back({{flops_text(at.flops), at.flops},
                          {count_text(at.N), at.N},
                          {count_text(at.D), at.D},
                          {ratio_text(at.tokens_per_param()), at.tokens_per_param()}});
    const double total = total_of(at.N, {});
    if (!recipe.counts_total) table.rows.back().emplace_back(count_text(total), total);
  }
  const RecipePoint& first = points.front();
  const std::string answer =
      fmt::format("With {} FLOP, train {} parameters on {} tokens", flops_text(first.flops),
                  count_text(first.N), count_text(first.D));
  return {"What to train", answer, {{"source", recipe.source}}, {law, {"Answers", {table}}}, {}};
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
