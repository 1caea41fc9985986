// The parts of a mail: the text that its reader sees, the mails forwarded in it, what is attached.
#pragma once

#include <gmime/gmime.h>

#include <memory>
#include <string>
#include <vector>

namespace interchange::mail {

struct Unreference {
    void operator()(void* object) const { g_object_unref(object); }
};
template <class Object> using Owned = std::unique_ptr<Object, Unreference>;

struct Body {
    std::string text; // UTF-8
    bool from_html = false;
    std::vector<GMimeMessage*> forwarded; // they belong to the mail
    std::vector<std::string> attachments; // their names
};

[[nodiscard]] Body read_body(GMimeMessage* message);

} // namespace interchange::mail
