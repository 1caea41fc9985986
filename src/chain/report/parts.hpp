// The parts of the report that take some computing.
#pragma once

#include "chain/display/wording.hpp"
#include "chain/report/page.hpp"

#include <span>

namespace chain {

/// A key of a group with how many of its records hold it.
struct GroupKey {
    engine::link::KeyIndex key = 0;
    std::size_t records = 0;
};

/// The keys that tie the group, most widely held first.
[[nodiscard]] std::vector<GroupKey> tying_keys(const Outcome& outcome,
                                               std::span<const engine::link::RecordIndex> members);

[[nodiscard]] Timeline timeline_of(const Outcome& outcome,
                                   std::span<const engine::link::RecordIndex> members);

[[nodiscard]] Picture picture_of(const Outcome& outcome,
                                 std::span<const engine::link::RecordIndex> members,
                                 const std::vector<GroupKey>& keys);

/// Evidence in the text for several groups at once: their files are read again in one pass.
class ExcerptReader {
public:
    explicit ExcerptReader(const Outcome& outcome) : outcome_{outcome} {}

    /// Asks for excerpts of a few records of the group; they are added to the card by read().
    void want(std::span<const engine::link::RecordIndex> members, const std::vector<GroupKey>& keys,
              std::size_t card);
    /// Fills `cards[card].excerpts` of everything wanted.
    void read(std::vector<GroupCard>& cards) const;

private:
    struct Wanted {
        engine::link::RecordIndex record = 0;
        engine::link::KeyIndex about = 0;
        std::size_t card = 0;
    };
    const Outcome& outcome_;
    std::vector<Wanted> wanted_;
    std::vector<std::vector<engine::link::KeyIndex>> marked_; // by card
};

[[nodiscard]] Bilingual kind_in_words(engine::link::KeyKind kind);

} // namespace chain
