#include "engine/memory/digest.hpp"

#include "engine/memory/mentions.hpp"

#include <xxhash.h>

#include <algorithm>
#include <limits>

namespace engine::memory {
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

} // namespace

void Digests::clear() {
    store.clear();
    records.clear();
    occurrences.clear();
    passages.clear();
    sketches.clear();
}

void Digester::digest(const record::Statement& statement, Digests& out) {
    mentions_.clear();
    extract::extract(statement, policy_, mentions_);
    give_back_own(mentions_);
    for (const record::Mention& mention : mentions_) {
        link::Occurrence place;
        place.field = mention.field;
        place.start = mention.start;
        place.length = capped(mention.end - mention.start);
        place.role = mention.role;
        place.confidence = mention.confidence;
        out.occurrences.push_back(
            {link::kind_of(mention.type), keep(out.store, mention.value), place});
    }
    take_passages(statement, out);
    DigestRecord record;
    record.id = keep(out.store, statement.id);
    record.scam_type = keep(out.store, statement.scam_type);
    record.received_at = statement.received_at;
    record.occurrences_end = static_cast<std::uint32_t>(out.occurrences.size());
    record.passages_end = static_cast<std::uint32_t>(out.passages.size());
    out.records.push_back(record);
}

void Digester::take_passages(const record::Statement& statement, Digests& out) {
    passages_.clear();
    text::find_passages(statement, passages_);
    for (const text::Passage& passage : passages_) {
        text::fold(record::text_of(statement, passage.field), passage, mentions_, folded_);
        if (folded_.size() < text::kFoldedBytesMin) continue;
        // A victim's words and a gang's text are told apart even when they are the same.
        const std::uint64_t hash =
            XXH3_64bits_withSeed(folded_.data(), folded_.size(), passage.own_words ? 1 : 0);
        if (sketch_wanted_(hash)) {
            out.sketches.push_back(
                {hash, text::sketch(folded_),
                 passage.own_words ? text::Author::Victim : text::Author::Suspect});
        }
        link::Occurrence place;
        place.field = passage.field;
        place.start = passage.start;
        place.length = capped(passage.end - passage.start);
        out.passages.push_back({hash, place});
    }
}

} // namespace engine::memory
