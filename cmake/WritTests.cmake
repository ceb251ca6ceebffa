# Tests by label: unit, lit, semantics, oracles, integration, lsp, fuzz.

# One GoogleTest program of the folder's *.cpp, one ctest entry.
#   writ_test_program(NAME label [DEPENDS room...] [LIBS lib...] [SOURCES extra.cpp...])
function(writ_test_program name label)
  cmake_parse_arguments(test "" "" "DEPENDS;LIBS;SOURCES" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/*.cpp")
  list(TRANSFORM test_DEPENDS PREPEND "writ::")
  add_executable(${name} ${sources} ${test_SOURCES})
  target_link_libraries(${name} PRIVATE writ_base writ_warnings ${test_DEPENDS} ${test_LIBS} GTest::gmock GTest::gtest_main)
  target_compile_definitions(${name} PRIVATE "WRIT_SOURCE_DIR=\"${PROJECT_SOURCE_DIR}\"")
  writ_use_pch(${name})
  add_test(NAME ${label}.${name} COMMAND ${name} --gtest_brief=1 WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}")
  set_tests_properties(${label}.${name} PROPERTIES LABELS ${label})
endfunction()

# tests/unit/ROOM: the program test_ROOM, linked with the room and with whatever else its tests need.
function(writ_unit_test room)
  cmake_parse_arguments(unit "" "" "DEPENDS;LIBS;SOURCES" ${ARGN})
  if(NOT TARGET writ::${room})
    message(STATUS "no room ${room} yet: its unit tests wait")
    return()
  endif()
  writ_test_program(test_${room} unit DEPENDS ${room} ${unit_DEPENDS} LIBS ${unit_LIBS} SOURCES ${unit_SOURCES})
endfunction()
