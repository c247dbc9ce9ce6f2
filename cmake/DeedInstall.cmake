# SPDX-License-Identifier: BSD-3-Clause
# What is installed: libraries, headers, the CMake package and the pkg-config file. The Fortran module is installed as source by
# fortran/, because .mod files are not portable between compilers.
include(CMakePackageConfigHelpers)

set(DEED_PACKAGE_DIR "${CMAKE_INSTALL_LIBDIR}/cmake/Deed")

install(TARGETS deed_shared deed_cxx EXPORT DeedTargets
        LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} ${DEED_NAMELINK}
        RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(EXPORT DeedTargets NAMESPACE deed:: DESTINATION ${DEED_PACKAGE_DIR})

# A wheel has no static library: all who use deed in a process of Python must share one core.
if(NOT SKBUILD)
  install(TARGETS deed_static EXPORT DeedStaticTargets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
  install(EXPORT DeedStaticTargets NAMESPACE deed:: DESTINATION ${DEED_PACKAGE_DIR})
  configure_file(${PROJECT_SOURCE_DIR}/cmake/deed.pc.in ${PROJECT_BINARY_DIR}/deed.pc @ONLY)
  install(FILES ${PROJECT_BINARY_DIR}/deed.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
endif()

install(DIRECTORY ${PROJECT_SOURCE_DIR}/c/include/deed DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})

configure_package_config_file(${PROJECT_SOURCE_DIR}/cmake/DeedConfig.cmake.in ${PROJECT_BINARY_DIR}/DeedConfig.cmake
                              INSTALL_DESTINATION ${DEED_PACKAGE_DIR}
                              PATH_VARS CMAKE_INSTALL_DATADIR)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/DeedConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/DeedConfig.cmake ${PROJECT_BINARY_DIR}/DeedConfigVersion.cmake
              ${PROJECT_SOURCE_DIR}/cmake/DeedFortran.cmake
        DESTINATION ${DEED_PACKAGE_DIR})
