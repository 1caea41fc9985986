#include "engine/memory/assembly.hpp"

#include "base/parallel.hpp"
#include "base/prefetch.hpp"
#include "engine/priors/priors.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace engine::memory {
namespace {

constexpr std::size_t kPassagesPerBlock = 8192;
constexpr std::size_t kPassagesAhead = 16; // of which the scripts are asked for early

/// Where a script was met.
struct Seen {
    std::optional<Assembly::Record> first;
    std::optional<link::Corpus::AppendedKey> key; // once asked for
    bool reused = false;                          // in two records or more

    void meet(Assembly::Record record) {
        if (!first) first = record;
        if (*first != record) reused = true;
    }
};

} // namespace

void Assembly::add_scripts(unsigned threads) {
    using text::Scripts;
    scripts_.find(threads);
    LargeTable<Scripts::Script> script_of(pending_.size());
    for_blocks(threads, pending_.size(), kPassagesPerBlock,
               [&](std::size_t begin, std::size_t end, unsigned) {
                   for (std::size_t i = begin; i < end; ++i) {
                       script_of[i] = scripts_.script_of(pending_[i].folded_hash);
                   }
               });
    LargeTable<Seen> seen(scripts_.texts());
    const auto seen_by = [&](std::size_t i) -> Seen& {
        prefetch(&seen[script_of[std::min(i + kPassagesAhead, script_of.size() - 1)]]);
        return seen[script_of[i]];
    };
    for (std::size_t i = 0; i < pending_.size(); ++i) seen_by(i).meet(pending_[i].record);
    for (std::size_t i = 0; i < pending_.size(); ++i) {
        Seen& script = seen_by(i);
        if (!script.reused) continue;
        if (!script.key) {
            script.key = corpus_.key_of(link::KeyKind::Script,
                                        fmt::format("{:016x}", scripts_.name_of(script_of[i])));
        }
        corpus_.add(pending_[i].record, *script.key, pending_[i].place);
    }
    pending_ = {};
}

void Assembly::finish(unsigned threads) {
    add_scripts(threads);
    corpus_.seal(threads);
}

link::Priors priors_of(const link::Corpus& corpus) {
    link::Priors priors;
    priors.listed.resize(corpus.keys());
    for (link::KeyIndex key = 0; key < corpus.keys(); ++key) {
        const link::KeyKind kind = corpus.kind(key);
        if (kind == link::KeyKind::Script) continue;
        priors.listed[key] = priors::known(static_cast<record::IdentifierType>(kind),
                                           corpus.value(key)) != priors::Known::No;
    }
    return priors;
}

} // namespace engine::memory
