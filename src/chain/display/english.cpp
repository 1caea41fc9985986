#include "chain/display/wording.hpp"

namespace chain {

extern const Wording kEnglish;

const Wording kEnglish{
    .kinds = {"phone", "e-mail", "IBAN", "card", "web address", "domain", "IP address", "wallet",
              "handle", "voucher", "parcel number", "order number", "name", "reused text"},
    .strengths = {"weak", "moderate", "strong", "very strong"},
    .tiers = {"certain link", "probable link", "proposal"},
    .quote_open = "“",
    .quote_close = "”",

    .decimal = ".",
    .weight = "{strength} ({bits} bits): {odds}",
    .short_weight = "{strength}, {bits} bits",
    .odds_about = "about {number} times likelier when the same people are behind both",
    .odds_thousand = "about {number} thousand times likelier when the same people are behind both",
    .odds_million = "about {number} million times likelier when the same people are behind both",
    .odds_beyond = "over a billion times likelier when the same people are behind both",

    .same_record = "{a} is one and the same record.",
    .together = "{a} and {b} are together, in group {group} ({records} records).",
    .path_of_one = "One step leads from one to the other:",
    .path_of_many = "The chain from one to the other has {steps} links:",
    .step = "{number}. {a} – {b}: {tier}, {percent} % sure",
    .step_through = "{number}. {a} – {b}: through others that hold the same",
    .evidence = "same {kind}, {value}: {weight}",
    .received_apart = "received {days} days apart: {a}, {b}",
    .received_next_day = "received one day apart: {a}, {b}",
    .received_one_day = "received on the same day: {a}",
    .quote_in = "in {record} ({field}): {quote}",
    .no_quote = "The input files have moved or changed, so their words cannot be quoted here.",
    .if_wrong_title = "If one piece of evidence were wrong:",
    .if_wrong = "without the {kind} {value}, nothing else would tie them: check it first.",
    .if_wrong_none = "they would stay together: whichever one is taken away, others tie them.",
    .if_wrong_unknown = "not tried: the group is too large to try each one here.",

    .apart = "{a} and {b} are not together: {a} is in group {group_a} (records in it: "
             "{records_a}), {b} in group {group_b} (records in it: {records_b}).",
    .shared_title = "What they share:",
    .shared_nothing = "nothing: no identifier and no reused text stands in both.",
    .shared = "{kind} {value}: {reason}",
    .reason_victims = "does not count, because in {record} it is the victim's own.",
    .reason_third = "does not count, because in {record} it belongs to a bystander (a bank, a "
                    "platform, a public service…).",
    .reason_hub = "does not link, because the {records} records that hold it have nothing else in "
                  "common: they would form about {groups} separate groups without it. A platform, "
                  "a bank or a leaflet looks like this.",
    .reason_listed = "does not link, because it is on the list of known public numbers, "
                     "marketplaces, mail providers and the like ({records} records hold it).",
    .reason_shared = "is not enough by itself: about {groups} groups that nothing else ties use it "
                     "({records} records). It may be a money mule or a tool that several gangs "
                     "share, so it only makes a proposal.",
    .reason_too_weak = "counts, but not enough by itself: {weight}.",
    .reason_single = "stands in one record only as a suspect's.",
    .proposed = "An analyst may still judge them: {a} and {b} link their two groups as a proposal "
                "({percent} % sure). Proposals never merge groups by themselves.",
    .missing_title = "What is missing:",
    .missing_nothing_usable = "{record} holds no identifier of a suspect and no reused text, so "
                              "nothing can tie it to another.",
    .missing_one_more = "one more piece of evidence, independent of these, in both records or in "
                        "records already tied to each.",
    .missing_same_as = "a suspect's identifier (phone, IBAN, e-mail, handle…) or a reused text "
                       "that stands in both, or in records already tied to each.",

    .no_run = "there are no results in {folder}. Run 'maillon link … --out {folder}' first.",
    .damaged_run = "the results in {folder} are damaged or were written by another version. Run "
                   "'maillon link … --out {folder}' again.",
    .unknown = "no record has the id {record}. If it was rejected, rejects.jsonl says why.",
    .near = "Did you mean {records}?",
    .list_or = " or ",
};

} // namespace chain
