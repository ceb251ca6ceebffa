# find_package(writ): the target writ::runtime. The library is C++ inside; a project that links it enables CXX.
include(CMakeFindDependencyMacro)
find_dependency(OpenSSL COMPONENTS Crypto)
include("${CMAKE_CURRENT_LIST_DIR}/writ-targets.cmake")
