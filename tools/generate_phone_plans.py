#!/usr/bin/env python3
"""Compiles the numbering plans of libphonenumber-js into the tables of numbering/plans.hpp.

    generate_phone_plans.py METADATA_JSON OUT_CPP

Every pattern of national numbers becomes a Thompson automaton; for each calling code those of all
its countries run side by side, one digit a step. As a number has at most 17 digits, unrolling them
gives a tree, and equal subtrees are made once (hash consing): the result is the minimal automaton,
shared by all countries. What a number is (country, kind of line) is decided here, by the order of
questions of Google's libphonenumber (PhoneNumberUtil::GetNumberTypeHelper and
GetRegionCodeForNumberFromRegionList), and stands on the last node.

National and international prefixes need captures ("0?(?:(11)15)?" becomes "9$1"), so they become
programs for a small backtracking matcher instead.
"""

import json
import sys

DIGITS_MAX = 17  # libphonenumber: kMaxLengthForNsn
KINDS = ["Fixed", "Mobile", "FixedOrMobile", "TollFree", "PremiumRate", "SharedCost", "Voip",
         "Other"]

# Positions of the fields in libphonenumber-js's packed metadata (its source/metadata.js).
CALLING_CODE, IDD, GENERAL, LENGTHS, NATIONAL_PREFIX = 0, 1, 2, 3, 5
PREFIX_FOR_PARSING, TRANSFORM, LEADING_DIGITS, TYPES = 7, 8, 10, 11
FIXED, MOBILE, TOLL_FREE, PREMIUM, PERSONAL, VOICEMAIL, UAN, PAGER, VOIP, SHARED = range(10)

# Asked in this order; fixed and mobile come after.
SPECIAL_TYPES = [
    (PREMIUM, "PremiumRate"), (TOLL_FREE, "TollFree"), (SHARED, "SharedCost"), (VOIP, "Voip"),
    (PERSONAL, "Other"), (PAGER, "Other"), (UAN, "Other"), (VOICEMAIL, "Other"),
]

# Numbers that a plan sets aside and the metadata leave out: 06 39 98 xx xx, mobile numbers for
# works of fiction (ARCEP, decision 2018-0881, national numbering plan, annex 1).
SUPPLEMENTS = {("FR", MOBILE): r"63998\d{4}"}


class Pattern:
    """The regular expressions of the metadata: digits, classes, groups, |, ?, {n}, {n,m}, $."""

    def __init__(self, text):
        self.text = text
        self.at = 0
        self.groups = 0
        self.tree = self.alternatives()
        if self.at != len(text):
            raise ValueError(f"cannot read {text!r} at {self.at}")

    def peek(self):
        return self.text[self.at] if self.at < len(self.text) else ""

    def alternatives(self):
        branches = [self.sequence()]
        while self.peek() == "|":
            self.at += 1
            branches.append(self.sequence())
        return branches[0] if len(branches) == 1 else ("or", branches)

    def sequence(self):
        items = []
        while self.peek() not in ("", "|", ")"):
            items.append(self.repeated(self.atom()))
        return ("then", items)

    def atom(self):
        char = self.peek()
        self.at += 1
        if char == "(":
            if self.text.startswith("?:", self.at):
                self.at += 2
                inner = self.alternatives()
            else:
                self.groups += 1
                number = self.groups
                inner = ("group", number, self.alternatives())
            self.at += 1
            return inner
        if char == "[":
            return ("set", self.char_class())
        if char == "\\" and self.peek() == "d":
            self.at += 1
            return ("set", 0x3FF)
        if char.isdigit():
            return ("set", 1 << int(char))
        if char == "$":
            return ("end",)
        raise ValueError(f"unknown {char!r} in {self.text!r}")

    def char_class(self):
        end = self.text.index("]", self.at)
        body, self.at = self.text[self.at:end], end + 1
        body = body.replace("\\d", "0-9")
        mask = at = 0
        while at < len(body):
            last = at + 2 if body[at + 1:at + 2] == "-" else at
            for digit in range(int(body[at]), int(body[last]) + 1):
                mask |= 1 << digit
            at = last + 1
        return mask

    def repeated(self, atom):
        if self.peek() == "?":
            self.at += 1
            return ("times", 0, 1, atom)
        if self.peek() == "{":
            end = self.text.index("}", self.at)
            low, _, high = self.text[self.at + 1:end].partition(",")
            self.at = end + 1
            return ("times", int(low), int(high or low), atom)
        return atom


class Automaton:
    """Thompson automata of many patterns; a state is a number, `accepts` names what it ends."""

    def __init__(self):
        self.edges = []  # state -> [(digit mask, next state)]
        self.jumps = []  # state -> [next state], without reading
        self.accepts = {}
        self.closures = {}

    def state(self):
        self.edges.append([])
        self.jumps.append([])
        return len(self.edges) - 1

    def add(self, text, tag, any_rest=False):
        """A new start state from which `text` leads to a state that accepts `tag`."""
        start, end = self.state(), self.state()
        self.build(Pattern(text).tree, start, end)
        self.accepts[end] = tag
        if any_rest:
            self.edges[end].append((0x3FF, end))
        return start

    def build(self, tree, start, end):
        if tree[0] == "set":
            self.edges[start].append((tree[1], end))
        elif tree[0] == "or":
            for branch in tree[1]:
                self.build(branch, start, end)
        elif tree[0] == "then":
            for item in tree[1]:
                following = self.state()
                self.build(item, start, following)
                start = following
            self.jumps[start].append(end)
        elif tree[0] == "times":
            _, low, high, item = tree
            for done in range(high):
                if done >= low:
                    self.jumps[start].append(end)
                following = self.state()
                self.build(item, start, following)
                start = following
            self.jumps[start].append(end)
        else:
            raise ValueError(f"{tree[0]} has no place in a number's pattern")

    def closure(self, states):
        seen, stack = set(states), list(states)
        while stack:
            for following in self.jumps[stack.pop()]:
                if following not in seen:
                    seen.add(following)
                    stack.append(following)
        return frozenset(s for s in seen if self.edges[s] or s in self.accepts)

    def step(self, states, digit):
        reached = {to for s in states for mask, to in self.edges[s] if mask >> digit & 1}
        key = frozenset(reached)
        if key not in self.closures:
            self.closures[key] = self.closure(key)
        return self.closures[key]


class Nodes:
    """Minimal deterministic automaton of numbers of bounded length; node 0 accepts nothing."""

    def __init__(self):
        self.children = [(0,) * 10]
        self.labels = [0]
        self.known = {(0, (0,) * 10): 0}

    def make(self, label, children):
        key = (label, children)
        if key not in self.known:
            self.known[key] = len(self.labels)
            self.labels.append(label)
            self.children.append(children)
        return self.known[key]

    def unroll(self, automaton, start, label_of):
        """The node of the state set `start`; label_of(tags, length) names what a number is."""
        done = {}

        def node(states, length):
            if not states:
                return 0
            key = (states, length)
            if key not in done:
                children = (0,) * 10
                if length < DIGITS_MAX:
                    children = tuple(node(automaton.step(states, d), length + 1) for d in range(10))
                tags = {automaton.accepts[s] for s in states if s in automaton.accepts}
                done[key] = self.make(label_of(tags, length), children)
            return done[key]

        return node(automaton.closure(start), 0)


class Plan:
    """One country's packed metadata, by name."""

    def __init__(self, country, packed):
        field = lambda at: packed[at] if at < len(packed) and packed[at] else None
        self.country = country
        self.calling_code = packed[CALLING_CODE]
        self.idd = field(IDD)
        self.general = field(GENERAL)
        self.lengths = field(LENGTHS)
        self.prefix = field(PREFIX_FOR_PARSING) or field(NATIONAL_PREFIX)
        self.transform = field(TRANSFORM)
        self.leading = field(LEADING_DIGITS)
        self.types = {}  # type -> (pattern, lengths)
        self.mobile_is_fixed = False
        for kind, described in enumerate(field(TYPES) or []):
            if not described:
                continue
            if described[0] == "":  # the writers of the metadata mark "as fixed" so
                self.mobile_is_fixed = True
                continue
            own_lengths = described[1] if len(described) > 1 and described[1] else self.lengths
            self.types[kind] = (described[0], own_lengths)
        for (where, kind), pattern in SUPPLEMENTS.items():
            if where == country:
                old, lengths = self.types[kind]
                self.types[kind] = (f"{old}|{pattern}", lengths)

    def add_to(self, automaton, ordinal):
        starts = [automaton.add(self.general, (ordinal, "general"))]
        if self.leading:
            starts.append(automaton.add(self.leading, (ordinal, "leading"), any_rest=True))
        for kind, (pattern, _) in self.types.items():
            starts.append(automaton.add(pattern, (ordinal, kind)))
        return starts

    def kind_of(self, tags, ordinal, length):
        if (ordinal, "general") not in tags or length not in self.lengths:
            return None
        is_of = lambda kind: (ordinal, kind) in tags and length in self.types[kind][1]
        for kind, name in SPECIAL_TYPES:
            if is_of(kind):
                return name
        if is_of(FIXED):
            return "FixedOrMobile" if self.mobile_is_fixed or is_of(MOBILE) else "Fixed"
        return "Mobile" if is_of(MOBILE) else None


def label_for(plans):
    """What a number of that calling code is: 1 + 8 × ordinal of its country + kind; 0: nothing."""

    def label(tags, length):
        for ordinal, plan in enumerate(plans):
            kind = plan.kind_of(tags, ordinal, length)
            decided = (ordinal, "leading") in tags if plan.leading else kind
            if decided:
                return 1 + 8 * ordinal + KINDS.index(kind) if kind else 0
        return 0

    return label


class Programs:
    """Instructions of the prefix matcher, one 16-bit word each (see numbering/prefix.cpp)."""

    END, MATCH, SAVE, SPLIT, JUMP = 0x4000, 0x4001, 0x5000, 0x8000, 0xC000

    def __init__(self):
        self.words = []
        self.known = {None: (0, 0)}

    def add(self, text):
        """(where it starts, how many groups it has); a program of no pattern starts at 0."""
        if text not in self.known:
            if not self.words:
                self.words.append(self.MATCH)
            pattern, start = Pattern(text), len(self.words)
            self.emit(pattern.tree)
            self.words.append(self.MATCH)
            self.known[text] = (start, pattern.groups)
        return self.known[text]

    def emit(self, tree):
        if tree[0] == "set":
            self.words.append(tree[1])
        elif tree[0] == "end":
            self.words.append(self.END)
        elif tree[0] == "group":
            self.words.append(self.SAVE | 2 * tree[1])
            self.emit(tree[2])
            self.words.append(self.SAVE | 2 * tree[1] + 1)
        elif tree[0] == "then":
            for item in tree[1]:
                self.emit(item)
        elif tree[0] == "times":
            _, low, high, item = tree
            for _ in range(low):
                self.emit(item)
            for _ in range(high - low):
                self.choice(lambda: self.emit(item), lambda: None)
        else:
            self.branches(tree[1])

    def branches(self, branches):
        if len(branches) == 1:
            self.emit(branches[0])
        else:
            self.choice(lambda: self.emit(branches[0]), lambda: self.branches(branches[1:]))

    def choice(self, first, second):
        """SPLIT tries what follows it, then its target."""
        split = len(self.words)
        self.words.append(self.SPLIT)
        first()
        jump = len(self.words)
        self.words.append(self.JUMP)
        self.words[split] |= len(self.words)
        second()
        self.words[jump] |= len(self.words)


def transform_parts(rule):
    """"9$1" is ("9", 1): digits to put before, and the group to keep (0: none)."""
    if not rule:
        return "", 0
    before, _, group = rule.partition("$")
    if not group.isdigit() or (before and not before.isdigit()):
        raise ValueError(f"unknown transform rule {rule!r}")
    return before, int(group)


def rows(values, per_line=24):
    lines = (values[i:i + per_line] for i in range(0, len(values), per_line))
    return "\n".join("    " + ", ".join(map(str, line)) + "," for line in lines)


def length_mask(plan):
    return sum(1 << length for length in plan.lengths)


def main(metadata_path, out_path):
    sys.setrecursionlimit(10000)
    with open(metadata_path, encoding="utf-8") as file:
        metadata = json.load(file)
    if metadata["version"] != 4:
        sys.exit(f"{metadata_path}: layout {metadata['version']}, this generator knows layout 4")
    groups = {code: [Plan(c, metadata["countries"][c]) for c in countries]
              for code, countries in metadata["country_calling_codes"].items()}
    for code, packed in metadata["nonGeographic"].items():
        groups[code] = [Plan("ZZ", packed)]

    nodes, programs = Nodes(), Programs()
    countries, codes, code_of = [], [], [0] * 1000
    for code, plans in sorted(groups.items()):
        automaton = Automaton()
        starts = [s for ordinal, plan in enumerate(plans) for s in plan.add_to(automaton, ordinal)]
        root = nodes.unroll(automaton, starts, label_for(plans))
        codes.append((code, root, len(countries)))
        for three in range(1000):
            if f"{three:03}".startswith(code):
                code_of[three] = len(codes)
        for plan in plans:
            general = Automaton()
            start = general.add(plan.general, "general")
            viable = nodes.unroll(general, [start], lambda tags, length: int(bool(tags)))
            prefix, prefix_groups = programs.add(plan.prefix)
            before, kept = transform_parts(plan.transform)
            idd, _ = programs.add(plan.idd)
            countries.append((plan.country, len(codes) - 1, viable, length_mask(plan), prefix,
                              prefix_groups, before, kept, idd))
    if len(nodes.labels) > 0xFFFF or max(nodes.labels) > 0xFF or len(programs.words) > 0x3FFF:
        sys.exit("the plans no longer fit the tables' words: widen numbering/plans.hpp")
    write(out_path, nodes, programs, countries, codes, code_of)


def write(out_path, nodes, programs, countries, codes, code_of):
    by_name = [0] * 676
    for i, (c, *_) in enumerate(countries):
        if c != "ZZ":
            by_name[26 * (ord(c[0]) - 65) + ord(c[1]) - 65] = i + 1
    country_rows = "\n".join(
        f"    {{{{'{c[0]}', '{c[1]}'}}, {code}, {viable}, {lengths}U, {prefix}, {groups}, "
        f'"{before}", {kept}, {idd}}},'
        for c, code, viable, lengths, prefix, groups, before, kept, idd in countries)
    code_rows = "\n".join(
        f"    {{{{{', '.join(repr(digit) for digit in code)}}}, {len(code)}, {root}, {first}}},"
        for code, root, first in codes)
    flat = [child for children in nodes.children for child in children]
    with open(out_path, "w", encoding="utf-8") as out:
        out.write(f"""// Generated by tools/generate_phone_plans.py; not to be edited.
#include "engine/normalise/numbering/plans.hpp"

namespace engine::normalise::numbering {{

const std::uint16_t kNext[][10] = {{
{rows(flat)}
}};

const std::uint8_t kLabels[] = {{
{rows(nodes.labels)}
}};

const std::uint16_t kPrograms[] = {{
{rows(programs.words)}
}};

const CountryPlan kCountries[] = {{
{country_rows}
}};

const CallingCode kCallingCodes[] = {{
{code_rows}
}};

const std::uint8_t kCallingCodeByThreeDigits[1000] = {{
{rows(code_of)}
}};

const std::uint8_t kCountryByName[676] = {{
{rows(by_name)}
}};

}} // namespace engine::normalise::numbering
""".replace("\nconst ", "\nextern const "))
    print(f"{len(nodes.labels)} nodes, {len(programs.words)} words, {len(countries)} countries")


if __name__ == "__main__":
    main(*sys.argv[1:])
