// What the recognisers share: the text being read and where their finds go.
#pragma once

#include "engine/extract/extract.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace engine::extract::scan {

struct Span {
    std::size_t begin = 0;
    std::size_t end = 0;
};

/// Keeps finds in the order of their place and settles overlaps: the more specific type wins, then
/// the longer. What belongs to a find (the domain of a URL) comes and goes with it.
class Finds {
public:
    explicit Finds(std::vector<record::Mention>& out) : out_{out} {}

    /// False when something stronger already stands there.
    bool add(record::IdentifierType type, Span span, std::string value, std::string_view rule,
             unsigned confidence);
    /// A part of the find added last, e.g. the domain of a URL.
    void add_part(record::IdentifierType type, Span span, std::string value, std::string_view rule,
                  unsigned confidence);
    /// Whether some find covers a byte at or after `begin`.
    [[nodiscard]] bool reaches(std::size_t begin) const { return end_ > begin; }
    /// One past the last byte of the last find, 0 when there is none.
    [[nodiscard]] std::size_t end() const { return end_; }

private:
    void take_back_last();

    std::vector<record::Mention>& out_;
    std::size_t end_ = 0;               // of the last find
    std::vector<std::uint32_t> places_; // in out_, of the finds that are no parts
};

constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);

struct Scan {
    std::string_view text; // folded; lives as long as the call of scan_text
    const ExtractPolicy& policy;
    Finds& finds;
    std::size_t voucher_word = kNowhere; // the last one read: where it begins
    std::size_t parcel_word = kNowhere;
};

/// Whether a word read at `word` stands in the `window` bytes before `at`.
[[nodiscard]] constexpr bool is_recent(std::size_t word, std::size_t at, std::size_t window) {
    return word != kNowhere && at >= word && at - word <= window;
}

/// A recogniser reads around an anchor, adds what it finds, and gives the place from which the scan
/// goes on: after its find, or just past the anchor.
using Recogniser = std::size_t (*)(Scan& scan, std::size_t anchor);

std::size_t read_number(Scan& scan, std::size_t digit);      // the first digit of a run
std::size_t read_dotted_name(Scan& scan, std::size_t dot);   // a dot inside a word
std::size_t read_colon(Scan& scan, std::size_t colon);       // "://", IPv6
std::size_t read_at_sign(Scan& scan, std::size_t at);        // e-mail, handle
std::size_t read_open_bracket(Scan& scan, std::size_t open); // "[at]", "[.]"
std::size_t read_long_token(Scan& scan, std::size_t begin);  // wallets without a digit

// The words of triggers.hpp; `word` is where they begin.
std::size_t read_spoken_at(Scan& scan, std::size_t word);
std::size_t read_spoken_dot(Scan& scan, std::size_t word);
std::size_t read_spoken_number(Scan& scan, std::size_t word);
std::size_t read_platform(Scan& scan, std::size_t word);
std::size_t read_name(Scan& scan, std::size_t word);
std::size_t read_branch(Scan& scan, std::size_t word);

} // namespace engine::extract::scan
