# libFuzzer targets with AddressSanitizer and UndefinedBehaviorSanitizer; clang only. scripts/fuzz
# builds and runs them. What they test is compiled again here, instrumented.

set(fuzzed_sources column_checks column_choice column_names columns computed_columns csv csv_records
  decimal_commas file_bytes gzip header_scale inferred_runs json_table number quantity reading_checks
  reading_warnings row_filter row_reader run_files run_sizes run_table text units where where_parser
  where_text)
list(TRANSFORM fuzzed_sources PREPEND ${PROJECT_SOURCE_DIR}/host/reading/)
list(TRANSFORM fuzzed_sources APPEND .cpp)
list(APPEND fuzzed_sources ${PROJECT_SOURCE_DIR}/host/error.cpp)

set(fuzzed_formula apply derivative formula_law formula_text functions graph law_file lexer
  linear_params names overrides param_defaults parse roles toml_text write_graph)
list(TRANSFORM fuzzed_formula PREPEND ${PROJECT_SOURCE_DIR}/host/formula/)
list(TRANSFORM fuzzed_formula APPEND .cpp)

foreach(part reader formula)
  add_library(fuzzed_${part} STATIC EXCLUDE_FROM_ALL)
  target_link_libraries(fuzzed_${part} PUBLIC isoloss_options fmt::fmt)
  target_compile_options(fuzzed_${part} PUBLIC
    -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all)
endforeach()
target_sources(fuzzed_reader PRIVATE ${fuzzed_sources})
target_sources(fuzzed_formula PRIVATE ${fuzzed_formula})
target_link_libraries(fuzzed_formula PUBLIC fuzzed_reader)
target_include_directories(fuzzed_formula SYSTEM PRIVATE ${TOMLPLUSPLUS_INCLUDE})

foreach(name read_runs_fuzz text_fuzz formula_fuzz)
  add_executable(${name} EXCLUDE_FROM_ALL ${PROJECT_SOURCE_DIR}/tests/fuzz/${name}.cpp)
  target_link_libraries(${name} PRIVATE fuzzed_reader)
  target_link_options(${name} PRIVATE -fsanitize=fuzzer,address,undefined)
endforeach()
target_link_libraries(formula_fuzz PRIVATE fuzzed_formula)
