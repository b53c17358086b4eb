# The isoloss side of the benchmark, in build/bench/.

add_executable(isoloss_bench ${CMAKE_CURRENT_LIST_DIR}/isoloss_bench.cpp)
target_link_libraries(isoloss_bench PRIVATE isoloss_host)

include(${CMAKE_CURRENT_LIST_DIR}/engine_bench.cmake)

add_executable(law_bench ${CMAKE_CURRENT_LIST_DIR}/law_bench.cpp)
target_link_libraries(law_bench PRIVATE isoloss_host)

add_executable(check_global ${CMAKE_CURRENT_LIST_DIR}/check_global.cpp)
target_link_libraries(check_global PRIVATE isoloss_host)

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
