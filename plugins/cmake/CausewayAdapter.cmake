# How an adapter is built, inside the Causeway tree and from an installed SDK alike.
#
# causeway_add_adapter(courts
#   SOURCES courts.cpp local_time.cpp        # the adapter's class and what it uses
#   EXPORT plugin.cpp                        # the file with CAUSEWAY_EXPORT_ADAPTER; plugin.cpp when not given
#   MAPPINGS ../../mappings/courts           # optional folder of mappings, shipped beside the library
#   LINKS fmt::fmt                           # optional libraries; they end up inside the plugin's dependencies
#   TEST_ONLY)                               # never installed
#
# makes
#   courts_adapter  an OBJECT library of SOURCES, for unit tests:
#                   target_link_libraries(my_tests PRIVATE courts_adapter causeway::testkit GTest::gtest_main)
#   courts_plugin   the plugin: <CAUSEWAY_ADAPTER_OUTPUT>/courts/courts.so, with the mappings beside it as `mappings`
#
# With -DCAUSEWAY_SIGNING_KEY=key.pem the plugin is signed whenever it was linked anew.

set(CAUSEWAY_ADAPTER_OUTPUT "${CMAKE_BINARY_DIR}/lib/causeway/adapters" CACHE PATH "Where built adapters go, a folder each")
set(CAUSEWAY_SIGNING_KEY "" CACHE FILEPATH "Private key (PEM, EC P-256) that signs adapters as they are built; empty: unsigned")

# One exported symbol, no undefined ones: two plugins never see each other's names, and what is missing shows when the
# plugin is linked and not when a force starts the host.
function(causeway_plugin_link_options target)
  set(map "${CMAKE_CURRENT_FUNCTION_LIST_DIR}/adapter.map")
  # The install RPATH from the start: changing it when installing would change the bytes that were signed.
  set_target_properties(${target} PROPERTIES PREFIX "" SUFFIX ".so" LINK_DEPENDS "${map}" BUILD_WITH_INSTALL_RPATH ON)
  target_link_options(${target} PRIVATE "-Wl,--version-script=${map}")
  # Clang's sanitizers leave their runtime to the program, so its plugins have undefined symbols by design.
  if(NOT (CMAKE_CXX_COMPILER_ID STREQUAL "Clang" AND "${CMAKE_CXX_FLAGS} ${CMAKE_CXX_FLAGS_DEBUG}" MATCHES "-fsanitize"))
    target_link_options(${target} PRIVATE "-Wl,-z,defs")
  endif()
endfunction()

function(causeway_adapter_compile_options target)
  set_target_properties(${target} PROPERTIES POSITION_INDEPENDENT_CODE ON
    C_VISIBILITY_PRESET hidden CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
  if(TARGET causeway_warnings)
    target_link_libraries(${target} PRIVATE causeway_warnings)
  endif()
endfunction()

function(causeway_add_adapter name)
  cmake_parse_arguments(ARG "TEST_ONLY" "EXPORT;MAPPINGS" "SOURCES;LINKS" ${ARGN})
  if(ARG_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "causeway_add_adapter(${name}): unknown arguments: ${ARG_UNPARSED_ARGUMENTS}")
  endif()
  if(NOT ARG_SOURCES)
    message(FATAL_ERROR "causeway_add_adapter(${name}): SOURCES are needed")
  endif()
  if(NOT ARG_EXPORT)
    set(ARG_EXPORT plugin.cpp)
  endif()

  add_library(${name}_adapter OBJECT ${ARG_SOURCES})
  target_include_directories(${name}_adapter PUBLIC "${CMAKE_CURRENT_SOURCE_DIR}")
  target_link_libraries(${name}_adapter PUBLIC causeway::sdk ${ARG_LINKS})
  causeway_adapter_compile_options(${name}_adapter)

  add_library(${name}_plugin MODULE ${ARG_EXPORT})
  target_link_libraries(${name}_plugin PRIVATE ${name}_adapter)
  causeway_adapter_compile_options(${name}_plugin)
  causeway_plugin_link_options(${name}_plugin)
  set(folder "${CAUSEWAY_ADAPTER_OUTPUT}/${name}")
  set_target_properties(${name}_plugin PROPERTIES OUTPUT_NAME ${name} LIBRARY_OUTPUT_DIRECTORY "${folder}")
  if(NOT ARG_TEST_ONLY)
    install(TARGETS ${name}_plugin LIBRARY DESTINATION lib/causeway/adapters/${name} COMPONENT adapters)
  endif()

  if(ARG_MAPPINGS)
    get_filename_component(mappings "${ARG_MAPPINGS}" ABSOLUTE)
    # A link while building, so that an edited mapping counts at once; a copy when installed.
    file(MAKE_DIRECTORY "${folder}")
    file(CREATE_LINK "${mappings}" "${folder}/mappings" SYMBOLIC)
    if(NOT ARG_TEST_ONLY)
      install(DIRECTORY "${mappings}/" DESTINATION lib/causeway/adapters/${name}/mappings COMPONENT adapters)
    endif()
  endif()
  if(CAUSEWAY_SIGNING_KEY AND NOT ARG_TEST_ONLY)
    causeway_sign_adapter(${name}_plugin ${name})
  endif()
endfunction()

function(causeway_sign_adapter target name)
  get_filename_component(key "${CAUSEWAY_SIGNING_KEY}" ABSOLUTE BASE_DIR "${CMAKE_BINARY_DIR}")
  add_dependencies(${target} causeway::adapter_manifest)
  add_custom_command(TARGET ${target} POST_BUILD VERBATIM
    COMMAND "${CAUSEWAY_SIGN_SCRIPT}" "${key}" "$<TARGET_FILE:${target}>" "$<TARGET_FILE:causeway::adapter_manifest>"
    COMMENT "Signing the ${name} adapter")
  install(FILES "$<TARGET_FILE:${target}>.manifest.json" "$<TARGET_FILE:${target}>.manifest.sig"
    DESTINATION lib/causeway/adapters/${name} COMPONENT adapters)
endfunction()
