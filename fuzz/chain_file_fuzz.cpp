// chain.bin is read by mmap: whatever its bytes, open() refuses them or every accessor is safe. The
// checksum is set right before each try, or nothing past it would ever be reached.
#include "chain/explain/facts.hpp"
#include "chain/output/chain_file.hpp"
#include "chain/output/chain_sections.hpp"

#include <xxhash.h>

#include <cstring>
#include <vector>

namespace {

void mend_header(std::vector<std::uint64_t>& words, std::size_t size) {
    chain::ChainHeader header;
    header.version = chain::kChainFileVersion;
    header.sections = chain::kSections;
    header.bytes = size;
    const char* const bytes = reinterpret_cast<const char*>(words.data());
    header.checksum = XXH3_64bits(bytes + sizeof(header), size - sizeof(header));
    std::memcpy(words.data(), &header, sizeof(header));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < sizeof(chain::ChainHeader)) return 0;
    std::vector<std::uint64_t> words((size + 7) / 8); // aligned as a mapping is
    std::memcpy(words.data(), data, size);
    mend_header(words, size);
    const std::span bytes{reinterpret_cast<const std::byte*>(words.data()), size};
    const std::optional<chain::ChainView> view = chain::ChainView::open(bytes);
    if (!view) return 0;
    const auto records = static_cast<std::uint32_t>(view->records());
    for (std::uint32_t record = 0; record < records && record < 8; ++record) {
        static_cast<void>(view->path(view->source(record).file));
        static_cast<void>(chain::near_ids(*view, view->id(record)));
        const std::uint32_t other = records - 1 - record;
        static_cast<void>(chain::facts_apart(*view, record, other));
        if (view->group_of(record) == view->group_of(other)) {
            static_cast<void>(chain::facts_together(*view, record, other));
        }
    }
    return 0;
}
