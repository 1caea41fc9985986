// The numbers of the decision rule, each with where it comes from. docs/research/linking.md tells
// what was tried.
#pragma once

#include "engine/link/corpus.hpp"

#include <array>
#include <cstddef>

namespace engine::link::steps {

/// How often a value of that kind, once used by one offender, is used by another who has nothing
/// to do with them: the sharing rate rho. Mule accounts are the known case (4 % of IBANs in the
/// project's world, docs/synthetic-world.md); scripts are copied by a third of the gangs; names
/// and IP addresses belong to many. The others are typing errors and numbers put on the wrong side.
constexpr std::array<double, kKeyKinds> kSharingRate{
    0.02, // phone
    0.02, // email
    0.05, // iban
    0.02, // card
    0.02, // url
    0.02, // domain
    0.20, // ip
    0.01, // wallet
    0.01, // handle
    0.05, // voucher
    0.10, // parcel
    0.10, // order
    4.00, // name
    0.30, // script
};

/// Kinds that many offenders share by nature. However many of them two records share, they are
/// none of the two reasons of a core; they add their bits later.
[[nodiscard]] constexpr bool weak(KeyKind kind) {
    return kind == KeyKind::Ip || kind == KeyKind::Parcel || kind == KeyKind::Order ||
           kind == KeyKind::Name || kind == KeyKind::Script;
}

/// The sharing rates are learned upwards from the input when at least this many keys of a kind are
/// held by two records that other keys tie into clusters.
constexpr double kLearnFromKeysMin = 30;
constexpr double kSharingRateMax = 60;

/// Fewer distinct values than this in the input say nothing about how many there are in the world.
constexpr double kUniverseMin = 256;

/// Shape of the Gamma mixture over sharing rates between two offenders: 1 means that the rate
/// itself varies as much as its mean (two gangs that buy accounts from one seller share many).
constexpr double kRateShape = 1.0;

/// Weight of each further established group that a key touches, beside its sharing rate.
constexpr double kWidthWeight = 1.0;
/// A group of that many records counts as established.
constexpr std::uint32_t kEstablishedMin = 3;

/// A cluster of that many records is large: what only one of them holds is not the cluster's.
constexpr std::uint32_t kLargeMin = 10;

/// Pieces of one kind are correlated (accounts bought in one lot, numbers of one block): together
/// they weigh no more than this.
constexpr double kBitsPerKindMax = 32;

/// Log2 odds above which two clusters are merged.
constexpr double kMergeBits = 2.0;
/// Log2 odds above which a pair that is not merged is shown as a proposal.
constexpr double kProposalBits = -6.0;

/// Core pairs: two keys held together by at least this many records…
constexpr std::uint32_t kCoreCountMin = 2;
/// …and at least this many times as often as chance has it.
constexpr double kCoreLiftMin = 3;

/// A key that is more likely a hub than not links nobody.
constexpr double kHubProbabilityMax = 0.5;

/// Beyond this many clusters a key only offers its holders the largest of them.
constexpr std::uint32_t kWideKey = 32;
constexpr std::uint32_t kWideKeyOffers = 12;

/// Of a record with more linkable keys than this, the rarest are kept: the rest is a list.
constexpr std::size_t kKeysPerRecordMax = 64;

constexpr int kRoundsMax = 200;

} // namespace engine::link::steps
