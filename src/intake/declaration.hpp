// A declaration as the doors and the follow-up space know it.
#pragma once

#include "base/id.hpp"
#include "base/time.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace intake {

using DeclarationId = Id<struct DeclarationTag>;

/// What a report is about: a scam (THESEE's signalement) or illicit public content (PHAROS).
enum class Nature : std::uint8_t { Scam, Illicit };
constexpr std::array<std::string_view, 2> kNatureNames{"scam", "illicit"};

/// A report helps; a complaint asks for justice, and is made by a person who is known (ADR 0036).
enum class DeclarationKind : std::uint8_t { Report, Complaint };
constexpr std::array<std::string_view, 2> kDeclarationKindNames{"report", "complaint"};

enum class Door : std::uint8_t { Page, Api, Import };
constexpr std::array<std::string_view, 3> kDoorNames{"page", "api", "import"};

enum class Status : std::uint8_t {
    Received,
    Read,
    ComplementAsked,
    Transferred,
    Closed,
    Withdrawn,
    Erased,
};
constexpr std::array<std::string_view, 7> kStatusNames{
    "received", "read", "complement_asked", "transferred", "closed", "withdrawn", "erased"};

/// What can be done to a declaration; each leaves an entry in the ledger.
enum class ActKind : std::uint8_t {
    Received,
    Completed,
    Read,
    Grouped,
    Transferred,
    Withdrawn,
    Closed,
    Erased,
};
constexpr std::array<std::string_view, 8> kActKindNames{
    "received", "completed", "read", "grouped", "transferred", "withdrawn", "closed", "erased"};

template <class Enum> [[nodiscard]] constexpr std::size_t index_of(Enum value) {
    return static_cast<std::size_t>(value);
}
[[nodiscard]] constexpr std::string_view name_of(Nature value) {
    return kNatureNames[index_of(value)];
}
[[nodiscard]] constexpr std::string_view name_of(DeclarationKind value) {
    return kDeclarationKindNames[index_of(value)];
}
[[nodiscard]] constexpr std::string_view name_of(Door value) {
    return kDoorNames[index_of(value)];
}
[[nodiscard]] constexpr std::string_view name_of(Status value) {
    return kStatusNames[index_of(value)];
}
[[nodiscard]] constexpr std::string_view name_of(ActKind value) {
    return kActKindNames[index_of(value)];
}
/// Takes what its declarant adds. A complaint does for as long as it is kept, six years; a report
/// until it is closed.
[[nodiscard]] constexpr bool is_open(DeclarationKind kind, Status status) {
    if (status == Status::Closed) return kind == DeclarationKind::Complaint;
    return status != Status::Withdrawn && status != Status::Erased;
}
[[nodiscard]] std::optional<Status> status_named(std::string_view name);

/// A reference as it is shown: "S-7K3M-92QD" (S: a report, the French signalement; P: a complaint,
/// the French plainte). Forty bits of chance: it names a declaration and is no secret.
[[nodiscard]] std::string new_reference(DeclarationKind kind = DeclarationKind::Report);
/// As a person typed it; nothing when it cannot be one.
[[nodiscard]] std::optional<std::string> read_reference(std::string_view typed);

/// "4F7K 9QXM …": the tracking code in groups of four, for people.
[[nodiscard]] std::string code_in_groups(std::string_view code);

/// How to reach whoever declared, and who they say they are.
struct Contact {
    std::string email{};        // empty: anonymous
    std::string organisation{}; // of a professional
    std::string person{};
    std::string agreement{}; // number of its agreement with the service
    std::string minor{};     // "yes", "no", "unknown", or not said
    std::string sender_id{}; // the sender's own id of the record (API)
    std::string telephone{};
    std::string address{};    // by post
    std::string given_name{}; // these as the identity provider vouched for them: of complaints
    std::string family_name{};
    std::string birthdate{};
    std::string birthplace{};
    std::string birthcountry{};
    std::string gender{};
    bool operator==(const Contact&) const = default;
    [[nodiscard]] bool empty() const { return *this == Contact{}; }
};

} // namespace intake
