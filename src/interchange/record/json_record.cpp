// The whole line is parsed and checked (simdjson's DOM) before any field is read: the on-demand
// parser would leave what nobody asks for unchecked, and a line broken after its last used key
// would pass. Keys are looked up in the order of the document, so the first guess is nearly always
// right.
#include "interchange/record/json_record.hpp"

#include "base/check.hpp"
#include "interchange/record/json_fault.hpp"
#include "interchange/record/limits.hpp"

#include <array>
#include <charconv>
#include <fmt/format.h>

namespace interchange::record {

namespace {

namespace dom = simdjson::dom;
using engine::record::Statement;

constexpr std::size_t kFirstCapacity = 1 << 16;

constexpr std::array<std::string_view, 11> kRecordKeys{
    "id",       "kind",        "received_at", "lang",     "scam_type",  "narrative",
    "messages", "identifiers", "personas",    "payments", "attachments"};
constexpr std::array<std::string_view, 3> kMessageKeys{"from", "at", "text"};
constexpr std::array<std::string_view, 4> kIdentifierKeys{"type", "value", "role", "platform"};
constexpr std::array<std::string_view, 8> kPersonaKeys{
    "pseudonym", "name", "platform", "handle", "age", "occupation", "city", "country"};
constexpr std::array<std::string_view, 5> kPaymentKeys{"at", "amount", "currency", "means", "to"};
constexpr std::array<std::string_view, 2> kAttachmentKeys{"path", "name"};

/// A place in the record, put into words only when something is wrong there.
struct Place {
    std::string_view list = {};
    std::size_t index = 0;
    std::string_view key = {};

    [[nodiscard]] std::string path() const {
        if (list.empty()) return std::string{key};
        return key.empty() ? fmt::format("{}/{}", list, index)
                           : fmt::format("{}/{}/{}", list, index, key);
    }
};

std::optional<Fault> fault_at(RejectReason reason, const Place& place, std::string what) {
    return Fault{.reason = reason, .field = place.path(), .what = std::move(what), .record = {}};
}

std::string_view type_name(dom::element_type type) {
    switch (type) {
    case dom::element_type::ARRAY: return "a list";
    case dom::element_type::OBJECT: return "an object";
    case dom::element_type::INT64:
    case dom::element_type::UINT64:
    case dom::element_type::DOUBLE: return "a number";
    case dom::element_type::STRING: return "a string";
    case dom::element_type::BOOL: return "true or false";
    case dom::element_type::NULL_VALUE: return "null";
    }
    return "something else";
}

std::optional<Fault> wrong_type(const Place& place, std::string_view wanted, dom::element found) {
    return fault_at(RejectReason::WrongType, place,
                    fmt::format("{} is wanted, {} was found.", wanted, type_name(found.type())));
}

/// A string; null and absence are the same.
std::optional<Fault> read_text(dom::element element, const Place& place, std::string& out) {
    std::string_view text;
    if (element.get(text) == simdjson::SUCCESS) {
        out.assign(text);
        return std::nullopt;
    }
    if (element.is_null()) return std::nullopt;
    return wrong_type(place, "A string", element);
}

/// A string, or a number written out.
std::optional<Fault> read_amount(dom::element element, const Place& place, std::string& out) {
    std::int64_t whole = 0;
    double number = 0;
    if (element.is_int64() && element.get(whole) == simdjson::SUCCESS) {
        out = std::to_string(whole);
        return std::nullopt;
    }
    if (element.is_double() && element.get(number) == simdjson::SUCCESS) {
        std::array<char, 32> digits{};
        out.assign(digits.data(),
                   std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr);
        return std::nullopt;
    }
    return read_text(element, place, out);
}

std::optional<Fault> read_id(dom::element element, const Place& place, std::string& out) {
    std::uint64_t number = 0;
    if (element.is_uint64() && element.get(number) == simdjson::SUCCESS) {
        out = std::to_string(number);
        return std::nullopt;
    }
    if (element.is_double()) return wrong_type(place, "A string", element);
    return read_amount(element, place, out);
}

std::optional<Fault> read_instant(dom::element element, const Place& place,
                                  std::optional<UnixSeconds>& out) {
    std::string_view text;
    if (element.get(text) != simdjson::SUCCESS) {
        if (element.is_null()) return std::nullopt;
        return wrong_type(place, "A string", element);
    }
    if (text.empty()) return std::nullopt;
    out = parse_rfc3339(text);
    if (out) return std::nullopt;
    return fault_at(RejectReason::InvalidDate, place,
                    fmt::format("'{}' is not an RFC 3339 date.", shown(text)));
}

template <class Names, class Enum>
std::optional<Fault> read_word(dom::element element, const Place& place, const Names& names,
                               Enum& out) {
    std::string_view text;
    if (element.get(text) != simdjson::SUCCESS) {
        if (element.is_null()) return std::nullopt;
        return wrong_type(place, "A string", element);
    }
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (names[i] != text) continue;
        out = static_cast<Enum>(i);
        return std::nullopt;
    }
    return fault_at(RejectReason::UnknownValue, place,
                    fmt::format("'{}' is not one of: {}.", shown(text), fmt::join(names, ", ")));
}

std::optional<Fault> read_age(dom::element element, const Place& place, std::optional<int>& out) {
    std::int64_t years = 0;
    if (element.is_null()) return std::nullopt;
    if (!element.is_int64()) return wrong_type(place, "A whole number", element);
    if (element.get(years) != simdjson::SUCCESS || years < 0 || years > kAgeMax) {
        return fault_at(RejectReason::InvalidValue, place,
                        fmt::format("An age is between 0 and {} years.", kAgeMax));
    }
    out = static_cast<int>(years);
    return std::nullopt;
}

/// Calls `visit(place among keys, element, Place)` for each known key; unknown ones are passed
/// over. A known key that comes twice is a fault. `seen` has a bit for each key that came.
template <class Keys, class Visit>
std::optional<Fault> read_object(dom::object object, const Keys& keys, Place place,
                                 std::uint32_t& seen, const Visit& visit) {
    std::size_t guess = 0;
    for (const dom::key_value_pair field : object) {
        std::size_t found = guess;
        for (std::size_t tried = 0; keys[found] != field.key; ++tried) {
            if (tried == keys.size()) {
                found = keys.size();
                break;
            }
            found = found + 1 == keys.size() ? 0 : found + 1;
        }
        if (found == keys.size()) continue;
        guess = found + 1 == keys.size() ? 0 : found + 1;
        place.key = keys[found];
        if ((seen >> found & 1U) != 0) {
            return fault_at(RejectReason::DuplicateKey, place, "The key comes twice.");
        }
        seen |= 1U << found;
        if (std::optional<Fault> fault = visit(found, field.value, place)) return fault;
    }
    return std::nullopt;
}

/// Reads a list of objects into `out`, whose elements `read(object, place, element)` fills.
template <class Element, class Read>
std::optional<Fault> read_list(dom::element element, const Place& list, std::vector<Element>& out,
                               const Read& read) {
    dom::array array;
    if (element.get(array) != simdjson::SUCCESS) {
        if (element.is_null()) return std::nullopt;
        return wrong_type(list, "A list", element);
    }
    for (const dom::element one : array) {
        const Place place{.list = list.key, .index = out.size()};
        if (out.size() == kListLengthMax) {
            return fault_at(RejectReason::TooMany, list,
                            fmt::format("The list has more than {} entries.", kListLengthMax));
        }
        dom::object object;
        if (one.get(object) != simdjson::SUCCESS) {
            return fault_at(
                RejectReason::NotAnObject, place,
                fmt::format("An object is wanted, {} was found.", type_name(one.type())));
        }
        if (std::optional<Fault> fault = read(object, place, out.emplace_back())) return fault;
    }
    return std::nullopt;
}

std::optional<Fault> read_message(dom::object object, const Place& at,
                                  engine::record::Message& out) {
    std::uint32_t seen = 0;
    return read_object(object, kMessageKeys, at, seen,
                       [&](std::size_t key, dom::element element, const Place& place) {
                           switch (key) {
                           case 0:
                               return read_word(element, place, engine::record::kSpeakerNames,
                                                out.from);
                           case 1: return read_instant(element, place, out.at);
                           default: return read_text(element, place, out.text);
                           }
                       });
}

std::optional<Fault> read_identifier(dom::object object, const Place& at,
                                     engine::record::DeclaredIdentifier& out) {
    std::uint32_t seen = 0;
    std::optional<Fault> fault =
        read_object(object, kIdentifierKeys, at, seen,
                    [&](std::size_t key, dom::element element, const Place& place) {
                        switch (key) {
                        case 0:
                            return element.is_null()
                                       ? wrong_type(place, "A string", element)
                                       : read_word(element, place,
                                                   engine::record::kIdentifierTypeNames, out.type);
                        case 1: return read_text(element, place, out.value);
                        case 2:
                            return read_word(element, place, engine::record::kRoleNames, out.role);
                        default: return read_text(element, place, out.platform);
                        }
                    });
    constexpr std::uint32_t kNeeded = 0b11; // type, value
    if (fault || (seen & kNeeded) == kNeeded) return fault;
    Place missing = at;
    missing.key = kIdentifierKeys[(seen & 1U) == 0 ? 0 : 1];
    return fault_at(RejectReason::MissingField, missing, "An identifier has a type and a value.");
}

std::optional<Fault> read_persona(dom::object object, const Place& at,
                                  engine::record::Persona& out) {
    std::uint32_t seen = 0;
    const std::array<std::string*, 8> texts{&out.pseudonym, &out.name,   &out.platform,
                                            &out.handle,    nullptr,     &out.occupation,
                                            &out.city,      &out.country};
    return read_object(object, kPersonaKeys, at, seen,
                       [&](std::size_t key, dom::element element, const Place& place) {
                           return texts[key] == nullptr ? read_age(element, place, out.age)
                                                        : read_text(element, place, *texts[key]);
                       });
}

std::optional<Fault> read_payment(dom::object object, const Place& at,
                                  engine::record::Payment& out) {
    std::uint32_t seen = 0;
    return read_object(object, kPaymentKeys, at, seen,
                       [&](std::size_t key, dom::element element, const Place& place) {
                           switch (key) {
                           case 0: return read_instant(element, place, out.at);
                           case 1: return read_amount(element, place, out.amount);
                           case 2: return read_text(element, place, out.currency);
                           case 3: return read_text(element, place, out.means);
                           default: return read_text(element, place, out.to);
                           }
                       });
}

std::optional<Fault> read_attachment(dom::object object, const Place& at,
                                     engine::record::Attachment& out) {
    std::uint32_t seen = 0;
    return read_object(object, kAttachmentKeys, at, seen,
                       [&](std::size_t key, dom::element element, const Place& place) {
                           return read_text(element, place, key == 0 ? out.path : out.name);
                       });
}

std::optional<Fault> read_field(std::size_t key, dom::element element, const Place& place,
                                Statement& out) {
    switch (key) {
    case 0: return read_id(element, place, out.id);
    case 1: return read_word(element, place, engine::record::kKindNames, out.kind);
    case 2: return read_instant(element, place, out.received_at);
    case 3: return read_text(element, place, out.lang);
    case 4: return read_text(element, place, out.scam_type);
    case 5: return read_text(element, place, out.narrative);
    case 6: return read_list(element, place, out.messages, read_message);
    case 7: return read_list(element, place, out.identifiers, read_identifier);
    case 8: return read_list(element, place, out.personas, read_persona);
    case 9: return read_list(element, place, out.payments, read_payment);
    default: return read_list(element, place, out.attachments, read_attachment);
    }
}

/// The id of a record that is refused for another field, wherever it stands in the line.
std::string id_of(dom::object object) {
    dom::element element;
    std::string id;
    if (object["id"].get(element) != simdjson::SUCCESS || read_id(element, {}, id) ||
        check_id(id)) {
        return {};
    }
    return id;
}

} // namespace

JsonRecordParser::JsonRecordParser() {
    // Sets the depth; memory grows as lines need it. Only a lack of memory can make this fail.
    check(parser_.allocate(kFirstCapacity, kDepthMax) == simdjson::SUCCESS, "memory for a parser");
}

std::optional<Fault> JsonRecordParser::parse(std::string_view line, Statement& out) {
    clear(out);
    dom::element root;
    const simdjson::error_code error = parser_.parse(line.data(), line.size(), true).get(root);
    if (error != simdjson::SUCCESS) return json_fault(error, line);
    dom::object object;
    if (root.get(object) != simdjson::SUCCESS) {
        return fault_at(RejectReason::NotAnObject, {},
                        fmt::format("The line is {}, not an object.", type_name(root.type())));
    }
    std::uint32_t seen = 0;
    std::optional<Fault> fault =
        read_object(object, kRecordKeys, {}, seen,
                    [&](std::size_t key, dom::element element, const Place& place) {
                        return read_field(key, element, place, out);
                    });
    if (!fault) fault = check_id(out.id);
    if (fault && fault->field != "id") fault->record = id_of(object);
    return fault;
}

} // namespace interchange::record
