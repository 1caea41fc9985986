# Files of the project as constants of the program.
#
#   embed_files(out.cpp NAMESPACE chain FILES report.html kReportHtml report.css kReportCss)
#
# writes into the build folder a source that defines `const std::string_view kReportHtml` and so on;
# the module declares them (extern) in a header of its own. A file of a package is named by its
# whole path. Also run as a script, at build time.
function(embed_files out)
  cmake_parse_arguments(E "" "NAMESPACE" "FILES" ${ARGN})
  set(inputs)
  set(pairs ${E_FILES})
  while(pairs)
    list(POP_FRONT pairs file constant)
    cmake_path(ABSOLUTE_PATH file BASE_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR})
    list(APPEND inputs ${file})
  endwhile()
  string(REPLACE ";" "," pairs "${E_FILES}")
  add_custom_command(
    OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/${out}
    COMMAND ${CMAKE_COMMAND} -DEMBED_OUT=${CMAKE_CURRENT_BINARY_DIR}/${out}
            -DEMBED_FOLDER=${CMAKE_CURRENT_SOURCE_DIR} -DEMBED_NAMESPACE=${E_NAMESPACE}
            -DEMBED_FILES=${pairs} -P ${CMAKE_SOURCE_DIR}/cmake/EmbedFiles.cmake
    DEPENDS ${inputs} ${CMAKE_SOURCE_DIR}/cmake/EmbedFiles.cmake
    VERBATIM)
endfunction()

if(CMAKE_SCRIPT_MODE_FILE)
  set(text "// Made from files of the project by cmake/EmbedFiles.cmake.\n")
  string(APPEND text "#include <string_view>\n\n")
  string(APPEND text "namespace ${EMBED_NAMESPACE} {\n\n")
  string(REPLACE "," ";" pairs "${EMBED_FILES}")
  while(pairs)
    list(POP_FRONT pairs file constant)
    # Bytes as numbers: no delimiter, length or character of the file can break the literal.
    cmake_path(ABSOLUTE_PATH file BASE_DIRECTORY ${EMBED_FOLDER})
    file(READ ${file} bytes HEX)
    string(LENGTH "${bytes}" digits)
    math(EXPR size "${digits} / 2")
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "\\\\x\\1" bytes "${bytes}")
    string(REGEX REPLACE "(................................................................)"
                         "\\1\"\n    \"" bytes "${bytes}")
    string(APPEND text "extern const std::string_view ${constant};\n"
                       "const std::string_view ${constant}{\n    \"${bytes}\",\n    ${size}};\n\n")
  endwhile()
  string(APPEND text "} // namespace ${EMBED_NAMESPACE}\n")
  file(WRITE ${EMBED_OUT} "${text}")
endif()
