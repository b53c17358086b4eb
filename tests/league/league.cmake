# The league: default fits against exact and long searches. A short run is a test; scripts/league has
# the whole.

set(league ${CMAKE_CURRENT_LIST_DIR})
add_library(isoloss_league STATIC EXCLUDE_FROM_ALL
  ${league}/convex_optimum.cpp ${league}/league.cpp ${league}/planted_set.cpp)
target_link_libraries(isoloss_league PUBLIC isoloss_host)
add_executable(league EXCLUDE_FROM_ALL ${league}/main.cpp)
target_link_libraries(league PRIVATE isoloss_league)
if(ISOLOSS_TESTS AND NOT ISOLOSS_SANITIZE)
  isoloss_add_tests(isoloss_league_tests ${league}/league_test.cpp)
  target_link_libraries(isoloss_league_tests PRIVATE isoloss_league)
endif()
