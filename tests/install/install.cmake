# The installed package, as somebody else's program meets it.
add_test(NAME "install: a program is built against the package"
  COMMAND ${CMAKE_COMMAND} -D BUILD=${PROJECT_BINARY_DIR} -D SOURCE=${PROJECT_SOURCE_DIR}
    -P ${PROJECT_SOURCE_DIR}/tests/install/check.cmake)
add_test(NAME "install: the headers of a folder build the program where the system has none"
  COMMAND ${CMAKE_COMMAND} -D BUILD=${PROJECT_BINARY_DIR} -D SOURCE=${PROJECT_SOURCE_DIR}
    -P ${PROJECT_SOURCE_DIR}/tests/install/bundled.cmake)
add_test(NAME "install: the headers of others are fetched where the system has none"
  COMMAND ${CMAKE_COMMAND} -D BUILD=${PROJECT_BINARY_DIR} -D SOURCE=${PROJECT_SOURCE_DIR}
    -P ${PROJECT_SOURCE_DIR}/tests/install/fetched.cmake)
