#include "engine/extract/scan/scan.hpp"

#include <algorithm>
#include <array>

namespace engine::extract::scan {
namespace {

using record::IdentifierType;
using record::Mention;

constexpr std::size_t kFindsExpected = 16; // of one text: most have fewer

// A checksum or a scheme says more than a shape, and a shape more than a cue.
constexpr std::array<std::uint8_t, record::kIdentifierTypes> kStrength = [] {
    std::array<std::uint8_t, record::kIdentifierTypes> strength{};
    constexpr std::array weakest_first{
        IdentifierType::Name,   IdentifierType::Order,  IdentifierType::Domain,
        IdentifierType::Handle, IdentifierType::Parcel, IdentifierType::Phone,
        IdentifierType::Ip,     IdentifierType::Email,  IdentifierType::Voucher,
        IdentifierType::Card,   IdentifierType::Url,    IdentifierType::Wallet,
        IdentifierType::Iban};
    for (std::size_t i = 0; i < weakest_first.size(); ++i) {
        strength[static_cast<std::size_t>(weakest_first[i])] = static_cast<std::uint8_t>(i);
    }
    return strength;
}();

unsigned strength_of(IdentifierType type) {
    return kStrength[static_cast<std::size_t>(type)];
}

Mention mention_of(IdentifierType type, Span span, std::string value, std::string_view rule,
                   unsigned confidence) {
    Mention mention;
    mention.type = type;
    mention.confidence = static_cast<std::uint8_t>(confidence);
    mention.start = static_cast<std::uint32_t>(span.begin);
    mention.end = static_cast<std::uint32_t>(span.end);
    mention.value = std::move(value);
    mention.rule = rule;
    return mention;
}

} // namespace

bool Finds::add(IdentifierType type, Span span, std::string value, std::string_view rule,
                unsigned confidence) {
    if (value.empty() || span.begin >= span.end) return false;
    while (span.begin < end_ && !places_.empty()) {
        const Mention& last = out_[places_.back()];
        if (last.end <= span.begin) break;
        const std::size_t size = span.end - span.begin;
        const bool stronger =
            strength_of(type) > strength_of(last.type) ||
            (type == last.type && size > static_cast<std::size_t>(last.end - last.start));
        if (!stronger) return false;
        take_back_last();
    }
    if (places_.empty()) places_.reserve(kFindsExpected);
    places_.push_back(static_cast<std::uint32_t>(out_.size()));
    out_.push_back(mention_of(type, span, std::move(value), rule, confidence));
    end_ = span.end;
    return true;
}

void Finds::add_part(IdentifierType type, Span span, std::string value, std::string_view rule,
                     unsigned confidence) {
    if (value.empty() || span.begin >= span.end) return;
    out_.push_back(mention_of(type, span, std::move(value), rule, confidence));
}

void Finds::take_back_last() {
    out_.resize(places_.back());
    places_.pop_back();
    end_ = places_.empty() ? 0 : out_[places_.back()].end;
}

} // namespace engine::extract::scan
