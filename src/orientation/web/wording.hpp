// The words of the rules' names: which key says what.
#pragma once

#include "orientation/reasoning/reasoning.hpp"
#include "platform/page/page.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace orientation::web {

/// "door", of "door.complaint"; "result" of "result".
[[nodiscard]] std::string_view kind_of(const reasoning::Slot& slot);
/// "complaint", of "door.complaint".
[[nodiscard]] std::string_view name_of(const reasoning::Slot& slot);
/// Shown to people? A slot may have rules that say nothing ("none").
[[nodiscard]] bool is_said(const reasoning::Rule& rule);

[[nodiscard]] std::string legend_key(const reasoning::Question& question);
[[nodiscard]] std::string help_key(const reasoning::Question& question); // need not exist
[[nodiscard]] std::string answer_key(const reasoning::Question& question,
                                     const reasoning::Answer& answer);
[[nodiscard]] std::string hint_key(const reasoning::Question& question, // need not exist
                                   const reasoning::Answer& answer);
/// What a slot is called: "Call your bank", "The online complaint".
[[nodiscard]] std::string slot_key(const reasoning::Slot& slot);
/// What its value is called, or says.
[[nodiscard]] std::string value_key(const reasoning::Slot& slot, const reasoning::Rule& rule);
[[nodiscard]] std::string why_key(const reasoning::Rule& rule);
/// A fact that is also a result is called as the result is.
[[nodiscard]] std::string fact_key(const platform::page::Pages& pages, std::string_view fact);

} // namespace orientation::web
