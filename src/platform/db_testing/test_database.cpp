#include "platform/db_testing/test_database.hpp"

#include "base/check.hpp"
#include "platform/db/migrations.hpp"
#include "platform/db/private_postgres.hpp"
#include "platform/db_testing/queries.hpp"

#include <fmt/format.h>
#include <libpq-fe.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <mutex>
#include <optional>
#include <sstream>

namespace platform::db_testing {
namespace {

/// The same server and user, another database, in libpq's keywords.
std::string with_database(const std::string& url, const std::string& database) {
    struct Free {
        void operator()(PQconninfoOption* options) const { PQconninfoFree(options); }
    };
    const std::unique_ptr<PQconninfoOption[], Free> options{PQconninfoParse(url.c_str(), nullptr)};
    check(options != nullptr, "MAILLON_TEST_DATABASE is an address of PostgreSQL");
    std::string keywords = fmt::format("dbname='{}'", database);
    for (const PQconninfoOption* option = options.get(); option->keyword != nullptr; ++option) {
        if (option->val == nullptr || std::string_view{option->keyword} == "dbname") continue;
        keywords += fmt::format(" {}='", option->keyword);
        for (const char letter : std::string_view{option->val}) {
            if (letter == '\'' || letter == '\\') keywords += '\\';
            keywords += letter;
        }
        keywords += '\'';
    }
    return keywords;
}

/// In memory where there is plenty: a test need not wait for a disk that others use.
std::filesystem::path fast_disk() {
    constexpr std::uintmax_t plenty = 2ULL << 30U;
    const std::filesystem::path memory = "/dev/shm";
    std::error_code none;
    const std::filesystem::space_info space = std::filesystem::space(memory, none);
    return !none && space.available >= plenty ? memory : std::filesystem::temp_directory_path();
}

struct MigrationFile {
    std::string name;
    std::string sql;
};

/// In the order of their numbers, of which some may be missing while branches are apart.
std::vector<MigrationFile> migration_files() {
    std::vector<MigrationFile> files;
    for (const auto& entry :
         std::filesystem::directory_iterator{MAILLON_SOURCE_DIR "/db/migrations"}) {
        if (entry.path().extension() != ".sql") continue;
        std::ostringstream sql;
        sql << std::ifstream{entry.path()}.rdbuf();
        files.push_back({entry.path().stem(), sql.str()});
    }
    std::ranges::sort(files, {}, &MigrationFile::name);
    return files;
}

class Server {
public:
    /// One for the program: started at the first use, stopped when the program ends.
    static Server& only_one() {
        static Server server;
        return server;
    }

    std::string create(TestDatabase::Content content) {
        const std::lock_guard lock{mutex_}; // of copies of one template, one at a time
        if (content == TestDatabase::Content::Migrated && template_.empty()) make_template();
        const std::string& from =
            content == TestDatabase::Content::Migrated ? template_ : std::string{"template0"};
        return create_from(from);
    }

    void drop(const std::string& name) const {
        db::Connection{{url_, ""}}.script(fmt::format("DROP DATABASE {} WITH (FORCE)", name));
    }

    [[nodiscard]] std::string address_of(const std::string& name) const {
        return with_database(url_, name);
    }

private:
    Server() {
        if (const char* given = std::getenv("MAILLON_TEST_DATABASE"); given != nullptr) {
            url_ = given;
            return;
        }
        folder_.emplace();
        auto started = db::PrivatePostgres::start(folder_->path() / "postgresql");
        if (!started) throw db::Lost{started.error().what};
        private_.emplace(std::move(*started));
        url_ = private_->url();
        // Nothing here has to outlive a power cut.
        db::Connection{{url_, ""}}.script("ALTER SYSTEM SET fsync = off");
        db::Connection{{url_, ""}}.run(sql::kReloadSettings);
    }
    ~Server() {
        if (!template_.empty()) drop(template_);
    }

    std::string create_from(const std::string& from) {
        const std::string name = fmt::format("maillon_test_{}_{}", ::getpid(), ++made_);
        db::Connection{{url_, ""}}.script(fmt::format(
            "CREATE DATABASE {} TEMPLATE {} ENCODING 'UTF8' LOCALE 'C.UTF-8'", name, from));
        return name;
    }

    void make_template() {
        const std::string name = create_from("template0");
        const std::vector<MigrationFile> files = migration_files();
        std::vector<db::Migration> migrations;
        for (const MigrationFile& file : files) {
            migrations.push_back({static_cast<int>(migrations.size()) + 1, file.name, file.sql});
        }
        db::Connection connection{{address_of(name), ""}};
        const auto applied = db::migrate(connection, migrations);
        if (!applied) throw db::Lost{applied.error().what};
        template_ = name;
    }

    std::optional<TemporaryFolder> folder_;
    std::optional<db::PrivatePostgres> private_;
    std::string url_;
    std::mutex mutex_;
    std::string template_;
    unsigned made_ = 0;
};

} // namespace

TestDatabase::TestDatabase(Content content) : name_{Server::only_one().create(content)} {}
TestDatabase::~TestDatabase() {
    Server::only_one().drop(name_);
}

db::Address TestDatabase::address(std::string_view role) const {
    return {Server::only_one().address_of(name_), std::string{role}};
}

db::Connection TestDatabase::connect(std::string_view role) const {
    return db::Connection{address(role)};
}

std::vector<std::string> prepare_all(std::span<const db::Query> queries, std::string_view role) {
    const TestDatabase database;
    db::Connection connection = database.connect(role);
    std::vector<std::string> faults;
    for (const db::Query& query : queries) {
        try {
            connection.prepare(query);
        } catch (const db::Refused& refused) {
            faults.emplace_back(refused.what());
        }
    }
    return faults;
}

TemporaryFolder::TemporaryFolder() {
    std::string pattern = fast_disk() / "maillon-test-XXXXXX";
    check(::mkdtemp(pattern.data()) != nullptr, "a temporary folder");
    path_ = pattern;
    // The database's own user must be able to come through to its folder inside.
    std::filesystem::permissions(path_, std::filesystem::perms::others_exec,
                                 std::filesystem::perm_options::add);
}

TemporaryFolder::~TemporaryFolder() {
    std::filesystem::remove_all(path_);
}

} // namespace platform::db_testing
