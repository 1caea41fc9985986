// The frame of the public site: the languages and their paths, the form tokens, the layout's
// values. Every page of every door is shown through it.
#pragma once

#include "platform/http/request.hpp"
#include "platform/http/response.hpp"
#include "platform/page/page.hpp"
#include "platform/session/visits.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace site {

using platform::page::Filling;
using platform::page::Language;

/// Something wrong with a field of a form: `field` is its name in the page, `word` the key of the
/// sentence that says what to do.
struct FieldFault {
    std::string field;
    std::string word;      // "error.recit_missing"
    std::int64_t most = 0; // what the sentence calls {most}; 0 when it does not
    std::string name{};    // {name}, of a file; empty when the sentence has none
};

/// A page to be shown.
struct Page {
    std::string template_name; // "report_story.html"
    std::string_view path;     // key of its address ("report_story")
    std::string title;         // key of its title
    int status = 200;
    bool following = false; // a follow-up session is open
    bool at_risk = false;   // the quick exit is shown
    std::string rest{};     // what follows the path in the address: "/abc", "?x=y"
    std::vector<FieldFault> faults{};
};

class Frame {
public:
    Frame(const platform::page::Pages& pages, const platform::session::Visits& visits,
          bool demonstration);

    /// English below /en, else French.
    [[nodiscard]] static Language language_of(std::string_view path);
    [[nodiscard]] const platform::page::Pages& pages() const { return pages_; }
    [[nodiscard]] const platform::session::Visits& visits() const { return visits_; }
    [[nodiscard]] std::string path(Language language, std::string_view key) const;
    [[nodiscard]] platform::http::Response go(Language language, std::string_view path_key) const;

    /// Renders the page inside the layout, with its form token, its faults, and the visit's cookie
    /// when it is new. 422 when there are faults.
    [[nodiscard]] platform::http::Response show(const platform::http::Request& request,
                                                const Page& page, Filling filling) const;
    /// The sentence of a fault, as the page's summary has it.
    [[nodiscard]] std::string said(Language language, const FieldFault& fault) const;
    /// The token of the form is the visit's.
    [[nodiscard]] bool is_ours(const platform::http::Request& request) const;
    /// An error page that helps, or problem details below /api.
    [[nodiscard]] platform::http::Response error(int status,
                                                 const platform::http::Request& request) const;

private:
    const platform::page::Pages& pages_;
    const platform::session::Visits& visits_;
    bool demonstration_;
};

} // namespace site
