// Two passes: the plan of the whole world first (some forty bytes a record), then the records in
// the order of their times, each told, written and forgotten.
#include "synth/synth.hpp"

#include "interchange/writer.hpp"
#include "synth/plan/oracle.hpp"
#include "synth/plan/scam_type.hpp"
#include "synth/tell/telling.hpp"

#include <cerrno>
#include <cstdio>
#include <memory>
#include <string>
#include <system_error>

namespace synth {
namespace {

/// A file written by large pieces; what cannot be written is thrown, for only the edge can act.
class OutputFile {
public:
    explicit OutputFile(const std::filesystem::path& path)
        : path_{path}, file_{std::fopen(path.c_str(), "wb"), &std::fclose} {
        if (!file_) fail("cannot create ");
    }
    std::string& buffer() { return buffer_; }
    void flush_if_large() {
        constexpr std::size_t kPiece = 1U << 20;
        if (buffer_.size() >= kPiece) flush();
    }
    void close() {
        flush();
        if (std::fflush(file_.get()) != 0) fail("cannot write ");
    }

private:
    void flush() {
        if (std::fwrite(buffer_.data(), 1, buffer_.size(), file_.get()) != buffer_.size()) {
            fail("cannot write ");
        }
        buffer_.clear();
    }
    [[noreturn]] void fail(const char* what) const {
        throw std::system_error{errno, std::generic_category(), what + path_.string()};
    }

    std::filesystem::path path_;
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> file_;
    std::string buffer_;
};

void write_records(const World& world, const std::filesystem::path& folder,
                   const std::function<void(double)>& progress) {
    constexpr std::size_t kBetweenProgress = 4'096;
    OutputFile records{folder / "records.jsonl"};
    OutputFile truth{folder / "truth.csv"};
    OutputFile roles{folder / "roles.csv"};
    truth.buffer() += "id,group,kind\n";
    roles.buffer() += "id,type,value,role\n";
    const Teller teller{world};
    for (std::size_t i = 0; i < world.records.size(); ++i) {
        const Telling telling = teller.tell(i);
        interchange::append_jsonl(telling.statement, records.buffer());
        for (const Owned& one : telling.owned) { // no value has a comma
            roles.buffer() += record_id(i) + "," + std::string{name_of(one.type)} + "," +
                              one.canonical + "," + std::string{name_of(one.role)} + "\n";
        }
        const std::uint32_t gang = world.records[i].gang;
        truth.buffer() += record_id(i) + ",g" + std::to_string(gang) + "," +
                          std::string{kScamTypes[world.gangs[gang].type].name} + "\n";
        records.flush_if_large();
        truth.flush_if_large();
        roles.flush_if_large();
        if (i % kBetweenProgress == 0) {
            progress(static_cast<double>(i) / static_cast<double>(world.records.size()));
        }
    }
    records.close();
    truth.close();
    roles.close();
}

} // namespace

void write_world(const WorldPolicy& policy, const std::filesystem::path& folder,
                 const std::function<void(double)>& progress) {
    std::filesystem::create_directories(folder);
    const World world = draw_world(policy.records, policy.seed);
    write_records(world, folder, progress);
    OutputFile description{folder / "world.json"};
    append_description(world, policy, description.buffer());
    description.close();
    OutputFile oracle{folder / "oracle.csv"};
    append_oracle(world, oracle.buffer());
    oracle.close();
    progress(1);
}

} // namespace synth
