# vedette_folder(name USES folders... OUTSIDE libraries...): the static library of src/<name>.
# A folder sees its own headers in src/<name>, the public ones in include/, and links only what USES names.
# SPDX-License-Identifier: Apache-2.0
function(vedette_folder name)
  cmake_parse_arguments(F "" "" "USES;OUTSIDE" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${name}/*.c)
  if(NOT sources)
    add_library(vedette_${name} INTERFACE)
    return()
  endif()
  add_library(vedette_${name} STATIC ${sources})
  vedette_flags(vedette_${name})
  target_include_directories(vedette_${name} PUBLIC ${CMAKE_SOURCE_DIR}/include PRIVATE ${CMAKE_SOURCE_DIR}/src)
  foreach(used IN LISTS F_USES)
    target_link_libraries(vedette_${name} PUBLIC vedette_${used})
  endforeach()
  target_link_libraries(vedette_${name} PRIVATE ${F_OUTSIDE})
endfunction()
