// A batch is digested by several threads, which look at the texts known so far, and then taken in
// by one. A text is forgotten with the last passage that has it, but not before the whole batch is
// in: what a thread found to be known must still be.
#include "engine/memory/memory.hpp"

#include "base/check.hpp"
#include "base/parallel.hpp"
#include "engine/link/link.hpp"
#include "engine/memory/assembly.hpp"

#include <algorithm>
#include <utility>

namespace engine::memory {
namespace {

constexpr std::size_t kStatementsPerBlock = 64;

} // namespace

Memory::Memory(const extract::ExtractPolicy& policy, unsigned threads)
    : policy_{policy}, threads_{thread_count(threads)} {
    for (unsigned i = 0; i < threads_; ++i) {
        digesters_.emplace_back(
            policy_, [this](std::uint64_t hash) { return !text_places_.contains(hash); });
    }
}

void Memory::put(std::span<const record::Statement> statements) {
    const std::size_t blocks = (statements.size() + kStatementsPerBlock - 1) / kStatementsPerBlock;
    if (digests_.size() < blocks) digests_.resize(blocks);
    for_blocks(threads_, blocks, 1, [&](std::size_t begin, std::size_t end, unsigned worker) {
        for (std::size_t block = begin; block < end; ++block) {
            digests_[block].clear();
            const std::size_t first = block * kStatementsPerBlock;
            const std::size_t last = std::min(first + kStatementsPerBlock, statements.size());
            for (std::size_t i = first; i < last; ++i) {
                digesters_[worker].digest(statements[i], digests_[block]);
            }
        }
    });
    std::vector<Kept> replaced;
    for (std::size_t block = 0; block < blocks; ++block) learn_texts(digests_[block]);
    for (std::size_t block = 0; block < blocks; ++block) take(digests_[block], replaced);
    for (const Kept& kept : replaced) release(kept);
}

void Memory::learn_texts(const Digests& digests) {
    for (const DigestSketch& each : digests.sketches) {
        const auto place = static_cast<std::uint32_t>(free_.empty() ? texts_.size() : free_.back());
        if (!text_places_.try_emplace(each.folded_hash, place).second) continue;
        const Text text{.folded_hash = each.folded_hash, .passages = 0, .author = each.author};
        if (place == texts_.size()) {
            texts_.push_back(text);
            sketches_.push_back(each.sketch);
        } else {
            free_.pop_back();
            texts_[place] = text;
            sketches_[place] = each.sketch;
        }
    }
}

Memory::Kept Memory::kept_of(const Digests& digests, std::size_t record) {
    const DigestRecord& digest = digests.records[record];
    const DigestRecord before = record == 0 ? DigestRecord{} : digests.records[record - 1];
    const std::span occurrences = std::span{digests.occurrences}.subspan(
        before.occurrences_end, digest.occurrences_end - before.occurrences_end);
    const std::span passages = std::span{digests.passages}.subspan(
        before.passages_end, digest.passages_end - before.passages_end);
    const auto links = [](const DigestOccurrence& each) {
        return each.place.role == record::Role::Suspect;
    };
    std::size_t bytes = digest.id.size + digest.scam_type.size;
    for (const DigestOccurrence& each : occurrences) bytes += links(each) ? each.value.size : 0;
    Kept kept;
    kept.received_at = digest.received_at;
    kept.store.reserve(bytes);
    const auto keep = [&](Stretch stretch) {
        const Stretch there{static_cast<std::uint32_t>(kept.store.size()), stretch.size};
        kept.store.append(digests.text(stretch));
        return there;
    };
    kept.id_at = keep(digest.id);
    kept.scam_type = keep(digest.scam_type);
    kept.occurrences.reserve(static_cast<std::size_t>(std::ranges::count_if(occurrences, links)));
    for (const DigestOccurrence& each : occurrences) {
        if (links(each)) kept.occurrences.push_back({each.kind, keep(each.value), each.place});
    }
    kept.passages.assign(passages.begin(), passages.end());
    return kept;
}

void Memory::take(const Digests& digests, std::vector<Kept>& replaced) {
    for (std::size_t i = 0; i < digests.records.size(); ++i) {
        Kept kept = kept_of(digests, i);
        for (const DigestPassage& passage : kept.passages) {
            const auto known = text_places_.find(passage.folded_hash);
            check(known != text_places_.end(), "a passage's text is known");
            ++texts_[known->second].passages;
        }
        if (const auto same = kept_.find(kept.id()); same != kept_.end()) {
            replaced.push_back(std::move(kept_.extract(same).value()));
        }
        kept_.insert(std::move(kept));
    }
}

void Memory::release(const Kept& kept) {
    for (const DigestPassage& passage : kept.passages) {
        const auto known = text_places_.find(passage.folded_hash);
        check(known != text_places_.end(), "a passage's text is known");
        if (--texts_[known->second].passages > 0) continue;
        free_.push_back(known->second);
        text_places_.erase(known);
    }
}

bool Memory::remove(std::string_view id) {
    const auto found = kept_.find(id);
    if (found == kept_.end()) return false;
    release(*found);
    kept_.erase(found);
    return true;
}

Snapshot Memory::link() const {
    Snapshot snapshot;
    Assembly assembly{snapshot.corpus};
    for (std::size_t i = 0; i < texts_.size(); ++i) {
        const Text& text = texts_[i];
        if (text.passages > 0) assembly.add_text(text.folded_hash, sketches_[i], text.author);
    }
    std::vector<link::Corpus::NewOccurrence> occurrences;
    for (const Kept& kept : kept_) {
        occurrences.clear();
        for (const DigestOccurrence& each : kept.occurrences) {
            occurrences.push_back({each.kind, kept.text(each.value), each.place});
        }
        const std::optional<Assembly::Record> record =
            assembly.append({.id = kept.id(),
                             .received_at = kept.received_at,
                             .scam_type = kept.text(kept.scam_type),
                             .tag = 0},
                            occurrences);
        check(record.has_value(), "ids differ");
        for (const DigestPassage& passage : kept.passages) assembly.add_passage(*record, passage);
    }
    assembly.finish(threads_);
    const link::Priors priors = policy_.use_priors ? priors_of(snapshot.corpus) : link::Priors{};
    snapshot.grouping = link::link(snapshot.corpus, priors, {.threads = threads_});
    for (link::GroupIndex group = 0; group < snapshot.grouping.groups.size(); ++group) {
        snapshot.group_names.push_back(link::group_name(snapshot.corpus, snapshot.grouping, group));
    }
    return snapshot;
}

} // namespace engine::memory
