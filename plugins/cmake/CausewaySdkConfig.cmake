# find_package(CausewaySdk): causeway::sdk, causeway::contract, causeway::testkit, causeway_add_adapter().
include("${CMAKE_CURRENT_LIST_DIR}/CausewaySdkTargets.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/CausewayAdapter.cmake")
get_filename_component(CAUSEWAY_SIGN_SCRIPT "${CMAKE_CURRENT_LIST_DIR}/../../../bin/causeway-sign-adapter" ABSOLUTE)
