# SPDX-License-Identifier: BSD-3-Clause
# Warnings and sanitizers for this project's own sources. Never exported to those who link deed.

set(DEED_SANITIZE "" CACHE STRING "Sanitizers for C, C++ and Fortran, such as address,undefined or thread")
option(DEED_WERROR "Treat warnings as errors" OFF)

add_library(deed_compile_options INTERFACE)
target_compile_options(deed_compile_options INTERFACE
  $<$<COMPILE_LANG_AND_ID:C,GNU,Clang>:-Wall;-Wextra;-Wconversion;-Wshadow;-Wstrict-prototypes;-Wmissing-prototypes>
  $<$<COMPILE_LANG_AND_ID:CXX,GNU,Clang>:-Wall;-Wextra;-Wconversion;-Wshadow>
  $<$<COMPILE_LANG_AND_ID:Fortran,GNU>:-Wall;-Wextra>
  $<$<AND:$<BOOL:${DEED_WERROR}>,$<COMPILE_LANG_AND_ID:C,GNU,Clang>>:-Werror>
  $<$<AND:$<BOOL:${DEED_WERROR}>,$<COMPILE_LANG_AND_ID:CXX,GNU,Clang>>:-Werror>)

if(DEED_SANITIZE)
  target_compile_options(deed_compile_options INTERFACE
    $<$<COMPILE_LANG_AND_ID:C,GNU,Clang>:-fsanitize=${DEED_SANITIZE};-fno-omit-frame-pointer;-fno-sanitize-recover=undefined>
    $<$<COMPILE_LANG_AND_ID:CXX,GNU,Clang>:-fsanitize=${DEED_SANITIZE};-fno-omit-frame-pointer;-fno-sanitize-recover=undefined>
    $<$<COMPILE_LANG_AND_ID:Fortran,GNU>:-fsanitize=${DEED_SANITIZE};-fno-omit-frame-pointer;-fno-sanitize-recover=undefined>)
  target_link_options(deed_compile_options INTERFACE -fsanitize=${DEED_SANITIZE})
endif()
