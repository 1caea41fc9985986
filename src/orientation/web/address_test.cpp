#include "orientation/web/address.hpp"

#include "orientation/rules/rules.hpp"

#include <gmock/gmock.h>

namespace orientation::web {
namespace {

using testing::IsEmpty;
using testing::MatchesRegex;

class AddressTest : public testing::Test {
protected:
    const reasoning::Knowledge knowledge_ = rules::read_embedded().knowledge;
    const Address address_{knowledge_};

    /// What a browser sends for it.
    [[nodiscard]] static platform::http::Request asked(std::string_view query) {
        platform::http::Request out;
        while (!query.empty()) {
            query.remove_prefix(1); // "?" or "&"
            const std::string_view pair = query.substr(0, query.find('&'));
            query.remove_prefix(pair.size());
            out.query.push_back({std::string{pair.substr(0, pair.find('='))},
                                 std::string{pair.substr(pair.find('=') + 1)}});
        }
        return out;
    }
};

TEST_F(AddressTest, WhatIsAnsweredComesBack) {
    for (std::size_t q = 0; q < knowledge_.questions.size(); ++q) {
        for (std::size_t a = 0; a < knowledge_.questions[q].answers.size(); ++a) {
            reasoning::Answers answers(knowledge_.questions.size());
            answers[0] = 1;
            answers[q] = a;
            EXPECT_EQ(address_.read(asked(address_.query(answers))), answers);
        }
    }
    EXPECT_THAT(address_.query(reasoning::Answers(knowledge_.questions.size())), IsEmpty());
}

TEST_F(AddressTest, NoWordIsReadInIt) {
    EXPECT_THAT(address_.query(reasoning::Answers(knowledge_.questions.size(), 0)),
                MatchesRegex("[?]([a-p][0-9a-z]{3}=[a-p][0-9a-z]{3}&?)+"));
}

TEST_F(AddressTest, WhatIsUnknownIsPassedOver) {
    const reasoning::Answers nothing(knowledge_.questions.size());
    EXPECT_EQ(address_.read(asked("?x=y")), nothing);
    EXPECT_EQ(address_.read(asked("?" + address_.code(0) + "=zzzz")), nothing);
    EXPECT_EQ(address_.read(asked("?" + address_.code(0) + "=")), nothing);
}

} // namespace
} // namespace orientation::web
