// The page that ends the questions: what it looks like, what to do, which doors are open, and why.
#pragma once

#include "orientation/reasoning/reasoning.hpp"
#include "orientation/web/address.hpp"
#include "site/frame.hpp"

namespace orientation::web {

void fill_result(const site::Frame& frame, const reasoning::Reasoner& reasoner,
                 const Address& address, const reasoning::Answers& answers, site::Language language,
                 site::Filling& filling);

} // namespace orientation::web
