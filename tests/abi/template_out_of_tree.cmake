# Does what an author on another machine does: installs the SDK, copies the template, configures, builds, tests and signs it,
# with nothing but the SDK. Run with -DBUILD=<build folder> -DWORK=<folder that may be emptied> and the compiler's settings.

function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT result EQUAL 0)
    message(FATAL_ERROR "${ARGN}\nended with ${result}:\n${output}")
  endif()
endfunction()

file(REMOVE_RECURSE "${WORK}")
file(MAKE_DIRECTORY "${WORK}")
run(${CMAKE_COMMAND} --install "${BUILD}" --component sdk --prefix "${WORK}/sdk")
file(COPY "${WORK}/sdk/share/causeway/template/" DESTINATION "${WORK}/adapter")

run(openssl ecparam -name prime256v1 -genkey -noout -out "${WORK}/signing.key")
run(openssl pkey -in "${WORK}/signing.key" -pubout -out "${WORK}/signing.pem")
run(${CMAKE_COMMAND} -S "${WORK}/adapter" -B "${WORK}/build" -G "${GENERATOR}" "-DCMAKE_PREFIX_PATH=${WORK}/sdk"
  "-DCMAKE_CXX_COMPILER=${COMPILER}" "-DCMAKE_CXX_COMPILER_LAUNCHER=${LAUNCHER}" "-DCMAKE_CXX_FLAGS=${FLAGS}"
  "-DCAUSEWAY_SIGNING_KEY=${WORK}/signing.key")
run(${CMAKE_COMMAND} --build "${WORK}/build" --parallel 2)
run(${CMAKE_CTEST_COMMAND} --test-dir "${WORK}/build" --output-on-failure --no-tests=error)

run(${CMAKE_COMMAND} --install "${WORK}/build" --component adapters --prefix "${WORK}/force")
set(library "${WORK}/force/lib/causeway/adapters/harbour/harbour.so")
foreach(file "${library}" "${library}.manifest.json" "${library}.manifest.sig")
  if(NOT EXISTS "${file}")
    message(FATAL_ERROR "${file} was not installed")
  endif()
endforeach()
run(openssl dgst -sha256 -verify "${WORK}/signing.pem" -signature "${library}.manifest.sig" "${library}.manifest.json")
file(SHA256 "${library}" sha256)
file(READ "${library}.manifest.json" manifest)
if(NOT manifest MATCHES "${sha256}")
  message(FATAL_ERROR "what was installed is not what was signed")
endif()
