# The program's registry over a folder of laws that holds one header, written here.

set(folder ${PROJECT_BINARY_DIR}/one_file)
configure_file(${PROJECT_SOURCE_DIR}/tests/one_file/log_power.h.in
               ${folder}/fits/laws/log_power.h COPYONLY)
isoloss_write_all_laws(${folder}/fits/laws ${folder}/host/laws/all_laws.h)
isoloss_add_tests(isoloss_one_file_tests
  ${PROJECT_SOURCE_DIR}/tests/one_file/one_file_test.cpp ${PROJECT_SOURCE_DIR}/host/laws/registry.cpp)
target_include_directories(isoloss_one_file_tests BEFORE PRIVATE ${folder})
target_link_libraries(isoloss_one_file_tests PRIVATE isoloss_host)
