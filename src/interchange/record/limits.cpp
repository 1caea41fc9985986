#include "interchange/record/limits.hpp"

#include "interchange/utf8.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace interchange {

namespace record {

void clear(engine::record::Statement& statement) {
    statement.id.clear();
    statement.kind = engine::record::Kind::Complaint;
    statement.received_at.reset();
    statement.lang.clear();
    statement.scam_type.clear();
    statement.narrative.clear();
    statement.messages.clear();
    statement.identifiers.clear();
    statement.personas.clear();
    statement.payments.clear();
    statement.attachments.clear();
}

std::optional<Fault> check_id(std::string_view id) {
    const auto is_control = [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
    };
    if (id.empty()) {
        return Fault{.reason = RejectReason::MissingField,
                     .field = "id",
                     .what = "The record has no id.",
                     .record = {}};
    }
    if (id.size() > kIdBytesMax || std::ranges::any_of(id, is_control)) {
        return Fault{.reason = RejectReason::InvalidValue,
                     .field = "id",
                     .what = fmt::format("An id has at most {} bytes and no control characters.",
                                         kIdBytesMax),
                     .record = {}};
    }
    return std::nullopt;
}

std::optional<Fault> check_counts(const engine::record::Statement& statement) {
    const auto fault = [&](std::string_view field, std::size_t count) -> std::optional<Fault> {
        if (count <= kListLengthMax) return std::nullopt;
        return Fault{.reason = RejectReason::TooMany,
                     .field = std::string{field},
                     .what =
                         fmt::format("{} entries; a list has at most {}.", count, kListLengthMax),
                     .record = statement.id};
    };
    std::optional<Fault> found = fault("messages", statement.messages.size());
    if (!found) found = fault("identifiers", statement.identifiers.size());
    if (!found) found = fault("personas", statement.personas.size());
    if (!found) found = fault("payments", statement.payments.size());
    if (!found) found = fault("attachments", statement.attachments.size());
    return found;
}

} // namespace record

std::string shown(std::string_view value) {
    std::string out = replace_invalid_utf8(value.substr(0, record::kShownBytesMax));
    for (char& c : out) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
    }
    if (value.size() > record::kShownBytesMax) out += "…";
    return out;
}

} // namespace interchange
