// A query of a .sql file, embedded at build by embed_queries() (cmake/EmbedQueries.cmake). Its name
// is the file's, and the name of its prepared statement and of its metric.
#pragma once

#include <string_view>

namespace platform::db {

struct Query {
    std::string_view name; // [a-z_]+, unique in the program
    std::string_view text; // one statement
};

} // namespace platform::db
