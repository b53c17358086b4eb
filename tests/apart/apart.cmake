# Answers that are computed apart, by other means, in Python. Where there is none they are left out.

find_package(Python3 COMPONENTS Interpreter)
if(NOT Python3_FOUND OR ISOLOSS_SANITIZE)
  return()
endif()
foreach(test bits forecast latency synthetic thinking)
  add_test(NAME "apart: ${test}"
    COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_CURRENT_LIST_DIR}/${test}_test.py
      ${PROJECT_BINARY_DIR}/isoloss)
endforeach()
