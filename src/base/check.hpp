// check(): stops the program, in release too, when what is checked can only be our own mistake.
#pragma once

#include <source_location>

void check(bool holds, const char* what,
           std::source_location where = std::source_location::current());
