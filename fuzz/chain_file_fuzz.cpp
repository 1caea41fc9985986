// chain.bin is read by mmap: whatever its bytes, open() refuses them or every accessor is safe. The
// checksum is set right before each try, or nothing past it would ever be reached.
#include "chain/explain/facts.hpp"
#include "chain/output/chain_file.hpp"
#include "chain/output/chain_sections.hpp"

#include <xxhash.h>

#include <cstring>
#include <vector>

namespace {

void mend_ends(std::vector<std::uint64_t>& words, std::size_t size) {
    char* const bytes = reinterpret_cast<char*>(words.data());
    const chain::ChainHeader header{.version = chain::kChainFileVersion,
                                    .sections = chain::kSections};
    std::memcpy(bytes, &header, sizeof(header));
    const std::size_t summed = size - sizeof(chain::ChainFooter);
    const chain::ChainFooter footer{.bytes = size, .checksum = XXH3_64bits(bytes, summed)};
    std::memcpy(bytes + summed, &footer, sizeof(footer));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < sizeof(chain::ChainHeader) + sizeof(chain::ChainFooter)) return 0;
    std::vector<std::uint64_t> words((size + 7) / 8); // aligned as a mapping is
    std::memcpy(words.data(), data, size);
    mend_ends(words, size);
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
