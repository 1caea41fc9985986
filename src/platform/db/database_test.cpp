#include "platform/db/database.hpp"

#include "platform/db/queries.hpp"
#include "platform/db_testing/test_database.hpp"

#include <gmock/gmock.h>

namespace {

using platform::db_testing::prepare_all;
using testing::IsEmpty;
namespace db = platform::db;

TEST(Queries, FitTheTables) {
    EXPECT_THAT(prepare_all(db::sql::kAll), IsEmpty());
}

} // namespace
