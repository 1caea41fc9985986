#include "base/check.hpp"
#include "orientation/rules/reading/written.hpp"
#include "orientation/rules/rules.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace orientation::rules {
namespace {

using reasoning::Condition;
using reasoning::Knowledge;
using reasoning::Literal;

// The order in which slots are shown, whatever file they stand in.
constexpr std::array<std::string_view, 5> kKinds{"result", "urgent", "step", "door", "law"};

constexpr std::string_view kNot = "not ";
constexpr std::string_view kOr = " or ";

/// Makes the book of what was written; the first fault stays.
class Binder {
public:
    explicit Binder(const Written& written) : written_{written} {}

    Result<Book, std::string> bind() {
        for (const reasoning::Source& source : written_.sources) {
            once("source", source.id);
            book_.knowledge.sources.push_back(source);
        }
        for (const WrittenQuestion& question : written_.questions) add(question);
        for (const WrittenSlot& slot : written_.slots) add(slot);
        std::ranges::stable_sort(book_.knowledge.slots, {}, rank);
        for (const WrittenSign& sign : written_.signs) add(sign);
        for (const WrittenLikely& likely : written_.situations) add(likely);
        if (!fault_.empty()) return refuse(fault_);
        return std::move(book_);
    }

private:
    static std::ptrdiff_t rank(const reasoning::Slot& slot) {
        const std::string_view kind = std::string_view{slot.name}.substr(0, slot.name.find('.'));
        return std::ranges::find(kKinds, kind) - kKinds.begin();
    }
    void fail(const std::string& what) {
        if (fault_.empty()) fault_ = what;
    }
    void once(const std::string& kind, const std::string& name) {
        if (!names_.insert(kind + " " + name).second) fail("twice: " + kind + " " + name);
    }

    void add(const WrittenQuestion& written) {
        once("question", written.id);
        reasoning::Question question{
            .id = written.id, .only_if = conditions(written.id, written.only_if), .answers = {}};
        for (const WrittenAnswer& answer : written.answers) {
            once("answer", written.id + "." + answer.id);
            reasoning::Answer& made = question.answers.emplace_back();
            made.id = answer.id;
            for (const std::string& text : answer.makes) made.makes.push_back(made_by(text));
        }
        if (question.answers.size() < 2) fail("one answer is no question: " + written.id);
        book_.knowledge.questions.push_back(std::move(question));
    }
    void add(const WrittenSlot& written) {
        once("slot", written.name);
        reasoning::Slot slot{.name = written.name, .rules = {}};
        if (rank(slot) == std::ssize(kKinds)) fail("a slot of no kind: " + written.name);
        for (const WrittenRule& rule : written.rules) {
            once("rule", rule.id);
            const auto source =
                std::ranges::find(written_.sources, rule.source, &reasoning::Source::id);
            if (source == written_.sources.end()) fail(rule.id + ": no source " + rule.source);
            if (rule.value == "closed" && rule.why.empty()) {
                fail(rule.id + ": a closed door says why");
            }
            slot.rules.push_back(
                {.id = rule.id,
                 .value = rule.value,
                 .target = rule.target,
                 .why = rule.why,
                 .source = static_cast<std::size_t>(source - written_.sources.begin()),
                 .conditions = conditions(rule.id, rule.conditions)});
        }
        book_.knowledge.slots.push_back(std::move(slot));
    }
    void add(const WrittenSign& written) {
        once("sign", written.id);
        const bool known =
            std::ranges::any_of(book_.knowledge.slots, [&](const reasoning::Slot& slot) {
                return slot.name == "urgent." + written.id;
            });
        if (!known) fail("a sign without its number: " + written.id);
        book_.signs.push_back({.id = written.id, .phrases = written.phrases});
    }
    void add(const WrittenLikely& written) {
        Likely likely{.answers = {}, .phrases = written.phrases};
        for (const std::string& text : written.answers) {
            const std::size_t point = text.find('.');
            const auto& questions = book_.knowledge.questions;
            const auto question =
                std::ranges::find(questions, text.substr(0, point), &reasoning::Question::id);
            if (point == std::string::npos || question == questions.end()) {
                fail("no such answer: " + text);
                continue;
            }
            const auto answer = std::ranges::find(question->answers, text.substr(point + 1),
                                                  &reasoning::Answer::id);
            if (answer == question->answers.end()) fail("no such answer: " + text);
            likely.answers.emplace_back(question - questions.begin(),
                                        answer - question->answers.begin());
        }
        book_.situations.push_back(std::move(likely));
    }

    std::vector<Condition> conditions(const std::string& of,
                                      const std::vector<std::string>& written) {
        std::vector<Condition> out;
        for (std::string_view rest : written) {
            Condition& condition = out.emplace_back();
            for (bool more = true; more;) {
                const std::size_t end = rest.find(kOr);
                more = end != std::string_view::npos;
                condition.push_back(known(of, rest.substr(0, end)));
                if (more) rest.remove_prefix(end + kOr.size());
            }
        }
        return out;
    }
    /// A fact that some answer makes.
    Literal known(const std::string& of, std::string_view text) {
        const bool wanted = !text.starts_with(kNot);
        if (!wanted) text.remove_prefix(kNot.size());
        const auto& facts = book_.knowledge.facts;
        const auto found = std::ranges::find(facts, text);
        if (found == facts.end()) fail(of + ": no answer makes " + std::string{text});
        return {.fact = static_cast<std::size_t>(found - facts.begin()), .wanted = wanted};
    }
    Literal made_by(std::string_view text) {
        const bool wanted = !text.starts_with(kNot);
        if (!wanted) text.remove_prefix(kNot.size());
        auto& facts = book_.knowledge.facts;
        const auto found = std::ranges::find(facts, text);
        const auto fact = static_cast<std::size_t>(found - facts.begin());
        if (found == facts.end()) facts.emplace_back(text);
        return {.fact = fact, .wanted = wanted};
    }

    const Written& written_;
    Book book_;
    std::set<std::string> names_;
    std::string fault_;
};

} // namespace

Result<Book, std::string> read(std::span<const platform::page::EmbeddedFile> files) {
    Written written;
    for (const platform::page::EmbeddedFile& file : files) {
        if (const std::optional<std::string> fault = add_file(file, written)) return refuse(*fault);
    }
    return Binder{written}.bind();
}

Book read_embedded() {
    Result<Book, std::string> book = read(kFiles);
    check(book.has_value(), book ? "" : book.error().c_str());
    return std::move(*book);
}

} // namespace orientation::rules
