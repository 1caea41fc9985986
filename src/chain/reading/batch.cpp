#include "chain/reading/batch.hpp"

#include <utility>

namespace chain {
namespace {

/// "pdf" of "Facture.PDF"; "none" when there is no extension.
std::string extension_of(const engine::record::Attachment& attachment) {
    const std::string& name = attachment.name.empty() ? attachment.path : attachment.name;
    const std::size_t dot = name.find_last_of("./\\");
    constexpr std::size_t kExtensionMax = 8;
    if (dot == std::string::npos || name[dot] != '.' || name.size() - dot - 1 > kExtensionMax ||
        dot + 1 == name.size()) {
        return "none";
    }
    std::string extension = name.substr(dot + 1);
    for (char& c : extension) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
        const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (!plain) return "none";
    }
    return extension;
}

} // namespace

void Batch::clear() {
    rejects.clear();
    digests.clear();
    sources.clear();
    attachments.clear();
    bytes = 0;
}

Worker::Worker(const interchange::InputFiles& files, const interchange::ReadPolicy& read,
               const engine::extract::ExtractPolicy& extract)
    : parser_{files, read}, digester_{extract, [late = LateTexts{}](std::uint64_t hash) mutable {
                                          return late.add(hash);
                                      }} {}

void Worker::work(Batch& batch) {
    for (const interchange::Piece& piece : batch.pieces) {
        batch.bytes += piece.bytes.size();
        Result<const engine::record::Statement*, interchange::Reject> parsed = parser_.parse(piece);
        if (!parsed) {
            batch.rejects.push_back(std::move(parsed.error()));
            continue;
        }
        digester_.digest(**parsed, batch.digests);
        batch.sources.push_back(piece.source);
        for (const engine::record::Attachment& attachment : (*parsed)->attachments) {
            batch.attachments.push_back(extension_of(attachment));
        }
    }
}

} // namespace chain
