// The engine against brute force: random small sets of questions and rules, every state of answers,
// every completion of it.
#include "orientation/reasoning/paths.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

namespace orientation::reasoning {
namespace {

constexpr int kWorlds = 400;

class Draw {
public:
    explicit Draw(unsigned seed) : random_{seed} {}
    std::size_t below(std::size_t most) { return random_() % most; }
    bool one_in(std::size_t many) { return below(many) == 0; }

    Knowledge knowledge() {
        Knowledge out;
        const std::size_t facts = 2 + below(5);
        for (std::size_t f = 0; f < facts; ++f) out.facts.push_back("f" + std::to_string(f));
        const std::size_t questions = 2 + below(4);
        for (std::size_t q = 0; q < questions; ++q) out.questions.push_back(question(facts));
        for (std::size_t q = 1; q < questions; ++q) close_some(out, q);
        const std::size_t slots = 1 + below(3);
        for (std::size_t s = 0; s < slots; ++s) out.slots.push_back(slot(facts));
        out.sources.push_back({"s", "t", "a", "v"});
        return out;
    }

private:
    Literal literal(std::size_t facts) { return {.fact = below(facts), .wanted = !one_in(3)}; }
    Question question(std::size_t facts) {
        Question out;
        const std::size_t answers = 2 + below(3);
        for (std::size_t a = 0; a < answers; ++a) {
            Answer& answer = out.answers.emplace_back();
            std::set<std::size_t> used;
            for (std::size_t made = below(3); made > 0; --made) {
                const Literal one = literal(facts);
                if (used.insert(one.fact).second) answer.makes.push_back(one);
            }
        }
        return out;
    }
    /// A question that arises only by facts which earlier questions alone tell.
    void close_some(Knowledge& out, std::size_t q) {
        if (!one_in(2)) return;
        std::set<std::size_t> before;
        std::set<std::size_t> after;
        for (std::size_t other = 0; other < out.questions.size(); ++other) {
            for (const Answer& answer : out.questions[other].answers) {
                for (const Literal& one : answer.makes) {
                    (other < q ? before : after).insert(one.fact);
                }
            }
        }
        for (const std::size_t fact : before) {
            if (after.contains(fact)) continue;
            out.questions[q].only_if.push_back({{.fact = fact, .wanted = !one_in(3)}});
            return;
        }
    }
    Slot slot(std::size_t facts) {
        Slot out;
        for (std::size_t rules = 1 + below(4); rules > 0; --rules) {
            Rule& rule = out.rules.emplace_back();
            rule.value = std::string(1, static_cast<char>('a' + below(3)));
            for (std::size_t all = below(4); all > 0; --all) {
                Condition& condition = rule.conditions.emplace_back();
                for (std::size_t any = 1 + below(2); any > 0; --any) {
                    condition.push_back(literal(facts));
                }
            }
        }
        return out;
    }

    std::mt19937 random_;
};

/// What the definitions say, read off them without any shortcut.
class Oracle {
public:
    explicit Oracle(const Knowledge& knowledge) : knowledge_{knowledge} {}

    /// The values of all slots, of a state where everything is answered.
    [[nodiscard]] std::string outcome(const Answers& answers) const {
        std::vector<std::optional<bool>> facts(knowledge_.facts.size());
        for (std::size_t q = 0; q < knowledge_.questions.size(); ++q) {
            const Question& question = knowledge_.questions[q];
            if (!all_hold(facts, question.only_if)) continue;
            for (const Literal& one : question.answers[*answers[q]].makes) {
                if (!facts[one.fact]) facts[one.fact] = one.wanted;
            }
        }
        std::string out;
        for (const Slot& slot : knowledge_.slots) {
            std::string value = "-";
            for (const Rule& rule : slot.rules) {
                if (!all_hold(facts, rule.conditions)) continue;
                value = rule.value;
                break;
            }
            out += value;
        }
        return out;
    }
    [[nodiscard]] std::set<std::string> outcomes(Answers answers, std::size_t from = 0) const {
        while (from < answers.size() && answers[from]) ++from;
        if (from == answers.size()) return {outcome(answers)};
        std::set<std::string> out;
        for (std::size_t a = 0; a < knowledge_.questions[from].answers.size(); ++a) {
            answers[from] = a;
            out.merge(outcomes(answers, from + 1));
        }
        return out;
    }
    [[nodiscard]] bool can_matter(Answers answers, std::size_t question,
                                  std::size_t from = 0) const {
        while (from < answers.size() && (answers[from] || from == question)) ++from;
        if (from == answers.size()) {
            std::set<std::string> seen;
            for (std::size_t a = 0; a < knowledge_.questions[question].answers.size(); ++a) {
                answers[question] = a;
                seen.insert(outcome(answers));
            }
            return seen.size() > 1;
        }
        for (std::size_t a = 0; a < knowledge_.questions[from].answers.size(); ++a) {
            answers[from] = a;
            if (can_matter(answers, question, from + 1)) return true;
        }
        return false;
    }

private:
    static bool all_hold(const std::vector<std::optional<bool>>& facts,
                         const std::vector<Condition>& all) {
        return std::ranges::all_of(all, [&](const Condition& condition) {
            return std::ranges::any_of(
                condition, [&](const Literal& one) { return facts[one.fact] == one.wanted; });
        });
    }
    const Knowledge& knowledge_;
};

void compare(const Reasoner& reasoner, const Oracle& oracle, Answers& answers, std::size_t from) {
    if (from < answers.size()) {
        compare(reasoner, oracle, answers, from + 1); // left unanswered
        for (std::size_t a = 0; a < reasoner.knowledge().questions[from].answers.size(); ++a) {
            answers[from] = a;
            compare(reasoner, oracle, answers, from + 1);
        }
        answers[from].reset();
        return;
    }
    for (std::size_t q = 0; q < answers.size(); ++q) {
        if (answers[q]) continue;
        ASSERT_EQ(reasoner.can_matter(answers, q), oracle.can_matter(answers, q));
    }
    const std::set<std::string> possible = oracle.outcomes(answers);
    ASSERT_EQ(reasoner.next(answers).has_value(), possible.size() > 1);
    if (possible.size() > 1) return;
    std::string told;
    const auto outcome = reasoner.outcome(answers);
    for (std::size_t slot = 0; slot < outcome.size(); ++slot) {
        told += outcome[slot] ? reasoner.knowledge().slots[slot].rules[outcome[slot]->rule].value
                              : std::string{"-"};
    }
    ASSERT_EQ(told, *possible.begin());
}

TEST(ReasonerOracle, AgreesOnRandomRules) {
    for (unsigned world = 0; world < kWorlds; ++world) {
        SCOPED_TRACE("world " + std::to_string(world));
        const Reasoner reasoner{Draw{world}.knowledge()};
        const Oracle oracle{reasoner.knowledge()};
        Answers answers = reasoner.nothing_answered();
        compare(reasoner, oracle, answers, 0);
        if (testing::Test::HasFatalFailure()) return;
        const PathFaults faults = walk_paths(reasoner, [](const PathEnd&) {});
        EXPECT_EQ(faults.useless_questions, 0U);
    }
}

} // namespace
} // namespace orientation::reasoning
