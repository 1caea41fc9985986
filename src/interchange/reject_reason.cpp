#include "interchange/reject_reason.hpp"

namespace interchange {

std::string_view advice_of(RejectReason reason) {
    switch (reason) {
    case RejectReason::UnreadableFile: return "Check that it exists and that you may read it.";
    case RejectReason::EmptyFolder: return "Give the folder that has the files.";
    case RejectReason::UnknownFormat:
        return "Give .jsonl, .eml, .mbox, .csv, .txt or .html files; unpack other archives first.";
    case RejectReason::DamagedArchive:
        return "Fetch or make the archive again; the records before this place were read.";
    case RejectReason::ExpansionTooLarge:
        return "If the archive can be trusted, unpack it first and give what was in it.";
    case RejectReason::RecordTooLarge: return "Split the record, or move its files to attachments.";
    case RejectReason::EmptyRecord: return "Leave it out, or find where its content was lost.";
    case RejectReason::BinaryContent: return "Name the file as what it is, or save it as text.";
    case RejectReason::InvalidUtf8:
        return "Write the file again in UTF-8 (for CSV, say its encoding in the mapping).";
    case RejectReason::InvalidJson: return "Write one complete JSON object on one line.";
    case RejectReason::InvalidNumber:
        return "Write numbers as JSON does, and those beyond 64 bits as strings.";
    case RejectReason::TooDeep:
        return "Leave out what is nested so deeply: the format needs three.";
    case RejectReason::NotAnObject: return "Put an object in braces there.";
    case RejectReason::DuplicateKey: return "Keep one of the two values.";
    case RejectReason::MissingField: return "Give the field a value.";
    case RejectReason::WrongType: return "Write the value in the type of the format.";
    case RejectReason::UnknownValue: return "Use one of the words of the format.";
    case RejectReason::InvalidValue: return "Correct the value.";
    case RejectReason::InvalidDate: return "Write it as 2026-03-01T09:30:00+01:00 or 2026-03-01.";
    case RejectReason::TooMany: return "Split the record.";
    case RejectReason::DuplicateId: return "Give each record an id of its own.";
    case RejectReason::NotAMail: return "Save the message with its headers.";
    case RejectReason::NoMapping: return "Complete this mapping and give it with --csv-mapping.";
    case RejectReason::BadMapping: return "Correct the mapping file.";
    case RejectReason::MissingColumn: return "Correct the name in the mapping or in the first row.";
    case RejectReason::WrongCellCount:
        return "Quote cells that have separators; each row has as many cells as the first.";
    case RejectReason::UnclosedQuote: return "Close the quote, or double it inside a quoted cell.";
    }
    return {};
}

Reject reject_of(Fault fault, Source source) {
    std::string detail = std::move(fault.what);
    if (!detail.empty()) detail += ' ';
    detail += advice_of(fault.reason);
    return {source, std::move(fault.record), std::move(fault.field),
            std::string{name_of(fault.reason)}, std::move(detail)};
}

} // namespace interchange
