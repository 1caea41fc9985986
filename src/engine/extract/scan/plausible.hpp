// Is "left.right" a domain somebody meant, or two sentences without a space between them?
// Nearly every short French word is somebody's top-level domain (je, la, il, de, moi, plus, page),
// so the suffix list alone finds a domain in "c'est fini.je vous remercie". What decides: how often
// the top-level domain begins a sentence, capitals, what stands before and after, and the shape of
// the name.
#pragma once

#include "engine/extract/scan/scan.hpp"

namespace engine::extract::scan {

enum class TopLevel : std::uint8_t {
    Usual,   // com, fr, shop… and country codes that are no words
    Word,    // a word of French or English that may follow a full stop: moi, plus, page
    Starter, // a word that begins sentences: je, il, la, de
};

[[nodiscard]] TopLevel top_level_of(std::string_view label);

/// Whether a name ends in a usual kind of file ("facture.pdf", "photo.jpg").
[[nodiscard]] bool is_file_extension(std::string_view label);

/// Confidence (percent) that the bare host `labels` at `span` is meant as one; 0: it is not.
/// The host's last label is known to be a top-level domain; labels are as written.
[[nodiscard]] unsigned bare_domain_confidence(std::string_view text, Span span,
                                              std::string_view host_as_written);

/// Mail providers, by the first label of their domain ("gmail").
[[nodiscard]] bool is_mail_provider(std::string_view host);

} // namespace engine::extract::scan
