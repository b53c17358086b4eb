#include "host/base/nearest.h"

#include "tests/catch.h"

namespace isoloss {

using Names = std::vector<std::string>;

TEST_CASE("A name is near with few slips for its length") {
  const Names laws{"chinchilla", "kaplan", "coupled"};
  CHECK(nearest_names("chinchila", laws) == Names{"chinchilla"});
  CHECK(nearest_names("Chin-Chilla", laws) == Names{"chinchilla"});
  CHECK(nearest_names("kapaln", laws) == Names{"kaplan"});
  CHECK(nearest_names("coup", laws) == Names{"coupled"});
  CHECK(nearest_names("kaplan_st", {"kaplan_sizes"}).empty() == false);
  CHECK(nearest_names("kaplan_xy", {"kaplan_sizes"}).empty());
  CHECK(nearest_names("farseer", laws).empty());
  CHECK(nearest_names("", laws).empty());
  CHECK(nearest_names(std::string(5000, 'x'), laws).empty());
}

TEST_CASE("The nearest name comes first, and three at most") {
  const Names known{"tokens", "token", "tokena", "tokenb"};
  CHECK(nearest_names("token", known) == Names{"token", "tokens", "tokena"});
}

TEST_CASE("Advice asks for the near names, or says something else") {
  CHECK(did_you_mean("fti", {"fit", "merge"}, "") == "did you mean fit?");
  CHECK(did_you_mean("fti", {"fit"}, "see --help") == "did you mean fit?");
  CHECK(did_you_mean("fix", {"fit", "fox"}, "") == "did you mean fit or fox?");
  CHECK(words_of("bounds, start and scale") == Names{"bounds", "start", "scale"});
  CHECK(did_you_mean("xyz", {"fit"}, "see --help") == "see --help");
}

}  // namespace isoloss
