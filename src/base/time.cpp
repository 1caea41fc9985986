#include "base/time.hpp"

#include <array>
#include <cctype>
#include <chrono>
#include <cstdio>

namespace {

// Of the years that RFC 3339 can write: what is read can be written and read again.
constexpr UnixSeconds kFirst = -62'167'219'200; // 0000-01-01T00:00:00Z
constexpr UnixSeconds kLast = 253'402'300'799;  // 9999-12-31T23:59:59Z

bool read_digits(std::string_view text, std::size_t at, std::size_t count, int& out) {
    if (at + count > text.size()) return false;
    out = 0;
    for (std::size_t i = at; i < at + count; ++i) {
        if (text[i] < '0' || text[i] > '9') return false;
        out = out * 10 + (text[i] - '0');
    }
    return true;
}

std::optional<UnixSeconds> date_seconds(std::string_view text) {
    int year = 0;
    int month = 0;
    int day = 0;
    if (!read_digits(text, 0, 4, year) || text.size() < 10 || text[4] != '-' || text[7] != '-' ||
        !read_digits(text, 5, 2, month) || !read_digits(text, 8, 2, day)) {
        return std::nullopt;
    }
    const std::chrono::year_month_day date{std::chrono::year{year},
                                           std::chrono::month{static_cast<unsigned>(month)},
                                           std::chrono::day{static_cast<unsigned>(day)}};
    if (!date.ok()) return std::nullopt;
    return std::chrono::sys_days{date}.time_since_epoch().count() * 86'400LL;
}

/// The offset in seconds of "Z" or "+hh:mm" at the end of the text.
std::optional<int> offset_seconds(std::string_view zone) {
    if (zone == "Z" || zone == "z") return 0;
    int hours = 0;
    int minutes = 0;
    if (zone.size() != 6 || (zone[0] != '+' && zone[0] != '-') || zone[3] != ':' ||
        !read_digits(zone, 1, 2, hours) || !read_digits(zone, 4, 2, minutes) || hours > 23 ||
        minutes > 59) {
        return std::nullopt;
    }
    const int seconds = hours * 3600 + minutes * 60;
    return zone[0] == '-' ? -seconds : seconds;
}

std::chrono::year_month_day date_of(UnixSeconds at) {
    return std::chrono::floor<std::chrono::days>(
        std::chrono::sys_seconds{std::chrono::seconds{at}});
}

} // namespace

std::optional<UnixSeconds> parse_rfc3339(std::string_view text) {
    const std::optional<UnixSeconds> date = date_seconds(text);
    if (!date || text.size() == 10) return date;
    int hour = 0;
    int minute = 0;
    int second = 0;
    const char separator = text[10];
    if (text.size() < 20 || (separator != 'T' && separator != 't' && separator != ' ') ||
        text[13] != ':' || text[16] != ':' || !read_digits(text, 11, 2, hour) ||
        !read_digits(text, 14, 2, minute) || !read_digits(text, 17, 2, second) || hour > 23 ||
        minute > 59 || second > 60) {
        return std::nullopt;
    }
    std::size_t zone = 19;
    if (text[zone] == '.') {
        ++zone;
        const std::size_t first = zone;
        while (zone < text.size() && std::isdigit(static_cast<unsigned char>(text[zone]))) ++zone;
        if (zone == first) return std::nullopt;
    }
    const std::optional<int> offset = offset_seconds(text.substr(zone));
    if (!offset) return std::nullopt;
    const UnixSeconds at = *date + hour * 3600 + minute * 60 + second - *offset;
    if (at < kFirst || at > kLast) return std::nullopt; // an offset led out of what can be written
    return at;
}

std::string to_iso_date(UnixSeconds at) {
    const std::chrono::year_month_day date = date_of(at);
    std::array<char, 32> buffer{};
    const int size =
        std::snprintf(buffer.data(), buffer.size(), "%04d-%02u-%02u", static_cast<int>(date.year()),
                      static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    return {buffer.data(), static_cast<std::size_t>(size)};
}

std::string to_rfc3339(UnixSeconds at) {
    const UnixSeconds in_day = ((at % 86'400) + 86'400) % 86'400;
    std::array<char, 32> buffer{};
    const int size = std::snprintf(
        buffer.data(), buffer.size(), "T%02d:%02d:%02dZ", static_cast<int>(in_day / 3600),
        static_cast<int>(in_day / 60 % 60), static_cast<int>(in_day % 60));
    return to_iso_date(at) + std::string{buffer.data(), static_cast<std::size_t>(size)};
}
