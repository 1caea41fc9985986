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
    0.01,  // phone
    0.01,  // email
    0.025, // iban
    0.01,  // card
    0.01,  // url
    0.01,  // domain
    0.10,  // ip
    0.005, // wallet
    0.005, // handle
    0.025, // voucher
    0.05,  // parcel
    0.05,  // order
    2.00,  // name
    0.15,  // script
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

/// Two clusters of that many records never merge on one key: a mule account, a bought number.
constexpr std::uint32_t kOneBridgeMin = 10;
/// A cluster of that many records is large: what only one of them holds is not the cluster's, and
/// two large ones need bridges of two kinds.
constexpr std::uint32_t kLargeMin = 50;
/// Two large clusters must share that part of the strong keys that each used while the other was
/// active: two gangs that work for years side by side meet in a few values by accident.
constexpr double kLargeShareMin = 0.01;
/// Days by which two clusters may miss each other and still count as active together: a phone in a
/// scam lives some 14 days (Cisco Talos 2026).
constexpr double kActiveMargin = 14;

/// As many observed gaps of a kind as the belief weighs that time says nothing.
constexpr double kGapDoubt = 50;
/// Most that the nearness of two uses can say, by kind. Nothing for the other weak kinds: the gangs
/// that use one script or one parcel service use them in the same season.
constexpr float kGapFree = 20; // never reached
constexpr std::array<float, kKeyKinds> kGapBitsMax{
    kGapFree, kGapFree, kGapFree, kGapFree, kGapFree, kGapFree, 0, // phone … domain, ip
    kGapFree, kGapFree, kGapFree, 0,        0,        6,        0, // wallet … voucher, …, name
};

/// Pieces of one kind are correlated (accounts bought in one lot, numbers of one block): together
/// they weigh no more than this.
constexpr double kBitsPerKindMax = 44;

/// Log2 odds above which two clusters are merged.
constexpr double kMergeBits = 2.0;
/// Log2 odds above which a pair that is not merged is shown as a proposal.
constexpr double kProposalBits = -6.0;

/// Core pairs: two keys held together by at least this many records…
constexpr std::uint32_t kCoreCountMin = 2;
/// …and at least this many times as often as chance has it.
constexpr double kCoreLiftMin = 3;

/// Twins, a script and a strong key that go together: from that many records on (fewer join by
/// their bits); and at most that part of their records holds another strong key.
constexpr std::uint32_t kTwinsMin = 10;
constexpr double kTwinsOtherwiseMax = 0.1;

/// A key that is more likely a hub than not links nobody.
constexpr double kHubProbabilityMax = 0.5;
/// A key is a hub for certain when those of its holders that other keys tie fall, in effect, into
/// more groups than that (the inverse of the chance that two of them are in one).
constexpr double kGroupsOfKeyMax = 64;

/// Beyond this many clusters a key only offers its holders the largest of them.
constexpr std::uint32_t kWideKey = 32;
constexpr std::uint32_t kWideKeyOffers = 12;

/// Of a record with more linkable keys than this, the rarest are kept: the rest is a list.
constexpr std::size_t kKeysPerRecordMax = 64;

constexpr int kRoundsMax = 200;

} // namespace engine::link::steps
