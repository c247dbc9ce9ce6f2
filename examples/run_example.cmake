# SPDX-License-Identifier: BSD-3-Clause
# cmake -DOUTPUT=REGEX -P run_example.cmake -- PROGRAM [ARGUMENT ...]
# Fails unless the program ends with exit code 0 and what it prints matches REGEX. A test property alone cannot say both:
# with PASS_REGULAR_EXPRESSION, ctest no longer looks at the exit code.

math(EXPR last "${CMAKE_ARGC} - 1")
set(command "")
set(after_dashes FALSE)
foreach(index RANGE ${last})
  if(after_dashes)
    list(APPEND command "${CMAKE_ARGV${index}}")
  elseif(CMAKE_ARGV${index} STREQUAL "--")
    set(after_dashes TRUE)
  endif()
endforeach()

execute_process(COMMAND ${command} OUTPUT_VARIABLE output RESULT_VARIABLE result ECHO_OUTPUT_VARIABLE)
if(NOT result STREQUAL "0")
  message(FATAL_ERROR "ended with ${result}, not 0")
endif()
if(NOT output MATCHES "${OUTPUT}")
  message(FATAL_ERROR "the output does not match ${OUTPUT}")
endif()
