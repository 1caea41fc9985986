// Promise: all types of identifiers, validated and with their roles, at 150 MB a second and core on
// French complaints, and 50 times the speed of libphonenumber's matcher, which finds telephone
// numbers only. Hyperscan, RE2 and that matcher read the same text in the same run; the ratios are
// what counts, since they hold on other machines too.
#include "engine/extract/extract.hpp"
#include "engine/extract/scan/anchors.hpp"

#include <hs/hs.h>
#include <phonenumbers/phonenumbermatch.h>
#include <phonenumbers/phonenumbermatcher.h>
#include <phonenumbers/phonenumberutil.h>
#include <re2/set.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>
#include <functional>
#include <iterator>
#include <memory>
#include <random>
#include <string>
#include <vector>

namespace {

using engine::record::Mention;

constexpr std::size_t kCorpusBytes = 16'000'000;
constexpr std::size_t kMatcherBytes = 400'000; // libphonenumber needs half a second a megabyte
constexpr int kRounds = 5;                     // the best counts: the machine is shared

// Complaints in invented words: five to six identifiers in a thousand bytes, and half as many
// numbers that are none (amounts, dates, references).
class Storyteller {
public:
    std::vector<std::string> tell(std::size_t bytes) {
        std::vector<std::string> stories;
        for (std::size_t told = 0; told < bytes; told += stories.back().size()) {
            stories.push_back(story());
        }
        return stories;
    }

private:
    unsigned below(unsigned limit) { return static_cast<unsigned>(random_() % limit); }
    std::string from(std::string_view letters, std::size_t count) {
        std::string text;
        while (count-- > 0) text += letters[below(static_cast<unsigned>(letters.size()))];
        return text;
    }
    std::string digits(std::size_t count) { return from("0123456789", count); }
    std::string word(std::size_t count) { return from("abcdeilmnoprstuv", count); }

    std::string number() {
        switch (below(22)) {
        case 0: return "06 39 98 " + digits(2) + " " + digits(2);
        case 1: return "06.39.98." + digits(2) + "." + digits(2);
        case 2: return "+33 6 39 98 " + digits(2) + " " + digits(2);
        case 3: return "+229 01 97 " + digits(2) + " " + digits(2) + " " + digits(2);
        case 4:
            return "https://" + word(7) + "-" + word(5) + ".com/" + word(6) + "?id=" + digits(6);
        case 5: return word(9) + "-" + word(4) + ".fr";
        case 6: return word(5) + "." + word(7) + "@" + word(8) + ".com";
        case 7: return "FR7630006000011234567890189";
        case 8: return "FR76 3000 6000 0112 3456 7890 189";
        case 9: return below(4) != 0 ? "@" + word(8) : "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq";
        case 10: return "hxxps://" + word(8) + "[.]top/" + word(4);
        case 11: return word(6) + " [at] gmail point com";
        case 12: return "t.me/" + word(9);
        case 13:
        case 14: return digits(1 + below(3)) + "," + digits(2) + " €";
        case 15:
        case 16: return "le " + digits(1) + "2/0" + digits(1) + "/2026";
        case 17: return "n° 8F" + digits(11);
        case 18: return digits(5);
        case 19: return "14h" + digits(2);
        case 20: return "dossier " + digits(8);
        default: return digits(2) + " ans";
        }
    }

    std::string story() {
        constexpr std::string_view kWords[]{
            "j'ai",     "reçu",       "un",         "message",   "du",       "vendeur",
            "puis",     "quelqu'un",  "a",          "téléphoné", "en",       "disant",
            "que",      "le",         "paquet",     "restait",   "bloqué",   "à",
            "la",       "douane",     "il",         "fallait",   "payer",    "très",
            "vite",     "par",        "virement",   "ou",        "avec",     "une",
            "carte",    "prépayée",   "depuis",     "plus",      "de",       "nouvelles",
            "mon",      "conseiller", "prétendait", "appeler",   "pour",     "sécuriser",
            "l'argent", "placé",      "sur",        "son",       "compte",   "Élise",
            "m'a",      "répondu",    "gentiment",  "après",     "quelques", "jours",
            "nous",     "avons",      "échangé",    "chaque",    "soir",     "jusqu'au",
            "moment",   "où",         "elle",       "demandait", "encore",   "euros",
            "afin",     "d'acheter",  "son",        "billet"};
        std::string text;
        for (unsigned words = 30 + below(160); words > 0; --words) {
            text += kWords[below(std::size(kWords))];
            if (below(14) == 0) text += " " + number();
            text += below(13) == 0 ? ". " : " ";
        }
        return text;
    }

    std::mt19937 random_{20'260'301};
};

constexpr const char* kPatterns[]{
    R"(\b0[1-9](?:[ .\-/]?\d{2}){4}\b)",
    R"(\+\d{1,3}(?:[ .\-]?\(?\d{1,4}\)?){3,6})",
    R"(\b00\d{2,3}(?:[ .\-]?\d{2,4}){3,5}\b)",
    R"([a-zA-Z0-9._%+\-]+@[a-zA-Z0-9.\-]+\.[a-zA-Z]{2,})",
    R"([a-zA-Z0-9._]+ ?[\[(]at[\])] ?[a-zA-Z0-9]+)",
    R"(h(?:tt|xx)ps?://[^\s<>"]+)",
    R"(\b[a-zA-Z0-9\-]+(?:\.[a-zA-Z0-9\-]+)*\.[a-zA-Z]{2,10}\b)",
    R"(\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b)",
    R"(\b(?:\d{4}[ \-]?){3}\d{4}\b)",
    R"(\b\d{5} \d{5} [A-Z0-9]{11} \d{2}\b)",
    R"(\bbc1[a-z0-9]{25,60}\b)",
    R"(\b[13][1-9A-HJ-NP-Za-km-z]{25,34}\b)",
    R"(\b0x[0-9a-fA-F]{40}\b)",
    R"(\bT[1-9A-HJ-NP-Za-km-z]{33}\b)",
    R"(\b[A-Z]{2}\d{9}[A-Z]{2}\b)",
    R"(@[A-Za-z0-9_.]{3,30})",
    R"(\b(?:t\.me|wa\.me)/[A-Za-z0-9_+]+)",
    R"(\b\d{1,3}(?:\.\d{1,3}){3}\b)",
    R"([0-9a-fA-F]{1,4}(?:::?[0-9a-fA-F]{1,4}){2,7})",
    R"((?i)\b(?:commande|dossier|order) ?(?:n°|#)? ?[A-Z0-9\-]{5,})",
};

// Of this thread: other work on the machine does not count.
double processor_seconds() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

double best_megabytes_a_second(const std::vector<std::string>& stories,
                               const std::function<void(std::string_view)>& read) {
    std::size_t bytes = 0;
    for (const std::string& story : stories) bytes += story.size();
    double best = 0;
    for (int round = 0; round < kRounds; ++round) {
        const double begin = processor_seconds();
        for (const std::string& story : stories) read(story);
        best = std::max(best, static_cast<double>(bytes) / 1e6 / (processor_seconds() - begin));
    }
    return best;
}

double hyperscan(const std::vector<std::string>& stories) {
    std::vector<unsigned> flags(std::size(kPatterns), HS_FLAG_UTF8);
    std::vector<unsigned> ids(std::size(kPatterns));
    for (unsigned i = 0; i < ids.size(); ++i) ids[i] = i;
    hs_database_t* database = nullptr;
    hs_compile_error_t* error = nullptr;
    hs_scratch_t* scratch = nullptr;
    if (hs_compile_multi(kPatterns, flags.data(), ids.data(), static_cast<unsigned>(ids.size()),
                         HS_MODE_BLOCK, nullptr, &database, &error) != HS_SUCCESS) {
        std::fprintf(stderr, "Hyperscan: %s\n", error->message);
        hs_free_compile_error(error);
        return 0;
    }
    hs_alloc_scratch(database, &scratch);
    std::size_t events = 0;
    const auto count = [](unsigned, unsigned long long, unsigned long long, unsigned, void* seen) {
        ++*static_cast<std::size_t*>(seen);
        return 0;
    };
    const double speed = best_megabytes_a_second(stories, [&](std::string_view text) {
        hs_scan(database, text.data(), static_cast<unsigned>(text.size()), 0, scratch, count,
                &events);
    });
    hs_free_scratch(scratch);
    hs_free_database(database);
    return speed;
}

double re2_set(const std::vector<std::string>& stories) {
    RE2::Set set{RE2::DefaultOptions, RE2::UNANCHORED};
    for (const char* const pattern : kPatterns) set.Add(pattern, nullptr);
    set.Compile();
    std::vector<int> matched;
    return best_megabytes_a_second(stories, [&](std::string_view text) {
        set.Match(re2::StringPiece{text.data(), text.size()}, &matched);
    });
}

// The set says which patterns occur; this gives each occurrence, as an extractor must.
double re2_each(const std::vector<std::string>& stories) {
    std::vector<std::unique_ptr<RE2>> patterns;
    for (const char* const pattern : kPatterns) patterns.push_back(std::make_unique<RE2>(pattern));
    return best_megabytes_a_second(stories, [&](std::string_view text) {
        for (const auto& pattern : patterns) {
            re2::StringPiece rest{text.data(), text.size()};
            while (!rest.empty() && RE2::FindAndConsume(&rest, *pattern)) {}
        }
    });
}

double phone_matcher(const std::vector<std::string>& stories) {
    const auto& util = *i18n::phonenumbers::PhoneNumberUtil::GetInstance();
    return best_megabytes_a_second(stories, [&](std::string_view text) {
        i18n::phonenumbers::PhoneNumberMatcher matcher{
            util, std::string{text}, "FR", i18n::phonenumbers::PhoneNumberMatcher::VALID, 100};
        i18n::phonenumbers::PhoneNumberMatch match;
        while (matcher.HasNext()) matcher.Next(&match);
    });
}

double anchors_only(const std::vector<std::string>& stories, bool simd) {
    namespace scan = engine::extract::scan;
    std::array<scan::BlockBits, scan::kChunkBlocks> blocks;
    std::uint64_t seen = 0;
    const double speed = best_megabytes_a_second(stories, [&](std::string_view text) {
        for (std::size_t at = 0; at < text.size(); at += scan::kChunkBytes) {
            const std::string_view chunk = text.substr(at, scan::kChunkBytes);
            seen += simd ? scan::classify(chunk, blocks) : scan::classify_plainly(chunk, blocks);
        }
    });
    return seen == 0 ? 0 : speed;
}

} // namespace

int main() {
    const std::vector<std::string> stories = Storyteller{}.tell(kCorpusBytes);
    const std::vector<std::string> few = Storyteller{}.tell(kMatcherBytes);
    const engine::extract::ExtractPolicy policy;
    std::vector<Mention> mentions;
    std::size_t found = 0;
    const double ours = best_megabytes_a_second(stories, [&](std::string_view text) {
        mentions.clear();
        engine::extract::scan_text(text, {}, engine::record::Speaker::Victim, policy, mentions);
        found += mentions.size();
    });
    struct Row {
        const char* name;
        double megabytes_a_second;
    };
    const Row rows[]{
        {"maillon: every type, validated, with roles", ours},
        {"maillon: anchors only, SIMD", anchors_only(stories, true)},
        {"maillon: anchors only, plain", anchors_only(stories, false)},
        {"Hyperscan: 20 patterns, match events only", hyperscan(stories)},
        {"RE2::Set: which of 20 patterns, no places", re2_set(stories)},
        {"RE2: 20 patterns one after the other", re2_each(few)},
        {"libphonenumber: PhoneNumberMatcher, phones only", phone_matcher(few)},
    };
    std::printf("%zu mentions a round in %.1f MB\n", found / kRounds, kCorpusBytes / 1e6);
    for (const Row& row : rows) {
        std::printf("%-50s %9.1f MB/s   maillon is %.1f times that\n", row.name,
                    row.megabytes_a_second, ours / row.megabytes_a_second);
    }
}
