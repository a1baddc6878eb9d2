# How every target of ours is built: language level, warnings, linker, and the helper that makes a host folder a library.

set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_C_STANDARD 11)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(THREADS_PREFER_PTHREAD_FLAG ON)
find_package(Threads REQUIRED)

# The assertions of libstdc++ stay on in release: they do not change the ABI and catch the worst mistakes.
add_compile_definitions(_GLIBCXX_ASSERTIONS)

find_program(CAUSEWAY_MOLD mold)
if(CAUSEWAY_MOLD AND NOT CAUSEWAY_FUZZ)
  add_link_options(-fuse-ld=mold)
endif()

find_program(CAUSEWAY_CCACHE ccache)
if(CAUSEWAY_CCACHE)
  # What is precompiled carries times and definitions that ccache would else refuse to compare.
  set(CMAKE_C_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${CAUSEWAY_CCACHE})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_C_COMPILER_LAUNCHER})
endif()

add_library(causeway_warnings INTERFACE)
# Warnings stop the build where we work. Not in a release, where -O2 of g++ 12 sees overlaps that are none (GCC bug 105651),
# nor under clang, which builds the fuzz targets only and has warnings of its own.
set(CAUSEWAY_WERROR $<$<NOT:$<OR:$<BOOL:${CAUSEWAY_FUZZ}>,$<CONFIG:Release>>>:-Werror>)
target_compile_options(causeway_warnings INTERFACE -Wall -Wextra -Wpedantic -Wshadow ${CAUSEWAY_WERROR}
                       $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>
                       $<$<COMPILE_LANGUAGE:CXX>:-Wconversion -Wnon-virtual-dtor>)

# causeway_precompile(TARGET [HEADER...]): what nearly every source of the target reads is compiled once; it was a third of the whole
# build. Sources still include what they use: the sanitizers and the fuzz targets are built without this, so nothing can hide.
option(CAUSEWAY_PRECOMPILE "Compile once what nearly every source reads" ON)
function(causeway_precompile target)
  if(CAUSEWAY_FUZZ OR NOT CAUSEWAY_PRECOMPILE)
    return()
  endif()
  target_precompile_headers(${target} PRIVATE <algorithm> <array> <chrono> <functional> <map> <memory> <optional> <set> <string> <vector> ${ARGN})
  target_compile_options(${target} PRIVATE -fpch-preprocess)  # ccache asks for it
endfunction()

# causeway_library(model SOURCES a.cpp b.cpp USES base LINKS protobuf::libprotobuf)
# makes causeway_model (alias causeway::model). USES are the host folders it may see: the arrows of the architecture.
# LINKS are third-party libraries, kept private: their headers stay in this folder's .cpp files.
function(causeway_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;USES;LINKS;PUBLIC_LINKS;PRECOMPILED" ${ARGN})
  add_library(causeway_${name} STATIC ${ARG_SOURCES})
  add_library(causeway::${name} ALIAS causeway_${name})
  target_include_directories(causeway_${name} PUBLIC ${CMAKE_SOURCE_DIR})
  list(TRANSFORM ARG_USES PREPEND causeway::)
  target_link_libraries(causeway_${name} PUBLIC ${ARG_USES} ${ARG_PUBLIC_LINKS} PRIVATE ${ARG_LINKS} causeway_warnings)
  if(ARG_PRECOMPILED)
    causeway_precompile(causeway_${name} ${ARG_PRECOMPILED})
  endif()
endfunction()
