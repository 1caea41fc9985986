#include "orientation/reasoning/reasoning.hpp"

#include "base/check.hpp"

#include <algorithm>
#include <set>

namespace orientation::reasoning {
namespace {

/// What an answer says of a fact; nothing when it leaves it unsaid.
std::optional<bool> said(const Answer& answer, std::size_t fact) {
    const auto found = std::ranges::find(answer.makes, fact, &Literal::fact);
    if (found == answer.makes.end()) return std::nullopt;
    return found->wanted;
}

bool tells(const Question& question, std::size_t fact) {
    return std::ranges::any_of(question.answers,
                               [&](const Answer& one) { return said(one, fact).has_value(); });
}

void add_facts(const std::vector<Condition>& conditions, std::set<std::size_t>& out) {
    for (const Condition& condition : conditions) {
        for (const Literal& literal : condition) out.insert(literal.fact);
    }
}

Truth truth_of(const std::vector<Truth>& facts, const Literal& literal) {
    switch (facts[literal.fact]) {
    case Truth::True: return literal.wanted ? Truth::True : Truth::False;
    case Truth::False: return literal.wanted ? Truth::False : Truth::True;
    case Truth::Open: return Truth::Open;
    case Truth::Unsaid: return Truth::False; // neither holds
    }
    return Truth::False;
}

Truth truth_of_one(const std::vector<Truth>& facts, const Condition& condition) {
    Truth out = Truth::False;
    for (const Literal& literal : condition) {
        const Truth one = truth_of(facts, literal);
        if (one == Truth::True) return one;
        if (one == Truth::Open) out = one;
    }
    return out;
}

Truth truth_of_all(const std::vector<Truth>& facts, const std::vector<Condition>& all) {
    Truth out = Truth::True;
    for (const Condition& condition : all) {
        const Truth one = truth_of_one(facts, condition);
        if (one == Truth::False) return one;
        if (one == Truth::Open) out = one;
    }
    return out;
}

void number_meanings(Slot& slot) {
    for (std::size_t i = 0; i < slot.rules.size(); ++i) {
        Rule& rule = slot.rules[i];
        const auto same =
            std::find_if(slot.rules.begin(), slot.rules.begin() + static_cast<std::ptrdiff_t>(i),
                         [&](const Rule& earlier) {
                             return earlier.value == rule.value && earlier.target == rule.target;
                         });
        rule.meaning = static_cast<std::size_t>(same - slot.rules.begin());
    }
}

} // namespace

Reasoner::Reasoner(Knowledge knowledge) : knowledge_{std::move(knowledge)} {
    for (Slot& slot : knowledge_.slots) number_meanings(slot);
    index_facts();
    index_slots();
}

void Reasoner::index_facts() {
    tellers_.resize(knowledge_.facts.size());
    for (std::size_t q = 0; q < knowledge_.questions.size(); ++q) {
        std::vector<std::size_t>& told = told_.emplace_back();
        for (std::size_t fact = 0; fact < tellers_.size(); ++fact) {
            if (!tells(knowledge_.questions[q], fact)) continue;
            tellers_[fact].push_back(q);
            told.push_back(fact);
        }
    }
    for (std::size_t q = 0; q < knowledge_.questions.size(); ++q) {
        std::set<std::size_t> gates;
        add_facts(knowledge_.questions[q].only_if, gates);
        for (const std::size_t fact : gates) {
            check(!tellers_[fact].empty() && tellers_[fact].back() < q,
                  "a question depends on facts of earlier questions alone");
        }
    }
}

void Reasoner::index_slots() {
    for (const Slot& slot : knowledge_.slots) {
        std::set<std::size_t> facts;
        for (const Rule& rule : slot.rules) add_facts(rule.conditions, facts);
        // A fact matters also by the questions that it opens.
        for (std::size_t before = 0; before != facts.size();) {
            before = facts.size();
            for (const Question& question : knowledge_.questions) {
                const bool touches = std::ranges::any_of(
                    facts, [&](std::size_t fact) { return tells(question, fact); });
                if (touches) add_facts(question.only_if, facts);
            }
        }
        std::vector<std::vector<std::size_t>>& of_slot = kinds_.emplace_back();
        for (const Question& question : knowledge_.questions) {
            std::set<std::vector<std::optional<bool>>> seen;
            std::vector<std::size_t>& kinds = of_slot.emplace_back();
            for (std::size_t a = 0; a < question.answers.size(); ++a) {
                std::vector<std::optional<bool>> kind;
                for (const std::size_t fact : facts) {
                    kind.push_back(said(question.answers[a], fact));
                }
                if (seen.insert(kind).second) kinds.push_back(a);
            }
        }
    }
}

Reasoner::View Reasoner::view(const Answers& answers) const {
    View view{.facts = std::vector<Truth>(knowledge_.facts.size(), Truth::Unsaid), .arises = {}};
    for (std::size_t q = 0; q < knowledge_.questions.size(); ++q) {
        const Question& question = knowledge_.questions[q];
        const Truth arises = truth_of_all(view.facts, question.only_if);
        view.arises.push_back(arises);
        if (arises == Truth::False) continue;
        const bool open = arises == Truth::Open || !answers[q];
        for (const std::size_t fact : told_[q]) {
            if (view.facts[fact] != Truth::Unsaid) continue; // an earlier question told it
            if (open) {
                view.facts[fact] = Truth::Open;
            } else if (const auto value = said(question.answers[*answers[q]], fact)) {
                view.facts[fact] = *value ? Truth::True : Truth::False;
            }
        }
    }
    return view;
}

Truth Reasoner::truth(const Answers& answers, std::size_t fact) const {
    return view(answers).facts[fact];
}

bool Reasoner::holds(const Answers& answers, std::string_view fact_name) const {
    const auto found = std::ranges::find(knowledge_.facts, fact_name);
    check(found != knowledge_.facts.end(), "a fact of the rules");
    const auto fact = static_cast<std::size_t>(found - knowledge_.facts.begin());
    return truth(answers, fact) == Truth::True;
}

bool Reasoner::arises(const Answers& answers, std::size_t question) const {
    return view(answers).arises[question] == Truth::True;
}

/// The question whose answer is needed next to know an open fact.
std::optional<std::size_t> Reasoner::awaited_of_fact(const Answers& answers, const View& view,
                                                     std::size_t fact) const {
    for (const std::size_t q : tellers_[fact]) {
        if (view.arises[q] == Truth::Open) {
            return awaited(answers, view, knowledge_.questions[q].only_if);
        }
        if (view.arises[q] == Truth::True && !answers[q]) return q;
    }
    return std::nullopt;
}

std::optional<std::size_t> Reasoner::awaited(const Answers& answers, const View& view,
                                             const std::vector<Condition>& all) const {
    for (const Condition& condition : all) {
        if (truth_of_one(view.facts, condition) != Truth::Open) continue;
        const auto open = std::ranges::find_if(condition, [&](const Literal& literal) {
            return truth_of(view.facts, literal) == Truth::Open;
        });
        return awaited_of_fact(answers, view, open->fact);
    }
    return std::nullopt;
}

Reasoner::Standing Reasoner::standing(const Answers& answers, std::size_t slot) const {
    const View seen = view(answers);
    std::optional<std::optional<std::size_t>> meaning; // of all that may still decide
    std::optional<std::size_t> awaiting;
    bool same = true;
    bool ended = false;
    const auto may_be = [&](std::optional<std::size_t> value) {
        same = same && (!meaning || *meaning == value);
        meaning = value;
    };
    for (const Rule& rule : knowledge_.slots[slot].rules) {
        const Truth fires = truth_of_all(seen.facts, rule.conditions);
        if (fires == Truth::False) continue;
        may_be(rule.meaning);
        ended = fires == Truth::True;
        if (!awaiting && !ended) awaiting = awaited(answers, seen, rule.conditions);
        if (ended || !same) break;
    }
    if (!ended && same) may_be(std::nullopt);
    if (same) return {.decided = true, .meaning = *meaning, .awaiting = {}};
    return {.decided = false, .meaning = {}, .awaiting = awaiting};
}

/// Looks for a completion under which the slot depends on the question: one state for each kind of
/// its answers, all completed alike until two of them stand with different values.
bool Reasoner::differs(Answers& answers, std::size_t slot, std::size_t question) const {
    std::optional<Standing> decided;
    std::optional<std::size_t> awaiting;
    bool found = false;
    for (const std::size_t answer : kinds_[slot][question]) {
        answers[question] = answer;
        const Standing one = standing(answers, slot);
        if (!one.decided) {
            awaiting = one.awaiting;
        } else if (decided && decided->meaning != one.meaning) {
            found = true;
            break;
        } else {
            decided = one;
        }
    }
    if (!found && awaiting) {
        for (const std::size_t answer : kinds_[slot][*awaiting]) {
            answers[*awaiting] = answer;
            found = differs(answers, slot, question);
            if (found) break;
        }
        answers[*awaiting].reset();
    }
    answers[question].reset();
    return found;
}

bool Reasoner::can_matter(const Answers& answers, std::size_t question) const {
    check(!answers[question], "a question that is not answered yet");
    if (view(answers).arises[question] == Truth::False) return false;
    Answers scratch = answers;
    for (std::size_t slot = 0; slot < knowledge_.slots.size(); ++slot) {
        if (kinds_[slot][question].size() < 2) continue;
        if (differs(scratch, slot, question)) return true;
    }
    return false;
}

std::optional<std::size_t> Reasoner::next(const Answers& answers) const {
    const View seen = view(answers);
    // A question that matters and may not arise waits for the earlier ones that tell whether it
    // does: they matter too. If none is left, it arises whatever they tell.
    for (const Truth wanted : {Truth::True, Truth::Open}) {
        for (std::size_t question = 0; question < answers.size(); ++question) {
            if (answers[question] || seen.arises[question] != wanted) continue;
            if (can_matter(answers, question)) return question;
        }
    }
    return std::nullopt;
}

std::optional<Decision> Reasoner::decision(const Answers& answers, std::size_t slot) const {
    const std::vector<Rule>& rules = knowledge_.slots[slot].rules;
    Standing stands = standing(answers, slot);
    if (!stands.decided) { // the same for each completion, for reasons that one state does not show
        Answers completed = answers;
        for (std::optional<std::size_t>& answer : completed) answer = answer ? answer : 0;
        stands = standing(completed, slot);
    }
    if (!stands.meaning) return std::nullopt;
    const View seen = view(answers);
    std::optional<Decision> out;
    for (std::size_t rule = 0; rule < rules.size(); ++rule) {
        const Truth fires = truth_of_all(seen.facts, rules[rule].conditions);
        if (rules[rule].meaning != *stands.meaning || fires == Truth::False) continue;
        if (fires == Truth::True) return Decision{.rule = rule, .certain = true};
        if (!out) out = Decision{.rule = rule, .certain = false};
    }
    return out;
}

std::vector<std::optional<Decision>> Reasoner::outcome(const Answers& answers) const {
    std::vector<std::optional<Decision>> out;
    for (std::size_t slot = 0; slot < knowledge_.slots.size(); ++slot) {
        out.push_back(decision(answers, slot));
    }
    return out;
}

} // namespace orientation::reasoning
