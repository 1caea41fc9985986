// Reasoning that asks only what can still change the outcome, over facts, questions and rules given
// as data. It follows the idea of stability of Odekerken, Testerink and Bex (intake of the Dutch
// police): a question is asked as long as some completion of what is unknown makes its answer
// matter, and not one question longer. Nothing here knows a scam.
//
// A question has answers; an answer makes facts true or false, or leaves them unsaid ("I do not
// know"). What the first question in order says of a fact stands. A slot ("door.complaint") is a
// list of rules read from top to bottom: the first whose conditions all hold decides its value. The
// outcome is the value of every slot.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace orientation::reasoning {

struct Literal {
    std::size_t fact = 0;
    bool wanted = true; // false: the fact must be known to be false
};
/// Holds when one of its literals does.
using Condition = std::vector<Literal>;

struct Answer {
    std::string id;
    std::vector<Literal> makes;
};

struct Question {
    std::string id;
    std::vector<Condition> only_if; // by facts of earlier questions; else its answers say nothing
    std::vector<Answer> answers;
};

/// Where a rule comes from, as the reviewed files say it.
struct Source {
    std::string id;
    std::string title;   // "Code de procédure pénale"
    std::string article; // "D. 8-2-1, III"
    std::string version; // a date, or that Légifrance must be asked
};

struct Rule {
    std::string id;
    std::string value;  // what the slot becomes
    std::string target; // more of the value: which form the door leads to
    std::string why;    // key of a sentence for people; of closed doors
    std::size_t source = 0;
    std::vector<Condition> conditions; // all must hold
    std::size_t meaning = 0;           // same number, same value and target, within a slot
};

struct Slot {
    std::string name; // "result", "door.complaint"
    std::vector<Rule> rules;
};

/// All that the reviewed files say.
struct Knowledge {
    std::vector<std::string> facts;
    std::vector<Question> questions;
    std::vector<Slot> slots;
    std::vector<Source> sources;
};

/// The answer given to each question, by index; nothing while it is not answered.
using Answers = std::vector<std::optional<std::size_t>>;

/// What is known of a fact.
enum class Truth : std::uint8_t {
    True,
    False,
    Open,   // an answer may still tell
    Unsaid, // no answer can tell any more: neither the fact nor its contrary holds
};

/// What decided a slot.
struct Decision {
    std::size_t rule = 0; // of the slot
    /// The rule holds whatever else is answered. Else another rule may, with the same value.
    bool certain = true;
};

class Reasoner {
public:
    /// The order of questions counts: each `only_if` names facts of earlier questions alone.
    explicit Reasoner(Knowledge knowledge);

    [[nodiscard]] const Knowledge& knowledge() const { return knowledge_; }
    [[nodiscard]] Answers nothing_answered() const { return Answers(knowledge_.questions.size()); }
    [[nodiscard]] Truth truth(const Answers& answers, std::size_t fact) const;
    [[nodiscard]] bool holds(const Answers& answers, std::string_view fact_name) const;
    /// The question's condition is known to hold.
    [[nodiscard]] bool arises(const Answers& answers, std::size_t question) const;
    /// Some completion of the other unknown answers makes two answers of `question` differ in
    /// outcome.
    [[nodiscard]] bool can_matter(const Answers& answers, std::size_t question) const;
    /// The first question whose answer can matter; nothing when the outcome is stable.
    [[nodiscard]] std::optional<std::size_t> next(const Answers& answers) const;
    /// By slot, of a stable state; nothing for a slot that no rule decides.
    [[nodiscard]] std::vector<std::optional<Decision>> outcome(const Answers& answers) const;

private:
    /// What is known of every fact, and of whether every question arises.
    struct View {
        std::vector<Truth> facts;
        std::vector<Truth> arises;
    };
    /// A slot under what is known: its value, or a question that is still in its way.
    struct Standing {
        bool decided = false;
        std::optional<std::size_t> meaning;  // of the value, when decided
        std::optional<std::size_t> awaiting; // a question, when not
    };

    [[nodiscard]] View view(const Answers& answers) const;
    [[nodiscard]] std::optional<std::size_t> awaited(const Answers& answers, const View& view,
                                                     const std::vector<Condition>& all) const;
    [[nodiscard]] std::optional<std::size_t>
    awaited_of_fact(const Answers& answers, const View& view, std::size_t fact) const;
    [[nodiscard]] Standing standing(const Answers& answers, std::size_t slot) const;
    [[nodiscard]] bool differs(Answers& answers, std::size_t slot, std::size_t question) const;
    [[nodiscard]] std::optional<Decision> decision(const Answers& answers, std::size_t slot) const;
    void index_facts();
    void index_slots();

    Knowledge knowledge_;
    std::vector<std::vector<std::size_t>> tellers_; // by fact: questions that tell of it, in order
    std::vector<std::vector<std::size_t>> told_;    // by question: the facts it may tell
    /// By slot and question: answers that differ for that slot, one of each kind; fewer than two:
    /// the question cannot touch the slot.
    std::vector<std::vector<std::vector<std::size_t>>> kinds_;
};

} // namespace orientation::reasoning
