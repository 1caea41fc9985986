#include "orientation/web/wording.hpp"

#include "orientation/orientation.hpp"

#include <algorithm>
#include <set>

namespace orientation::web {

using reasoning::Answer;
using reasoning::Question;
using reasoning::Rule;
using reasoning::Slot;

std::string_view kind_of(const Slot& slot) {
    return std::string_view{slot.name}.substr(0, slot.name.find('.'));
}

std::string_view name_of(const Slot& slot) {
    return std::string_view{slot.name}.substr(slot.name.find('.') + 1);
}

bool is_said(const Rule& rule) {
    return rule.value != "none";
}

std::string legend_key(const Question& question) {
    return "orientation.ask." + question.id + ".legend";
}

std::string help_key(const Question& question) {
    return "orientation.ask." + question.id + ".help";
}

std::string answer_key(const Question& question, const Answer& answer) {
    return "orientation.ask." + question.id + ".answer." + answer.id;
}

std::string hint_key(const Question& question, const Answer& answer) {
    return "orientation.ask." + question.id + ".hint." + answer.id;
}

std::string slot_key(const Slot& slot) {
    if (kind_of(slot) == "step") return "orientation." + slot.name + ".title";
    if (kind_of(slot) == "door") return "orientation." + slot.name + ".name";
    std::string name = slot.name;
    std::ranges::replace(name, '.', '_');
    return "orientation.rules.slot." + name;
}

std::string value_key(const Slot& slot, const Rule& rule) {
    if (!is_said(rule)) return "orientation.rules.none";
    if (kind_of(slot) == "step") return "orientation." + slot.name + ".value." + rule.value;
    if (kind_of(slot) == "result") return "orientation.result." + rule.value + ".name";
    if (kind_of(slot) == "law") return "orientation.law." + rule.value;
    if (kind_of(slot) == "urgent") return "orientation.rules.slot." + rule.value;
    return "orientation.rules." + rule.value; // open, closed
}

std::string why_key(const Rule& rule) {
    return "orientation.why." + rule.why;
}

std::string fact_key(const platform::page::Pages& pages, std::string_view fact) {
    const std::string own = "orientation.fact." + std::string{fact};
    return pages.knows(own) ? own : "orientation.result." + std::string{fact} + ".name";
}

} // namespace orientation::web

namespace orientation {

WordFaults check_words(const platform::page::Pages& pages, const reasoning::Knowledge& knowledge) {
    std::set<std::string> called;
    std::set<std::string> may;
    for (const reasoning::Question& question : knowledge.questions) {
        called.insert(web::legend_key(question));
        may.insert(web::help_key(question));
        for (const reasoning::Answer& answer : question.answers) {
            called.insert(web::answer_key(question, answer));
            may.insert(web::hint_key(question, answer));
        }
    }
    for (const reasoning::Slot& slot : knowledge.slots) {
        called.insert(web::slot_key(slot));
        for (const reasoning::Rule& rule : slot.rules) {
            called.insert(web::value_key(slot, rule));
            if (!rule.why.empty()) called.insert(web::why_key(rule));
            if (slot.name == "result") called.insert("orientation.result." + rule.value + ".text");
        }
    }
    for (const std::string& fact : knowledge.facts) called.insert(web::fact_key(pages, fact));
    for (const char* const joint : {"always", "all_cases", "and", "or", "not", "said"}) {
        called.insert(std::string{"orientation.rules."} + joint);
    }
    WordFaults out;
    for (const std::string& key : called) {
        if (!pages.knows(key)) out.missing.push_back(key);
    }
    for (const std::string& key : pages.unused_words()) {
        const bool ours = key.starts_with("orientation.");
        if (ours && !called.contains(key) && !may.contains(key)) out.left_over.push_back(key);
    }
    return out;
}

} // namespace orientation
