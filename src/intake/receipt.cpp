#include "intake/receipt.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace intake {
namespace {

using nlohmann::ordered_json;
using platform::crypto::Digest;
using platform::crypto::from_base64;
using platform::crypto::from_hex;
using platform::crypto::to_base64;
using platform::crypto::to_hex;

constexpr int kVersion = 1;
constexpr std::string_view kAttachment = "receipt.json"; // inside the PDF
constexpr std::size_t kReceiptBytesMax = 1 << 20;
constexpr std::size_t kProofMax = 64; // hashes: a log of 2^64 entries

template <std::size_t N>
bool fill(std::optional<std::string> bytes, std::array<std::uint8_t, N>& out) {
    if (!bytes || bytes->size() != N) return false;
    std::ranges::transform(*bytes, out.begin(),
                           [](char c) { return static_cast<std::uint8_t>(c); });
    return true;
}

std::string as_text(const platform::crypto::Signature& signature) {
    return {reinterpret_cast<const char*>(signature.data()), signature.size()};
}

/// Reads fields of one JSON object; remembers the first that is missing or wrong.
class Fields {
public:
    explicit Fields(const ordered_json& object) : object_{object} {}

    std::string text(const char* name) {
        const auto found = object_.find(name);
        if (found == object_.end() || !found->is_string()) return wrong(name), std::string{};
        return found->get<std::string>();
    }
    std::uint64_t number(const char* name) {
        const auto found = object_.find(name);
        if (found == object_.end() || !found->is_number_unsigned()) return wrong(name), 0;
        return found->get<std::uint64_t>();
    }
    void digest(const char* name, Digest& out) {
        if (!fill(from_hex(text(name)), out)) wrong(name);
    }
    std::vector<std::string> texts(const char* name, std::size_t at_most) {
        std::vector<std::string> out;
        const auto found = object_.find(name);
        if (found == object_.end() || !found->is_array() || found->size() > at_most) {
            return wrong(name), out;
        }
        for (const ordered_json& one : *found) {
            if (!one.is_string()) return wrong(name), out;
            out.push_back(one.get<std::string>());
        }
        return out;
    }
    void wrong(const char* name) {
        if (fault_.empty()) fault_ = std::string{"field \""} + name + "\" is missing or wrong";
    }
    [[nodiscard]] const std::string& fault() const { return fault_; }

private:
    const ordered_json& object_;
    std::string fault_;
};

ordered_json parse_object(std::string_view json) {
    ordered_json read = ordered_json::parse(json, nullptr, false);
    return read.is_object() ? read : ordered_json();
}

} // namespace

std::string canonical(const StatementFacts& facts) {
    return ordered_json{{"act", facts.act},
                        {"at", facts.at},
                        {"files", facts.files},
                        {"record", facts.record},
                        {"reference", facts.reference},
                        {"text", facts.text}}
        .dump();
}

Result<StatementFacts, std::string> read_facts(std::string_view statement) {
    const ordered_json read = parse_object(statement);
    if (read.is_null()) return refuse(std::string{"the statement is no JSON object"});
    constexpr std::size_t kFilesMax = 10'000;
    Fields fields{read};
    StatementFacts facts{.act = fields.text("act"),
                         .at = fields.text("at"),
                         .reference = fields.text("reference"),
                         .text = fields.text("text"),
                         .record = fields.text("record"),
                         .files = fields.texts("files", kFilesMax)};
    if (!fields.fault().empty()) return refuse("the statement's " + fields.fault());
    return facts;
}

std::string to_json(const Receipt& receipt) {
    ordered_json proof = ordered_json::array();
    for (const Digest& one : receipt.place.proof) proof.push_back(to_hex(one));
    const ordered_json out{{"maillon_receipt", kVersion},
                           {"statement", receipt.statement},
                           {"salt", to_hex(receipt.salt)},
                           {"leaf_index", receipt.place.index},
                           {"inclusion_proof", proof},
                           {"tree_head",
                            {{"size", receipt.head.size},
                             {"root", to_hex(receipt.head.root)},
                             {"time", to_rfc3339(receipt.head.at)},
                             {"signature", to_base64(as_text(receipt.head.signature))}}},
                           {"public_key", platform::crypto::to_text(receipt.key)}};
    return out.dump(2) + "\n";
}

Result<Receipt, std::string> receipt_from_file(std::string_view bytes) {
    if (!bytes.starts_with("%PDF-")) return receipt_from_json(bytes);
    const std::optional<std::string> json = platform::pdf::attachment_of(bytes, kAttachment);
    if (!json) return refuse(std::string{"this PDF holds no acknowledgement, or is damaged"});
    return receipt_from_json(*json);
}

Result<Receipt, std::string> receipt_from_json(std::string_view json) {
    if (json.size() > kReceiptBytesMax) return refuse(std::string{"larger than any receipt"});
    const ordered_json read = parse_object(json);
    if (read.is_null()) return refuse(std::string{"this is no JSON object"});
    Fields fields{read};
    if (fields.number("maillon_receipt") != kVersion) {
        return refuse(std::string{"not a receipt of version 1 (\"maillon_receipt\": 1)"});
    }
    Receipt out;
    out.statement = fields.text("statement");
    const std::optional<std::string> salt = from_hex(fields.text("salt"));
    if (salt) out.salt = *salt;
    if (out.salt.size() != sizeof(Digest)) fields.wrong("salt");
    out.place.index = fields.number("leaf_index");
    for (const std::string& one : fields.texts("inclusion_proof", kProofMax)) {
        if (!fill(from_hex(one), out.place.proof.emplace_back())) fields.wrong("inclusion_proof");
    }
    const auto head = read.find("tree_head");
    if (head == read.end() || !head->is_object()) {
        return refuse(std::string{"field \"tree_head\" is missing or wrong"});
    }
    Fields of_head{*head};
    out.head.size = of_head.number("size");
    of_head.digest("root", out.head.root);
    const std::optional<UnixSeconds> at = parse_rfc3339(of_head.text("time"));
    if (at) out.head.at = *at;
    if (!at) of_head.wrong("time");
    if (!fill(from_base64(of_head.text("signature")), out.head.signature)) {
        of_head.wrong("signature");
    }
    out.place.size = out.head.size;
    out.place.root = out.head.root;
    const auto key = platform::crypto::public_key_from_text(fields.text("public_key"));
    if (key) out.key = *key;
    if (!key) fields.wrong("public_key");
    if (!fields.fault().empty()) return refuse(fields.fault());
    if (!of_head.fault().empty()) return refuse("tree_head: " + of_head.fault());
    return out;
}

std::vector<std::string> faults_of(const Receipt& receipt, const platform::crypto::PublicKey& key) {
    std::vector<std::string> faults;
    if (receipt.key != key) {
        faults.emplace_back("it was signed with another key than the one given");
    }
    if (!platform::ledger::verify_head(receipt.head, key)) {
        faults.emplace_back("the signature of the tree head does not hold");
    }
    const platform::ledger::Commitment commitment =
        platform::ledger::commitment_of(receipt.statement, receipt.salt);
    const std::string_view entry{reinterpret_cast<const char*>(commitment.digest.data()),
                                 commitment.digest.size()};
    if (!platform::ledger::verify_inclusion(platform::ledger::leaf_hash(entry), receipt.place.index,
                                            receipt.head.size, receipt.place.proof,
                                            receipt.head.root)) {
        faults.emplace_back("the statement is not the one that entered the ledger at this place");
    }
    const Result<StatementFacts, std::string> facts = read_facts(receipt.statement);
    if (!facts) faults.push_back(facts.error());
    return faults;
}

platform::pdf::Document paper_of(const Receipt& receipt, const ReceiptPaper& paper,
                                 const Say& say) {
    namespace pdf = platform::pdf;
    const Result<StatementFacts, std::string> facts = read_facts(receipt.statement);
    pdf::Document out{.title = say("receipt.title") + " " + (facts ? facts->reference : ""),
                      .language = paper.language,
                      .issuer = paper.service,
                      .footer = paper.footer,
                      .blocks = {}};
    if (!facts) return out;
    out.blocks.emplace_back(pdf::Heading{1, say("receipt.title")});
    out.blocks.emplace_back(pdf::Paragraph{say("receipt.intro")});
    pdf::Facts known;
    known.facts.push_back({say("receipt.reference"), facts->reference, true});
    known.facts.push_back({say("receipt.received_at"), paper.received_at});
    out.blocks.emplace_back(std::move(known));
    out.blocks.emplace_back(pdf::Note{say("receipt.not_complaint")});
    out.blocks.emplace_back(pdf::Paragraph{say("receipt.code_apart")});
    out.blocks.emplace_back(pdf::QrCode{paper.follow_url, paper.qr_alternative});
    out.blocks.emplace_back(pdf::Paragraph{paper.follow});

    out.blocks.emplace_back(pdf::Heading{2, say("receipt.files_heading")});
    pdf::Facts digests;
    digests.facts.push_back({say("receipt.text_digest"), facts->text, true});
    digests.facts.push_back({say("receipt.record_digest"), facts->record, true});
    for (const std::string& file : facts->files) {
        digests.facts.push_back({say("receipt.file_digest"), file, true});
    }
    out.blocks.emplace_back(std::move(digests));

    out.blocks.emplace_back(pdf::Heading{2, say("receipt.ledger_heading")});
    out.blocks.emplace_back(pdf::Paragraph{say("receipt.proves")});
    pdf::Facts proof;
    proof.facts.push_back({say("receipt.log_id"), platform::ledger::log_id(receipt.key), true});
    proof.facts.push_back({say("receipt.ledger_place"), std::to_string(receipt.place.index), true});
    proof.facts.push_back({say("receipt.ledger_size"), std::to_string(receipt.head.size), true});
    proof.facts.push_back({say("receipt.ledger_root"), to_hex(receipt.head.root), true});
    proof.facts.push_back({say("receipt.signed_at"), to_rfc3339(receipt.head.at), true});
    proof.facts.push_back(
        {say("receipt.signature"), to_base64(as_text(receipt.head.signature)), true});
    proof.facts.push_back(
        {say("receipt.public_key"), platform::crypto::to_text(receipt.key), true});
    out.blocks.emplace_back(std::move(proof));
    out.blocks.emplace_back(pdf::Heading{2, say("receipt.check_heading")});
    out.blocks.emplace_back(pdf::Paragraph{say("receipt.check")});
    out.attachments.push_back({.name = std::string{kAttachment},
                               .media_type = "application/json",
                               .description = out.title,
                               .content = to_json(receipt)});
    return out;
}

} // namespace intake
