// "What is happening to you?": the pages that lead to what to do and to the doors that are open,
// one question a page, the answers in the address; what is said in one's own words; the rules for
// whoever checks them.
#pragma once

#include "orientation/reasoning/reasoning.hpp"
#include "orientation/rules/rules.hpp"
#include "platform/http/route.hpp"
#include "site/frame.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace orientation {

/// The rules, ready to answer; outlives its routes.
class Guide {
public:
    Guide();
    [[nodiscard]] const reasoning::Reasoner& reasoner() const { return reasoner_; }
    [[nodiscard]] const rules::Book& book() const { return book_; }

private:
    rules::Book book_;
    reasoning::Reasoner reasoner_;
};

[[nodiscard]] std::vector<platform::http::Route> routes(const site::Frame& frame,
                                                        const Guide& guide);

/// The answers of the first question as links (section CHOICE), for the home page.
void fill_first_choices(const site::Frame& frame, const Guide& guide, site::Language language,
                        site::Filling& filling);

/// The page of all rules, for whoever checks them without reading code.
void fill_rules(const platform::page::Pages& pages, const reasoning::Knowledge& knowledge,
                site::Language language, site::Filling& filling);

/// Words that the rules call for and a language lacks, and words of the orientation that nothing
/// calls for.
struct WordFaults {
    std::vector<std::string> missing;
    std::vector<std::string> left_over;
};
[[nodiscard]] WordFaults check_words(const platform::page::Pages& pages,
                                     const reasoning::Knowledge& knowledge);

} // namespace orientation
