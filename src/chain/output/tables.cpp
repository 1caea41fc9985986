#include "chain/output/tables.hpp"

#include "interchange/writer.hpp"

#include <fmt/format.h>

#include <charconv>
#include <iterator>

namespace chain {
namespace {

using engine::link::Corpus;
using engine::link::Evidence;
using engine::link::Link;
using engine::link::Occurrence;
using engine::link::RecordIndex;

void append_number(std::uint64_t number, std::string& out) {
    char digits[20];
    const std::to_chars_result end = std::to_chars(std::begin(digits), std::end(digits), number);
    out.append(std::begin(digits), end.ptr);
}

/// Fixed point with `decimals` digits: what fmt does, a few times faster.
void append_fixed(double value, int decimals, std::string& out) {
    std::int64_t scale = 1;
    for (int i = 0; i < decimals; ++i) scale *= 10;
    const double scaled = value * static_cast<double>(scale);
    if (!(scaled > -9e15 && scaled < 9e15)) { // not finite, or past exact integers
        out += '0';
        return;
    }
    std::int64_t rounded = static_cast<std::int64_t>(scaled + (scaled < 0 ? -0.5 : 0.5));
    if (rounded < 0) {
        out += '-';
        rounded = -rounded;
    }
    append_number(static_cast<std::uint64_t>(rounded / scale), out);
    out += '.';
    std::int64_t rest = rounded % scale;
    for (std::int64_t place = scale / 10; place > 0; place /= 10) {
        out += static_cast<char>('0' + rest / place);
        rest %= place;
    }
}

void append_path(engine::record::Field field, std::string& out) {
    if (field.kind == engine::record::FieldKind::Narrative) {
        out += "narrative"; // nearly all of them: no temporary string
    } else {
        out += engine::record::path_of(field);
    }
}

void append_places(std::span<const Occurrence> occurrences, engine::link::KeyIndex key,
                   std::string& out) {
    out += '[';
    bool first = true;
    for (const Occurrence& place : occurrences) {
        if (place.key != key || place.role != engine::record::Role::Suspect) continue;
        out += first ? "{\"field\":\"" : ",{\"field\":\"";
        first = false;
        append_path(place.field, out);
        out += "\",\"start\":";
        append_number(place.start, out);
        out += ",\"end\":";
        append_number(std::uint64_t{place.start} + place.length, out);
        out += '}';
    }
    out += ']';
}

void append_evidence(const Corpus& corpus, const Link& link, const Evidence& evidence,
                     std::string& out) {
    out += "{\"type\":\"";
    out += engine::link::name_of(corpus.kind(evidence.key));
    out += "\",\"value\":";
    interchange::append_json_string(corpus.value(evidence.key), out);
    out += ",\"bits\":";
    append_fixed(evidence.bits, 2, out);
    out += ",\"in_a\":";
    append_places(corpus.occurrences(link.a), evidence.key, out);
    out += ",\"in_b\":";
    append_places(corpus.occurrences(link.b), evidence.key, out);
    out += '}';
}

void append_link(const Outcome& outcome, const Link& link, std::string& out) {
    out += "{\"a\":";
    interchange::append_json_string(outcome.corpus.id(link.a), out);
    out += ",\"b\":";
    interchange::append_json_string(outcome.corpus.id(link.b), out);
    out += ",\"probability\":";
    append_fixed(link.probability, 4, out);
    out += ",\"tier\":\"";
    out += engine::link::kTierNames[static_cast<std::size_t>(link.tier)];
    out += "\",\"evidence\":[";
    bool first = true;
    for (const Evidence& evidence : outcome.grouping.evidence_of(link)) {
        if (!first) out += ',';
        first = false;
        append_evidence(outcome.corpus, link, evidence, out);
    }
    out += "]}\n";
}

} // namespace

void append_csv_field(std::string_view text, std::string& out) {
    if (text.find_first_of("\",\r\n") == std::string_view::npos) {
        out += text;
        return;
    }
    out += '"';
    for (const char c : text) {
        if (c == '"') out += '"';
        out += c;
    }
    out += '"';
}

void write_groups(const Outcome& outcome, OutputFile& file) {
    file.append("id,group_id\n");
    std::string& out = file.buffer();
    for (std::size_t group = 0; group < outcome.grouping.groups.size(); ++group) {
        const std::string name = engine::link::group_name(
            outcome.corpus, outcome.grouping, static_cast<engine::link::GroupIndex>(group));
        for (const RecordIndex record : outcome.grouping.groups[group]) {
            append_csv_field(outcome.corpus.id(record), out);
            out += ',';
            out += name;
            out += '\n';
            file.flush_if_full();
        }
    }
}

void write_links(const Outcome& outcome, OutputFile& file) {
    for (const Link& link : outcome.grouping.links) {
        append_link(outcome, link, file.buffer());
        file.flush_if_full();
    }
    for (const Link& link : outcome.grouping.proposals) {
        append_link(outcome, link, file.buffer());
        file.flush_if_full();
    }
}

} // namespace chain
