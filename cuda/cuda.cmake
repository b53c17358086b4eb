# The GPU engine behind cuda/engine.h. This build has none: absent.cpp answers for it.

add_library(isoloss_cuda STATIC ${PROJECT_SOURCE_DIR}/cuda/absent.cpp)
target_link_libraries(isoloss_cuda PUBLIC isoloss_options)
