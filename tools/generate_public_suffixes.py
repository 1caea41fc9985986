#!/usr/bin/env python3
"""Compiles the public suffix list of the npm package tldts into the table of web/suffix_table.hpp.

    generate_public_suffixes.py TRIE_JS OUT_CPP OUT_RULES

tldts ships the list as a flat trie (its src/suffix-trie.ts says how it is read): labels from the
right, an edge per label, flags 1 (ICANN) and 2 (private) where a rule ends. Here every node of the
unfolded trie is a key of one perfect hash; its slot names its parent's slot and its label, which is
all a reader needs to be certain of a match. OUT_RULES is the same list in the form of
publicsuffix.org, for libpsl, the oracle of the tests.
"""

import re
import sys

import perfect_hash

RULE, PRIVATE, WILDCARD, WILDCARD_PRIVATE, EXCEPTION, CHILDREN = 1, 2, 4, 8, 16, 32
NO_PARENT = 0xFFFF
RULES_MIN = 9000  # the list had 9,300 ASCII rules in 2023; fewer means that the format has changed


class Trie:
    def __init__(self, text):
        def numbers(name):
            match = re.search(rf"export const {name} = [^\[]*\[([^\]]*)\]", text)
            return [int(number) for number in match[1].split(",")]

        self.flags = numbers("nodeFlags")
        self.edge_start = numbers("edgeStart")
        self.edge_child = numbers("edgeChild")
        self.labels = []
        label_text = re.search(r'export const labelText = [^"]*"([^"]*)"', text)[1]
        offset = 0
        for length in numbers("edgeLength"):
            self.labels.append(label_text[offset:offset + length])
            offset += length
        if offset != len(label_text):
            raise ValueError("labels and their lengths disagree")
        self.roots = [int(re.search(rf"export const {name} = (\d+)", text)[1])
                      for name in ("rulesRoot", "exceptionsRoot")]

    def edges(self, node):
        for edge in range(self.edge_start[node], self.edge_start[node + 1]):
            yield self.labels[edge], self.edge_child[edge]


def unfold(trie):
    """{suffix: flags} of every node; suffixes with labels outside ASCII have a twin in xn--."""
    nodes = {}

    def visit(node, suffix, is_exception):
        for label, child in trie.edges(node):
            if not label.isascii():
                continue
            flags = trie.flags[child]
            if label == "*":
                if any(trie.edges(child)):
                    raise ValueError(f"a rule stands below *.{suffix}")
                nodes[suffix] |= WILDCARD | (WILDCARD_PRIVATE if flags == 2 else 0)
                continue
            name = f"{label}.{suffix}" if suffix else label
            if suffix:
                nodes[suffix] |= CHILDREN
            nodes.setdefault(name, 0)
            if flags:
                nodes[name] |= EXCEPTION if is_exception else RULE
                nodes[name] |= PRIVATE if flags == 2 else 0
            visit(child, name, is_exception)

    visit(trie.roots[0], "", False)
    visit(trie.roots[1], "", True)
    return nodes


def write(nodes, out):
    displacements, slots, places = perfect_hash.build(list(nodes))
    pool, offsets = "", {}
    labels = {name.split(".")[0] for name in nodes}
    for label in sorted(labels, key=lambda text: (-len(text), text)):
        if (offset := pool.find(label)) < 0:
            offset = len(pool)
            pool += label
        offsets[label] = offset
    table = ["{0, 0, 0, 0}"] * slots
    for name, flags in nodes.items():
        label, _, parent = name.partition(".")
        above = places[parent] if parent else NO_PARENT
        table[places[name]] = f"{{{offsets[label]}, {above}, {len(label)}, {flags}}}"
    rules = sum(1 for flags in nodes.values() if flags & (RULE | EXCEPTION))
    if rules < RULES_MIN or len(pool) >= 1 << 32:
        raise ValueError(f"{rules} rules: is this still a flat trie of tldts?")
    print(f"// {rules} rules in {len(nodes)} nodes. Made by tools/generate_public_suffixes.py.",
          '#include "engine/normalise/web/suffix_table.hpp"\n',
          "namespace engine::normalise::web {\n",
          f"const unsigned kSuffixSlots = {slots};",
          f"const unsigned kSuffixBuckets = {len(displacements)};",
          f"const std::uint16_t kSuffixDisplacements[] = {{\n"
          f"{perfect_hash.rows_of(displacements)}}};",
          "const SuffixNode kSuffixNodes[] = {\n    " + ",\n    ".join(table) + "};",
          "const char kSuffixLabels[] =\n" +
          "\n".join(f'    "{pool[i:i + 90]}"' for i in range(0, len(pool), 90)) + ";\n",
          "} // namespace engine::normalise::web", sep="\n", file=out)


def write_rules(nodes, out):
    for is_private, section in ((False, "ICANN"), (True, "PRIVATE")):
        print(f"// ===BEGIN {section} DOMAINS===", file=out)
        for name, flags in sorted(nodes.items()):
            # "*.kobe.jp" makes kobe.jp a suffix too, for tldts and for libpsl alike.
            is_plain = flags & (RULE | EXCEPTION) and not flags & WILDCARD
            if is_plain and bool(flags & PRIVATE) == is_private:
                print(("!" if flags & EXCEPTION else "") + name, file=out)
            if flags & WILDCARD and bool(flags & WILDCARD_PRIVATE) == is_private:
                print("*." + name, file=out)
        print(f"// ===END {section} DOMAINS===", file=out)


def main():
    source, target, rules = sys.argv[1:]
    with open(source, encoding="utf-8") as file:
        trie = Trie(file.read())
    nodes = unfold(trie)
    with open(target, "w", encoding="ascii") as out:
        write(nodes, out)
    with open(rules, "w", encoding="ascii") as out:
        write_rules(nodes, out)


if __name__ == "__main__":
    main()
