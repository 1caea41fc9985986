#include "app/server/base.hpp"

#include "app/server/embedded.hpp"
#include "platform/crypto/bytes.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <charconv>

namespace app {

std::vector<platform::db::Migration> migrations() {
    std::vector<platform::db::Migration> all;
    for (const platform::page::EmbeddedFile& file : kMigrations) { // sorted by name
        platform::db::Migration one{
            .number = 0, .name = file.name.substr(0, file.name.rfind('.')), .sql = file.content};
        std::from_chars(file.name.data(), file.name.data() + file.name.size(), one.number);
        all.push_back(one);
    }
    return all;
}

namespace {

Result<void, std::string> make_folder(const std::filesystem::path& folder, mode_t mode) {
    std::error_code error;
    if (std::filesystem::is_directory(folder, error)) return {};
    std::filesystem::create_directories(folder.parent_path(), error);
    if (mkdir(folder.c_str(), S_IRWXU) != 0 || chmod(folder.c_str(), mode) != 0) {
        return refuse("cannot make the folder " + folder.string() +
                      ": choose another place, or make it and give it to this user");
    }
    return {};
}

} // namespace

Result<void, std::string> make_private_folder(const std::filesystem::path& folder) {
    return make_folder(folder, S_IRWXU);
}

Result<void, std::string> make_data_folder(const std::filesystem::path& folder) {
    // What is inside is closed by the folders' own modes.
    return make_folder(folder, geteuid() == 0 ? S_IRWXU | S_IXGRP | S_IXOTH : S_IRWXU);
}

Result<std::unique_ptr<Base>, std::string> Base::open(const Place& place,
                                                      const platform::config::Settings& settings,
                                                      platform::db::FolderUse use, bool with_keys) {
    platform::crypto::start();
    std::unique_ptr<Base> base{new Base};
    base->data_ = std::filesystem::absolute(place.data).lexically_normal();
    if (const Result<void, std::string> made = make_data_folder(base->data_); !made) {
        return refuse(made.error());
    }
    if (with_keys) {
        auto keys = platform::crypto::KeyRing::open(base->data_ / "keys");
        if (!keys) return refuse(keys.error().what);
        base->keys_ = std::move(*keys);
    }
    base->url_ = settings.text("database");
    if (base->url_.empty()) {
        auto postgres = platform::db::PrivatePostgres::start(base->data_ / "postgres", use);
        if (!postgres) return refuse(postgres.error().what);
        base->postgres_.emplace(std::move(*postgres));
        base->url_ = base->postgres_->url();
    }
    return base;
}

Result<std::vector<std::string>, std::string> Base::migrate() const {
    platform::db::Connection connection{address()};
    const std::vector<platform::db::Migration> all = migrations();
    auto applied = platform::db::migrate(connection, all);
    if (!applied) return refuse(applied.error().what);
    return std::move(*applied);
}

} // namespace app
