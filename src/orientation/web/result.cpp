#include "orientation/web/result.hpp"

#include "base/ascii.hpp"
#include "orientation/web/wording.hpp"

namespace orientation::web {
namespace {

using reasoning::Answers;
using reasoning::Decision;
using reasoning::Reasoner;
using reasoning::Rule;
using reasoning::Slot;
using site::Filling;

class ResultPage {
public:
    ResultPage(const site::Frame& frame, const Reasoner& reasoner, site::Language language,
               Filling& filling)
        : frame_{frame}, reasoner_{reasoner}, language_{language}, filling_{filling} {}

    void fill_outcome(const Answers& answers) {
        const std::vector<std::optional<Decision>> outcome = reasoner_.outcome(answers);
        for (std::size_t i = 0; i < outcome.size(); ++i) {
            if (!outcome[i]) continue;
            const Slot& slot = reasoner_.knowledge().slots[i];
            const Rule& rule = slot.rules[outcome[i]->rule];
            if (is_said(rule)) fill(slot, rule);
        }
    }
    void fill_answers(const Address& address, const Answers& answers) {
        const auto& questions = reasoner_.knowledge().questions;
        for (std::size_t q = 0; q < questions.size(); ++q) {
            if (!answers[q]) continue;
            Filling& given = filling_.add("GIVEN_ANSWER");
            given.set("LEGEND", say(legend_key(questions[q])));
            given.set("LABEL", say(answer_key(questions[q], questions[q].answers[*answers[q]])));
            Answers without = answers;
            without[q].reset();
            given.set("CHANGE", frame_.path(language_, "orientation") + address.query(without));
        }
    }

private:
    [[nodiscard]] std::string say(const std::string& key) const {
        return frame_.pages().say(language_, key);
    }

    void fill(const Slot& slot, const Rule& rule) {
        const std::string_view kind = kind_of(slot);
        if (kind == "result") {
            filling_.set("RESULT_NAME", say(value_key(slot, rule)));
            filling_.set("RESULT_TEXT", say("orientation.result." + rule.value + ".text"));
        } else if (kind == "urgent") {
            urgent().show(upper_ascii(name_of(slot)));
        } else if (kind == "step") {
            Filling& step = filling_.add("STEP");
            step.set("HEADING", say(slot_key(slot)));
            step.set("TEXT", say(value_key(slot, rule)));
        } else if (kind == "door") {
            fill_door(slot, rule);
        } else {
            law().add("OFFENCE").set("OFFENCE_NAME", say(value_key(slot, rule)));
        }
        because(slot, rule);
    }
    void fill_door(const Slot& slot, const Rule& rule) {
        const std::string name = upper_ascii(name_of(slot));
        if (rule.value == "open") {
            filling_.add("OPEN_" + name).set("TYPE", rule.target);
        } else if (name == "COMPLAINT") {
            filling_.add("COMPLAINT_CLOSED").set("REASON", say(why_key(rule)));
        } else {
            Filling& closed = closed_doors().add("CLOSED_DOOR");
            closed.set("DOOR_NAME", say(slot_key(slot)));
            closed.set("REASON", say(why_key(rule)));
        }
    }
    void because(const Slot& slot, const Rule& rule) {
        const reasoning::Source& source = reasoner_.knowledge().sources[rule.source];
        Filling& row = filling_.add("BECAUSE");
        row.set("WHAT",
                say(kind_of(slot) == "step" || kind_of(slot) == "door" ? slot_key(slot)
                                                                       : value_key(slot, rule)));
        row.set("SOURCE_TITLE", source.title);
        row.set("ARTICLE", source.article);
        row.set("VERSION", source.version);
    }

    /// Sections that stand once around what is in them.
    Filling& once(Filling*& kept, std::string_view section) {
        if (kept == nullptr) kept = &filling_.add(section);
        return *kept;
    }
    Filling& urgent() { return once(urgent_, "URGENT"); }
    Filling& law() { return once(law_, "LAW"); }
    Filling& closed_doors() { return once(closed_, "CLOSED"); }

    const site::Frame& frame_;
    const Reasoner& reasoner_;
    site::Language language_;
    Filling& filling_;
    Filling* urgent_ = nullptr;
    Filling* law_ = nullptr;
    Filling* closed_ = nullptr;
};

} // namespace

void fill_result(const site::Frame& frame, const Reasoner& reasoner, const Address& address,
                 const Answers& answers, site::Language language, Filling& filling) {
    ResultPage page{frame, reasoner, language, filling};
    page.fill_outcome(answers);
    page.fill_answers(address, answers);
}

} // namespace orientation::web
