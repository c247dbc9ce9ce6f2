# SPDX-License-Identifier: BSD-3-Clause
# Install the build BUILD to PREFIX by way of another folder, so that nothing which finds it may depend on the first.
file(REMOVE_RECURSE ${PREFIX} ${PREFIX}.first)
execute_process(COMMAND ${CMAKE_COMMAND} --install ${BUILD} --prefix ${PREFIX}.first COMMAND_ERROR_IS_FATAL ANY)
file(RENAME ${PREFIX}.first ${PREFIX})
