// The server's memory and `maillon link` find the same groups.
#include "chain/invented/world.hpp"
#include "chain/run.hpp"
#include "engine/memory/memory.hpp"
#include "interchange/writer.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <fstream>
#include <map>
#include <string>
#include <vector>

namespace chain {
namespace {

using engine::record::Statement;

std::vector<Statement> statements() {
    std::vector<Statement> out;
    for (const invented::Record& record : invented::large_world(40, 60)) {
        Statement statement;
        statement.id = record.id;
        statement.received_at = parse_rfc3339(record.received_at);
        statement.scam_type = record.scam_type;
        statement.narrative = record.narrative;
        statement.identifiers.push_back({.type = engine::record::IdentifierType::Phone,
                                         .value = "06 39 98 99 99",
                                         .role = engine::record::Role::Victim,
                                         .platform = ""});
        statement.identifiers.push_back(
            {.type = engine::record::IdentifierType::Handle,
             .value = fmt::format("equipe_{}_{}", record.gang + 1, out.size() / 7),
             .role = engine::record::Role::Suspect,
             .platform = "telegram"});
        statement.messages.push_back(
            {.from = engine::record::Speaker::Suspect,
             .at = {},
             .text = fmt::format("Bonjour, la gang numéro {0}{0}{0} vous informe que votre colis "
                                 "{1} attend le paiement de {2} euros de douane",
                                 static_cast<char>('a' + record.gang + 1), record.scam_type,
                                 out.size())});
        out.push_back(std::move(statement));
    }
    return out;
}

/// Record to group, and every link with its evidence.
std::vector<std::string> told(const engine::link::Corpus& corpus,
                              const engine::link::Grouping& grouping) {
    std::vector<std::string> out;
    for (engine::link::RecordIndex record = 0; record < corpus.size(); ++record) {
        out.push_back(
            fmt::format("{} in {}", corpus.id(record),
                        engine::link::group_name(corpus, grouping, grouping.group_of[record])));
    }
    for (const engine::link::Link& link : grouping.links) {
        std::string line =
            fmt::format("{} - {}: {}", corpus.id(link.a), corpus.id(link.b), link.probability);
        for (const engine::link::Evidence& each : grouping.evidence_of(link)) {
            line += fmt::format(" {} {}", corpus.value(each.key), each.bits);
        }
        out.push_back(std::move(line));
    }
    return out;
}

TEST(Memory, FindsTheGroupsThatARunFinds) {
    const std::filesystem::path folder =
        std::filesystem::path{::testing::TempDir()} / "memory_and_run";
    std::filesystem::create_directories(folder);
    const std::vector<Statement> all = statements();
    std::string lines;
    for (const Statement& each : all) interchange::append_jsonl(each, lines);
    std::ofstream{folder / "records.jsonl", std::ios::binary} << lines;
    Outcome outcome;
    const std::atomic<bool> stop{false};
    RunPolicy policy;
    policy.threads = 2;
    ASSERT_EQ(run(
                  {folder / "records.jsonl"}, policy, [](std::string_view) {}, {}, stop, outcome),
              RunEnd::Finished);

    engine::memory::Memory memory{{}, 2};
    for (std::size_t i = all.size(); i-- > 0;) memory.put(all[i]);
    const engine::memory::Snapshot snapshot = memory.link();
    EXPECT_GT(outcome.grouping.links.size(), 100U);
    EXPECT_EQ(told(snapshot.corpus, snapshot.grouping), told(outcome.corpus, outcome.grouping));
    EXPECT_LT(snapshot.corpus.keys(), outcome.corpus.keys()) << "the victim's telephone";
}

} // namespace
} // namespace chain
