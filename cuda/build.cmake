# Compiles the engine with nvcc.

set(CMAKE_CUDA_COMPILER ${ISOLOSS_NVCC})
# Every architecture that the toolkit knows of those that labs have, and PTX of the last for newer
# ones. Never `native`: that fails where there is no GPU.
set(isoloss_architectures 75 80 86 89 90)
if(ISOLOSS_CUDA_VERSION VERSION_GREATER_EQUAL 12.8)
  list(APPEND isoloss_architectures 100 120)
endif()
list(POP_BACK isoloss_architectures last)
list(TRANSFORM isoloss_architectures APPEND "-real")
set(CMAKE_CUDA_ARCHITECTURES ${isoloss_architectures} ${last} CACHE STRING "GPU architectures")
if(CCACHE AND NOT CMAKE_CUDA_COMPILER_LAUNCHER)
  set(CMAKE_CUDA_COMPILER_LAUNCHER ${CCACHE})
endif()
enable_language(CUDA)
# CMake 3.25 does not know the C++20 of newer toolkits.
if(NOT CMAKE_CUDA20_STANDARD_COMPILE_OPTION)
  set(CMAKE_CUDA20_STANDARD_COMPILE_OPTION -std=c++20)
  set(CMAKE_CUDA20_EXTENSION_COMPILE_OPTION -std=c++20)
endif()
set(CMAKE_CUDA_STANDARD 20)
set(CMAKE_CUDA_STANDARD_REQUIRED ON)
set(CMAKE_CUDA_RUNTIME_LIBRARY Static)
find_package(CUDAToolkit REQUIRED)

# The PTX that texts of tapes are made of, in the program.
set(compiled_ptx ${PROJECT_BINARY_DIR}/generated/cuda/compiled_ptx.cpp)
list(TRANSFORM ISOLOSS_SOLVER_SIZES REPLACE "(.+)"
  ${PROJECT_BINARY_DIR}/generated/cuda/tape_frame_\\1.ptx OUTPUT_VARIABLE ptx_files)
list(APPEND ptx_files ${PROJECT_BINARY_DIR}/generated/cuda/tape_functions.ptx)
list(JOIN ISOLOSS_SOLVER_SIZES , sizes)
add_custom_command(
  OUTPUT ${compiled_ptx}
  COMMAND ${CMAKE_COMMAND} -DFOLDER=${PROJECT_BINARY_DIR}/generated/cuda -DSIZES=${sizes}
    -DOUT=${compiled_ptx} -P ${PROJECT_SOURCE_DIR}/cuda/compiled_ptx.cmake
  DEPENDS ${ptx_files} ${PROJECT_SOURCE_DIR}/cuda/compiled_ptx.cmake
  COMMENT "Writing the PTX of tapes into a source"
  VERBATIM)

add_library(isoloss_cuda STATIC ${cuda_plain_sources} ${ISOLOSS_CUDA_KERNEL_SOURCES}
  ${ISOLOSS_CUDA_HOST_SOURCES} ${compiled_ptx}
  ${PROJECT_SOURCE_DIR}/cuda/cublas_library.cpp ${PROJECT_SOURCE_DIR}/cuda/driver_library.cpp)
target_compile_options(isoloss_cuda PRIVATE
  "$<$<COMPILE_LANGUAGE:CUDA>:${ISOLOSS_NVCC_FLAGS};-Xcompiler=-ffp-contract=off>")
# A fifth of the size; every driver for CUDA 13 unpacks it.
if(ISOLOSS_CUDA_VERSION VERSION_GREATER_EQUAL 13)
  target_compile_options(isoloss_cuda PRIVATE "$<$<COMPILE_LANGUAGE:CUDA>:--compress-mode=size>")
endif()
if(ISOLOSS_CUDA_STRICT)
  target_compile_options(isoloss_cuda PRIVATE
    "$<$<COMPILE_LANGUAGE:CUDA>:SHELL:-Werror all-warnings -Xcompiler=-Wall,-Wextra,-Werror>")
endif()
# Thrust's own kernels are not ours to hold to that.
foreach(source ${ISOLOSS_CUDA_KERNEL_SOURCES})
  if(ISOLOSS_CUDA_STRICT AND NOT source MATCHES "select.cu$")
    set_property(SOURCE ${source} APPEND PROPERTY COMPILE_OPTIONS ${ISOLOSS_PTXAS_GATE})
  endif()
endforeach()
target_link_libraries(isoloss_cuda
  PUBLIC $<BUILD_INTERFACE:isoloss_options>
  PRIVATE fmt::fmt CUDA::cudart_static ${CMAKE_DL_LIBS})
# Devices older than the oldest that there is code for are not taken.
string(REGEX MATCHALL "[0-9]+" capabilities "${CMAKE_CUDA_ARCHITECTURES}")
list(SORT capabilities COMPARE NATURAL)
list(GET capabilities 0 least_capability)
set_property(SOURCE ${PROJECT_SOURCE_DIR}/cuda/engine.cpp APPEND PROPERTY
  COMPILE_DEFINITIONS ISOLOSS_LEAST_CAPABILITY=${least_capability})
target_include_directories(isoloss_cuda SYSTEM PRIVATE ${CUDAToolkit_INCLUDE_DIRS})
