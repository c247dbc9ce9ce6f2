# SPDX-License-Identifier: BSD-3-Clause
set(includes "")
foreach(directory ${MODULES})
  list(APPEND includes "-I${directory}")
endforeach()

execute_process(COMMAND "${COMPILER}" -fsyntax-only ${includes} "${SOURCE}"
                RESULT_VARIABLE result ERROR_VARIABLE output)
if(NOT result EQUAL 0)
  message(FATAL_ERROR "does not compile without -DREJECTED either:\n${output}")
endif()

execute_process(COMMAND "${COMPILER}" -fsyntax-only -DREJECTED ${includes} "${SOURCE}"
                RESULT_VARIABLE result ERROR_VARIABLE output)
message("${output}")
if(result EQUAL 0)
  message(FATAL_ERROR "compiles")
endif()
if(NOT output MATCHES "${REASON}")
  message(FATAL_ERROR "is rejected for another reason than: ${REASON}")
endif()
