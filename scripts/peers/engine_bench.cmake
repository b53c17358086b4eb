# The engine alone, stage by stage, on any device: of the benchmark and of the kit.

include_guard()
add_executable(engine_bench ${CMAKE_CURRENT_LIST_DIR}/engine_bench.cpp)
target_link_libraries(engine_bench PRIVATE isoloss_host)
