#include "orientation/web/address.hpp"

#include "base/check.hpp"

#include <algorithm>
#include <cstdint>
#include <set>

namespace orientation::web {
namespace {

constexpr std::string_view kDigits = "0123456789abcdefghjkmnpqrstvwxyz"; // Crockford's base 32
constexpr int kCodeDigits = 4;                                           // the first is a letter
constexpr std::uint64_t kDigitBits = 5;

/// Digits of a hash (FNV-1a, 64 bits).
std::string code_of(std::string_view name) {
    constexpr std::uint64_t kBasis = 0xcbf29ce484222325;
    constexpr std::uint64_t kPrime = 0x100000001b3;
    std::uint64_t hash = kBasis;
    for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * kPrime;
    hash ^= hash >> 32U; // the high bits are the well mixed ones
    constexpr std::uint64_t kLetters = 16;
    std::string out{static_cast<char>('a' + hash % kLetters)};
    for (int i = 1; i < kCodeDigits; ++i) {
        hash >>= kDigitBits;
        out += kDigits[hash % kDigits.size()];
    }
    return out;
}

} // namespace

Address::Address(const reasoning::Knowledge& knowledge) {
    std::set<std::string> seen;
    for (const reasoning::Question& question : knowledge.questions) {
        questions_.push_back(code_of(question.id));
        check(seen.insert(questions_.back()).second, "two questions have one code");
        std::vector<std::string>& codes = answers_.emplace_back();
        std::set<std::string> inside;
        for (const reasoning::Answer& answer : question.answers) {
            codes.push_back(code_of(question.id + "." + answer.id));
            check(inside.insert(codes.back()).second, "two answers have one code");
        }
    }
}

const std::string& Address::code(std::size_t question) const {
    return questions_[question];
}

const std::string& Address::code(std::size_t question, std::size_t answer) const {
    return answers_[question][answer];
}

reasoning::Answers Address::read(const platform::http::Request& request) const {
    reasoning::Answers out(questions_.size());
    for (std::size_t q = 0; q < questions_.size(); ++q) {
        const std::optional<std::string_view> given = request.parameter(questions_[q]);
        if (!given) continue;
        const auto found = std::ranges::find(answers_[q], *given);
        if (found != answers_[q].end()) {
            out[q] = static_cast<std::size_t>(found - answers_[q].begin());
        }
    }
    return out;
}

std::string Address::query(const reasoning::Answers& answers) const {
    std::string out;
    for (std::size_t q = 0; q < answers.size(); ++q) {
        if (!answers[q]) continue;
        out += (out.empty() ? "?" : "&") + questions_[q] + "=" + answers_[q][*answers[q]];
    }
    return out;
}

} // namespace orientation::web
