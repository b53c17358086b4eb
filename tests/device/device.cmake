# The tests of a real device, a program of their own: where there is none they are skipped, and the
# kit of scripts/device_kit takes the program to a machine that has one.

isoloss_add_tests(isoloss_device_tests
  ${CMAKE_CURRENT_LIST_DIR}/device_test.cpp ${PROJECT_SOURCE_DIR}/host/base/data_folder.cpp)
target_link_libraries(isoloss_device_tests PRIVATE nlohmann_json::nlohmann_json)
add_dependencies(isoloss_device_tests isoloss)
