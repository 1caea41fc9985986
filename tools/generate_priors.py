#!/usr/bin/env python3
"""Compiles the .tsv files of src/engine/priors into the table of table/known_table.hpp.

    generate_priors.py FOLDER OUT_CPP
"""

import pathlib
import re
import sys

import perfect_hash

FLAGS = {"mail": 1, "exact": 2, "owned": 4}
FILES = {
    "known_domains.tsv": r"[a-z0-9.-]+",
    "known_phones.tsv": r"\+[0-9]{8,15}|[0-9]{2,6}",
    "known_wallets.tsv": r"0x[0-9a-f]{40}|[1-9A-HJ-NP-Za-km-z]{26,44}",
    "bank_codes.tsv": r"[A-Z]{2}[0-9A-Z]{3,8}",
}


def rows_of(path, pattern):
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("#"):
            continue
        fields = line.split("\t")
        if len(fields) != 4 or not all(fields) or not re.fullmatch(pattern, fields[1]):
            raise SystemExit(f"{path}:{number}: four fields parted by tabs, value {pattern}")
        kind, value, third, fourth = fields
        if path.name == "known_domains.tsv":
            flags = 0 if third == "-" else sum(FLAGS[flag] for flag in third.split(","))
            yield kind, value, flags, fourth
        else:
            yield kind, value, 0, third


class Pool:
    def __init__(self):
        self.bytes = bytearray()
        self.places = {}

    def place(self, text):
        encoded = text.encode()
        if text not in self.places:
            self.places[text] = len(self.bytes)
            self.bytes += encoded
        return self.places[text], len(encoded)

    def literal(self):
        lines = []
        for start in range(0, len(self.bytes), 80):
            chunk = self.bytes[start:start + 80]
            lines.append('    "' + "".join(chr(byte) if 32 <= byte < 127 and byte not in b'"\\?'
                                           else f"\\{byte:03o}" for byte in chunk) + '"')
        return "\n".join(lines)


def main():
    folder, target = pathlib.Path(sys.argv[1]), sys.argv[2]
    entries = {}
    domains = 0
    for name, pattern in FILES.items():
        for kind, value, flags, body in rows_of(folder / name, pattern):
            if value in entries:
                raise SystemExit(f"{name}: {value} stands twice")
            entries[value] = (kind, flags, body)
            domains += name == "known_domains.tsv"
    displacements, slots, places = perfect_hash.build(list(entries))
    pool = Pool()
    table = ["{0, 0, 0, 0, Known::No, 0}"] * slots
    for value, (kind, flags, body) in entries.items():
        value_at, value_size = pool.place(value)
        body_at, body_size = pool.place(body)
        name = "".join(word.capitalize() for word in kind.split("_"))
        table[places[value]] = (f"{{{value_at}, {body_at}, {value_size}, {body_size}, "
                                f"Known::{name}, {flags}}}")
    with open(target, "w", encoding="ascii") as out:
        print(f"// {len(entries)} known values. Made by tools/generate_priors.py.",
              '#include "engine/priors/table/known_table.hpp"\n',
              "namespace engine::priors::table {\n",
              f"const unsigned kSlots = {slots};",
              f"const unsigned kBuckets = {len(displacements)};",
              f"const unsigned kDomains = {domains};",
              "const std::uint16_t kDisplacements[] = {\n"
              f"{perfect_hash.rows_of(displacements)}}};",
              "const Entry kEntries[] = {\n    " + ",\n    ".join(table) + "};",
              f"const char kText[] =\n{pool.literal()};\n",
              "} // namespace engine::priors::table", sep="\n", file=out)


if __name__ == "__main__":
    main()
