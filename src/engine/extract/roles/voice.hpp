// Who speaks at a place of a text, and under which heading it stands: a victim's story quotes the
// suspect, pastes his mails and their headers, copies chats, and lists things under titles.
#pragma once

#include "engine/extract/roles/cues.hpp"
#include "engine/record/statement.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace engine::extract::roles {

struct Setting {
    record::Speaker voice = record::Speaker::Victim;
    bool quoted = false; // the voice is one that the text quotes or pastes
    // From the label of the line (a mail header) or the heading above; none when silent.
    std::optional<Owner> line_owner;
    std::optional<Owner> section_owner;
};

/// Walks a text once, from line to line, as far as it is asked to.
class VoiceTracker {
public:
    VoiceTracker(std::string_view text, record::Speaker speaker, bool narrative);

    /// The setting at `place`; places must not go back.
    [[nodiscard]] Setting at(std::size_t place);

private:
    void read_line(std::string_view line);
    void read_label(std::string_view label);
    void read_heading(std::string_view heading);
    bool read_mail_mark(std::string_view line);
    void follow_quotes(std::size_t place);
    void read_quote_sign(std::size_t place);
    void open_quote(std::size_t place);
    [[nodiscard]] std::optional<record::Speaker> quoted_voice(std::size_t place) const;
    [[nodiscard]] record::Speaker other_side() const;

    std::string_view text_;
    record::Speaker speaker_;
    bool narrative_;
    std::size_t next_line_ = 0;
    bool in_mail_ = false;
    bool section_fresh_ = false;
    // The next places of the bytes with which « “ " begin, each found once.
    std::array<std::size_t, 3> next_sign_{};
    std::optional<std::size_t> quote_opened_;
    record::Speaker quote_voice_ = record::Speaker::Suspect;
    std::optional<record::Speaker> line_voice_;
    std::optional<record::Speaker> section_voice_;
    std::optional<Owner> line_owner_;
    std::optional<Owner> section_owner_;
};

/// Who says the words that `introduction` announces ("il m'a dit", "je lui ai écrit"): the nearest
/// subject before the last verb of saying; none when nothing announces speech.
[[nodiscard]] std::optional<record::Speaker> announced_speaker(const Words& introduction,
                                                               std::size_t count);

} // namespace engine::extract::roles
