#!/usr/bin/env python3
"""Compiles src/engine/risk/data/*.toml into the tables of table/risk_table.hpp.

    generate_risk.py FOLDER OUT_CPP

The grammar of a phrase stands at the head of cues.toml. A word of the table is a whole word or the
beginning of one; an atom is one step of a phrase (a set of words and classes).
"""

import itertools
import pathlib
import re
import sys
import tomllib

CLASSES = ["link", "phone", "short", "money", "email", "iban", "premium"]
GROUPS = ["story", "demand", "pressure", "link", "sender", "phone", "account", "text", "confirmed",
          "fact"]
GAPS = {"..": 3, "....": 8}
SLOTS_MAX = 4
ATOMS_MAX = 1 << 16


class Table:
    def __init__(self):
        self.words = {}  # (text, is_beginning) -> symbol
        self.atoms = {}  # frozenset of symbols -> atom
        self.phrases = []  # (owner, ((gap, atom), ...))

    def symbol(self, written):
        if written.startswith("<"):
            return CLASSES.index(written[1:-1])
        if not re.fullmatch(r"[a-z0-9]+\*?", written):
            raise SystemExit(f"not a word of the grammar: {written!r}")
        return self.words.setdefault((written.rstrip("*"), written.endswith("*")),
                                     len(CLASSES) + len(self.words))

    def atom(self, element):
        symbols = frozenset(self.symbol(written) for written in element.split("|"))
        return self.atoms.setdefault(symbols, len(self.atoms))

    def add_phrase(self, owner, phrase):
        elements = phrase.split()
        optional = [i for i, element in enumerate(elements) if element.endswith("?")]
        for kept in itertools.product([True, False], repeat=len(optional)):
            left_out = {i for i, keep in zip(optional, kept) if not keep}
            self.add_exact(owner, [element.rstrip("?") for i, element in enumerate(elements)
                                   if i not in left_out])

    def add_exact(self, owner, elements):
        steps, gap = [], 0
        for element in elements:
            if element in GAPS:
                gap = GAPS[element]
            else:
                steps.append((gap, self.atom(element)))
                gap = 0
        if not steps or gap or steps[0][0]:
            raise SystemExit(f"a phrase begins and ends with a word: {' '.join(elements)}")
        if (owner, tuple(steps)) not in self.phrases:
            self.phrases.append((owner, tuple(steps)))


def text(value):
    return '"' + "".join(c if " " <= c <= "~" and c not in '"\\' else
                         "".join(f"\\{byte:03o}" for byte in c.encode()) for c in value) + '"'


def rows(lines):
    return "".join(f"    {line},\n" for line in lines)


def array(name, kind, lines):
    return (f"static const {kind} {name}Rows[] = {{\n{rows(lines)}}};\n"
            f"const std::span<const {kind}> {name}{{{name}Rows}};\n")


def word_rows(table):
    """Sorted; `parent` is the longest other word of the table that this one begins with."""
    texts = sorted({word for word, _ in table.words})
    places = {word: place for place, word in enumerate(texts)}
    lines = []
    for word in texts:
        parent = next((places[word[:size]] for size in range(len(word) - 1, 0, -1)
                       if word[:size] in places), -1)
        whole = table.words.get((word, False), -1)
        beginning = table.words.get((word, True), -1)
        lines.append(f"{{{text(word)}, {parent}, {whole}, {beginning}}}")
    return lines


def flat(lists):
    """Lists one after the other, and where each begins (one more at the end)."""
    begins, values = [0], []
    for each in lists:
        values += each
        begins.append(len(values))
    return begins, values


def sign_rows(signs, cues):
    lines = []
    for sign in signs:
        slots = [slot.split("|") for slot in sign["all"]]
        if len(slots) > SLOTS_MAX:
            raise SystemExit(f"{sign['name']}: at most {SLOTS_MAX} cues")
        masks = []
        for slot in slots:
            numbers = [cues.index(cue) for cue in slot]
            low = sum(1 << n for n in numbers if n < 64)
            high = sum(1 << (n - 64) for n in numbers if n >= 64)
            masks.append(f"{{0x{low:X}U, 0x{high:X}U}}")
        lines.append(f"{{{text(sign['name'])}, {text(sign.get('story', ''))}, "
                     f"Group::{sign['group'].capitalize()}, {sign['bits']}, {sign['within']}, "
                     f"{len(slots)}, {sign.get('quoted', len(slots))}, "
                     f"{{{{{', '.join(masks)}}}}}}}")
    return lines


def main():
    folder, target = pathlib.Path(sys.argv[1]), sys.argv[2]
    read = {name: tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8"))
            for name in ("cues", "signs", "brands")}
    cues = list(read["cues"]["cue"])
    if len(cues) > 128:
        raise SystemExit("more than 128 cues: widen CueMask")
    brands = read["brands"]["brand"]
    table = Table()
    for owner, cue in enumerate(cues):
        for phrase in read["cues"]["cue"][cue]:
            table.add_phrase(owner, phrase)
    for owner, brand in enumerate(brands, len(cues)):
        for phrase in brand["words"]:
            table.add_phrase(owner, phrase)
    used = {cue for sign in read["signs"]["sign"] for slot in sign["all"]
            for cue in slot.split("|")}
    if unused := set(cues) - used:
        raise SystemExit(f"no sign needs: {', '.join(sorted(unused))}")
    atoms_of = [[] for _ in range(len(CLASSES) + len(table.words))]
    for symbols, atom in table.atoms.items():
        for symbol in symbols:
            atoms_of[symbol].append(atom)
    starting = [[] for _ in table.atoms]
    for place, (_, steps) in enumerate(table.phrases):
        starting[steps[0][1]].append(place)
    symbol_begins, symbol_atoms = flat(atoms_of)
    atom_begins, atom_phrases = flat(starting)
    step_begins, steps = flat([list(steps) for _, steps in table.phrases])
    token_begins, tokens = flat([brand["tokens"] for brand in brands])
    home_begins, homes = flat([brand["homes"] for brand in brands])
    domain_words = sorted(set(read["signs"]["words"]["domain"] + read["signs"]["words"]["strong"]))
    strong = set(read["signs"]["words"]["strong"])
    view = "std::string_view"
    with open(target, "w", encoding="ascii") as out:
        print("// Made by tools/generate_risk.py.",
              '#include "engine/risk/table/risk_table.hpp"\n',
              "namespace engine::risk::table {\n",
              f"const std::size_t kCues = {len(cues)};",
              array("kCueNames", view, map(text, cues)),
              array("kWords", "Word", word_rows(table)),
              array("kSymbolAtomBegins", "std::uint16_t", symbol_begins),
              array("kSymbolAtoms", "std::uint16_t", symbol_atoms),
              array("kAtomPhraseBegins", "std::uint16_t", atom_begins),
              array("kAtomPhrases", "std::uint16_t", atom_phrases),
              array("kPhrases", "Phrase",
                    [f"{{{owner}, {step_begins[place]}, {step_begins[place + 1]}}}"
                     for place, (owner, _) in enumerate(table.phrases)]),
              array("kSteps", "Step", [f"{{{gap}, {atom}}}" for gap, atom in steps]),
              array("kSigns", "Sign", sign_rows(read["signs"]["sign"], cues)),
              array("kStructures", "Structure",
                    [f"{{{text(each['name'])}, Group::{each['group'].capitalize()}, "
                     f"{each['bits']}}}" for each in read["signs"]["structure"]]),
              array("kBrands", "Brand",
                    [f"{{{text(brand['name'])}, {text(brand.get('country', ''))}, "
                     f"{token_begins[i]}, {token_begins[i + 1]}, {home_begins[i]}, "
                     f"{home_begins[i + 1]}}}" for i, brand in enumerate(brands)]),
              array("kBrandTokens", view, map(text, tokens)),
              array("kBrandHomes", view, map(text, homes)),
              array("kDomainWords", "DomainWord",
                    [f"{{{text(word)}, {str(word in strong).lower()}}}" for word in domain_words]),
              array("kEndings", view, map(text, sorted(read["signs"]["words"]["endings"]))),
              "} // namespace engine::risk::table", sep="\n", file=out)


if __name__ == "__main__":
    main()
