# SPDX-License-Identifier: BSD-3-Clause
# What is installed: libraries, C headers, the CMake package and the pkg-config file. cxx/ and fortran/ install their own headers and
# sources: module deed is installed as source, because .mod files are not portable between compilers.
include(CMakePackageConfigHelpers)

set(DEED_PACKAGE_DIR "${CMAKE_INSTALL_LIBDIR}/cmake/Deed")

install(TARGETS deed_shared deed_cxx EXPORT DeedTargets
        LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} ${DEED_NAMELINK}
        RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(EXPORT DeedTargets NAMESPACE deed:: DESTINATION ${DEED_PACKAGE_DIR})
install(DIRECTORY ${PROJECT_SOURCE_DIR}/c/include/deed DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})

configure_package_config_file(${PROJECT_SOURCE_DIR}/cmake/DeedConfig.cmake.in ${PROJECT_BINARY_DIR}/DeedConfig.cmake
                              INSTALL_DESTINATION ${DEED_PACKAGE_DIR}
                              PATH_VARS CMAKE_INSTALL_DATADIR)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/DeedConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/DeedConfig.cmake ${PROJECT_BINARY_DIR}/DeedConfigVersion.cmake
              ${PROJECT_SOURCE_DIR}/cmake/DeedFortran.cmake
        DESTINATION ${DEED_PACKAGE_DIR})
install(DIRECTORY ${PROJECT_SOURCE_DIR}/cmake/DeedFortranModule DESTINATION ${DEED_PACKAGE_DIR})

# A wheel has no static library, because all who use deed in a process of Python must share one core, and no pkg-config file,
# because nobody looks for one there.
if(SKBUILD)
  return()
endif()

install(TARGETS deed_static EXPORT DeedStaticTargets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(EXPORT DeedStaticTargets NAMESPACE deed:: DESTINATION ${DEED_PACKAGE_DIR})

# An installation folder as deed.pc names it: below its prefix, so that the tree may be moved, unless it is absolute.
function(deed_pc_path folder result)
  if(IS_ABSOLUTE "${folder}")
    set(${result} "${folder}" PARENT_SCOPE)
  else()
    set(${result} "\${prefix}/${folder}" PARENT_SCOPE)
  endif()
endfunction()

deed_pc_path("${CMAKE_INSTALL_INCLUDEDIR}" DEED_PC_INCLUDEDIR)
deed_pc_path("${CMAKE_INSTALL_LIBDIR}" DEED_PC_LIBDIR)
deed_pc_path("${CMAKE_INSTALL_DATADIR}" DEED_PC_DATADIR)
file(RELATIVE_PATH DEED_PC_PREFIX "${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig" "${CMAKE_INSTALL_PREFIX}")
string(REGEX REPLACE "/$" "" DEED_PC_PREFIX "${DEED_PC_PREFIX}")
configure_file(${PROJECT_SOURCE_DIR}/cmake/deed.pc.in ${PROJECT_BINARY_DIR}/deed.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/deed.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
