#include "identity/web/demonstration_pages.hpp"

#include "base/time.hpp"
#include "identity/web/invented.hpp"
#include "identity/web/returning.hpp"

#include <algorithm>
#include <optional>

namespace identity::web {
namespace {

using platform::http::Request;
using platform::http::Response;
using site::FieldFault;
using site::Filling;

constexpr std::string_view kOther = "autre";
constexpr std::size_t kNameBytesMax = 400; // 100 characters of any script, as people are told

/// "12/04/1991" is "1991-04-12".
std::optional<std::string> iso_date_of(std::string_view typed, UnixSeconds now) {
    constexpr std::size_t kBytes = 10;
    constexpr std::string_view kFirst = "1900-01-01";
    if (typed.size() != kBytes || typed[2] != '/' || typed[5] != '/') return std::nullopt;
    std::string iso{typed.substr(6)};
    iso.append("-").append(typed.substr(3, 2)).append("-").append(typed.substr(0, 2));
    const std::optional<UnixSeconds> at = parse_rfc3339(iso);
    if (!at || iso < kFirst || *at > now) return std::nullopt;
    return iso;
}

std::string shown_date(const std::string& iso) {
    return iso.substr(8) + "/" + iso.substr(5, 2) + "/" + iso.substr(0, 4);
}

bool is_blank(std::string_view text) {
    return text.find_first_not_of(" \t") == std::string_view::npos;
}

/// The person that the form describes, or what is wrong with it.
std::optional<Person> typed_person(const Request& request, UnixSeconds now,
                                   std::vector<FieldFault>& faults) {
    const std::string_view given = request.field("prenom");
    const std::string_view family = request.field("nom");
    const std::optional<std::string> birthdate = iso_date_of(request.field("naissance"), now);
    if (is_blank(given) || given.size() > kNameBytesMax) {
        faults.push_back({"prenom", "error.login_prenom"});
    }
    if (is_blank(family) || family.size() > kNameBytesMax) {
        faults.push_back({"nom", "error.login_nom"});
    }
    if (!birthdate) faults.push_back({"naissance", "error.login_naissance"});
    if (!faults.empty()) return std::nullopt;
    return Person{.given_name = std::string{given},
                  .family_name = std::string{family},
                  .birthdate = *birthdate};
}

std::optional<Person> chosen_person(const Request& request, UnixSeconds now,
                                    std::vector<FieldFault>& faults) {
    const std::string_view chosen = request.field("personne");
    if (chosen == kOther) return typed_person(request, now, faults);
    const std::span<const Person> people = invented_people();
    for (std::size_t i = 0; i < people.size(); ++i) {
        if (chosen == std::to_string(i)) return people[i];
    }
    faults.push_back({"personne", "error.login_personne"});
    return std::nullopt;
}

} // namespace

Response show_invented(const Doors& doors, const Request& request,
                       const std::vector<FieldFault>& faults) {
    const std::string back = return_path_of(request, doors.frame);
    const std::string_view chosen = request.field("personne");
    Filling filling;
    filling.set("BACK", doors.frame.path(site::Frame::language_of(request.path), "login") +
                            returning_to(back, doors.frame));
    filling.set("RETURN_PATH", back);
    filling.set("GIVEN_NAME", request.field("prenom"));
    filling.set("FAMILY_NAME", request.field("nom"));
    filling.set("BIRTHDATE", request.field("naissance"));
    const std::span<const Person> people = invented_people();
    for (std::size_t i = 0; i < people.size(); ++i) {
        Filling& one = filling.add("PERSON");
        one.set("VALUE", std::to_string(i));
        one.set("NAME", shown_name(people[i]));
        one.set("BIRTHDATE", shown_date(people[i].birthdate));
        if (chosen == std::to_string(i)) one.show("CHECKED");
    }
    if (chosen == kOther) filling.show("OTHER_CHECKED");
    return doors.frame.show(request,
                            {.template_name = "login_demonstration.html",
                             .path = "login_demonstration",
                             .title = "title.login_demonstration",
                             .rest = returning_to(back, doors.frame),
                             .faults = faults},
                            std::move(filling));
}

Response take_invented(const Doors& doors, const Request& request) {
    if (!doors.frame.is_ours(request)) return doors.frame.error(403, request);
    std::vector<FieldFault> faults;
    const std::optional<Person> person = chosen_person(request, doors.now(), faults);
    if (!person) return show_invented(doors, request, faults);
    Response response = platform::http::see_other(return_path_of(request, doors.frame));
    response.cookies.push_back(doors.logins.begin(request, vouched_invented(*person)));
    return response;
}

} // namespace identity::web
