#include "engine/extract/roles/voice.hpp"

#include <algorithm>
#include <array>

namespace engine::extract::roles {
namespace {

using record::Speaker;

constexpr std::size_t kLabelBytesMax = 48;   // "Téléphone portable du vendeur :"
constexpr std::size_t kHeadingBytesMax = 90; // the end of a heading line is what is read
constexpr std::size_t kQuoteBytesMax = 400;  // an opening quote is looked for this far back
constexpr std::string_view kQuoteBytes = "\"\xC2\xE2"; // the first bytes of " « “
constexpr std::size_t kIntroductionBytes = 60;         // what announces a quotation

constexpr std::array<std::string_view, 14> kFromLabels{
    "from",       "de",         "reply-to",      "expéditeur", "expediteur",
    "received",   "sender",     "return-path",   "envoyé par", "envoye par",
    "répondre à", "repondre a", "de la part de", "mailed-by"};
constexpr std::array<std::string_view, 11> kToLabels{
    "to",           "à",       "a", "pour", "cc", "cci", "bcc", "destinataire", "destinataires",
    "delivered-to", "envoyé à"};

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool same_letters(std::string_view written, std::string_view lower_case) {
    if (written == "À" && lower_case == "à") return true;
    return std::equal(written.begin(), written.end(), lower_case.begin(), lower_case.end(),
                      [](char a, char b) { return lower(a) == b; });
}

template <std::size_t N>
bool is_one_of(std::string_view written, const std::array<std::string_view, N>& labels) {
    return std::any_of(labels.begin(), labels.end(),
                       [&](std::string_view label) { return same_letters(written, label); });
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// The colon that ends a label: not the one of "12:05".
std::size_t label_colon(std::string_view line) {
    std::size_t colon = line.find(':');
    while (colon != std::string_view::npos && colon > 0 && colon + 1 < line.size() &&
           is_digit(line[colon - 1]) && is_digit(line[colon + 1])) {
        colon = line.find(':', colon + 1);
    }
    return colon;
}

std::string_view trim(std::string_view text) {
    constexpr std::string_view kBlank = " \t\r>*";
    const std::size_t first = text.find_first_not_of(kBlank);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

bool has_word(const Words& words, ClassSet classes) {
    return std::any_of(words.at.begin(),
                       words.at.begin() + static_cast<std::ptrdiff_t>(words.count),
                       [&](Word word) { return classes.has(word.word_class); });
}

constexpr ClassSet kFirstPerson = class_set("i");
constexpr ClassSet kThirdPerson = class_set("he", "crook", "family", "bank", "advisor");
constexpr ClassSet kSaying = class_set("say", "asked", "call_past", "sent", "gave");
constexpr ClassSet kMessage = class_set("received", "mail");

} // namespace

std::optional<Speaker> announced_speaker(const Words& introduction, std::size_t count) {
    bool said = false;
    for (std::size_t i = count; i-- > 0;) {
        const std::uint8_t c = introduction.at[i].word_class;
        if (said && kFirstPerson.has(c)) return Speaker::Victim;
        if (said && kThirdPerson.has(c)) return Speaker::Suspect;
        said = said || kSaying.has(c);
        if ((introduction.at[i].before & kSentence) != 0) break;
    }
    if (said) return Speaker::Suspect; // "m'a dit" without a subject, SMS style
    return std::nullopt;
}

VoiceTracker::VoiceTracker(std::string_view text, Speaker speaker, bool narrative)
    : text_{text}, speaker_{speaker}, narrative_{narrative} {
    if (!narrative_) return; // only a story quotes
    for (std::size_t i = 0; i < kQuoteBytes.size(); ++i) next_sign_[i] = text_.find(kQuoteBytes[i]);
}

Speaker VoiceTracker::other_side() const {
    return speaker_ == Speaker::Suspect ? Speaker::Victim : Speaker::Suspect;
}

Setting VoiceTracker::at(std::size_t place) {
    while (next_line_ <= place && next_line_ < text_.size()) {
        const std::size_t end = std::min(text_.find('\n', next_line_), text_.size());
        read_line(text_.substr(next_line_, end - next_line_));
        next_line_ = end + 1;
    }
    Setting setting{.voice = speaker_, .line_owner = line_owner_, .section_owner = section_owner_};
    std::optional<Speaker> voice = line_voice_;
    if (narrative_) follow_quotes(place);
    if (!voice && narrative_) voice = quoted_voice(place);
    if (!voice) voice = section_voice_;
    if (!voice && in_mail_) voice = other_side();
    if (voice) setting.voice = *voice;
    setting.quoted = voice.has_value();
    return setting;
}

// A line of dashes around a pasted mail: "----- Message transféré -----", "--- fin du message".
bool VoiceTracker::read_mail_mark(std::string_view line) {
    if (!line.starts_with("--") && !line.starts_with("==")) return false;
    Words words;
    read_words(line, 0, std::min(line.size(), kHeadingBytesMax), {}, words);
    if (words.count == 0 || !has_word(words, kMessage)) return words.count == 0;
    const std::size_t first = line.find_first_not_of("-= ");
    const bool ends =
        same_letters(line.substr(first, 3), "fin") || same_letters(line.substr(first, 3), "end");
    in_mail_ = !ends;
    return true;
}

void VoiceTracker::read_line(std::string_view line) {
    line_owner_.reset();
    line_voice_.reset();
    const bool reply = narrative_ && line.starts_with('>');
    line = trim(line);
    if (line.empty()) {
        if (!section_fresh_) {
            section_owner_.reset();
            section_voice_.reset();
        }
        return;
    }
    section_fresh_ = false;
    if (reply) line_voice_ = other_side();
    if (read_mail_mark(line)) return;
    if (line.ends_with(':')) {
        line.remove_suffix(1);
        read_heading(line);
        return;
    }
    const std::size_t colon = label_colon(line.substr(0, kLabelBytesMax));
    if (colon != std::string_view::npos && !line.substr(colon).starts_with("://")) {
        read_label(trim(line.substr(0, colon)));
    } else if (section_voice_) {
        // "J'ai ensuite…" under a pasted message: the story goes on.
        Words words;
        read_words(line, 0, std::min<std::size_t>(line.size(), 12), {}, words);
        if (words.count > 0 && kFirstPerson.has(words.at[0].word_class)) section_voice_.reset();
    }
}

void VoiceTracker::read_label(std::string_view label) {
    if (is_one_of(label, kFromLabels)) {
        line_owner_ = Owner::Suspect;
        if (narrative_) in_mail_ = true;
        return;
    }
    if (is_one_of(label, kToLabels)) {
        line_owner_ = Owner::Victim;
        return;
    }
    if (!narrative_) return;
    // A line of a copied chat: "Moi : …", "[10:22] Lui : …", "Le vendeur : …".
    Words words;
    read_words(label, 0, label.size(), {}, words);
    if (words.count == 0 || words.count > 4) return;
    constexpr ClassSet kForm = class_set("form"); // "Prénom :" begins somebody's particulars
    if (!section_owner_ && has_word(words, kForm)) section_owner_ = Owner::Mine;
    const std::uint8_t last = words.at[words.count - 1].word_class;
    constexpr ClassSet kMyself = class_set("me", "i", "victim");
    constexpr ClassSet kTheOther = class_set("him", "he", "crook", "her");
    if (kMyself.has(last)) line_voice_ = Speaker::Victim;
    if (kTheOther.has(last) && words.count <= 2) line_voice_ = Speaker::Suspect;
}

void VoiceTracker::read_heading(std::string_view heading) {
    section_fresh_ = true;
    section_owner_.reset();
    section_voice_.reset();
    Words words;
    const std::size_t from = heading.size() - std::min(heading.size(), kHeadingBytesMax);
    read_words(heading, from, heading.size(), {}, words);
    constexpr ClassSet kMy = class_set("my");
    constexpr ClassSet kTheirs = class_set("crook", "their", "her");
    constexpr ClassSet kVictims = class_set("victim");
    constexpr ClassSet kOthers = class_set("bank", "advisor", "authority", "family");
    if (narrative_ && has_word(words, kMessage)) {
        constexpr ClassSet kSent = class_set("sent", "say", "call_past");
        const bool own = has_word(words, kFirstPerson) && has_word(words, kSent) &&
                         !has_word(words, class_set("received", "him"));
        section_voice_ = own ? speaker_ : other_side();
    } else if (has_word(words, kTheirs)) {
        section_owner_ = Owner::Suspect;
    } else if (has_word(words, kVictims)) {
        section_owner_ = Owner::Victim;
    } else if (has_word(words, kOthers)) {
        section_owner_ = Owner::ThirdParty;
    } else if (has_word(words, kMy)) {
        section_owner_ = Owner::Mine;
    } else if (narrative_) {
        section_voice_ = announced_speaker(words, words.count);
    }
}

// Quotation marks are followed once, by the bytes that begin them.
void VoiceTracker::follow_quotes(std::size_t place) {
    while (true) {
        const auto next = std::min_element(next_sign_.begin(), next_sign_.end());
        if (*next >= place) return;
        const std::size_t sign = *next;
        read_quote_sign(sign);
        const std::size_t kind = static_cast<std::size_t>(next - next_sign_.begin());
        next_sign_[kind] = text_.find(kQuoteBytes[kind], sign + 1);
    }
}

void VoiceTracker::read_quote_sign(std::size_t place) {
    const std::string_view rest = text_.substr(place, 3);
    if (rest.front() == '"') {
        // One that was never closed does not make a closing sign of the next.
        const bool inside = quoted_voice(place).has_value();
        if (inside && text_[*quote_opened_] == '"') {
            quote_opened_.reset();
        } else if (!inside) {
            open_quote(place);
        }
    } else if (rest.starts_with("\xC2\xAB") || rest == "\xE2\x80\x9C") {
        open_quote(place);
    } else if (rest.starts_with("\xC2\xBB") || rest == "\xE2\x80\x9D") {
        quote_opened_.reset();
    }
}

void VoiceTracker::open_quote(std::size_t place) {
    quote_opened_ = place;
    Words words;
    read_words(text_, place - std::min(place, kIntroductionBytes), place, {}, words);
    quote_voice_ = announced_speaker(words, words.count).value_or(Speaker::Suspect);
}

std::optional<Speaker> VoiceTracker::quoted_voice(std::size_t place) const {
    if (!quote_opened_ || place - *quote_opened_ > kQuoteBytesMax) return std::nullopt;
    const std::string_view quoted = text_.substr(*quote_opened_, place - *quote_opened_);
    if (quoted.find("\n\n") != std::string_view::npos) return std::nullopt; // never closed
    return quote_voice_;
}

} // namespace engine::extract::roles
