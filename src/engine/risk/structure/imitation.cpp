#include "engine/risk/structure/imitation.hpp"

#include "engine/normalise/web.hpp"
#include "engine/risk/structure/claims.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace engine::risk::structure {
namespace {

constexpr std::size_t kShortTokenMax = 4;
constexpr std::size_t kFreeTokenMin = 7; // long enough to be no part of an ordinary word
constexpr std::size_t kLettersMin = 6;   // a shorter name is a letter away from too many words
constexpr std::size_t kLabelMax = 63;    // RFC 1035

const table::DomainWord* domain_word(std::string_view text) {
    const auto row =
        std::ranges::lower_bound(table::kDomainWords, text, {}, &table::DomainWord::text);
    return row != table::kDomainWords.end() && row->text == text ? &*row : nullptr;
}

std::vector<std::string_view> split(std::string_view text, std::string_view marks) {
    std::vector<std::string_view> parts;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find_first_of(marks), text.size());
        if (end > 0) parts.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return parts;
}

/// What the owner chose of the host: all but its public suffix.
std::string_view chosen_part(std::string_view host) {
    const std::string registrable = normalise::registrable_domain(host);
    const std::size_t dot = registrable.find('.');
    if (dot == std::string::npos) return host;
    return host.substr(0, host.size() - registrable.size() + dot);
}

/// How many words of the table make all of `part`, and whether one of them is strong.
struct Made {
    std::size_t words = 0; // 0: it is not made of them
    bool strong = false;
};

Made made_of_words(std::string_view part) {
    if (part.size() > kLabelMax) return {};
    std::array<Made, kLabelMax + 1> reached{};
    for (std::size_t begin = 0; begin < part.size(); ++begin) {
        if (begin > 0 && reached[begin].words == 0) continue;
        for (std::size_t end = begin + 2; end <= part.size(); ++end) {
            const table::DomainWord* const word = domain_word(part.substr(begin, end - begin));
            if (word == nullptr) continue;
            const Made made{reached[begin].words + 1, reached[begin].strong || word->strong};
            Made& best = reached[end];
            if (best.words == 0 || (made.strong && !best.strong)) best = made;
        }
    }
    return reached[part.size()];
}

bool is_words_of_pages(std::string_view part) {
    return made_of_words(part).words > 0;
}

bool is_all_digits(std::string_view part) {
    return std::ranges::all_of(part, [](char c) { return c >= '0' && c <= '9'; });
}

bool stands_in_part(std::string_view token, std::string_view part) {
    if (part == token) return true;
    const std::size_t at = part.find(token);
    if (at == std::string_view::npos) return false;
    if (token.size() >= kFreeTokenMin) return true;
    if (token.size() <= kShortTokenMax) return false;
    const std::string_view before = part.substr(0, at);
    const std::string_view after = part.substr(at + token.size());
    const auto fits = [](std::string_view rest) {
        return rest.empty() || is_all_digits(rest) || is_words_of_pages(rest);
    };
    return fits(before) && fits(after);
}

bool has_token(std::string_view chosen, std::string_view token, bool is_claimed) {
    if (token.find('-') != std::string_view::npos) {
        const std::size_t at = chosen.find(token);
        if (at == std::string_view::npos) return false;
        const std::size_t end = at + token.size();
        const auto is_mark = [&](std::size_t i) { return chosen[i] == '-' || chosen[i] == '.'; };
        return (at == 0 || is_mark(at - 1)) && (end == chosen.size() || is_mark(end));
    }
    const std::vector<std::string_view> parts = split(chosen, ".-");
    const bool stands = std::ranges::any_of(
        parts, [&](std::string_view part) { return stands_in_part(token, part); });
    if (!stands || token.size() > kShortTokenMax || is_claimed) return stands;
    return std::ranges::any_of(
        parts, [&](std::string_view part) { return part != token && is_words_of_pages(part); });
}

/// "paypal.de" may well be the body's own: its bare name under a country's ending.
bool may_be_own(const table::Brand& brand, std::string_view host, std::string_view token) {
    if (!brand.country.empty()) return false;
    const std::string registrable = normalise::registrable_domain(host);
    const std::size_t dot = registrable.find('.');
    if (dot == std::string::npos || registrable.substr(0, dot) != token) return false;
    const std::string ending = registrable.substr(registrable.rfind('.') + 1);
    return ending.size() == 2 && !std::ranges::binary_search(table::kEndings, ending);
}

bool looks_like(std::string_view host, std::string_view home) {
    const std::string registrable = normalise::registrable_domain(host);
    const std::string_view name = std::string_view{registrable}.substr(0, registrable.find('.'));
    const std::string_view own = home.substr(0, home.find('.'));
    if (name == own || own.size() < kLettersMin) return false;
    if (normalise::confusable_skeleton(name) == normalise::confusable_skeleton(own)) return true;
    return one_letter_away(name, own);
}

std::span<const std::string_view> homes_of(const table::Brand& brand) {
    return table::kBrandHomes.subspan(brand.first_home,
                                      std::size_t{brand.last_home} - brand.first_home);
}

std::span<const std::string_view> tokens_of(const table::Brand& brand) {
    return table::kBrandTokens.subspan(brand.first_token,
                                       std::size_t{brand.last_token} - brand.first_token);
}

bool holds_home(std::string_view host, std::string_view home) {
    const std::size_t at = host.find(home);
    if (at == std::string_view::npos || home.find('.') == std::string_view::npos) return false;
    const std::size_t end = at + home.size();
    return (at == 0 || host[at - 1] == '.') && end < host.size() && host[end] == '.';
}

std::optional<Likeness> likeness(const table::Brand& brand, std::string_view host,
                                 std::string_view chosen, bool is_claimed) {
    for (const std::string_view home : homes_of(brand)) {
        if (holds_home(host, home)) return Likeness::NameInside;
    }
    for (const std::string_view token : tokens_of(brand)) {
        if (has_token(chosen, token, is_claimed) && !may_be_own(brand, host, token)) {
            return Likeness::Token;
        }
    }
    for (const std::string_view home : homes_of(brand)) {
        if (looks_like(host, home)) return Likeness::Letters;
    }
    return std::nullopt;
}

} // namespace

bool one_letter_away(std::string_view one, std::string_view other) {
    if (one.size() > other.size()) std::swap(one, other);
    if (other.size() - one.size() > 1 || one == other) return false;
    const auto [first, second] = std::ranges::mismatch(one, other);
    const std::string_view rest{first, one.end()};
    const std::string_view other_rest{second, other.end()};
    if (one.size() < other.size()) return rest == other_rest.substr(1);
    if (rest.substr(1) == other_rest.substr(1)) return true;
    return rest.size() > 1 && rest[0] == other_rest[1] && rest[1] == other_rest[0] &&
           rest.substr(2) == other_rest.substr(2);
}

std::optional<Imitation> imitated(std::string_view host,
                                  std::span<const table::Brand* const> claimed) {
    const std::string_view chosen = chosen_part(host);
    std::optional<Imitation> best;
    for (const table::Brand& brand : table::kBrands) {
        const bool is_claimed = std::ranges::find(claimed, &brand) != claimed.end();
        const std::optional<Likeness> like = likeness(brand, host, chosen, is_claimed);
        if (!like) continue;
        if (*like == Likeness::NameInside || is_claimed) return Imitation{&brand, *like};
        if (!best) best = Imitation{&brand, *like};
    }
    return best;
}

bool is_story_domain(std::string_view host) {
    return std::ranges::any_of(split(chosen_part(host), "."), [](std::string_view label) {
        std::size_t words = 0;
        bool strong = false;
        for (const std::string_view part : split(label, "-")) {
            const Made made = made_of_words(part);
            if (made.words == 0 && !is_all_digits(part)) return false;
            words += made.words;
            strong = strong || made.strong;
        }
        return words >= 2 && strong;
    });
}

} // namespace engine::risk::structure
