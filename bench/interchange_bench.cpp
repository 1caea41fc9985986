// Promise: reading is never what a run waits for. Cutting plain JSONL at 2 GB/s or more, parsing a
// record of 1.5 KB in at most 3 microseconds; beside them, in the same run, simdjson alone over the
// same bytes (parsed, nothing read out), which is the floor.
//
// Measured on 2 shared cores of the development machine; docs/BENCHMARKS.md has the figures.
#include "interchange/reader.hpp"
#include "interchange/writer.hpp"

#include <benchmark/benchmark.h>

#include <cstdlib>
#include <fstream>
#include <simdjson.h>

namespace {

/// A declaration of about 1.5 KB, each a little different.
engine::record::Statement declaration(int number) {
    const std::string digits = std::to_string(100'000 + number);
    engine::record::Statement s;
    s.id = "bench-" + digits;
    s.received_at = 1'770'000'000 + number;
    s.lang = "fr";
    s.scam_type = "parcel";
    for (int i = 0; i < 8; ++i) {
        s.narrative += "J'ai reçu un message pour un colis, j'ai payé, puis « un conseiller » m'a ";
        s.narrative +=
            "appelé du 06 39 98 " + digits.substr(0, 2) + " " + digits.substr(2, 2) + ".\n";
    }
    for (int i = 0; i < 3; ++i) {
        s.messages.push_back({.from = engine::record::Speaker::Suspect,
                              .at = 1'770'000'000,
                              .text = "Votre colis " + digits + " est retenu : colis.example/f"});
    }
    s.identifiers.push_back({.type = engine::record::IdentifierType::Phone,
                             .value = "06 39 98 00 12",
                             .role = engine::record::Role::Suspect,
                             .platform = "sms"});
    s.identifiers.push_back({.type = engine::record::IdentifierType::Email,
                             .value = "moi@example.org",
                             .role = engine::record::Role::Victim,
                             .platform = {}});
    s.payments.push_back({.at = 1'770'000'000,
                          .amount = "300.00",
                          .currency = "EUR",
                          .means = "transfer",
                          .to = "x"});
    return s;
}

/// A file of declarations that goes away, and its lines.
class Lines {
public:
    Lines() {
        std::string pattern = std::filesystem::temp_directory_path() / "interchange-bench-XXXXXX";
        if (mkdtemp(pattern.data()) == nullptr) std::abort();
        folder_ = pattern;
        std::ofstream file{path(), std::ios::binary};
        for (int i = 0; i < 100'000; ++i) {
            std::string line;
            interchange::append_jsonl(declaration(i), line);
            file << line;
            bytes_ += line.size();
        }
    }
    ~Lines() { std::filesystem::remove_all(folder_); }
    Lines(const Lines&) = delete;
    Lines& operator=(const Lines&) = delete;

    [[nodiscard]] std::filesystem::path path() const { return folder_ / "x.jsonl"; }
    [[nodiscard]] std::uint64_t bytes() const { return bytes_; }

private:
    std::filesystem::path folder_;
    std::uint64_t bytes_ = 0;
};

const Lines& lines() {
    static const Lines kMade;
    return kMade;
}

constexpr std::size_t kBatch = 256;

void cut(benchmark::State& state) {
    const interchange::InputFiles files = interchange::InputFiles::from({lines().path()});
    std::vector<interchange::Piece> pieces;
    std::vector<interchange::Reject> rejects;
    for (auto _ : state) {
        interchange::PieceReader reader{files, {}};
        while (reader.next(pieces, kBatch, 1 << 20, rejects)) benchmark::DoNotOptimize(pieces);
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(lines().bytes()) * state.iterations());
}

std::vector<interchange::Piece> some_pieces() {
    const interchange::InputFiles files = interchange::InputFiles::from({lines().path()});
    std::vector<interchange::Piece> pieces;
    std::vector<interchange::Reject> rejects;
    interchange::PieceReader reader{files, {}};
    reader.next(pieces, 2000, 1 << 30, rejects);
    return pieces;
}

void count_pieces(benchmark::State& state, const std::vector<interchange::Piece>& pieces) {
    std::size_t bytes = 0;
    for (const interchange::Piece& piece : pieces) bytes += piece.bytes.size();
    state.SetBytesProcessed(static_cast<std::int64_t>(bytes) * state.iterations());
    state.SetItemsProcessed(static_cast<std::int64_t>(pieces.size()) * state.iterations());
}

void parse(benchmark::State& state) {
    const interchange::InputFiles files = interchange::InputFiles::from({lines().path()});
    const std::vector<interchange::Piece> pieces = some_pieces();
    interchange::PieceParser parser{files, {}};
    for (auto _ : state) {
        for (const interchange::Piece& piece : pieces) {
            benchmark::DoNotOptimize(parser.parse(piece));
        }
    }
    count_pieces(state, pieces);
}

void simdjson_alone(benchmark::State& state) {
    const std::vector<interchange::Piece> pieces = some_pieces();
    simdjson::dom::parser parser;
    for (auto _ : state) {
        for (const interchange::Piece& piece : pieces) {
            benchmark::DoNotOptimize(parser.parse(piece.bytes.data(), piece.bytes.size()).error());
        }
    }
    count_pieces(state, pieces);
}

void write(benchmark::State& state) {
    const engine::record::Statement statement = declaration(1);
    std::string out;
    std::size_t bytes = 0;
    for (auto _ : state) {
        out.clear();
        interchange::append_jsonl(statement, out);
        bytes += out.size();
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
    state.SetItemsProcessed(state.iterations());
}

} // namespace

BENCHMARK(cut)->Unit(benchmark::kMillisecond);
BENCHMARK(parse)->Unit(benchmark::kMillisecond);
BENCHMARK(simdjson_alone)->Unit(benchmark::kMillisecond);
BENCHMARK(write);
