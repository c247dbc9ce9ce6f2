# SPDX-License-Identifier: BSD-3-Clause
# fortran.older_module: a program, module deed and its shim from before the last fields of deed_descriptor and deed_counts
# were added, with the core of today.

get_filename_component(root "${CMAKE_CURRENT_SOURCE_DIR}/../.." ABSOLUTE)
set(older "${CMAKE_CURRENT_BINARY_DIR}/older")
set(last_fields "uint64_t device_sync;|int64_t abandoned;|integer.c_int64_t. :: (device_sync|abandoned) = 0")
file(GLOB files RELATIVE "${root}" CONFIGURE_DEPENDS "${root}/c/include/deed/*" "${root}/fortran/src/*")
list(TRANSFORM files PREPEND "${root}/" OUTPUT_VARIABLE sources)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${sources})

# What has not changed keeps its time, so that it is not compiled again.
set(changed "")
file(GLOB_RECURSE gone RELATIVE "${older}" "${older}/*")
foreach(file ${files})
  file(READ "${root}/${file}" now)
  string(REGEX REPLACE "${last_fields}" "" before "${now}")
  file(CONFIGURE OUTPUT "${older}/${file}" CONTENT "${before}" @ONLY)
  list(REMOVE_ITEM gone "${file}")
  if(NOT before STREQUAL now)
    list(APPEND changed "${file}")
  endif()
endforeach()
foreach(file ${gone})
  file(REMOVE "${older}/${file}")
endforeach()
if(NOT changed STREQUAL "c/include/deed/array.h;c/include/deed/ledger.h;fortran/src/deed_types.f90")
  message(FATAL_ERROR "fields were taken out of: ${changed}")
endif()

# The library of today with the headers from before.
add_library(deed_older_core INTERFACE)
target_include_directories(deed_older_core INTERFACE "${older}/c/include")
target_link_libraries(deed_older_core INTERFACE $<TARGET_FILE:deed_shared>)
add_dependencies(deed_older_core deed_shared)
get_property(newer GLOBAL PROPERTY DEED_FORTRAN_SOURCE_DIR)
set_property(GLOBAL PROPERTY DEED_FORTRAN_SOURCE_DIR "${older}/fortran/src")
deed_add_fortran_module(deed_fortran_older LIBRARY deed_older_core)
set_property(GLOBAL PROPERTY DEED_FORTRAN_SOURCE_DIR "${newer}")

deed_fortran_program(deed_fortran_test_older_module SOURCES older/test_older_module.f90 MODULE deed_fortran_older)
add_test(NAME fortran.older_module COMMAND deed_fortran_test_older_module)
set_tests_properties(fortran.older_module PROPERTIES LABELS fortran)
