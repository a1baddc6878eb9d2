#include "host/app/command_line.hpp"

int main(int count, char** arguments) { return causeway::app::runCommandLine(count, arguments); }
