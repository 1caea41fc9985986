// For the tests of this module: a vault in a folder that goes away, on a fresh database, with the
// real worker process.
#pragma once

#include "base/check.hpp"
#include "platform/db_testing/test_database.hpp"
#include "platform/vault/vault.hpp"

#include <algorithm>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>

namespace platform::vault::testing_support {

namespace fs = std::filesystem;

inline crypto::KeyRing ring_in(const fs::path& folder) {
    crypto::start();
    auto ring = crypto::KeyRing::open(folder);
    check(ring.has_value(), "a new ring");
    return std::move(*ring);
}

inline std::string bytes_of(const fs::path& file) {
    std::ostringstream out;
    out << std::ifstream{file, std::ios::binary}.rdbuf();
    return out.str();
}

class VaultTest : public ::testing::Test {
protected:
    std::string upload(Vault& vault, std::string_view content, std::size_t piece = 10'000) {
        const auto sink = vault.uploads()();
        for (; !content.empty(); content.remove_prefix(std::min(piece, content.size()))) {
            sink->write(content.substr(0, piece));
        }
        return sink->finish();
    }
    std::optional<StoredFile> adopt(Vault& vault, const std::string& stored,
                                    std::string_view owner = "draft/1",
                                    std::string_view name = "x") {
        db::Transaction transaction{connection_};
        std::optional<StoredFile> file = vault.adopt(transaction, stored, owner, name);
        transaction.commit();
        return file;
    }
    std::int64_t store(std::string_view content, std::string_view owner = "draft/1",
                       std::string_view name = "x") {
        const std::optional<StoredFile> file = adopt(vault_, upload(vault_, content), owner, name);
        check(file.has_value(), "the upload is adopted");
        last_stored_ = files_under(folder()).back();
        return file->id;
    }
    std::optional<std::string> content_of(std::int64_t id, Reader reader = Reader::Officer) {
        const auto pieces = vault_.read(connection_, id, reader);
        if (!pieces) return std::nullopt;
        std::string all;
        for (std::string piece = (*pieces)(); !piece.empty(); piece = (*pieces)()) all += piece;
        return all;
    }
    jobs::Outcome examine(std::int64_t id, const Vault::Examined& examined = nullptr) {
        db::Transaction transaction{connection_};
        const jobs::Outcome outcome = vault_.examine(transaction, std::to_string(id), examined);
        transaction.commit();
        return outcome;
    }
    jobs::Outcome scan(Vault& vault, std::int64_t id) {
        db::Transaction transaction{connection_};
        const jobs::Outcome outcome = vault.scan(transaction, std::to_string(id));
        transaction.commit();
        return outcome;
    }
    void sweep(Vault& vault) {
        db::Transaction transaction{connection_};
        EXPECT_EQ(vault.sweep(transaction), jobs::Outcome::Done);
        transaction.commit();
    }
    void erase(std::int64_t id) {
        db::Transaction transaction{connection_};
        Vault::erase(transaction, id);
        transaction.commit();
    }
    StoredFile facts(std::int64_t id, std::string_view owner = "draft/1") {
        for (const StoredFile& file : Vault::files_of(connection_, owner)) {
            if (file.id == id) return file;
        }
        return {};
    }
    static std::vector<fs::path> files_under(const fs::path& place) {
        std::vector<fs::path> found;
        for (const fs::directory_entry& one : fs::recursive_directory_iterator{place}) {
            if (one.is_regular_file()) found.push_back(one.path());
        }
        std::ranges::sort(found, {}, [](const fs::path& p) { return fs::last_write_time(p); });
        return found;
    }
    static void age(const fs::path& file) {
        fs::last_write_time(file, fs::file_time_type::clock::now() - std::chrono::hours{2});
    }
    [[nodiscard]] fs::path folder() const { return data_.path() / "evidence"; }

    static sandbox::Pool& workers() {
        static sandbox::Pool pool{{.program = MAILLON_TEST_WORKER}};
        return pool;
    }
    Vault::Decode decode() const {
        return
            [](sandbox::Task task, std::string_view input) { return workers().run(task, input); };
    }

    db_testing::TestDatabase database_;
    db::Connection connection_ = database_.connect();
    db_testing::TemporaryFolder data_;
    crypto::KeyRing ring_ = ring_in(data_.path() / "keys");
    Vault vault_{folder(), ring_, "", decode()};
    fs::path last_stored_;
};

} // namespace platform::vault::testing_support
