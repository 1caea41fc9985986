// What a complaint holds, as its pages sum it up.
#pragma once

#include "intake/complaint.hpp"
#include "intake/follow_up.hpp"
#include "intake/reports.hpp"
#include "intake/web/complaint_form.hpp"

#include <vector>

namespace intake::web {

/// Everything, page by page, each with the way back to it.
void fill_complaint(site::Filling& filling, const ComplaintDraft& draft,
                    const std::vector<FileSeen>& files, const Reader& reader);
/// The payments, each with its means, sum and date.
void fill_payments(site::Filling& filling, const ComplaintDraft& draft, const Reader& reader);
/// Each identifier with the three answers: as the person said before, else as the engine takes it.
void fill_found(site::Filling& filling, const ComplaintDraft& draft,
                const std::vector<Found>& found, const Reader& reader);

} // namespace intake::web
