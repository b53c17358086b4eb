# The fuzz targets on their seeds, as tests: without a fuzzer, but they do not rot.

set(seeds_read_runs_fuzz tests/bad_input)
set(seeds_text_fuzz tests/fuzz/text_seeds)
set(seeds_formula_fuzz tests/fuzz/formula_seeds)
foreach(name read_runs_fuzz text_fuzz formula_fuzz)
  add_executable(${name}_seeds
    ${PROJECT_SOURCE_DIR}/tests/fuzz/run_seeds.cpp ${PROJECT_SOURCE_DIR}/tests/fuzz/${name}.cpp)
  target_link_libraries(${name}_seeds PRIVATE isoloss_host)
  add_test(NAME "fuzz: ${name} on its seeds"
    COMMAND ${name}_seeds ${PROJECT_SOURCE_DIR}/${seeds_${name}})
endforeach()
