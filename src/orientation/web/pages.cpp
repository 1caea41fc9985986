#include "orientation/orientation.hpp"

#include "base/ascii.hpp"
#include "orientation/web/address.hpp"
#include "orientation/web/result.hpp"
#include "orientation/web/wording.hpp"

namespace orientation {
namespace {

using platform::http::Method;
using platform::http::Request;
using platform::http::Response;
using platform::http::Route;
using platform::http::RouteLimits;
using reasoning::Answers;
using site::Filling;
using site::Frame;
using site::Language;

constexpr std::string_view kAsked = "demande";         // the question that a form answers
constexpr std::int64_t kWordsMost = 5'000;             // characters, as people are told
constexpr std::size_t kWordsBytesMax = 4 * kWordsMost; // in UTF-8, any script
constexpr RouteLimits kWordsLimits{.body_bytes_max = 64 << 10, .weight = 2};

Language language_of(const Request& request) {
    return Frame::language_of(request.path);
}

/// Adds the answers of a question as section CHOICE.
void add_choices(const platform::page::Pages& pages, const web::Address& address,
                 const reasoning::Knowledge& knowledge, std::size_t number, Language language,
                 const std::string& path, Filling& filling) {
    const reasoning::Question& question = knowledge.questions[number];
    for (std::size_t a = 0; a < question.answers.size(); ++a) {
        const reasoning::Answer& answer = question.answers[a];
        Filling& choice = filling.add("CHOICE");
        Answers chosen(knowledge.questions.size());
        chosen[number] = a;
        choice.set("LINK", path + address.query(chosen));
        choice.set("VALUE", address.code(number, a));
        choice.set("LABEL", pages.say(language, web::answer_key(question, answer)));
        const std::string hint = web::hint_key(question, answer);
        if (pages.knows(hint)) choice.add("HAS_HINT").set("HINT", pages.say(language, hint));
    }
}

class Pages {
public:
    Pages(const Frame& frame, const Guide& guide)
        : frame_{frame}, guide_{guide}, address_{guide.reasoner().knowledge()} {}

    Response guide(const Request& request) const {
        const Answers answers = arising(address_.read(request));
        const std::optional<std::size_t> next = guide_.reasoner().next(answers);
        return next ? question(request, answers, *next) : result(request, answers);
    }

    Response ask_words(const Request& request,
                       const std::vector<site::FieldFault>& faults = {}) const {
        return show_words(request, {}, faults);
    }

    /// Answered at once, without another address to go to: what was written is kept nowhere.
    Response take_words(const Request& request) const {
        if (!frame_.is_ours(request)) return frame_.error(403, request);
        const std::string_view text = request.field("mots");
        if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) {
            return ask_words(request, {{"mots", "error.orientation_words_missing"}});
        }
        if (text.size() > kWordsBytesMax) {
            return ask_words(request, {{"mots", "error.orientation_words_long", kWordsMost}});
        }
        return show_words(request, rules::listen(guide_.book(), text), {});
    }

    Response all_rules(const Request& request) const {
        Filling filling;
        filling.set("BACK", frame_.path(language_of(request), "orientation"));
        fill_rules(frame_.pages(), guide_.reasoner().knowledge(), language_of(request), filling);
        return frame_.show(request, page("orientation_rules", "orientation_rules"),
                           std::move(filling));
    }

private:
    static site::Page page(std::string_view path, const std::string& name) {
        return {.template_name = name + ".html", .path = path, .title = "title." + name};
    }
    /// Without the answers to questions that do not arise: left from an answer that was changed.
    [[nodiscard]] Answers arising(Answers answers) const {
        for (std::size_t q = 0; q < answers.size(); ++q) {
            if (answers[q] && !guide_.reasoner().arises(answers, q)) answers[q].reset();
        }
        return answers;
    }
    /// Before the question, without the last answer.
    [[nodiscard]] std::string back(Language language, const Answers& answers,
                                   std::size_t before) const {
        Answers earlier(answers.size());
        std::optional<std::size_t> last;
        for (std::size_t q = 0; q < before; ++q) {
            earlier[q] = answers[q];
            if (answers[q]) last = q;
        }
        if (!last) return frame_.path(language, "home");
        earlier[*last].reset();
        return frame_.path(language, "orientation") + address_.query(earlier);
    }

    [[nodiscard]] Response question(const Request& request, const Answers& answers,
                                    std::size_t number) const {
        const Language language = language_of(request);
        const reasoning::Question& asked = guide_.reasoner().knowledge().questions[number];
        Filling filling;
        filling.set("BACK", back(language, answers, number));
        filling.set("QUESTION", address_.code(number));
        filling.set("LEGEND", frame_.pages().say(language, web::legend_key(asked)));
        const std::string help = web::help_key(asked);
        if (frame_.pages().knows(help)) {
            filling.add("HAS_HELP").set("HELP", frame_.pages().say(language, help));
        }
        for (std::size_t q = 0; q < answers.size(); ++q) {
            if (!answers[q]) continue;
            Filling& given = filling.add("GIVEN");
            given.set("NAME", address_.code(q));
            given.set("VALUE", address_.code(q, *answers[q]));
        }
        add_choices(frame_.pages(), address_, guide_.reasoner().knowledge(), number, language,
                    frame_.path(language, "orientation"), filling);
        if (address_.query(answers).empty()) filling.show("FIRST");
        site::Page shown = page("orientation", "orientation_question");
        shown.title = web::legend_key(asked);
        shown.rest = address_.query(answers);
        shown.at_risk = guide_.reasoner().holds(answers, "at_risk");
        if (request.parameter(kAsked) == address_.code(number)) {
            shown.faults.push_back({"reponse", "error.orientation_missing"});
        }
        return frame_.show(request, shown, std::move(filling));
    }

    [[nodiscard]] Response result(const Request& request, const Answers& answers) const {
        const Language language = language_of(request);
        Filling filling;
        filling.set("BACK", back(language, answers, answers.size()));
        web::fill_result(frame_, guide_.reasoner(), address_, answers, language, filling);
        site::Page shown = page("orientation", "orientation_result");
        shown.rest = address_.query(answers);
        shown.at_risk = guide_.reasoner().holds(answers, "at_risk");
        return frame_.show(request, shown, std::move(filling));
    }

    [[nodiscard]] Response show_words(const Request& request,
                                      const std::optional<rules::Heard>& heard,
                                      const std::vector<site::FieldFault>& faults) const {
        const Language language = language_of(request);
        Filling filling;
        filling.set("BACK", frame_.path(language, "orientation"));
        filling.set("WORDS", request.field("mots"));
        if (heard) fill_heard(*heard, language, filling);
        site::Page shown = page("orientation_words", "orientation_words");
        shown.at_risk = heard && !heard->signs.empty();
        shown.faults = faults;
        return frame_.show(request, shown, std::move(filling));
    }

    void fill_heard(const rules::Heard& heard, Language language, Filling& filling) const {
        const rules::Book& book = guide_.book();
        if (!heard.signs.empty()) {
            Filling& urgent = filling.add("URGENT");
            for (const std::size_t sign : heard.signs) {
                urgent.show(upper_ascii(book.signs[sign].id));
            }
        }
        Filling& found = filling.add(heard.situations.empty() ? "NOTHING" : "OFFERED");
        for (const std::size_t situation : heard.situations) {
            Answers answers(book.knowledge.questions.size());
            for (const auto& [question, answer] : book.situations[situation].answers) {
                answers[question] = answer;
            }
            const auto [question, answer] = book.situations[situation].answers.back();
            const reasoning::Question& asked = book.knowledge.questions[question];
            Filling& offer = found.add("OFFER");
            offer.set("LINK", frame_.path(language, "orientation") + address_.query(answers));
            offer.set("LABEL",
                      frame_.pages().say(language, web::answer_key(asked, asked.answers[answer])));
        }
    }

    const Frame& frame_;
    const Guide& guide_;
    web::Address address_;
};

} // namespace

std::vector<Route> routes(const Frame& frame, const Guide& guide) {
    const Pages pages{frame, guide};
    std::vector<Route> all;
    const auto add = [&](Method method, std::string_view key,
                         const platform::http::Handler& handler, RouteLimits limits = {}) {
        for (const Language language : {Language::French, Language::English}) {
            all.emplace_back(method, frame.path(language, key), handler,
                             platform::http::Access::Everyone, "", limits);
            all.back().immediate = true; // no database: shown however busy the workers are
        }
    };
    add(Method::Get, "orientation", [pages](const Request& r) { return pages.guide(r); });
    add(Method::Get, "orientation_words", [pages](const Request& r) { return pages.ask_words(r); });
    add(
        Method::Post, "orientation_words",
        [pages](const Request& r) { return pages.take_words(r); }, kWordsLimits);
    add(Method::Get, "orientation_rules", [pages](const Request& r) { return pages.all_rules(r); });
    return all;
}

void fill_first_choices(const Frame& frame, const Guide& guide, Language language,
                        Filling& filling) {
    const web::Address address{guide.reasoner().knowledge()};
    add_choices(frame.pages(), address, guide.reasoner().knowledge(), 0, language,
                frame.path(language, "orientation"), filling);
}

} // namespace orientation
