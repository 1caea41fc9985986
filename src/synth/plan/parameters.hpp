// The numbers of the world. Where each comes from is said in docs/synthetic-world.md. A seed moves
// most of them a little, so that nothing can be tuned to one world.
#pragma once

#include "synth/draw/random.hpp"

#include <cstdint>

namespace synth {

struct Parameters {
    double singles = .62; // share of offenders with one declaration
    double tail = 1.15;   // Pareto exponent of the others
    std::uint32_t size_max = 20'000;
    std::uint32_t days = 5 * 365;

    double phone_days_median = 14;
    double phone_uses = 7; // means
    double iban_uses_after_third = 2.5;
    double mail_uses = 7;
    double mail_days_median = 60;
    double domain_uses = 15;
    double shop_domain_days_median = 60;
    double phishing_domain_days_median = 7;
    double handle_uses = 6;
    double handle_days_median = 40;
    double ad_uses = 2;
    double wallet_uses = 8;
    double lasting_account = 1.0 / 160; // of the accounts of gangs above 300 declarations

    double mule = .04;        // a new account is another gang's
    double mule_again = .25;  // …and then one that several share already
    double back_in_use = .10; // a new line is an old one after its rest
    double copied_wording = .30;
    double copycat = .03;
    double stolen_identity = .06;
    double innocent = .02; // of the declarations about a stolen identity: its owner's
    double slip = .02;
    double victim_again = .05;
    double repeated = .015;
    double withdrawn = .01;

    double platform = .35; // a record names one of the platforms
    double collection = .04;
    double spoofed = .04;
    double own_identifier = .20;
    double own_misdeclared = .10; // of those that are declared
    double leaflet = .03;
};

/// The numbers above, each moved by up to a seventh, by the seed.
[[nodiscard]] Parameters draw_parameters(std::uint64_t records, Random& random);

} // namespace synth
