# The kit and the workflows of GPU runners, with the CPU in the device's place. Where there is no
# Python only they are left out.

find_package(Python3 COMPONENTS Interpreter)
if(NOT Python3_FOUND OR ISOLOSS_SANITIZE)
  return()
endif()
# Scripts that find the modules they need in the environment that scripts/setup makes.
set(python ${Python3_EXECUTABLE})
if(EXISTS ${PROJECT_SOURCE_DIR}/build/venv/bin/python)
  set(python ${PROJECT_SOURCE_DIR}/build/venv/bin/python)
endif()
foreach(test backtests coverage coverage_control kit limits resamples workflows)
  add_test(NAME "python: ${test}"
    COMMAND ${python} -B ${CMAKE_CURRENT_LIST_DIR}/${test}_test.py ${PROJECT_BINARY_DIR})
  # Each runs the program on every thread, some against a clock.
  set_tests_properties("python: ${test}" PROPERTIES
    SKIP_REGULAR_EXPRESSION "test skipped" RUN_SERIAL TRUE)
endforeach()
