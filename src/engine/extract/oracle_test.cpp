// What others find in the same texts: libphonenumber's matcher for telephone numbers, RE2 patterns
// for forms that leave no doubt. Each difference is either an error of ours or listed here.
#include "engine/extract/extract.hpp"

#include <gtest/gtest.h>
#include <phonenumbers/phonenumbermatch.h>
#include <phonenumbers/phonenumbermatcher.h>
#include <phonenumbers/phonenumberutil.h>
#include <re2/re2.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

namespace engine::extract {
namespace {

using record::IdentifierType;
using record::Mention;

std::vector<std::string> values_of(std::string_view text, IdentifierType type) {
    std::vector<Mention> mentions;
    scan_text(text, {}, record::Speaker::Victim, {}, mentions);
    std::vector<std::string> values;
    for (const Mention& mention : mentions) {
        if (mention.type == type) values.push_back(mention.value);
    }
    return values;
}

// Sentences with numbers in many writings, valid ones and others.
class Writer {
public:
    std::string sentence() {
        std::string text = pick({"Bonjour, ", "Il a dit : ", "Rappel ", "", "Vu le "});
        for (unsigned parts = 1 + below(3); parts > 0; --parts) {
            text += pick({"appelez le ", "au ", "son numéro est le ", "(", "tél : "});
            text += number();
            text += pick({", ", ". ", " ou ", ") ", "\n", " svp "});
        }
        return text;
    }

private:
    unsigned below(unsigned limit) { return static_cast<unsigned>(random_() % limit); }
    std::string pick(std::initializer_list<const char*> choices) {
        return choices.begin()[below(static_cast<unsigned>(choices.size()))];
    }
    std::string digits(std::size_t count) {
        std::string text;
        while (count-- > 0) text += static_cast<char>('0' + below(10));
        return text;
    }
    std::string pairs(std::size_t count, const std::string& separator) {
        std::string text;
        while (count-- > 0) text += separator + digits(2);
        return text;
    }
    std::string number() {
        const std::string separator = pick({" ", ".", "-", ""});
        const std::string head = std::to_string(1 + below(9));
        switch (below(5)) {
        case 0: return "+33" + pick({"", " "}) + head + pairs(4, separator);
        case 1: return "0033 " + head + pairs(4, separator);
        case 2: return "+32 4" + digits(2) + pairs(3, " ");
        case 3: return "+44 7" + digits(3) + " " + digits(6);
        default: return "0" + head + pairs(4, separator);
        }
    }
    std::mt19937 random_{11};
};

// Where a number stands is what is compared. Whether it is one is for the numbering plan, and the
// library's is of 2022: what ours refuses is passed over, and its values are its own tests' matter.
TEST(Oracle, FindsEveryNumberOfLibphonenumbersMatcher) {
    namespace google = i18n::phonenumbers;
    const google::PhoneNumberUtil& util = *google::PhoneNumberUtil::GetInstance();
    Writer writer;
    std::size_t compared = 0;
    for (int round = 0; round < 2000; ++round) {
        const std::string text = writer.sentence();
        const std::vector<std::string> ours = values_of(text, IdentifierType::Phone);
        google::PhoneNumberMatcher matcher{util, text, "FR", google::PhoneNumberMatcher::VALID,
                                           1000};
        google::PhoneNumberMatch match;
        while (matcher.HasNext()) {
            matcher.Next(&match);
            const auto number = normalise::parse_phone(match.raw_string());
            if (!number) continue;
            EXPECT_NE(std::ranges::find(ours, number->e164), ours.end())
                << match.raw_string() << " in " << text;
            ++compared;
        }
    }
    EXPECT_GT(compared, 1500U);
}

TEST(Oracle, FindsEveryObviousForm) {
    struct Form {
        IdentifierType type;
        const char* pattern; // one group: the canonical value as it is written here
    };
    const Form forms[]{
        {IdentifierType::Email, R"(\b([a-z]+@[a-z]+-[a-z]+\.fr)\b)"},
        {IdentifierType::Iban, R"(\b(FR76[0-9]{23})\b)"},
        {IdentifierType::Url, R"((https://[a-z]+-[a-z]+\.fr/[a-z0-9]+))"},
        {IdentifierType::Wallet, R"(\b(bc1q[a-z0-9]{38})\b)"},
    };
    const std::vector<std::string> parts{"jean@exemple-mail.fr",
                                         "FR7630006000011234567890189",
                                         "https://exemple-colis.fr/suivi12",
                                         "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq",
                                         "Bonjour",
                                         "à 14h30",
                                         "12,50 €",
                                         "le 12/03/2026",
                                         "06 39 98 12 34",
                                         "«",
                                         "»",
                                         "(",
                                         ")",
                                         "vu",
                                         "sur"};
    const std::vector<std::string> joints{" ", "\n", ", ", " : ", " - ", "; ", "\u00a0"};
    std::mt19937 random{5};
    std::size_t compared = 0;
    for (int round = 0; round < 1000; ++round) {
        std::string text;
        for (int i = 0; i < 10; ++i) {
            text += parts[random() % parts.size()] + joints[random() % joints.size()];
        }
        for (const Form& form : forms) {
            std::vector<std::string> theirs;
            re2::StringPiece rest{text};
            std::string value;
            while (RE2::FindAndConsume(&rest, form.pattern, &value)) theirs.push_back(value);
            EXPECT_EQ(values_of(text, form.type), theirs) << text;
            compared += theirs.size();
        }
    }
    EXPECT_GT(compared, 1000U);
}

} // namespace
} // namespace engine::extract
