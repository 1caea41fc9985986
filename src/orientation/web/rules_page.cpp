#include "orientation/orientation.hpp"
#include "orientation/web/wording.hpp"

#include <algorithm>

namespace orientation {
namespace {

using platform::page::Pages;
using reasoning::Knowledge;
using site::Filling;
using site::Language;

class RulesPage {
public:
    RulesPage(const Pages& pages, const Knowledge& knowledge, Language language, Filling& filling)
        : pages_{pages}, knowledge_{knowledge}, language_{language}, filling_{filling} {}

    void fill() {
        for (const reasoning::Slot& slot : knowledge_.slots) {
            Filling& table = filling_.add("TABLE");
            table.set("SLOT", say(web::slot_key(slot)));
            for (const reasoning::Rule& rule : slot.rules) fill(slot, rule, table.add("RULE"));
        }
        for (std::size_t fact = 0; fact < knowledge_.facts.size(); ++fact) fill_fact(fact);
    }

private:
    [[nodiscard]] std::string say(const std::string& key) const {
        return pages_.say(language_, key);
    }
    void fill(const reasoning::Slot& slot, const reasoning::Rule& rule, Filling& row) const {
        const reasoning::Source& source = knowledge_.sources[rule.source];
        row.set("RULE_ID", rule.id);
        row.set("VALUE", say(web::value_key(slot, rule)));
        if (!rule.why.empty()) row.add("HAS_REASON").set("REASON", say(web::why_key(rule)));
        row.set("CONDITIONS", conditions(slot, rule));
        row.set("SOURCE_TITLE", source.title);
        row.set("ARTICLE", source.article);
        row.set("VERSION", source.version);
    }
    [[nodiscard]] std::string conditions(const reasoning::Slot& slot,
                                         const reasoning::Rule& rule) const {
        if (rule.conditions.empty()) {
            return say(slot.rules.size() == 1 ? "orientation.rules.all_cases"
                                              : "orientation.rules.always");
        }
        std::string out;
        for (const reasoning::Condition& condition : rule.conditions) {
            std::string one;
            for (const reasoning::Literal& literal : condition) {
                if (!one.empty()) one += " " + say("orientation.rules.or") + " ";
                if (!literal.wanted) one += say("orientation.rules.not") + " ";
                one +=
                    pages_.say(language_, "orientation.rules.said", {{"fact", fact(literal.fact)}});
            }
            if (!out.empty()) out += ", " + say("orientation.rules.and") + " ";
            out += condition.size() > 1 && rule.conditions.size() > 1 ? "(" + one + ")" : one;
        }
        return out;
    }
    void fill_fact(std::size_t number) const {
        Filling& row = filling_.add("FACT");
        row.set("FACT_NAME", fact(number));
        for (const reasoning::Question& question : knowledge_.questions) {
            for (const reasoning::Answer& answer : question.answers) {
                const auto makes =
                    std::ranges::find(answer.makes, number, &reasoning::Literal::fact);
                if (makes == answer.makes.end() || !makes->wanted) continue;
                Filling& told = row.add("TOLD_BY");
                told.set("LEGEND", say(web::legend_key(question)));
                told.set("LABEL", say(web::answer_key(question, answer)));
            }
        }
    }
    [[nodiscard]] std::string fact(std::size_t number) const {
        return say(web::fact_key(pages_, knowledge_.facts[number]));
    }

    const Pages& pages_;
    const Knowledge& knowledge_;
    Language language_;
    Filling& filling_;
};

} // namespace

void fill_rules(const Pages& pages, const Knowledge& knowledge, Language language,
                Filling& filling) {
    RulesPage{pages, knowledge, language, filling}.fill();
}

} // namespace orientation
