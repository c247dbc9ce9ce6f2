# SPDX-License-Identifier: BSD-3-Clause
# deed_add_fortran_module(<target> [LIBRARY <core>] [FINAL <bool>] [LOGICAL_KINDS <bool>])
#
# Adds the static library <target>: module deed, compiled from source with this project's Fortran compiler, because .mod
# files of one compiler mean nothing to another. Link it to whatever says `use deed`; it brings the core and the module
# directory along.
#
#   project(solver LANGUAGES C Fortran)          C for the shim, with any C compiler
#   find_package(Deed REQUIRED)
#   deed_add_fortran_module(deed_fortran)
#   target_link_libraries(solver PRIVATE deed_fortran)
#
# LIBRARY  the core to link: deed::deed when not given.
# FINAL    whether type deed_scoped has its finalizer: ON when not given.
# LOGICAL_KINDS  whether LOGICAL of other kinds than C_BOOL, the default kind among them, can be lent and taken. Fortran
#          2018 has no such procedures, and gfortran refuses to `use` them with -std=f2018 or -pedantic -Werror: when not
#          given, it is tried whether the flags of the project allow them.
#
# A second call with the same <target>, from anywhere in the project, is the same library; one that asks for other options
# is an error. The project's flags for fixed form, lengths of lines and other default kinds do not reach
# the module: its kinds are what they are called. <target> may be in an export set; the installed library is for linking,
# and whoever says `use deed` again adds the module again.
#
# The sources are in DEED_FORTRAN_SOURCE_DIR, set by the package, or those of this source tree.
include_guard(GLOBAL)
include(CheckSourceCompiles)

if(NOT DEFINED DEED_FORTRAN_SOURCE_DIR)
  get_filename_component(DEED_FORTRAN_SOURCE_DIR "${CMAKE_CURRENT_LIST_DIR}/../fortran/src" ABSOLUTE)
endif()
# A property, because the function may be called from another directory than the one that found the package.
set_property(GLOBAL PROPERTY DEED_FORTRAN_SOURCE_DIR "${DEED_FORTRAN_SOURCE_DIR}")

# The C descriptors of a Fortran compiler are declared by its own ISO_Fortran_binding.h.
function(deed_find_fortran_binding result)
  if(NOT DEED_ISO_FORTRAN_BINDING)
    get_filename_component(compiler "${CMAKE_Fortran_COMPILER}" REALPATH)
    get_filename_component(prefix "${compiler}/../.." ABSOLUTE)
    execute_process(COMMAND "${CMAKE_Fortran_COMPILER}" -print-file-name=include/ISO_Fortran_binding.h
                    OUTPUT_VARIABLE by_gcc OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
    execute_process(COMMAND "${CMAKE_Fortran_COMPILER}" -print-resource-dir
                    OUTPUT_VARIABLE resources OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
    get_filename_component(directory_by_gcc "${by_gcc}" DIRECTORY)
    find_file(DEED_ISO_FORTRAN_BINDING ISO_Fortran_binding.h
              PATHS "${directory_by_gcc}" "${resources}/include" "${prefix}/include/flang" "${prefix}/include"
              NO_DEFAULT_PATH
              DOC "ISO_Fortran_binding.h of ${CMAKE_Fortran_COMPILER}")
  endif()
  if(NOT DEED_ISO_FORTRAN_BINDING)
    message(FATAL_ERROR "deed: ISO_Fortran_binding.h of ${CMAKE_Fortran_COMPILER} was not found; on Debian it is in "
                        "the package of gfortran, or in libflang-<version>-dev. Set DEED_ISO_FORTRAN_BINDING to the file.")
  endif()
  set(${result} "${DEED_ISO_FORTRAN_BINDING}" PARENT_SCOPE)
endfunction()

# Flags without those that change how a source is read or what a kind is called.
function(deed_free_of_form_and_kinds flags result)
  string(REGEX REPLACE
    "-(ffixed-form|f(fixed|free)-line-length-[a-z0-9]+|fdefault-(integer|real|double)-[0-9]+|flarge-sizes|f(integer|real)-[0-9]+-(integer|real)-[0-9]+)"
    "" flags "${flags}")
  set(${result} "${flags}" PARENT_SCOPE)
endfunction()

# Kinds that not every compiler has, or that its flags do not allow; a division by zero where the kind is not what its
# name says.
function(deed_probe_fortran_kinds)
  deed_free_of_form_and_kinds("${CMAKE_Fortran_FLAGS}" CMAKE_Fortran_FLAGS)
  check_source_compiles(Fortran "
program probe
  integer, parameter :: k = selected_real_kind(18, 4931)
  integer, parameter :: right = 1 / merge(1, 0, digits(1.0_k) == 64)
  real(k) :: x(2)
  x = right
  print *, real(sum(x * 3))
end program" DEED_HAVE_REAL80 SRC_EXT F90)
  check_source_compiles(Fortran "
program probe
  integer, parameter :: k = selected_real_kind(33, 4931)
  integer, parameter :: right = 1 / merge(1, 0, digits(1.0_k) == 113)
  real(k) :: x(2)
  x = right
  print *, real(sum(x * 3))
end program" DEED_HAVE_REAL128 SRC_EXT F90)
  check_source_compiles(Fortran "
program probe
  integer, parameter :: k = selected_char_kind('ISO_10646')
  character(kind=k, len=3) :: x(2)
  x = k_'abc'
  print *, len(x)
end program" DEED_HAVE_CHARACTER4 SRC_EXT F90)
  check_source_compiles(Fortran "
program probe
  interface
    subroutine s(x) bind(C)
      logical, intent(in) :: x
    end subroutine
  end interface
  print *, 1
end program" DEED_HAVE_LOGICAL_KINDS SRC_EXT F90 FAIL_REGEX "GNU Extension")
endfunction()

# Sets existing if the target is there already, as asked for; ends with an error if it is something else.
function(deed_find_fortran_module target request)
  set(existing OFF)
  if(TARGET ${target})
    set(existing ON)
    get_target_property(earlier ${target} DEED_FORTRAN_REQUEST)
    if(NOT earlier)
      set(earlier "something else than module deed")
    endif()
    if(NOT earlier STREQUAL request)
      message(FATAL_ERROR "deed_add_fortran_module(${target}): there is a target of that name, with ${earlier}, asked for "
                          "is ${request}; one of the two needs another name, or the same options")
    endif()
  endif()
  set(existing ${existing} PARENT_SCOPE)
endfunction()

function(deed_add_fortran_module target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "LIBRARY;FINAL;LOGICAL_KINDS" "")
  if(NOT CMAKE_Fortran_COMPILER_LOADED OR NOT CMAKE_C_COMPILER_LOADED)
    message(FATAL_ERROR "deed_add_fortran_module needs the languages C and Fortran: project(... LANGUAGES C Fortran)")
  endif()
  if(NOT DEFINED arg_LIBRARY)
    set(arg_LIBRARY deed::deed)
  endif()
  if(NOT DEFINED arg_FINAL)
    set(arg_FINAL ON)
  endif()
  set(core ${arg_LIBRARY})
  if(TARGET ${core})
    get_target_property(aliased ${core} ALIASED_TARGET)
    if(aliased)
      set(core ${aliased})
    endif()
  endif()
  set(request "LIBRARY ${core} FINAL ON")
  if(NOT arg_FINAL)
    set(request "LIBRARY ${core} FINAL OFF")
  endif()
  if(DEFINED arg_LOGICAL_KINDS)
    string(APPEND request " LOGICAL_KINDS ${arg_LOGICAL_KINDS}")
  endif()
  deed_find_fortran_module(${target} "${request}")
  if(existing)
    return()
  endif()
  deed_find_fortran_binding(binding)
  deed_probe_fortran_kinds()
  if(DEFINED arg_LOGICAL_KINDS)
    set(DEED_HAVE_LOGICAL_KINDS ${arg_LOGICAL_KINDS})
  endif()

  # Alone in a directory, because the one it comes from may have headers of another C compiler.
  set(binding_directory "${CMAKE_CURRENT_BINARY_DIR}/${target}.binding")
  configure_file("${binding}" "${binding_directory}/ISO_Fortran_binding.h" COPYONLY)
  set(module_directory "${CMAKE_CURRENT_BINARY_DIR}/${target}.modules")
  set(compiler Other)
  if(CMAKE_Fortran_COMPILER_ID MATCHES "^(GNU|LLVMFlang)$")
    set(compiler ${CMAKE_Fortran_COMPILER_ID})
  endif()

  get_property(source_directory GLOBAL PROPERTY DEED_FORTRAN_SOURCE_DIR)
  file(GLOB sources CONFIGURE_DEPENDS "${source_directory}/*.c" "${source_directory}/*.f90" "${source_directory}/*.F90")
  add_subdirectory("${CMAKE_CURRENT_FUNCTION_LIST_DIR}/DeedFortranModule" "${CMAKE_CURRENT_BINARY_DIR}/${target}.library")
  target_compile_definitions(${target} PRIVATE
    $<$<COMPILE_LANGUAGE:C>:DEED_FORTRAN_COMPILER=${compiler}>
    $<$<COMPILE_LANGUAGE:C>:DEED_FORTRAN_ALLOCATOR=${CMAKE_Fortran_COMPILER_ID}>
    $<$<AND:$<COMPILE_LANGUAGE:C>,$<STREQUAL:${compiler},GNU>>:DEED_SHIM_SPAN>
    $<$<BOOL:${arg_FINAL}>:DEED_HAVE_FINAL>)
  foreach(kind REAL80 REAL128 CHARACTER4 LOGICAL_KINDS)
    if(DEED_HAVE_${kind})
      target_compile_definitions(${target} PUBLIC $<$<COMPILE_LANGUAGE:Fortran>:DEED_HAVE_${kind}>)
    endif()
  endforeach()
  # Types that C has no name for (logical of 8 bytes) are passed by descriptor, which is right in spite of the warnings.
  # flang warns of every optional argument.
  target_compile_options(${target} PRIVATE
    $<$<COMPILE_LANG_AND_ID:Fortran,GNU>:-Wno-c-binding-type>
    $<$<COMPILE_LANG_AND_ID:Fortran,LLVMFlang>:-w>)
  target_include_directories(${target}
    PRIVATE "${binding_directory}"
    PUBLIC "$<BUILD_INTERFACE:${module_directory}>" "$<BUILD_INTERFACE:${source_directory}>")
  target_link_libraries(${target} PUBLIC ${arg_LIBRARY})
  set_target_properties(${target} PROPERTIES
    DEED_FORTRAN_REQUEST "${request}"
    Fortran_MODULE_DIRECTORY "${module_directory}"
    POSITION_INDEPENDENT_CODE ON
    C_VISIBILITY_PRESET hidden
    C_STANDARD 11)
endfunction()
