// The mails of a declaration: that it arrived, that there is a message, that something changed.
// Their subjects say nothing of a person; only the first carries the tracking code.
#pragma once

#include "intake/reports.hpp"
#include "intake/service.hpp"
#include "platform/mail/mail.hpp"
#include "platform/page/page.hpp"

#include <string>
#include <string_view>

namespace intake {

class Mails {
public:
    Mails(const platform::page::Pages& pages, const platform::mail::Outbox& outbox,
          std::string public_url)
        : pages_{pages}, outbox_{outbox}, public_url_{std::move(public_url)} {}

    /// For Reports::Acknowledge: nothing when no address was given.
    void acknowledge(platform::db::Transaction& transaction, const NewReport& report,
                     const std::string& reference, const std::string& code) const;
    /// For Service::Tell.
    void tell(platform::db::Transaction& transaction, const Reached& reached,
              std::string_view what) const;

private:
    void put(platform::db::Transaction& transaction, std::string_view template_name,
             std::string_view subject, const Reached& reached,
             const platform::page::Filling& filling) const;

    const platform::page::Pages& pages_;
    const platform::mail::Outbox& outbox_;
    std::string public_url_;
};

} // namespace intake
