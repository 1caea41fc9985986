// Check before you pay: what in a text, a link, a number or an account should make its reader stop,
// with the words that say so. Reads structure (accounts that cannot be, domains that imitate) and
// the scripts of swindlers, kept as reviewed phrases in data/*.toml. Says "nothing recognised",
// never "safe". No clock, no network, no memory of what was asked.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace engine::risk {

/// Bytes that are read of a longer text; the rest is said to be unread.
constexpr std::size_t kTextBytesMax = 256 << 10;

/// Weight from which there are signs: 4 bits, a text sixteen times more like those of swindlers
/// than like ordinary ones; and from which there are many.
constexpr double kSomeBits = 4.0;
constexpr double kManyBits = 7.0;

enum class Level : std::uint8_t { Nothing, Some, Many };

/// Signs of one group tell the same thing twice: the heaviest counts whole, the others a quarter.
enum class Group : std::uint8_t {
    Story,     // the pretext: a parcel, a fine, an inheritance
    Demand,    // what is asked: a code, a voucher
    Pressure,  // a deadline, a threat, a secret
    Link,      // where the links lead
    Sender,    // who writes, against who is claimed
    Phone,     // whom to call
    Account,   // where to pay
    Text,      // letters that pass for others
    Confirmed, // held to be a swindler's by an investigator
    Fact,      // explains or reassures: weighs nothing, or less than nothing
};

/// A place in the text, in bytes; never empty, never inside a character of valid UTF-8.
struct Span {
    std::uint32_t start = 0;
    std::uint32_t end = 0;
    friend constexpr bool operator==(Span, Span) = default;
};

struct Finding {
    std::string_view sign;  // of data/signs.toml; names the words that explain it
    std::string_view story; // the script that it belongs to; empty for most
    Group group = Group::Fact;
    double bits = 0; // log2 of a likelihood ratio
    std::vector<Span> quotes;
    std::string about; // whose name is used, which domain, which country; empty for most
};

struct Assessment {
    Level level = Level::Nothing;
    double bits = 0;
    std::vector<Finding> findings; // the heaviest first
    std::string_view story;        // of the heaviest that has one
    bool cut = false;              // the text was longer than kTextBytesMax
};

/// A text that was read once. `text` outlives it.
class Reading {
public:
    explicit Reading(std::string_view text);
    ~Reading();
    Reading(const Reading&) = delete;
    Reading& operator=(const Reading&) = delete;

    /// Registrable domains of its links and addresses, each once: what may have been confirmed.
    [[nodiscard]] std::vector<std::string> domains() const;
    /// `confirmed`: those of domains() that an investigator confirmed.
    [[nodiscard]] Assessment assess(std::span<const std::string> confirmed = {}) const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

[[nodiscard]] std::string_view name_of(Level level); // "nothing", "some", "many"
[[nodiscard]] std::string_view name_of(Group group);

/// Every sign and structure of data/signs.toml, and every story: each has its words on the page.
[[nodiscard]] std::vector<std::string_view> all_signs();
[[nodiscard]] std::vector<std::string_view> all_stories();

} // namespace engine::risk
