// One sentence with arguments (ICU MessageFormat), compiled once.
#pragma once

#include "platform/page/page.hpp"

#include <initializer_list>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>

namespace platform::page {

class Message {
public:
    /// Stops (check) on a pattern that ICU cannot read; `key` is for that complaint.
    Message(std::string_view key, std::string_view pattern, std::string_view language_tag);
    ~Message();

    [[nodiscard]] const std::set<std::string>& argument_names() const { return names_; }
    /// From any thread. The arguments are exactly those of the pattern.
    [[nodiscard]] std::string say(std::initializer_list<Argument> arguments) const;

private:
    struct Compiled;
    std::set<std::string> names_;
    std::unique_ptr<Compiled> compiled_;
    // ICU's format() is const and still fills caches (plural rules, number formats) at first use.
    mutable std::mutex formatting_;
};

} // namespace platform::page
