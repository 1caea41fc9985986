#include "base/check.hpp"

#include <cstdio>
#include <cstdlib>

void check(bool holds, const char* what, std::source_location where) {
    if (holds) return;
    std::fprintf(stderr, "maillon: internal error: %s (%s:%u). Please report it.\n", what,
                 where.file_name(), where.line());
    std::abort();
}
