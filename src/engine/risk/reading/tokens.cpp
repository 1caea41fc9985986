#include "engine/risk/reading/tokens.hpp"

#include "engine/normalise/phone.hpp"
#include "engine/priors/priors.hpp"
#include "engine/risk/reading/characters.hpp"

#include <algorithm>

namespace engine::risk::reading {
namespace {

using record::IdentifierType;
using table::Class;

constexpr std::size_t kWordLettersMax = 32;
constexpr std::size_t kNumberDigitsMin = 9; // of a telephone number, as people write it
constexpr std::size_t kNumberDigitsMax = 13;
constexpr normalise::CountryCode kBritain{'G', 'B'}; // whose numbers English messages give

std::optional<Class> class_of(IdentifierType type) {
    switch (type) {
    case IdentifierType::Url:
    case IdentifierType::Domain:
    case IdentifierType::Ip: return Class::Link;
    case IdentifierType::Phone: return Class::Phone;
    case IdentifierType::Email: return Class::Email;
    case IdentifierType::Iban: return Class::Iban;
    case IdentifierType::Card:
    case IdentifierType::Wallet:
    case IdentifierType::Handle:
    case IdentifierType::Voucher:
    case IdentifierType::Parcel:
    case IdentifierType::Order:
    case IdentifierType::Name: return std::nullopt;
    }
    return std::nullopt;
}

bool is_premium(std::string_view e164) {
    if (priors::known(IdentifierType::Phone, e164) != priors::Known::No) return false;
    const auto number = normalise::parse_e164_digits(e164.substr(1));
    return number && number->kind == normalise::LineKind::PremiumRate;
}

bool is_number(std::string_view letters) {
    return !letters.empty() &&
           std::ranges::all_of(letters, [](char c) { return c >= '0' && c <= '9'; });
}

bool parts_a_number(std::string_view between) {
    return between.size() == 1 && std::string_view{" -./"}.find(between[0]) != std::string::npos;
}

} // namespace

Tokens::Tokens(std::string_view text, std::span<const record::Mention> mentions) {
    letters_.reserve(text.size());
    std::size_t next = 0;
    for (std::size_t at = 0; at < text.size();) {
        while (next < mentions.size() &&
               (mentions[next].start < at || !class_of(mentions[next].type))) {
            ++next;
        }
        if (next < mentions.size() && mentions[next].start == at) {
            take_mention(mentions[next]);
            at = std::max<std::size_t>(at + 1, mentions[next].end);
            continue;
        }
        const std::size_t limit = next < mentions.size() ? mentions[next].start : text.size();
        at += take_word(text.substr(0, limit), at);
    }
    join_numbers(text);
}

void Tokens::take_mention(const record::Mention& mention) {
    Token token{.start = mention.start, .end = mention.end};
    token.letters = static_cast<std::uint32_t>(letters_.size());
    token.kind = class_of(mention.type);
    token.premium = mention.type == IdentifierType::Phone && is_premium(mention.value);
    tokens_.push_back(token);
}

std::size_t Tokens::take_word(std::string_view text, std::size_t at) {
    Token token{.start = static_cast<std::uint32_t>(at)};
    token.letters = static_cast<std::uint32_t>(letters_.size());
    bool latin = false;
    bool foreign = false;
    bool hidden = false;
    std::size_t invisible = 0; // bytes at the end of what was read
    std::size_t here = at;
    while (here < text.size()) {
        const Character read = character_at(text, here);
        if (read.sort == Sort::Money && here == at) {
            token.end = static_cast<std::uint32_t>(at + read.size);
            token.kind = Class::Money;
            tokens_.push_back(token);
            return read.size;
        }
        if (read.sort == Sort::Other || read.sort == Sort::Money) break;
        here += read.size;
        if (read.sort == Sort::Invisible) {
            invisible += read.size;
            continue;
        }
        hidden = hidden || (invisible > 0 && letters_.size() > token.letters);
        invisible = 0;
        latin = latin || read.sort == Sort::Letter;
        foreign = foreign || read.sort == Sort::Foreign;
        if (letters_.size() - token.letters < kWordLettersMax) letters_ += read.folded;
    }
    if (here == at) return character_at(text, at).size;
    token.end = static_cast<std::uint32_t>(here - invisible);
    if (letters_.size() > token.letters || foreign) finish_word(token, latin, foreign, hidden);
    return here - at;
}

void Tokens::finish_word(Token token, bool latin, bool other, bool hidden) {
    token.size = static_cast<std::uint16_t>(letters_.size() - token.letters);
    if (latin && other && token.size > 2) mixed_.push_back({token.start, token.end});
    if (hidden) hidden_.push_back({token.start, token.end});
    tokens_.push_back(token);
}

// "0800 839 402" is read as three numbers; a telephone number it is, of France or not.
void Tokens::join_numbers(std::string_view text) {
    std::vector<Token> joined;
    joined.reserve(tokens_.size());
    for (std::size_t i = 0; i < tokens_.size();) {
        std::string digits;
        std::size_t end = i;
        while (
            end < tokens_.size() && is_number(letters_of(tokens_[end])) &&
            digits.size() <= kNumberDigitsMax &&
            (end == i || parts_a_number(text.substr(tokens_[end - 1].end,
                                                    tokens_[end].start - tokens_[end - 1].end)))) {
            digits += letters_of(tokens_[end++]);
        }
        Token token = tokens_[i];
        const bool whole = end == i + 1;
        if (digits.size() >= kNumberDigitsMin && digits.size() <= kNumberDigitsMax &&
            (digits[0] == '0' || whole)) {
            token.end = tokens_[end - 1].end;
            token.kind = Class::Phone;
            const auto number = normalise::parse_phone(digits, kBritain);
            token.premium = number && number->kind == normalise::LineKind::PremiumRate;
            i = end;
        } else {
            if (whole && (digits.size() == 5 || digits.size() == 6)) token.kind = Class::Short;
            ++i;
        }
        joined.push_back(token);
    }
    tokens_ = std::move(joined);
}

} // namespace engine::risk::reading
