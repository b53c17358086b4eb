# The GPU engine behind cuda/engine.h, where a CUDA toolkit is found; else absent.cpp answers for it.
#
#   ISOLOSS_CUDA=DRIVER  build it where NVIDIA's driver is and a toolkit of CUDA 12 or newer is found
#                        (PATH, CUDA_HOME, usual places): it takes longest to build
#   ISOLOSS_CUDA=AUTO    without a driver too
#   ISOLOSS_CUDA=ON      stop if there is no toolkit
#   ISOLOSS_CUDA=OFF     build without

set(ISOLOSS_CUDA DRIVER CACHE STRING "Build the GPU engine: DRIVER, AUTO, ON or OFF")
set_property(CACHE ISOLOSS_CUDA PROPERTY STRINGS DRIVER AUTO ON OFF)
if(NOT ISOLOSS_CUDA MATCHES "^(DRIVER|AUTO|ON|OFF)$")
  message(FATAL_ERROR "ISOLOSS_CUDA is ${ISOLOSS_CUDA}: write DRIVER, AUTO, ON or OFF")
endif()
option(ISOLOSS_CUDA_STRICT "Stop at nvcc's warnings, and where a kernel spills or has a stack" OFF)

# Sets ISOLOSS_NVCC and why_no_cuda, empty if the toolkit will do.
function(isoloss_find_cuda)
  set(why "")
  find_program(ISOLOSS_NVCC nvcc HINTS ENV CUDA_HOME ENV CUDA_PATH
    PATHS /usr/local/cuda /opt/cuda PATH_SUFFIXES bin)
  if(ISOLOSS_CUDA STREQUAL "OFF")
    set(why "ISOLOSS_CUDA is OFF")
  elseif(ISOLOSS_CUDA STREQUAL "DRIVER" AND NOT EXISTS /proc/driver/nvidia/version
         AND NOT EXISTS /dev/dxg)
    set(why "no NVIDIA driver here; -DISOLOSS_CUDA=AUTO builds it without one")
  elseif(NOT ISOLOSS_NVCC)
    set(why "no nvcc on PATH, in CUDA_HOME or in the usual places")
  else()
    execute_process(COMMAND ${ISOLOSS_NVCC} --version OUTPUT_VARIABLE text ERROR_QUIET)
    string(REGEX MATCH "release ([0-9]+\\.[0-9]+)" found "${text}")
    if(NOT found OR CMAKE_MATCH_1 VERSION_LESS 12)
      set(why "${ISOLOSS_NVCC} is not of CUDA 12 or newer")
    endif()
    set(ISOLOSS_CUDA_VERSION "${CMAKE_MATCH_1}" PARENT_SCOPE)
    if(why STREQUAL "" AND NOT ISOLOSS_NVCC_WORKS)
      # Such as an nvcc that does not know this g++.
      file(WRITE ${PROJECT_BINARY_DIR}/check_nvcc.cu "#include <vector>\n__global__ void kernel() {}\n")
      execute_process(COMMAND ${ISOLOSS_NVCC} -std=c++20 -ptx -o ${PROJECT_BINARY_DIR}/check_nvcc.ptx
        ${PROJECT_BINARY_DIR}/check_nvcc.cu RESULT_VARIABLE failed OUTPUT_QUIET ERROR_QUIET)
      if(failed)
        set(why "${ISOLOSS_NVCC} cannot compile with this host compiler")
      else()
        set(ISOLOSS_NVCC_WORKS TRUE CACHE INTERNAL "")
      endif()
    endif()
  endif()
  set(why_no_cuda "${why}" PARENT_SCOPE)
endfunction()

set(cuda_plain_sources ${PROJECT_SOURCE_DIR}/cuda/sentence.cpp)
isoloss_find_cuda()
if(why_no_cuda)
  if(ISOLOSS_CUDA STREQUAL "ON")
    message(FATAL_ERROR "ISOLOSS_CUDA is ON: ${why_no_cuda}")
  endif()
  message(STATUS "isoloss without CUDA: ${why_no_cuda}")
  add_library(isoloss_cuda STATIC ${cuda_plain_sources} ${PROJECT_SOURCE_DIR}/cuda/absent.cpp)
  target_link_libraries(isoloss_cuda PUBLIC $<BUILD_INTERFACE:isoloss_options>)
else()
  message(STATUS "isoloss with CUDA ${ISOLOSS_CUDA_VERSION}: ${ISOLOSS_NVCC}")
endif()

# The sources of the engine, for a GPU here and for the tests that execute them on a CPU.
set(ISOLOSS_CUDA_KERNEL_SOURCES
  ${PROJECT_SOURCE_DIR}/cuda/batch.cu
  ${PROJECT_SOURCE_DIR}/cuda/linear_terms.cu
  ${PROJECT_SOURCE_DIR}/cuda/select.cu
  ${PROJECT_SOURCE_DIR}/cuda/tape_starts.cu
  ${PROJECT_SOURCE_DIR}/cuda/text_kernels.cu)
set(ISOLOSS_CUDA_HOST_SOURCES
  ${PROJECT_SOURCE_DIR}/cuda/check.cpp
  ${PROJECT_SOURCE_DIR}/cuda/spliced_function.cpp
  ${PROJECT_SOURCE_DIR}/cuda/tape_text.cpp
  ${PROJECT_SOURCE_DIR}/cuda/device_request.cpp
  ${PROJECT_SOURCE_DIR}/cuda/device_worker.cpp
  ${PROJECT_SOURCE_DIR}/cuda/driver_module.cpp
  ${PROJECT_SOURCE_DIR}/cuda/engine.cpp
  ${PROJECT_SOURCE_DIR}/cuda/batch_arrays.cpp)
set(ISOLOSS_LAUNCHER_DECLARATIONS "")
set(ISOLOSS_LAUNCHER_ROWS "")
foreach(LAW ${ISOLOSS_TERM_LAWS})
  set(file ${PROJECT_BINARY_DIR}/generated/cuda/${LAW}.cu)
  configure_file(${PROJECT_SOURCE_DIR}/cuda/law.cu.in ${file} @ONLY)
  list(APPEND ISOLOSS_CUDA_KERNEL_SOURCES ${file})
  string(APPEND ISOLOSS_LAUNCHER_DECLARATIONS "LawLaunchers launchers_of_${LAW}();\n")
  string(APPEND ISOLOSS_LAUNCHER_ROWS "      {\"${LAW}\", launchers_of_${LAW}()},\n")
endforeach()
# A file a size, so that they compile beside each other.
foreach(SIZE ${ISOLOSS_SOLVER_SIZES})
  set(file ${PROJECT_BINARY_DIR}/generated/cuda/tape_${SIZE}.cu)
  configure_file(${PROJECT_SOURCE_DIR}/cuda/tape.cu.in ${file} @ONLY)
  list(APPEND ISOLOSS_CUDA_KERNEL_SOURCES ${file})
endforeach()
set(file ${PROJECT_BINARY_DIR}/generated/cuda/law_table.cpp)
configure_file(${PROJECT_SOURCE_DIR}/cuda/law_table.cpp.in ${file} @ONLY)
list(APPEND ISOLOSS_CUDA_HOST_SOURCES ${file})

# No contraction, so that a GPU rounds as a CPU does. Kernels neither spill nor have a stack.
set(ISOLOSS_NVCC_FLAGS -fmad=false --expt-relaxed-constexpr)
# Of kernels that are not compiled into a target of their own.
set(ISOLOSS_NVCC_COMMAND ${ISOLOSS_NVCC} -std=c++20 -O3 ${ISOLOSS_NVCC_FLAGS} -Werror all-warnings
  -I${PROJECT_SOURCE_DIR} -I${PROJECT_BINARY_DIR}/generated)
set(ISOLOSS_PTXAS_GATE -Xptxas --warn-on-spills,--warn-on-local-memory-usage,-Werror)

# What the texts of tapes are made of, see cuda/tape_text.h: tape_functions.ptx and a frame a size,
# in generated/cuda/. For the oldest devices: a driver compiles it for its own.
function(isoloss_add_ptx source)
  cmake_path(GET source STEM name)
  set(ptx ${PROJECT_BINARY_DIR}/generated/cuda/${name}.ptx)
  add_custom_command(
    OUTPUT ${ptx}
    COMMAND ${ISOLOSS_NVCC_COMMAND} --ptx -arch=compute_75 -rdc=true -MD -MF ${ptx}.d -MT ${ptx}
      -o ${ptx} ${source}
    DEPENDS ${source}
    DEPFILE ${ptx}.d
    COMMENT "Compiling ${name}.cu to PTX"
    VERBATIM)
endfunction()
if(ISOLOSS_NVCC)
  isoloss_add_ptx(${PROJECT_SOURCE_DIR}/cuda/tape_functions.cu)
  foreach(SIZE ${ISOLOSS_SOLVER_SIZES})
    set(file ${PROJECT_BINARY_DIR}/generated/cuda/tape_frame_${SIZE}.cu)
    configure_file(${PROJECT_SOURCE_DIR}/cuda/tape_frame.cu.in ${file} @ONLY)
    isoloss_add_ptx(${file})
  endforeach()
endif()

if(NOT why_no_cuda)
  include(cuda/build.cmake)
endif()
