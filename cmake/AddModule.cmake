# One module: a static library named after its folder under src/, with the modules it may include
# (DEPS), the third-party libraries it links (LIBS), its sources, and its tests beside them.
# tools/check_modules.py reads the DEPS of every call and refuses any other include. THREADS says
# that its tests start threads: they also run under ThreadSanitizer. VECTORS says that some read
# published vectors, each with a "set" and a number of "cases": script/bench quality counts them.
# APART keeps its sources from being compiled as one file where a preset does so (two of them call
# something of their own by the same name). TEST_DEPS names modules that only its *_test.cpp may
# include.
function(add_module)
  cmake_parse_arguments(M "THREADS;VECTORS;APART" ""
                        "DEPS;LIBS;PRIVATE_LIBS;SOURCES;TESTS;TEST_LIBS;TEST_DEPS" ${ARGN})
  cmake_path(RELATIVE_PATH CMAKE_CURRENT_SOURCE_DIR BASE_DIRECTORY ${CMAKE_SOURCE_DIR}/src
             OUTPUT_VARIABLE name)
  string(REPLACE "/" "_" target ${name})
  list(TRANSFORM M_DEPS REPLACE "/" "_")
  list(TRANSFORM M_TEST_DEPS REPLACE "/" "_")
  if(M_SOURCES)
    add_library(${target} STATIC ${M_SOURCES})
    set(scope PUBLIC)
    if(M_APART)
      set_target_properties(${target} PROPERTIES UNITY_BUILD OFF)
    endif()
    target_link_libraries(${target} PRIVATE maillon_warnings)
  else()
    add_library(${target} INTERFACE)
    set(scope INTERFACE)
  endif()
  target_include_directories(${target} ${scope} ${CMAKE_SOURCE_DIR}/src)
  target_link_libraries(${target} ${scope} ${M_DEPS} ${M_LIBS})
  if(M_PRIVATE_LIBS)
    target_link_libraries(${target} PRIVATE ${M_PRIVATE_LIBS})
  endif()
  file(GLOB headers CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.hpp)
  list(FILTER headers EXCLUDE REGEX "/test_[^/]*[.]hpp$") # of its tests alone
  if(headers)
    target_sources(${target} PUBLIC FILE_SET HEADERS BASE_DIRS ${CMAKE_SOURCE_DIR}/src
                                    FILES ${headers})
  endif()
  if(M_TESTS)
    add_executable(${target}_tests ${M_TESTS})
    target_link_libraries(${target}_tests PRIVATE ${target} ${M_TEST_DEPS} ${M_TEST_LIBS}
                                                  maillon_warnings GTest::gmock_main)
    target_compile_definitions(${target}_tests
                               PRIVATE MAILLON_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
    set_target_properties(${target}_tests PROPERTIES UNITY_BUILD OFF)
    add_test(NAME ${name} COMMAND ${target}_tests)
    set_tests_properties(${name} PROPERTIES LABELS unit TIMEOUT 600)
    if(M_THREADS)
      set_property(TEST ${name} APPEND PROPERTY LABELS threads)
      add_dependencies(thread_tests ${target}_tests)
    endif()
    if(M_VECTORS)
      set_property(TEST ${name} APPEND PROPERTY LABELS vectors)
      add_dependencies(vector_tests ${target}_tests)
    endif()
  endif()
endfunction()

# A Google Benchmark program of bench/: built only in the release preset.
function(add_bench name)
  if(MAILLON_BENCH)
    cmake_parse_arguments(B "" "" "DEPS;LIBS;SOURCES" ${ARGN})
    list(TRANSFORM B_DEPS REPLACE "/" "_")
    add_executable(bench_${name} ${B_SOURCES})
    target_link_libraries(bench_${name} PRIVATE ${B_DEPS} ${B_LIBS} maillon_warnings
                                                benchmark::benchmark_main)
    set_target_properties(bench_${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})
    add_dependencies(benches bench_${name})
  endif()
endfunction()

# A libFuzzer target of fuzz/, with a short run over its corpus as a test (fuzz preset). What a run
# finds of new inputs stays in the build folder; fuzz/corpus/<name>/ keeps the chosen ones.
function(add_fuzz name)
  if(MAILLON_FUZZ)
    cmake_parse_arguments(F "" "" "DEPS;LIBS;SOURCES" ${ARGN})
    list(TRANSFORM F_DEPS REPLACE "/" "_")
    add_executable(fuzz_${name} ${F_SOURCES})
    target_link_libraries(fuzz_${name} PRIVATE ${F_DEPS} ${F_LIBS} maillon_warnings)
    target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
    set(found ${CMAKE_BINARY_DIR}/fuzz-corpus/${name})
    file(MAKE_DIRECTORY ${found})
    add_test(NAME fuzz/${name}
             COMMAND fuzz_${name} -runs=20000 -max_total_time=10 -timeout=5 -rss_limit_mb=2048
                     -artifact_prefix=${CMAKE_BINARY_DIR}/ -print_final_stats=0 -verbosity=0
                     ${found} ${CMAKE_SOURCE_DIR}/fuzz/corpus/${name})
    set_tests_properties(fuzz/${name} PROPERTIES LABELS fuzz TIMEOUT 120)
    add_dependencies(fuzzers fuzz_${name})
  endif()
endfunction()
