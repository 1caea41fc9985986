// Why a record is refused: the closed list of words that rejects.jsonl uses, each with what the
// sender can do about it (docs/interchange.md explains every one; a test compares).
#pragma once

#include "interchange/reader.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace interchange {

enum class RejectReason : std::uint8_t {
    UnreadableFile,
    EmptyFolder,
    UnknownFormat,
    DamagedArchive,
    ExpansionTooLarge,
    RecordTooLarge,
    EmptyRecord,
    BinaryContent,
    InvalidUtf8,
    InvalidJson,
    InvalidNumber,
    TooDeep,
    NotAnObject,
    DuplicateKey,
    MissingField,
    WrongType,
    UnknownValue,
    InvalidValue,
    InvalidDate,
    TooMany,
    DuplicateId,
    NotAMail,
    NoMapping,
    BadMapping,
    MissingColumn,
    WrongCellCount,
    UnclosedQuote,
};

constexpr std::size_t kRejectReasons = 27;

/// As written in rejects.jsonl, in the order of the enumerators.
constexpr std::array<std::string_view, kRejectReasons> kRejectReasonNames{
    "unreadable_file",  "empty_folder",  "unknown_format", "damaged_archive", "expansion_too_large",
    "record_too_large", "empty_record",  "binary_content", "invalid_utf8",    "invalid_json",
    "invalid_number",   "too_deep",      "not_an_object",  "duplicate_key",   "missing_field",
    "wrong_type",       "unknown_value", "invalid_value",  "invalid_date",    "too_many",
    "duplicate_id",     "not_a_mail",    "no_mapping",     "bad_mapping",     "missing_column",
    "wrong_cell_count", "unclosed_quote"};

[[nodiscard]] constexpr std::string_view name_of(RejectReason reason) {
    return kRejectReasonNames[static_cast<std::size_t>(reason)];
}

/// What to do about it: one sentence for people.
[[nodiscard]] std::string_view advice_of(RejectReason reason);

/// What is wrong with one record, before anybody knows which record it was.
struct Fault {
    RejectReason reason = RejectReason::InvalidValue;
    std::string field;  // "identifiers/2/type"; empty when the whole record is bad
    std::string what;   // a sentence; the advice of the reason is added to it
    std::string record; // its id when it could be read
};

[[nodiscard]] Reject reject_of(Fault fault, Source source);

} // namespace interchange
