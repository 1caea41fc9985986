#include "orientation/reasoning/paths.hpp"

#include <algorithm>
#include <map>
#include <memory>

namespace orientation::reasoning {
namespace {

/// What lies ahead: a question with a tree for each answer, or an outcome.
struct Tree {
    std::optional<std::size_t> question;
    std::vector<std::unique_ptr<Tree>> after; // by answer
    std::size_t outcome = 0;                  // a number for each different one
};

class Walk {
public:
    Walk(const Reasoner& reasoner, const std::function<void(const PathEnd&)>& at_end)
        : reasoner_{reasoner}, at_end_{at_end}, answers_{reasoner.nothing_answered()} {}

    std::unique_ptr<Tree> grow(std::size_t asked) {
        auto tree = std::make_unique<Tree>();
        tree->question = reasoner_.next(answers_);
        if (!tree->question) {
            tree->outcome = end(asked);
            return tree;
        }
        const std::size_t question = *tree->question;
        for (std::size_t a = 0; a < reasoner_.knowledge().questions[question].answers.size(); ++a) {
            answers_[question] = a;
            tree->after.push_back(grow(asked + 1));
        }
        answers_[question].reset();
        Answers same = reasoner_.nothing_answered();
        const bool useful = std::ranges::any_of(tree->after, [&](const auto& other) {
            return differ(*tree->after.front(), *other, same);
        });
        if (!useful) ++faults_.useless_questions;
        return tree;
    }
    [[nodiscard]] const PathFaults& faults() const { return faults_; }

private:
    std::size_t end(std::size_t asked) {
        const std::vector<std::optional<Decision>> outcome = reasoner_.outcome(answers_);
        ++faults_.paths;
        std::vector<std::optional<std::size_t>> meanings;
        bool certain = true;
        for (std::size_t slot = 0; slot < outcome.size(); ++slot) {
            std::optional<std::size_t> meaning;
            if (outcome[slot]) {
                const std::size_t rule = outcome[slot]->rule;
                meaning = reasoner_.knowledge().slots[slot].rules[rule].meaning;
                certain = certain && outcome[slot]->certain;
            }
            meanings.push_back(meaning);
        }
        if (!certain) ++faults_.unexplained;
        at_end_({.answers = answers_, .outcome = outcome, .questions = asked});
        return numbers_.emplace(std::move(meanings), numbers_.size()).first->second;
    }

    /// Some answers to what both still ask, given alike, lead to different outcomes.
    static bool differ(const Tree& one, const Tree& other, Answers& given) {
        if (!one.question && !other.question) return one.outcome != other.outcome;
        const Tree& asks = one.question ? one : other;
        const auto descend = [&](std::size_t answer) {
            const Tree& next = *asks.after[answer];
            return &asks == &one ? differ(next, other, given) : differ(one, next, given);
        };
        std::optional<std::size_t>& answer = given[*asks.question];
        if (answer) return descend(*answer);
        for (std::size_t a = 0; a < asks.after.size(); ++a) {
            answer = a;
            const bool found = descend(a);
            answer.reset();
            if (found) return true;
        }
        return false;
    }

    const Reasoner& reasoner_;
    const std::function<void(const PathEnd&)>& at_end_;
    Answers answers_;
    PathFaults faults_;
    std::map<std::vector<std::optional<std::size_t>>, std::size_t> numbers_;
};

} // namespace

PathFaults walk_paths(const Reasoner& reasoner, const std::function<void(const PathEnd&)>& at_end) {
    Walk walk{reasoner, at_end};
    const std::unique_ptr<Tree> all = walk.grow(0);
    return walk.faults();
}

} // namespace orientation::reasoning
