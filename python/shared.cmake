# libisoloss.so: host/capi.h and nothing else.
add_library(isoloss_shared SHARED ${PROJECT_SOURCE_DIR}/host/capi.cpp)
set_target_properties(isoloss_shared PROPERTIES OUTPUT_NAME isoloss)
target_link_libraries(isoloss_shared PRIVATE isoloss_host)
target_link_options(isoloss_shared PRIVATE -Wl,--exclude-libs,ALL)
install(TARGETS isoloss_shared LIBRARY DESTINATION lib COMPONENT isoloss)

# The program beside it is a shell, so that a wheel holds the library once.
target_link_libraries(isoloss PRIVATE isoloss_shared)
target_include_directories(isoloss PRIVATE ${PROJECT_SOURCE_DIR})
set_target_properties(isoloss PROPERTIES INSTALL_RPATH "$ORIGIN/../lib")
