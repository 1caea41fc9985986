// Recognisers of what begins with a digit. Each gives the end of what it added, 0 when it added
// nothing.
#pragma once

#include "engine/extract/scan/number_run.hpp"
#include "engine/extract/scan/scan.hpp"

namespace engine::extract::scan {

/// A token of letters and digits, and what is known about it.
struct Token {
    std::size_t begin = 0;
    std::size_t end = 0;
    bool has_letter = false;
    [[nodiscard]] std::size_t size() const { return end - begin; }
};

constexpr std::size_t kTokenBytesMax = 128; // the longest address of a wallet has 108

/// The letters and digits around `at`; empty when they are more than kTokenBytesMax.
[[nodiscard]] Token token_around(std::string_view text, std::size_t at);

std::size_t add_wallet(Scan& scan, const Token& token);
std::size_t add_iban(Scan& scan, std::size_t digit);
std::size_t add_rib(Scan& scan, const NumberRun& run);
std::size_t add_card(Scan& scan, const NumberRun& run);
std::size_t add_ipv4(Scan& scan, std::size_t digit);
std::size_t add_voucher(Scan& scan, std::size_t digit);
std::size_t add_parcel(Scan& scan, std::size_t digit);
std::size_t add_order(Scan& scan, std::size_t digit);
std::size_t add_phone(Scan& scan, const NumberRun& run);
std::size_t add_discord(Scan& scan, std::size_t digit);

/// Size of a date or a time at the begin of the run, in groups; 0 when it does not begin so.
[[nodiscard]] std::size_t date_groups(const NumberRun& run);

} // namespace engine::extract::scan
