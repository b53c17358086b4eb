# libFuzzer targets with AddressSanitizer and UndefinedBehaviorSanitizer; clang only. scripts/fuzz
# builds and runs them. What they test is compiled again here, instrumented.

foreach(room base curves reading)
  file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/host/${room}/*.cpp)
  list(APPEND fuzzed_sources ${sources})
endforeach()
file(GLOB fuzzed_formula CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/host/formula/*.cpp)

foreach(part reader formula)
  add_library(fuzzed_${part} STATIC EXCLUDE_FROM_ALL)
  target_link_libraries(fuzzed_${part} PUBLIC
    isoloss_options fmt::fmt nlohmann_json::nlohmann_json ZLIB::ZLIB Threads::Threads)
  target_link_libraries(fuzzed_${part} PRIVATE tomlplusplus::tomlplusplus)
  target_compile_options(fuzzed_${part} PUBLIC
    -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all)
endforeach()
target_sources(fuzzed_reader PRIVATE ${fuzzed_sources})
target_sources(fuzzed_formula PRIVATE ${fuzzed_formula})
target_link_libraries(fuzzed_formula PUBLIC fuzzed_reader)

foreach(name read_runs_fuzz text_fuzz formula_fuzz)
  add_executable(${name} EXCLUDE_FROM_ALL ${PROJECT_SOURCE_DIR}/tests/fuzz/${name}.cpp)
  target_link_libraries(${name} PRIVATE fuzzed_reader)
  target_link_options(${name} PRIVATE -fsanitize=fuzzer,address,undefined)
endforeach()
target_link_libraries(formula_fuzz PRIVATE fuzzed_formula)
