# Everything comes from the distribution (tools/packages.txt); nothing is fetched.
find_package(fmt REQUIRED)
find_package(Threads REQUIRED)
find_package(Python3 REQUIRED COMPONENTS Interpreter)

# ANTLR: the tool generates, the runtime is linked by compiler/parse/antlr alone.
find_program(WRIT_ANTLR4 antlr4 REQUIRED)
find_path(WRIT_ANTLR4_INCLUDE antlr4-runtime.h PATH_SUFFIXES antlr4-runtime REQUIRED)
find_library(WRIT_ANTLR4_LIBRARY antlr4-runtime REQUIRED)
add_library(writ_antlr4 INTERFACE)
target_include_directories(writ_antlr4 SYSTEM INTERFACE "${WRIT_ANTLR4_INCLUDE}")
target_link_libraries(writ_antlr4 INTERFACE "${WRIT_ANTLR4_LIBRARY}" Threads::Threads)

# Z3: linked by compiler/smt alone. Another version: -DWRIT_Z3_INCLUDE=... -DWRIT_Z3_LIBRARY=...
find_path(WRIT_Z3_INCLUDE z3.h)
find_library(WRIT_Z3_LIBRARY z3)
if(WRIT_Z3_INCLUDE AND WRIT_Z3_LIBRARY)
  add_library(writ_z3 INTERFACE)
  target_include_directories(writ_z3 SYSTEM INTERFACE "${WRIT_Z3_INCLUDE}")
  target_link_libraries(writ_z3 INTERFACE "${WRIT_Z3_LIBRARY}")
endif()

# The time-zone library: linked by compiler/check alone.
find_library(WRIT_DATE_TZ_LIBRARY date-tz)
find_path(WRIT_DATE_INCLUDE date/tz.h)
if(WRIT_DATE_TZ_LIBRARY AND WRIT_DATE_INCLUDE)
  add_library(writ_date_tz INTERFACE)
  target_include_directories(writ_date_tz SYSTEM INTERFACE "${WRIT_DATE_INCLUDE}")
  target_link_libraries(writ_date_tz INTERFACE "${WRIT_DATE_TZ_LIBRARY}")
endif()

find_package(OpenSSL COMPONENTS Crypto)
find_package(nlohmann_json)
find_package(CLI11)
if(WRIT_BUILD_TESTS)
  find_package(GTest CONFIG REQUIRED)
endif()
if(WRIT_BUILD_BENCH)
  find_package(benchmark CONFIG QUIET)
endif()
