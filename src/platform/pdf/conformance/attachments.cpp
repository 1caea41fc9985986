// C++17 like conform.cpp, for qpdf's headers.
#include "platform/pdf/conformance/attachments.hpp"

#include <qpdf/Buffer.hh>
#include <qpdf/QPDFEFStreamObjectHelper.hh>
#include <qpdf/QPDFEmbeddedFileDocumentHelper.hh>
#include <qpdf/QPDFFileSpecObjectHelper.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <stdexcept>

namespace platform::pdf {
namespace conformance {

void attach(QPDF& pdf, const std::vector<Attachment>& attachments) {
    if (attachments.empty()) return;
    QPDFEmbeddedFileDocumentHelper files{pdf};
    QPDFObjectHandle associated = QPDFObjectHandle::newArray();
    for (const Attachment& one : attachments) {
        auto stream = QPDFEFStreamObjectHelper::createEFStream(pdf, one.content);
        stream.setSubtype(one.media_type);
        auto file = QPDFFileSpecObjectHelper::createFileSpec(pdf, one.name, stream);
        file.setDescription(one.description);
        file.getObjectHandle().replaceKey("/AFRelationship", QPDFObjectHandle::newName("/Data"));
        files.replaceEmbeddedFile(one.name, file);
        associated.appendItem(file.getObjectHandle());
    }
    pdf.getRoot().replaceKey("/AF", associated);
}

} // namespace conformance

std::optional<std::string> attachment_of(std::string_view pdf, std::string_view name) {
    try {
        QPDF read;
        read.setSuppressWarnings(true);
        read.setAttemptRecovery(false);
        read.processMemoryFile("given", pdf.data(), pdf.size());
        QPDFEmbeddedFileDocumentHelper files{read};
        const auto file = files.getEmbeddedFile(std::string{name});
        if (!file) return std::nullopt;
        const auto content = file->getEmbeddedFileStream().getStreamData(qpdf_dl_all);
        return std::string{reinterpret_cast<const char*>(content->getBuffer()), content->getSize()};
    } catch (const std::exception&) { // qpdf tells a damaged file so
        return std::nullopt;
    }
}

} // namespace platform::pdf
