# Files of the project as one list of names and contents (platform::page::EmbeddedFile).
#
#   embed_list(out.cpp NAMESPACE app NAME kTemplates FILES ../../web/layout.html …)
function(embed_list out)
  cmake_parse_arguments(L "" "NAMESPACE;NAME" "FILES" ${ARGN})
  set(inputs)
  foreach(file ${L_FILES})
    cmake_path(ABSOLUTE_PATH file BASE_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR} NORMALIZE)
    list(APPEND inputs ${file})
  endforeach()
  add_custom_command(
    OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/${out}
    COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/cmake/embed_list.py
            ${CMAKE_CURRENT_BINARY_DIR}/${out} ${L_NAMESPACE} ${L_NAME} ${inputs}
    DEPENDS ${inputs} ${CMAKE_SOURCE_DIR}/cmake/embed_list.py
    VERBATIM)
endfunction()
