# What can be chosen. Compiler flags (optimisation, sanitizers, linker, cache) belong to CMakePresets.json, not here.
option(WRIT_BUILD_TESTS "Build the tests" ON)
option(WRIT_BUILD_BENCH "Build the benchmarks" ON)
option(WRIT_BUILD_FUZZERS "Build the libFuzzer targets (needs clang)" OFF)
option(WRIT_PCH "Precompile the heavy standard and third-party headers" ON)

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")

include(GNUInstallDirs)

# Adds those of the named folders that exist, in this order.
function(writ_add_folders)
  foreach(folder IN LISTS ARGN)
    if(EXISTS "${CMAKE_CURRENT_SOURCE_DIR}/${folder}/CMakeLists.txt")
      add_subdirectory("${folder}")
    endif()
  endforeach()
endfunction()
