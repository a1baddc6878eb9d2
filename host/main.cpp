#include "host/app/commands/command_line.hpp"

int main(int count, char** arguments) { return causeway::app::runCommandLine(count, arguments); }
