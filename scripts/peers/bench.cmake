# The isoloss side of the benchmark, in build/bench/.

add_executable(isoloss_bench ${CMAKE_CURRENT_LIST_DIR}/isoloss_bench.cpp)
target_link_libraries(isoloss_bench PRIVATE isoloss_host)

include(${CMAKE_CURRENT_LIST_DIR}/engine_bench.cmake)

add_executable(law_bench ${CMAKE_CURRENT_LIST_DIR}/law_bench.cpp)
target_link_libraries(law_bench PRIVATE isoloss_host)

add_executable(reading_bench ${CMAKE_CURRENT_LIST_DIR}/reading_bench.cpp)
target_link_libraries(reading_bench PRIVATE isoloss_host)

add_executable(check_global ${CMAKE_CURRENT_LIST_DIR}/check_global.cpp)
target_link_libraries(check_global PRIVATE isoloss_host)

# What scripts/ runs does not rot: each in a short mode.
if(ISOLOSS_TESTS AND NOT ISOLOSS_SANITIZE)
  set(figure4 ${PROJECT_SOURCE_DIR}/datasets/chinchilla_figure4.csv)
  add_test(NAME "scripts: check_global" COMMAND check_global ${figure4} 4)
  add_test(NAME "scripts: isoloss_bench" COMMAND isoloss_bench ${figure4} --repeat 1)
  add_test(NAME "scripts: law_bench" COMMAND law_bench)
  add_test(NAME "scripts: reading_bench" COMMAND reading_bench 1000)
  # Its gate is a timing, which no test looks at.
  set_tests_properties("scripts: law_bench" PROPERTIES PASS_REGULAR_EXPRESSION "every law at most")
endif()

# liblbfgs with our objective in place of an ordinary one.
find_path(LBFGS_INCLUDE_DIR lbfgs.h)
find_library(LBFGS_LIBRARY lbfgs)
if(LBFGS_INCLUDE_DIR AND LBFGS_LIBRARY)
  add_executable(vectorised_peers ${CMAKE_CURRENT_LIST_DIR}/vectorised_peers.cpp
    ${CMAKE_CURRENT_LIST_DIR}/time_peer.cpp ${CMAKE_CURRENT_LIST_DIR}/lbfgs_fit.cpp
    ${CMAKE_CURRENT_LIST_DIR}/objective.cpp ${CMAKE_CURRENT_LIST_DIR}/problem.cpp)
  target_include_directories(vectorised_peers SYSTEM PRIVATE ${LBFGS_INCLUDE_DIR})
  target_link_libraries(vectorised_peers PRIVATE isoloss_host ${LBFGS_LIBRARY})
endif()
