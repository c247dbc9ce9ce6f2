# SPDX-License-Identifier: BSD-3-Clause
# Compile the sources of the module with MODULE_FLAGS, one after the other, and PROGRAM with FLAGS and that module.
file(REMOVE_RECURSE "${DIRECTORY}")
file(MAKE_DIRECTORY "${DIRECTORY}")

function(compile source)
  execute_process(COMMAND "${COMPILER}" -c ${ARGN} "${source}" -o "${DIRECTORY}/object.o" WORKING_DIRECTORY "${DIRECTORY}"
                  RESULT_VARIABLE result ERROR_VARIABLE output)
  if(NOT result EQUAL 0 OR output MATCHES "[Ww]arning")
    message(FATAL_ERROR "${source} with ${ARGN}:\n${output}")
  endif()
endfunction()

foreach(name deed_constants.f90 deed_types.f90 deed_stop.F90 deed_kinds_take.F90 deed_kinds_lend.F90
        deed_kinds_lend_unsafe.F90 deed_kinds_reclaim.F90 deed_kinds_pointer.F90 deed_verbs.f90 deed_views.f90
        deed_weak_handles.f90 deed_enquiries.f90 deed_scope.F90 deed.f90)
  compile("${SOURCES}/${name}" ${MODULE_FLAGS} -DDEED_HAVE_FINAL)
endforeach()

compile("${PROGRAM}" ${FLAGS})
