# One static library per folder. The include root is the repository, the links are what the room may include: the linker enforces
# the reading order of docs/architecture.md.
#
#   writ_room(kernel DEPENDS typed_ir [LIBS lib...] [PRIVATE lib...] [FOLDERS sub...] [NO_PCH])
#
# makes writ_kernel, alias writ::kernel, of compiler/kernel/*.cpp (and sub/*.cpp). DEPENDS names rooms (public), LIBS third
# parties whose headers show in ours (public), PRIVATE third parties or targets that do not.

add_library(writ_warnings INTERFACE)
# GCC 12 takes an empty std::optional for an uninitialised value once it inlines; asan and the dev build watch for real ones.
target_compile_options(writ_warnings INTERFACE -Wall -Wextra -Wswitch -Werror $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)

add_library(writ_base INTERFACE)
target_include_directories(writ_base INTERFACE "${PROJECT_SOURCE_DIR}" "${PROJECT_BINARY_DIR}/generated")
target_link_libraries(writ_base INTERFACE fmt::fmt)

if(WRIT_PCH)
  add_library(writ_pch OBJECT "${PROJECT_SOURCE_DIR}/cmake/pch.cpp")
  target_link_libraries(writ_pch PRIVATE writ_base writ_warnings)
  target_precompile_headers(writ_pch PRIVATE "${PROJECT_SOURCE_DIR}/cmake/pch.h")
endif()

function(writ_use_pch target)
  if(WRIT_PCH)
    target_precompile_headers(${target} REUSE_FROM writ_pch)
  endif()
endfunction()

function(writ_room name)
  cmake_parse_arguments(room "NO_PCH" "" "DEPENDS;LIBS;PRIVATE;FOLDERS" ${ARGN})
  set(patterns "${CMAKE_CURRENT_SOURCE_DIR}/*.cpp")
  foreach(folder IN LISTS room_FOLDERS)
    list(APPEND patterns "${CMAKE_CURRENT_SOURCE_DIR}/${folder}/*.cpp")
  endforeach()
  file(GLOB sources CONFIGURE_DEPENDS ${patterns})
  list(TRANSFORM room_DEPENDS PREPEND "writ::")

  if(sources)
    add_library(writ_${name} STATIC ${sources})
    target_link_libraries(writ_${name} PUBLIC writ_base ${room_DEPENDS} ${room_LIBS} PRIVATE writ_warnings ${room_PRIVATE})
    if(NOT room_NO_PCH)
      writ_use_pch(writ_${name})
    endif()
  else()
    add_library(writ_${name} INTERFACE)
    target_link_libraries(writ_${name} INTERFACE writ_base ${room_DEPENDS} ${room_LIBS})
  endif()
  add_library(writ::${name} ALIAS writ_${name})
endfunction()
