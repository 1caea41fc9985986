// Invented declarations for tests: gangs with telephones and accounts, and a place that keeps them.
#pragma once

#include "linking/declarations.hpp"

#include <algorithm>
#include <map>
#include <mutex>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace linking::invented {

/// Telephone numbers from Arcep's range for fiction.
inline std::string phone_of(unsigned number) {
    std::string digits = std::to_string(number % 10'000);
    digits.insert(0, 4 - digits.size(), '0');
    return "06 39 98 " + digits.substr(0, 2) + " " + digits.substr(2);
}

/// Same arguments, same declaration. Another version tells of other numbers, of another gang.
inline engine::record::Statement declaration(unsigned number, unsigned version = 0,
                                             unsigned gangs = 20) {
    std::minstd_rand random{number * 7919 + version * 104'729 + 1};
    const auto draw = [&](unsigned count) { return static_cast<unsigned>(random() % count); };
    const unsigned gang = draw(gangs);
    engine::record::Statement out;
    out.id = "S-" + std::to_string(number);
    out.received_at = 1'700'000'000 + static_cast<UnixSeconds>(number) * 20'000;
    out.narrative = "On m'a appelé au " + phone_of(gang * 3 + draw(3)) + ".";
    out.identifiers.push_back(
        {.type = engine::record::IdentifierType::Handle,
         .value = "equipe" + std::to_string(gang) + "x" + std::to_string(draw(4)),
         .role = engine::record::Role::Suspect,
         .platform = "telegram"});
    return out;
}

/// Thread-safe.
class Kept final : public Declarations {
public:
    std::int64_t put(engine::record::Statement statement) {
        const std::lock_guard held{mutex_};
        std::string id = statement.id;
        return note(std::move(id), std::move(statement));
    }
    std::int64_t erase(const std::string& id) {
        const std::lock_guard held{mutex_};
        return note(id, std::nullopt);
    }
    std::int64_t last() {
        const std::lock_guard held{mutex_};
        return last_;
    }
    std::vector<engine::record::Statement> statements() {
        const std::lock_guard held{mutex_};
        std::vector<engine::record::Statement> out;
        for (const auto& [number, change] : changes_) {
            if (change.statement) out.push_back(*change.statement);
        }
        return out;
    }

    std::vector<Change> changes_after(std::int64_t number, std::size_t at_most) override {
        const std::lock_guard held{mutex_};
        std::vector<Change> out;
        for (auto at = changes_.upper_bound(number); at != changes_.end(); ++at) {
            if (out.size() == at_most) break;
            out.push_back(at->second);
        }
        return out;
    }

private:
    std::int64_t note(std::string id, std::optional<engine::record::Statement> statement) {
        if (const auto known = number_of_.find(id); known != number_of_.end()) {
            changes_.erase(known->second);
        }
        number_of_[id] = ++last_;
        changes_[last_] = {last_, std::move(id), std::move(statement)};
        return last_;
    }

    std::mutex mutex_;
    std::map<std::int64_t, Change> changes_;
    std::map<std::string, std::int64_t> number_of_;
    std::int64_t last_ = 0;
};

} // namespace linking::invented
