#include "chain/explain/words.hpp"

#include <fmt/args.h>
#include <fmt/format.h>

#include <algorithm>

namespace chain {
namespace {

constexpr std::size_t kQuotedRecordsMax = 24; // a longer chain is told without quotes past these
constexpr std::size_t kIdCharactersMax = 80;

ExplainFailure failure(ExplainRefusal refusal, std::string_view pattern,
                       const std::filesystem::path& folder) {
    const std::string shown = shown_text(folder.string(), 400);
    return {.refusal = refusal,
            .advice = fmt::format(fmt::runtime(pattern), fmt::arg("folder", shown))};
}

ExplainFailure unknown(ExplainRefusal refusal, const ChainView& chain, std::string_view id,
                       const Wording& words) {
    ExplainFailure out{.refusal = refusal,
                       .advice = fmt::format(fmt::runtime(words.unknown),
                                             fmt::arg("record", shown_text(id, kIdCharactersMax)))};
    const std::vector<std::string_view> near = near_ids(chain, id);
    if (near.empty()) return out;
    std::string list;
    for (std::size_t i = 0; i < near.size(); ++i) {
        if (i > 0) list += i + 1 == near.size() ? words.list_or : ", ";
        list += shown_text(near[i], kIdCharactersMax);
    }
    out.advice += ' ';
    out.advice += fmt::format(fmt::runtime(words.near), fmt::arg("records", list));
    return out;
}

std::vector<std::uint32_t> records_of(const std::vector<Step>& path) {
    std::vector<std::uint32_t> records;
    for (const Step& step : path) {
        if (records.empty()) records.push_back(step.a);
        records.push_back(step.b);
        if (records.size() >= kQuotedRecordsMax) break;
    }
    return records;
}

} // namespace

Statements read_statements(const ChainView& chain, const std::vector<std::uint32_t>& records) {
    // File by file: one that has gone must not shift the numbers of the others.
    std::map<std::uint32_t, std::vector<std::uint32_t>> by_file;
    for (const std::uint32_t record : records) {
        by_file[chain.source(record).file].push_back(record);
    }
    Statements statements;
    for (const auto& [file, wanted] : by_file) {
        const std::filesystem::path path{chain.path(file)};
        std::error_code unreadable;
        if (path == "-" || !std::filesystem::is_regular_file(path, unreadable)) continue;
        std::vector<interchange::Source> sources;
        for (const std::uint32_t record : wanted) {
            sources.push_back(chain.source(record));
            sources.back().file = 0;
        }
        interchange::read_again(interchange::InputFiles::from({path}), chain.read_policy(), sources,
                                [&](std::size_t i, const engine::record::Statement& statement) {
                                    // Another id at that place: the file is not the one that was
                                    // linked.
                                    if (i < wanted.size() && statement.id == chain.id(wanted[i])) {
                                        statements.insert_or_assign(wanted[i], statement);
                                    }
                                });
    }
    return statements;
}

Result<Explanation, ExplainFailure> explain(const std::filesystem::path& folder, std::string_view a,
                                            std::string_view b, std::string_view language) {
    const Language tongue = language == "fr" ? Language::French : Language::English;
    const Wording& words = wording(tongue);
    const Result<MappedChain, ChainFileRefusal> mapped = MappedChain::open(folder / "chain.bin");
    if (!mapped) {
        return mapped.error() == ChainFileRefusal::Missing
                   ? refuse(failure(ExplainRefusal::NoRun, words.no_run, folder))
                   : refuse(failure(ExplainRefusal::DamagedRun, words.damaged_run, folder));
    }
    const ChainView& chain = mapped->view();
    const std::optional<std::uint32_t> record_a = chain.find(a);
    if (!record_a) return refuse(unknown(ExplainRefusal::UnknownRecordA, chain, a, words));
    const std::optional<std::uint32_t> record_b = chain.find(b);
    if (!record_b) return refuse(unknown(ExplainRefusal::UnknownRecordB, chain, b, words));

    const Pair pair{*record_a, *record_b};
    if (chain.group_of(pair.a) == chain.group_of(pair.b)) {
        const Together facts = facts_together(chain, pair.a, pair.b);
        const Statements statements = read_statements(chain, records_of(facts.path));
        const std::string text = together_in_words(chain, pair, facts, statements, tongue);
        return Explanation{true, text, together_as_json(chain, pair, facts, text)};
    }
    const Apart facts = facts_apart(chain, pair.a, pair.b);
    const std::string text = apart_in_words(chain, pair, facts, tongue);
    return Explanation{false, text, apart_as_json(chain, pair, facts, text)};
}

} // namespace chain
