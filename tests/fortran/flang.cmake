# SPDX-License-Identifier: BSD-3-Clause
# fortran.flang: all Fortran tests once more, built with flang in a build tree of their own (standalone/). After it,
# fortran.trap_t61_mixed_compilers: a program of this compiler with a library of flang.
find_program(DEED_FLANG NAMES flang-22 flang DOC "Second Fortran compiler for the tests")

if(CMAKE_Fortran_COMPILER_ID STREQUAL LLVMFlang)
  message(STATUS "deed: no test fortran.flang, because the compiler of this project is flang already")
elseif(NOT DEED_FLANG)
  message(WARNING "deed: no test fortran.flang, because flang-22 was not found")
else()
  add_test(NAME fortran.flang COMMAND ${CMAKE_CTEST_COMMAND}
    --build-and-test "${CMAKE_CURRENT_SOURCE_DIR}/standalone" "${CMAKE_BINARY_DIR}/flang"
    --build-generator "${CMAKE_GENERATOR}"
    --build-options -D CMAKE_Fortran_COMPILER=${DEED_FLANG} -D CMAKE_C_COMPILER=${CMAKE_C_COMPILER}
    -D CMAKE_BUILD_TYPE=Debug
    --test-command ${CMAKE_CTEST_COMMAND} --output-on-failure --no-tests=error)
  set_tests_properties(fortran.flang PROPERTIES LABELS "fortran;flang" TIMEOUT 900 FIXTURES_SETUP deed_flang_build)

  deed_fortran_program(deed_fortran_host SOURCES mixed/host.f90)
  target_link_libraries(deed_fortran_host PRIVATE ${CMAKE_DL_LIBS})
  add_test(NAME fortran.trap_t61_mixed_compilers
           COMMAND deed_fortran_host "${CMAKE_BINARY_DIR}/flang/libdeed_fortran_plugin${CMAKE_SHARED_MODULE_SUFFIX}")
  set_tests_properties(fortran.trap_t61_mixed_compilers PROPERTIES
    LABELS "fortran;flang" FIXTURES_REQUIRED deed_flang_build)
endif()
