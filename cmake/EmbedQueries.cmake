# The .sql files of a module as constants of the program.
#
#   embed_queries(NAMESPACE intake FILES store/sql/insert_declaration.sql …)
#
# makes <build>/generated/<module>/queries.hpp and .cpp: `intake::sql::kInsertDeclaration` of type
# platform::db::Query, and `intake::sql::kAll`, which a test prepares one by one against PostgreSQL.
# Add ${queries} to the SOURCES of the module. Each file opens with comments that say what it
# returns and its parameters.
#
# With TESTS before NAMESPACE: test_queries.hpp and .cpp, for tests alone; add ${test_queries} to
# the TESTS of the module.
function(embed_queries)
  cmake_parse_arguments(Q "TESTS" "NAMESPACE" "FILES" ${ARGN})
  set(stem queries)
  if(Q_TESTS)
    set(stem test_queries)
  endif()
  cmake_path(RELATIVE_PATH CMAKE_CURRENT_SOURCE_DIR BASE_DIRECTORY ${CMAKE_SOURCE_DIR}/src
             OUTPUT_VARIABLE module)
  set(folder ${CMAKE_BINARY_DIR}/generated/${module})
  list(TRANSFORM Q_FILES PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/ OUTPUT_VARIABLE inputs)
  add_custom_command(
    OUTPUT ${folder}/${stem}.cpp ${folder}/${stem}.hpp
    COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/cmake/embed_queries.py ${folder}
            ${module} ${stem} ${Q_NAMESPACE} ${inputs}
    DEPENDS ${inputs} ${CMAKE_SOURCE_DIR}/cmake/embed_queries.py
    VERBATIM)
  include_directories(${CMAKE_BINARY_DIR}/generated)
  set(${stem} ${folder}/${stem}.cpp ${folder}/${stem}.hpp PARENT_SCOPE)
endfunction()
