# A double of the CUDA runtime, and the product's cuda/*.cu compiled against it as plain C++: it needs
# no toolkit and no GPU, and shows its mistakes to the sanitizers. See README.md.

set(cuda_on_cpu ${PROJECT_SOURCE_DIR}/tests/cuda_on_cpu)
file(GLOB cuda_on_cpu_sources CONFIGURE_DEPENDS ${cuda_on_cpu}/*.cpp)
file(GLOB cuda_on_cpu_tests CONFIGURE_DEPENDS ${cuda_on_cpu}/*_test.cpp)
# Of the engine, not of the double.
set(cuda_engine_doubles ${cuda_on_cpu}/cublas_library.cpp ${cuda_on_cpu}/driver_library.cpp
  ${cuda_on_cpu}/compiled_ptx.cpp)
list(REMOVE_ITEM cuda_on_cpu_sources ${cuda_on_cpu_tests} ${cuda_engine_doubles})

add_library(isoloss_cuda_on_cpu STATIC ${cuda_on_cpu_sources})
# Before every other folder, so that an installed toolkit's headers do not get in.
target_include_directories(isoloss_cuda_on_cpu BEFORE PUBLIC ${cuda_on_cpu}/include)
target_link_libraries(isoloss_cuda_on_cpu PUBLIC isoloss_options fmt::fmt Threads::Threads)

# Thrust comes with a toolkit (under cccl since 13.0) or alone, in Debian's libthrust-dev.
find_package(CUDAToolkit QUIET)
find_path(ISOLOSS_THRUST_INCLUDE thrust/version.h
  HINTS ${CUDAToolkit_INCLUDE_DIRS} PATH_SUFFIXES cccl)
if(ISOLOSS_THRUST_INCLUDE)
  target_include_directories(isoloss_cuda_on_cpu SYSTEM PUBLIC ${ISOLOSS_THRUST_INCLUDE})
  target_compile_definitions(isoloss_cuda_on_cpu PUBLIC
    ISOLOSS_HAS_THRUST THRUST_DEVICE_SYSTEM=THRUST_DEVICE_SYSTEM_CPP)
endif()

# Adds CUDA sources to a target: isoloss_compile_on_cpu(isoloss_cuda_tests cuda/select.cu ...), with
# paths below the sources, or absolute ones for generated files.
function(isoloss_compile_on_cpu target)
  foreach(source ${ARGN})
    string(MAKE_C_IDENTIFIER ${source} name)
    set(wrapper ${PROJECT_BINARY_DIR}/generated/cuda_on_cpu/${name}.cpp)
    file(CONFIGURE OUTPUT ${wrapper} CONTENT "#include \"${source}\"\n")
    # `#pragma unroll` is nvcc's; Thrust binds references to null where it needs only their type.
    set_source_files_properties(${wrapper} PROPERTIES
      COMPILE_OPTIONS "-Wno-unknown-pragmas;-fno-sanitize=null")
    target_sources(${target} PRIVATE ${wrapper})
  endforeach()
  target_link_libraries(${target} PRIVATE isoloss_cuda_on_cpu)
endfunction()

# The engine: the sources of cuda/, unchanged, with the double's cuBLAS and driver.
file(GLOB cuda_engine_tests CONFIGURE_DEPENDS ${cuda_on_cpu}/engine*_test.cpp)
list(REMOVE_ITEM cuda_on_cpu_tests ${cuda_engine_tests})
isoloss_add_tests(isoloss_cuda_tests ${cuda_on_cpu_tests})
target_link_libraries(isoloss_cuda_tests PRIVATE isoloss_cuda_on_cpu)
isoloss_compile_on_cpu(isoloss_cuda_tests tests/cuda_on_cpu/samples.cu)
if(NOT ISOLOSS_THRUST_INCLUDE)
  message(STATUS "No Thrust: the CUDA engine is not executed on the CPU")
  return()
endif()
isoloss_compile_on_cpu(isoloss_cuda_tests tests/cuda_on_cpu/thrust_samples.cu)

add_library(isoloss_engine_on_cpu OBJECT ${ISOLOSS_CUDA_HOST_SOURCES} ${cuda_engine_doubles})
isoloss_compile_on_cpu(isoloss_engine_on_cpu
  ${ISOLOSS_CUDA_KERNEL_SOURCES} tests/cuda_on_cpu/text_kernels_on_cpu.cu)

# The double's runtime stands before the libraries that may bring the real one.
isoloss_add_tests(isoloss_engine_tests ${cuda_engine_tests})
target_link_libraries(isoloss_engine_tests
  PRIVATE isoloss_engine_on_cpu isoloss_cuda_on_cpu isoloss_host)
target_compile_definitions(isoloss_engine_tests PRIVATE ISOLOSS_SOURCE="${PROJECT_SOURCE_DIR}")
