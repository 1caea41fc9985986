#include "interchange/mail/headers.hpp"

#include "base/ascii.hpp"
#include "interchange/utf8.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <mutex>
#include <string_view>

namespace interchange::mail {

namespace {

using engine::record::IdentifierType;
using engine::record::Role;
using engine::record::Statement;

// Mass mailings name thousands of recipients; they say nothing about who wrote.
constexpr std::size_t kAddressesMax = 200;
constexpr int kListDepthMax = 4; // groups in groups: RFC 5322 has none
constexpr std::string_view kPlatform = "mail";
// Dates before mail and after the next decades are wrong clocks: 1980-01-01 and 2100-01-01.
constexpr UnixSeconds kEarliest = 315'532'800;
constexpr UnixSeconds kLatest = 4'102'444'800;

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t\r\n\"'");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n\"'") - first + 1);
}

/// A mailbox: its address and the name in front of it.
struct Mailbox {
    std::string address;
    std::string name;
};

void collect(InternetAddressList* list, int depth, std::vector<Mailbox>& out) {
    if (list == nullptr || depth > kListDepthMax) return;
    const int count = internet_address_list_length(list);
    for (int i = 0; i < count && out.size() < kAddressesMax; ++i) {
        InternetAddress* one = internet_address_list_get_address(list, i);
        if (INTERNET_ADDRESS_IS_GROUP(one)) {
            collect(internet_address_group_get_members(INTERNET_ADDRESS_GROUP(one)), depth + 1,
                    out);
            continue;
        }
        const char* address = internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(one));
        const char* name = internet_address_get_name(one);
        Mailbox mailbox;
        if (address != nullptr) mailbox.address = trimmed(replace_invalid_utf8(address));
        if (name != nullptr) mailbox.name = trimmed(replace_invalid_utf8(name));
        out.push_back(std::move(mailbox));
    }
}

/// The first header of that name, decoded.
std::optional<std::string> header(GMimeMessage* message, const char* name) {
    const char* value = g_mime_object_get_header(GMIME_OBJECT(message), name);
    if (value == nullptr) return std::nullopt;
    return replace_invalid_utf8(value);
}

void collect_header(GMimeMessage* message, GMimeParserOptions* options, const char* name,
                    std::vector<Mailbox>& out) {
    const std::optional<std::string> value = header(message, name);
    if (!value) return;
    InternetAddressList* list = internet_address_list_parse(options, value->c_str());
    if (list == nullptr) return;
    collect(list, 0, out);
    g_object_unref(list);
}

bool is_address(std::string_view text) {
    const std::size_t at = text.rfind('@');
    return at != std::string_view::npos && at > 0 && at + 1 < text.size() &&
           text.find_first_of(" \t\n<>") == std::string_view::npos;
}

void add_each(const std::vector<Mailbox>& mailboxes, Role role, std::vector<std::string>& known,
              Statement& out) {
    for (const Mailbox& mailbox : mailboxes) {
        if (!is_address(mailbox.address)) continue;
        std::string key = lower_ascii(mailbox.address);
        if (std::ranges::find(known, key) != known.end()) continue;
        known.push_back(std::move(key));
        out.identifiers.push_back({.type = IdentifierType::Email,
                                   .value = mailbox.address,
                                   .role = role,
                                   .platform = std::string{kPlatform}});
    }
}

/// Routed on the public network: not private, shared, local, documentation or multicast (RFC 6890).
bool is_public(std::string_view text) {
    const std::string address{text};
    in_addr four{};
    if (inet_pton(AF_INET, address.c_str(), &four) == 1) {
        struct Block {
            std::uint32_t prefix;
            int bits;
        };
        constexpr std::array<Block, 13> kSpecial{{{0x00000000, 8},
                                                  {0x0A000000, 8},
                                                  {0x64400000, 10},
                                                  {0x7F000000, 8},
                                                  {0xA9FE0000, 16},
                                                  {0xAC100000, 12},
                                                  {0xC0000000, 24},
                                                  {0xC0000200, 24},
                                                  {0xC0A80000, 16},
                                                  {0xC6120000, 15},
                                                  {0xC6336400, 24},
                                                  {0xCB007100, 24},
                                                  {0xE0000000, 3}}};
        const std::uint32_t bits = ntohl(four.s_addr);
        return std::ranges::none_of(kSpecial, [&](const Block& block) {
            return bits >> (32 - block.bits) == block.prefix >> (32 - block.bits);
        });
    }
    in6_addr six{};
    if (inet_pton(AF_INET6, address.c_str(), &six) != 1) return false;
    const bool global = (six.s6_addr[0] & 0xE0U) == 0x20; // 2000::/3
    const bool documentation = six.s6_addr[0] == 0x20 && six.s6_addr[1] == 0x01 &&
                               six.s6_addr[2] == 0x0D && six.s6_addr[3] == 0xB8;
    return global && !documentation;
}

std::optional<UnixSeconds> parse_date(const std::string& text) {
    GDateTime* date = g_mime_utils_header_decode_date(text.c_str());
    if (date == nullptr) return std::nullopt;
    const UnixSeconds at = g_date_time_to_unix(date);
    g_date_time_unref(date);
    if (at < kEarliest || at > kLatest) return std::nullopt;
    return at;
}

/// A return path that a mailbox wrote when it forwarded the mail: the victim's, not the sender's.
/// Gmail writes "+caf_=", others the Sender Rewriting Scheme.
bool is_forwarder(std::string_view address) {
    return address.find("+caf_=") != std::string_view::npos || address.starts_with("SRS0") ||
           address.starts_with("SRS1");
}

} // namespace

void start_gmime() {
    static std::once_flag started;
    std::call_once(started, [] { g_mime_init(); });
}

void add_addresses(GMimeMessage* message, GMimeParserOptions* options, Sides sides,
                   Statement& out) {
    std::vector<Mailbox> from;
    collect(g_mime_message_get_from(message), 0, from);
    std::vector<Mailbox> senders = from;
    collect(g_mime_message_get_reply_to(message), 0, senders);
    std::vector<Mailbox> recipients;
    std::vector<Mailbox> bounces;
    collect_header(message, options, "Return-Path", bounces);
    for (Mailbox& bounce : bounces) {
        (is_forwarder(bounce.address) ? recipients : senders).push_back(std::move(bounce));
    }
    collect(g_mime_message_get_to(message), 0, recipients);
    collect(g_mime_message_get_cc(message), 0, recipients);
    for (const char* name : {"Delivered-To", "X-Original-To", "Envelope-To"}) {
        collect_header(message, options, name, recipients);
    }
    // Recipients first: who writes to himself by his From line is a victim whose address was used
    // to frighten him, not the suspect.
    std::vector<std::string> known;
    for (const engine::record::DeclaredIdentifier& one : out.identifiers) {
        known.push_back(lower_ascii(one.value));
    }
    add_each(recipients, sides.recipient, known, out);
    add_each(senders, sides.sender, known, out);
    if (sides.sender != Role::Suspect || from.empty()) return;
    const std::string& name = from.front().name;
    if (name.empty() || name.find('@') != std::string::npos) return;
    engine::record::Persona& persona = out.personas.emplace_back();
    persona.name = name;
    persona.platform = kPlatform;
}

void add_origin_address(GMimeMessage* message, Statement& out) {
    const std::optional<std::string> value = header(message, "X-Originating-IP");
    if (!value) return;
    std::string_view address = trimmed(*value);
    if (address.starts_with('[')) address = address.substr(1, address.find(']') - 1);
    if (!is_public(address)) return;
    out.identifiers.push_back({.type = IdentifierType::Ip,
                               .value = std::string{address},
                               .role = Role::Suspect,
                               .platform = std::string{kPlatform}});
}

std::optional<UnixSeconds> arrival(GMimeMessage* message) {
    if (const std::optional<std::string> relay = header(message, "Received")) {
        const std::size_t semicolon = relay->rfind(';');
        if (semicolon != std::string::npos) {
            const std::optional<UnixSeconds> at = parse_date(relay->substr(semicolon + 1));
            if (at) return at;
        }
    }
    const std::optional<std::string> date = header(message, "Date");
    return date ? parse_date(*date) : std::nullopt;
}

std::string subject_of(GMimeMessage* message) {
    const char* subject = g_mime_message_get_subject(message);
    if (subject == nullptr) return {};
    std::string text = replace_invalid_utf8(subject);
    std::ranges::replace_if(text, [](char c) { return c == '\r' || c == '\n' || c == '\t'; }, ' ');
    return std::string{trimmed(text)};
}

} // namespace interchange::mail
