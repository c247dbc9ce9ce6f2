# SPDX-License-Identifier: BSD-3-Clause
# Run PROGRAM with ARGUMENT: its exit status must match RESULT and its output OUTPUT (regular expressions).
execute_process(COMMAND "${PROGRAM}" ${ARGUMENT} RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
message("exit status: ${result}\n${output}")
if(NOT result MATCHES "^(${RESULT})$")
  message(FATAL_ERROR "the exit status is not ${RESULT}")
endif()
if(NOT output MATCHES "${OUTPUT}")
  message(FATAL_ERROR "the output does not match: ${OUTPUT}")
endif()
