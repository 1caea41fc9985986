// The answers given so far, in the address. Questions and answers have short codes made of their
// names: whoever looks over a shoulder or into a history reads no word there, and an address kept
// from before stays good when the order of the questions changes.
#pragma once

#include "orientation/reasoning/reasoning.hpp"
#include "platform/http/request.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace orientation::web {

class Address {
public:
    /// Stops (check) when two names have one code: one of them is to be renamed.
    explicit Address(const reasoning::Knowledge& knowledge);

    [[nodiscard]] const std::string& code(std::size_t question) const;
    [[nodiscard]] const std::string& code(std::size_t question, std::size_t answer) const;
    /// What is not known there is passed over.
    [[nodiscard]] reasoning::Answers read(const platform::http::Request& request) const;
    /// "?k3f=a9c&…", in the order of the questions; empty when nothing is answered.
    [[nodiscard]] std::string query(const reasoning::Answers& answers) const;

private:
    std::vector<std::string> questions_;
    std::vector<std::vector<std::string>> answers_;
};

} // namespace orientation::web
