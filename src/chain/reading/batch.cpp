#include "chain/reading/batch.hpp"

#include <xxhash.h>

#include <algorithm>
#include <limits>

namespace chain {
namespace {

Stretch keep(std::string& store, std::string_view text) {
    const Stretch stretch{static_cast<std::uint32_t>(store.size()),
                          static_cast<std::uint32_t>(text.size())};
    store.append(text);
    return stretch;
}

std::uint16_t capped(std::uint32_t length) {
    return static_cast<std::uint16_t>(
        std::min<std::uint32_t>(length, std::numeric_limits<std::uint16_t>::max()));
}

/// "pdf" of "Facture.PDF"; "none" when there is no extension.
std::string extension_of(const engine::record::Attachment& attachment) {
    const std::string& name = attachment.name.empty() ? attachment.path : attachment.name;
    const std::size_t dot = name.find_last_of("./\\");
    constexpr std::size_t kExtensionMax = 8;
    if (dot == std::string::npos || name[dot] != '.' || name.size() - dot - 1 > kExtensionMax ||
        dot + 1 == name.size()) {
        return "none";
    }
    std::string extension = name.substr(dot + 1);
    for (char& c : extension) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
        const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (!plain) return "none";
    }
    return extension;
}

} // namespace

void Batch::clear() {
    rejects.clear();
    store.clear();
    records.clear();
    occurrences.clear();
    passages.clear();
    sketches.clear();
    attachments.clear();
    bytes = 0;
}

Worker::Worker(const interchange::InputFiles& files, const interchange::ReadPolicy& read,
               const engine::extract::ExtractPolicy& extract)
    : parser_{files, read}, extract_{extract} {}

void Worker::work(Batch& batch) {
    for (const interchange::Piece& piece : batch.pieces) {
        batch.bytes += piece.bytes.size();
        Result<const engine::record::Statement*, interchange::Reject> parsed = parser_.parse(piece);
        if (parsed) {
            take(**parsed, piece.source, batch);
        } else {
            batch.rejects.push_back(std::move(parsed.error()));
        }
    }
}

void Worker::take(const engine::record::Statement& statement, interchange::Source source,
                  Batch& batch) {
    mentions_.clear();
    engine::extract::extract(statement, extract_, mentions_);
    for (const engine::record::Mention& mention : mentions_) {
        engine::link::Occurrence place;
        place.field = mention.field;
        place.start = mention.start;
        place.length = capped(mention.end - mention.start);
        place.role = mention.role;
        place.confidence = mention.confidence;
        batch.occurrences.push_back(
            {engine::link::kind_of(mention.type), keep(batch.store, mention.value), place});
    }
    take_passages(statement, batch);
    for (const engine::record::Attachment& attachment : statement.attachments) {
        batch.attachments.push_back(extension_of(attachment));
    }
    ReadRecord record;
    record.id = keep(batch.store, statement.id);
    record.scam_type = keep(batch.store, statement.scam_type);
    record.received_at = statement.received_at;
    record.source = source;
    record.occurrences_end = static_cast<std::uint32_t>(batch.occurrences.size());
    record.passages_end = static_cast<std::uint32_t>(batch.passages.size());
    batch.records.push_back(record);
}

void Worker::take_passages(const engine::record::Statement& statement, Batch& batch) {
    passages_.clear();
    engine::text::find_passages(statement, passages_);
    for (const engine::text::Passage& passage : passages_) {
        engine::text::fold(engine::record::text_of(statement, passage.field), passage, mentions_,
                           folded_);
        if (folded_.size() < engine::text::kFoldedBytesMin) continue;
        // A victim's words and a gang's text are told apart even when they are the same.
        const std::uint64_t hash =
            XXH3_64bits_withSeed(folded_.data(), folded_.size(), passage.own_words ? 1 : 0);
        if (sketched_.add(hash)) {
            batch.sketches.push_back(
                {hash, engine::text::sketch(folded_),
                 passage.own_words ? engine::text::Author::Victim : engine::text::Author::Suspect});
        }
        engine::link::Occurrence place;
        place.field = passage.field;
        place.start = passage.start;
        place.length = capped(passage.end - passage.start);
        batch.passages.push_back({hash, place});
    }
}

} // namespace chain
