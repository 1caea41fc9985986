// The words of one language, by their dotted keys ("report.story.title"), from its TOML
// files.
#pragma once

#include "platform/page/words/message.hpp"

#include <initializer_list>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>

namespace platform::page {

class Words {
public:
    explicit Words(std::string_view language_tag) : tag_{language_tag} {}
    Words(std::string_view language_tag, std::string_view toml); // of one file
    /// Stops (check) on a file that is not TOML, that holds anything but tables and texts, or a
    /// word that another file has.
    void add(std::string_view file_name, std::string_view toml);

    [[nodiscard]] std::string_view language_tag() const { return tag_; }
    [[nodiscard]] const std::map<std::string, std::string, std::less<>>& all() const {
        return words_;
    }
    /// Nothing when there is no such word.
    [[nodiscard]] const std::string* find(std::string_view key) const;
    /// The word needs arguments: templates cannot use it, say() can.
    [[nodiscard]] bool is_message(std::string_view key) const;
    [[nodiscard]] std::string say(std::string_view key,
                                  std::initializer_list<Argument> arguments) const;

    /// Stops when the two do not have the same words, asking for the same values.
    static void check_alike(const Words& one, const Words& other);

private:
    void read(const std::string& file, const std::string& key, std::string text);
    [[nodiscard]] std::set<std::string> values_asked(std::string_view key) const;

    std::string tag_;
    std::map<std::string, std::string, std::less<>> words_;
    std::map<std::string, std::unique_ptr<Message>, std::less<>> messages_;
};

} // namespace platform::page
