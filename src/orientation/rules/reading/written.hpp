// Reads the tables of one reviewed file; the first fault stays.
#pragma once

#include "orientation/rules/rules.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace orientation::rules {

/// What the files say before their names are looked up.
struct WrittenAnswer {
    std::string id;
    std::vector<std::string> makes;
};
struct WrittenQuestion {
    std::string id;
    std::vector<std::string> only_if;
    std::vector<WrittenAnswer> answers;
};
struct WrittenRule {
    std::string id, value, target, why, source;
    std::vector<std::string> conditions;
};
struct WrittenSlot {
    std::string name;
    std::vector<WrittenRule> rules;
};
struct WrittenSign {
    std::string id;
    std::vector<std::string> phrases;
};
struct WrittenLikely {
    std::vector<std::string> answers; // "happening.trade"
    std::vector<std::string> phrases;
};
struct Written {
    std::vector<WrittenQuestion> questions;
    std::vector<WrittenSlot> slots;
    std::vector<reasoning::Source> sources;
    std::vector<WrittenSign> signs;
    std::vector<WrittenLikely> situations;
};

/// Adds what a file says; what is wrong with it, or nothing.
[[nodiscard]] std::optional<std::string> add_file(const platform::page::EmbeddedFile& file,
                                                  Written& out);

} // namespace orientation::rules
