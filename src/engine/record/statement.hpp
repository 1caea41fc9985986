// A declaration as the engine reads it: one object of the interchange format.
#pragma once

#include "base/time.hpp"
#include "engine/record/identifier_type.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace engine::record {

enum class Kind : std::uint8_t { Complaint, Report, Call, Chat, Station };
constexpr std::array<std::string_view, 5> kKindNames{"complaint", "report", "call", "chat",
                                                     "station"};

enum class Speaker : std::uint8_t { Suspect, Victim, Other };
constexpr std::array<std::string_view, 3> kSpeakerNames{"suspect", "victim", "other"};

struct Message {
    Speaker from = Speaker::Other;
    std::optional<UnixSeconds> at;
    std::string text; // UTF-8
};

/// An identifier that somebody declared in a field made for it.
struct DeclaredIdentifier {
    IdentifierType type = IdentifierType::Name;
    std::string value; // as written
    Role role = Role::Suspect;
    std::string platform; // "whatsapp", "leboncoin"…; empty when not said
};

struct Persona {
    std::string pseudonym;
    std::string name;
    std::string platform;
    std::string handle;
    std::optional<int> age; // years
    std::string occupation;
    std::string city;
    std::string country;
};

struct Payment {
    std::optional<UnixSeconds> at;
    std::string amount;   // decimal, as written
    std::string currency; // ISO 4217
    std::string means;    // "transfer", "card", "voucher"…
    std::string to;       // an IBAN, a wallet, a name…
};

struct Attachment {
    std::string path; // relative to the file that names it
    std::string name;
};

struct Statement {
    std::string id;
    Kind kind = Kind::Complaint;
    std::optional<UnixSeconds> received_at;
    std::string lang;      // BCP 47
    std::string scam_type; // free word of the sender; "" when unknown
    std::string narrative; // UTF-8
    std::vector<Message> messages;
    std::vector<DeclaredIdentifier> identifiers;
    std::vector<Persona> personas;
    std::vector<Payment> payments;
    std::vector<Attachment> attachments;
};

} // namespace engine::record
