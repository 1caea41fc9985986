"""Perfect hashing for the tables that the build generates (hash and displace, Belazzougui, Botelho
and Dietzfelbinger 2009). The C++ side is the few lines that use the arrays: fold() is FNV-1a over
the bytes of a key from the last to the first, so that a reader who walks a host from its right end
gets the hash of every suffix on the way."""

MASK = (1 << 64) - 1
SEED = 0xCBF29CE484222325  # FNV-1a, 64 bits
PRIME = 0x100000001B3


def fold(text, seed=SEED):
    value = seed
    for byte in reversed(text.encode("ascii")):
        value = ((value ^ byte) * PRIME) & MASK
    return value


def bucket_of(value, buckets):
    return (value >> 44) & (buckets - 1)


def slot_of(value, displacement, slots):
    first = value ^ (value >> 29)
    second = (value >> 32) | 1
    return ((first + displacement * second) & MASK) & (slots - 1)


def build(keys):
    """(displacements, slots, {key: slot}) for distinct keys; both sizes are powers of two."""
    slots = 16
    while slots * 3 < len(keys) * 4:
        slots *= 2
    buckets = max(slots // 4, 4)
    by_bucket = [[] for _ in range(buckets)]
    for key in keys:
        by_bucket[bucket_of(fold(key), buckets)].append(key)
    displacements = [0] * buckets
    places = {}
    taken = [False] * slots
    for bucket in sorted(range(buckets), key=lambda b: (-len(by_bucket[b]), b)):
        hashes = [fold(key) for key in by_bucket[bucket]]
        if not hashes:
            break
        for displacement in range(1 << 16):
            found = [slot_of(value, displacement, slots) for value in hashes]
            if len(set(found)) == len(found) and not any(taken[slot] for slot in found):
                break
        else:
            raise ValueError("no displacement below 65536: use more slots")
        displacements[bucket] = displacement
        for key, slot in zip(by_bucket[bucket], found):
            taken[slot] = True
            places[key] = slot
    return displacements, slots, places


def rows_of(values, per_line=16):
    lines = []
    for start in range(0, len(values), per_line):
        lines.append("    " + ", ".join(str(value) for value in values[start:start + per_line]))
    return ",\n".join(lines)
