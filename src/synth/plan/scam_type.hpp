// Kinds of scam, how frequent they are and what their victims can tell.
#pragma once

#include "synth/draw/values.hpp"

#include <array>
#include <string_view>

namespace synth {

struct ScamType {
    std::string_view name;
    double share; // of offenders, percent
    Trade trade;
    // Probability that a declaration holds an identifier of that kind.
    double phone, iban, mail, domain, handle, ad, wallet;
    double abroad;  // its phones are Beninese or Ivorian
    double message; // the offender's own words are in the declaration
    double voucher;
    double parcel;
    int amount_median; // euros
};

// Shares: the platform THESEE's first year gives 40 % false shops, 17 % false sellers, 11 % false
// buyers, 10 % rentals, 9 % hijacked profiles; the rest is shared out by us. Presence: fixed so
// that the mean over all is that of the toy model in docs/synthetic-world.md.
constexpr std::array<ScamType, 14> kScamTypes{{
    //  name              share  trade            phone iban  mail  dom   hand  ad    wall  abr  msg
    //  vou  parc €
    {"fake_shop", 38, Trade::Shop, .45, .55, .45, .70, .10, .03, .00, .0, .35, .0, .20, 120},
    {"fake_seller", 16, Trade::Person, .65, .62, .35, .05, .60, .30, .00, .08, .60, .05, .10, 250},
    {"fake_buyer", 10, Trade::Person, .70, .35, .50, .25, .50, .20, .00, .10, .70, .05, .15, 300},
    {"rental", 9, Trade::Person, .65, .70, .60, .15, .30, .30, .00, .05, .60, .02, .00, 900},
    {"hijacked_profile", 8, Trade::Person, .60, .50, .20, .05, .55, .00, .05, .15, .75, .30, .00,
     400},
    {"bank_adviser", 4, Trade::Phishing, .80, .60, .20, .25, .00, .00, .02, .0, .45, .0, .00, 3000},
    {"parcel_phishing", 4, Trade::Phishing, .60, .15, .15, .80, .00, .00, .00, .0, .90, .0, .40,
     60},
    {"romance", 2.5, Trade::Person, .65, .55, .50, .03, .60, .00, .25, .5, .75, .30, .00, 4000},
    {"sextortion", 2.5, Trade::Person, .40, .35, .50, .02, .55, .00, .45, .4, .90, .20, .00, 500},
    {"investment", 2, Trade::Finance, .65, .65, .60, .75, .15, .00, .45, .1, .50, .0, .00, 8000},
    {"tech_support", 1.5, Trade::Phishing, .85, .45, .20, .30, .00, .00, .05, .0, .50, .15, .00,
     350},
    {"job_offer", 1, Trade::Finance, .60, .50, .50, .30, .45, .05, .30, .2, .80, .0, .00, 700},
    {"loan_advance", 1, Trade::Finance, .60, .65, .80, .20, .20, .02, .05, .5, .80, .20, .00, 600},
    {"inheritance", .5, Trade::Finance, .45, .50, .85, .10, .10, .00, .10, .5, .90, .05, .00, 1500},
}};

} // namespace synth
