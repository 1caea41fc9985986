// The evidence files of a draft, in the pages that add them and take them back.
#pragma once

#include "intake/follow_up.hpp"
#include "intake/web.hpp"
#include "platform/http/request.hpp"
#include "site/frame.hpp"

#include <string>
#include <vector>

namespace intake::web {

class DraftFiles {
public:
    explicit DraftFiles(const Doors& doors) : doors_{doors} {}

    /// `owner`: "draft/12".
    [[nodiscard]] std::vector<FileSeen> of(const std::string& owner) const;
    /// What the form of the page says: takes one back, adds others. What is wrong, in one sentence
    /// at most.
    [[nodiscard]] std::vector<site::FieldFault> take(const std::string& owner,
                                                     const platform::http::Request& request) const;
    /// The thumbnail of the file that the request's path names; 404 when it is not of that owner.
    [[nodiscard]] platform::http::Response thumbnail(const std::string& owner,
                                                     const platform::http::Request& request) const;

private:
    [[nodiscard]] bool owns(const std::string& owner, std::int64_t id) const;
    void remove(const std::string& owner, std::string_view which) const;
    const Doors& doors_;
};

} // namespace intake::web
