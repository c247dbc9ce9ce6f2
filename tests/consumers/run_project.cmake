# SPDX-License-Identifier: BSD-3-Clause
# Configure and build the project SOURCE in the fresh folder WORK with the given OPTIONS, and run its tests.
file(REMOVE_RECURSE ${WORK})
execute_process(COMMAND ${CMAKE_COMMAND} -S ${SOURCE} -B ${WORK} -G ${GENERATOR} ${OPTIONS} COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ${CMAKE_COMMAND} --build ${WORK} COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ${CMAKE_CTEST_COMMAND} --test-dir ${WORK} --output-on-failure --no-tests=error
                COMMAND_ERROR_IS_FATAL ANY)
