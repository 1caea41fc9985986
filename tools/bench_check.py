#!/usr/bin/env python3
"""`script/bench check`: how often `maillon check` recognises real scams, and how often it alarms on
ordinary messages.

bench_check.py [--signs] [--show CORPUS]

Every corpus is halved by a hash of its ids: the words and weights of src/engine/risk/data were set
on the tuning half; the page shows the other one, without the messages that nearly repeat one of the
tuning half. Fails when ordinary messages alarm in one case of a hundred or more.

--signs prints how often each sign stands in scams and in ordinary messages of the TUNING half, with
the weight that these counts give; --show prints what was missed (or alarmed) there, by id and sign.
Texts stay in a temporary folder.
"""
import argparse
import collections
import csv
import hashlib
import json
import math
import pathlib
import re
import resource
import subprocess
import sys
import tarfile
import tempfile

import bench_page
from bench_page import BUILD, MAILLON, table

FALSE_ALARMS_MAX = 0.01
NORMAL_95 = 1.96  # quantile of the normal law for an interval of 95 %
SAME_LETTERS = 40  # messages whose first letters agree are one template
ALARMS = ("many", "some")


def is_tuning(key: str) -> bool:
    return hashlib.sha256(key.encode()).digest()[0] % 2 == 0


class Corpus:
    """Messages of one kind and source. `key` of a message decides its half, `likeness` which others
    it nearly repeats."""

    def __init__(self, name: str, scam: bool, note: str = "", all_seen: bool = False):
        self.name, self.scam, self.note, self.all_seen = name, scam, note, all_seen
        self.messages: dict[str, tuple[str, str, bytes]] = {}
        self.suffix = ".jsonl"

    def add(self, name: str, content: bytes, key: str = "", likeness: str = ""):
        self.messages[name] = (key or name, likeness or name, content)

    def add_text(self, name: str, text: str, key: str = ""):
        record = {"id": name, "kind": "report", "messages": [{"from": "other", "text": text}]}
        letters = re.sub(r"[^a-zà-ÿ]", "", text.lower())[:SAME_LETTERS]
        self.add(name, json.dumps(record).encode() + b"\n", key, letters)

    def half(self, tuning: bool) -> list[str]:
        seen = {like for key, like, _ in self.messages.values() if is_tuning(key)}
        if tuning:
            return [n for n, (key, _, _) in self.messages.items() if is_tuning(key)]
        if self.all_seen:
            return list(self.messages)
        return [
            n for n, (key, like, _) in self.messages.items()
            if not is_tuning(key) and like not in seen
        ]  # fmt: skip

    def answers(self, names: list[str]) -> dict[str, dict]:
        with tempfile.TemporaryDirectory(dir=BUILD) as folder:
            if self.suffix == ".jsonl":
                path = pathlib.Path(folder) / "messages.jsonl"
                path.write_bytes(b"".join(self.messages[name][2] for name in names))
            else:
                path = pathlib.Path(folder)
                for name in names:
                    (path / name).write_bytes(self.messages[name][2])
            ran = subprocess.run([MAILLON, "check", "--json", path], capture_output=True, text=True)
        if ran.returncode not in (0, 3):
            sys.exit(ran.stderr)
        answers = [json.loads(line) for line in ran.stdout.splitlines()]
        return {pathlib.PurePath(each["record"]).name: each for each in answers}


def sms_corpora(data: pathlib.Path) -> list[Corpus]:
    french = Corpus(
        "French scam SMS", True,
        "all 66 had been read when the phrases were written: what is recognised, not a forecast",
        all_seen=True,
    )  # fmt: skip
    for line in (data / "messages/fr_smishing_shared.jsonl").read_text().splitlines():
        sms = json.loads(line)
        if sms["label"] == "scam":
            french.add_text(sms["id"], sms["text"])
    smishing = Corpus("English smishing SMS", True)
    spam = Corpus("English spam SMS", True, "premium numbers, and advertising that is no scam")
    ham = Corpus("English ordinary SMS", False)
    with (data / "messages/sms_en_shared.csv").open(newline="", errors="replace") as file:
        for row in csv.DictReader(file):
            corpus = {"smishing": smishing, "spam": spam, "ham": ham}[row["label"]]
            corpus.add_text(row["id"], row["text"])
    stories = Corpus("French spoken stories, sentences", False, "halved by story")
    whole = Corpus("French spoken stories, whole", False, "halved by story")
    texts = collections.defaultdict(list)
    lines = (data / "messages/fr_ordinary_parisstories_shared.jsonl").read_text().splitlines()
    for line in lines:
        sentence = json.loads(line)
        story = sentence["id"].split("#")[0]
        stories.add_text(sentence["id"], sentence["text"], story)
        texts[story].append(sentence["text"])
    for story, sentences in texts.items():
        whole.add_text(story, " ".join(sentences), story)
    return [french, smishing, spam, stories, whole, ham]


def members(archive: pathlib.Path):
    with tarfile.open(archive) as tar:
        for member in tar:
            if member.isfile():
                yield member.name, tar.extractfile(member).read()


def phishing_corpora(data: pathlib.Path) -> list[Corpus]:
    with (data / "linking/phishing_pot_clusters_shared.csv").open(newline="") as file:
        known = {row["file"]: row for row in csv.DictReader(file)}
    french = Corpus("French phishing mails", True, "with plain advertising among them")
    english = Corpus("English phishing mails", True, "with plain advertising among them")
    others = Corpus("phishing mails in other languages", True, "languages that the data lacks")
    for corpus in (french, english, others):
        corpus.suffix = ".eml"
    for name in ("phishing_pot_fr_shared.tar.xz", "phishing_pot_multi_shared.tar.xz"):
        for member, content in members(data / "messages" / name):
            file = pathlib.PurePath(member).name
            row = known.get(file, {})
            corpus = {"fr": french, "en": english}.get(row.get("lang_guess"), others)
            corpus.add(file, content, likeness=row.get("neardup_cluster", file))
    return [french, english, others]


def spamassassin_corpora(data: pathlib.Path) -> list[Corpus]:
    spam = Corpus(
        "SpamAssassin spam, 2002", True,
        "mostly advertising, which is not accused; the first lines of 40, of either half, had "
        "been read",
    )  # fmt: skip
    letters = Corpus("SpamAssassin advance-fee letters", True)
    easy = Corpus("SpamAssassin ordinary mails", False)
    hard = Corpus(
        "SpamAssassin newsletters (hard)", False,
        "mails that look like spam; the first lines of 30, of either half, had been read",
    )  # fmt: skip
    with (data / "messages/spamassassin_shared_labels.csv").open(newline="") as file:
        labels = {pathlib.PurePath(row["file"]).name: row for row in csv.DictReader(file)}
    for member, content in members(data / "messages/spamassassin_shared.tar.xz"):
        path = pathlib.PurePath(member)
        fee = labels.get(path.name, {}).get("advance_fee_keywords", "") not in ("", "0", "False")
        if "spam" in path.parent.name:
            corpus = letters if fee else spam
        else:
            corpus = hard if "hard" in path.parent.name else easy
        corpus.add(path.stem + ".eml", content)
    for corpus in (spam, letters, easy, hard):
        corpus.suffix = ".eml"
    return [spam, letters, easy, hard]


def all_corpora(data: pathlib.Path) -> list[Corpus]:
    corpora = sms_corpora(data) + phishing_corpora(data) + spamassassin_corpora(data)
    return sorted(corpora, key=lambda corpus: not corpus.scam)


def wilson(hits: int, count: int) -> tuple[float, float]:
    """Interval of 95 % for a share (Wilson 1927)."""
    if count == 0:
        return 0.0, 1.0
    share, z2 = hits / count, NORMAL_95**2
    middle = share + z2 / (2 * count)
    reach = NORMAL_95 * math.sqrt(share * (1 - share) / count + z2 / (4 * count**2))
    return (
        max(0.0, (middle - reach) / (1 + z2 / count)),
        min(1.0, (middle + reach) / (1 + z2 / count)),
    )


def percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def share_with_interval(hits: int, count: int) -> str:
    low, high = wilson(hits, count)
    return f"{percent(hits / max(count, 1))} ({100 * low:.1f} to {100 * high:.1f})"


def measured_rows(corpora: list[Corpus], tuning: bool) -> tuple[list[list], list[list], int, int]:
    scams, ordinary, alarms, ordinary_count = [], [], 0, 0
    for corpus in corpora:
        answers = corpus.answers(corpus.half(tuning))
        levels = collections.Counter(each["level"] for each in answers.values())
        count, alarmed = len(answers), sum(levels[level] for level in ALARMS)
        row = [corpus.name, count, levels["many"], levels["some"],
               share_with_interval(alarmed, count)]  # fmt: skip
        if corpus.scam:
            scams.append(row)
        else:
            ordinary.append(row)
            alarms, ordinary_count = alarms + alarmed, ordinary_count + count
    return scams, ordinary, alarms, ordinary_count


def speed_rows(corpora: list[Corpus], folder: pathlib.Path) -> list[list]:
    """Bytes a second of processor time, of `check` and of `extract` on the same texts."""
    english = next(corpus for corpus in corpora if corpus.name == "English ordinary SMS")
    texts = b"".join(content for _, _, content in english.messages.values())
    path = folder / "speed.jsonl"
    path.write_bytes(texts * 40)
    size = path.stat().st_size
    rows = []
    for name, options in (("check", ["--json"]), ("extract", ["--threads", "1", "--quiet"])):
        best = min(processor_seconds([MAILLON, name, *options, path]) for _ in range(3))
        rows.append([f"`maillon {name}`", f"{size / best / 1e6:.0f} MB/s"])
    return rows


def processor_seconds(command: list) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    ran = subprocess.run(list(map(str, command)), stdout=subprocess.DEVNULL)
    if ran.returncode != 0:
        sys.exit(f"failed: {' '.join(map(str, command))}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def section(corpora: list[Corpus]) -> tuple[str, bool]:
    columns = ["corpus", "messages", "many signs", "some signs"]
    scams, ordinary, alarms, count = measured_rows(corpora, tuning=False)
    _, tuned_ordinary, _, _ = measured_rows(
        [corpus for corpus in corpora if not corpus.scam], tuning=True
    )
    with tempfile.TemporaryDirectory(dir=BUILD) as name:
        speeds = speed_rows(corpora, pathlib.Path(name))
    holds = alarms / max(count, 1) < FALSE_ALARMS_MAX
    text = "### Check before you pay\n\n"
    text += "`maillon check` on the half of the real messages that no phrase and no weight was\n"
    text += "set on, without those that nearly repeat one of the tuning half; 95 % intervals of\n"
    text += "Wilson. "
    text += "A message counts as recognised with many or some signs.\n\n"
    text += table([*columns, "recognised"], scams)
    text += "\nOrdinary messages; the promise is fewer than 1 % of alarms on all of them together\n"
    text += f"and it {'holds' if holds else 'DOES NOT HOLD'}: "
    text += f"{alarms} in {count}, {share_with_interval(alarms, count)}.\n\n"
    text += table([*columns, "false alarms"], ordinary)
    text += "\nThe same on the tuning half, for comparison:\n\n"
    text += table([*columns, "false alarms"], tuned_ordinary)
    text += "\nNo ordinary French messages of banks, carriers or services are in the data: the\n"
    text += "rate on them is not known. Invented ones stand in `src/engine/risk/risk_test.cpp`.\n"
    notes = [f"- {corpus.name}: {corpus.note}." for corpus in corpora if corpus.note]
    text += "\n" + "\n".join(notes) + "\n"
    text += "\nBytes a second of processor time, on short messages as JSON lines:\n\n"
    text += table(["program", "speed"], speeds)
    return text, holds


def print_signs(corpora: list[Corpus]) -> None:
    counts = {True: collections.Counter(), False: collections.Counter()}
    totals = {True: 0, False: 0}
    bits = {}
    for corpus in corpora:
        answers = corpus.answers(corpus.half(tuning=True))
        totals[corpus.scam] += len(answers)
        for answer in answers.values():
            for sign in {finding["sign"] for finding in answer["findings"]}:
                counts[corpus.scam][sign] += 1
            bits |= {finding["sign"]: finding["bits"] for finding in answer["findings"]}
    rows = []
    for sign in sorted(bits):
        scam, ordinary = counts[True][sign], counts[False][sign]
        ratio = (scam + 0.5) / (totals[True] + 1) / ((ordinary + 0.5) / (totals[False] + 1))
        rows.append([sign, scam, ordinary, f"{math.log2(ratio):.1f}", f"{bits[sign]:.1f}"])
    print(f"{totals[True]} scams, {totals[False]} ordinary messages")
    print(table(["sign", "in scams", "in ordinary", "bits measured", "bits set"], rows))


def print_shown(corpora: list[Corpus], wanted: str) -> None:
    for corpus in corpora:
        if wanted.lower() not in corpus.name.lower():
            continue
        answers = corpus.answers(corpus.half(tuning=True))
        levels = collections.Counter(each["level"] for each in answers.values())
        print(f"{corpus.name}: {dict(levels)}")
        for name, answer in answers.items():
            if (answer["level"] in ALARMS) == corpus.scam:
                continue
            signs = [
                f"{finding['sign']}[{' | '.join(q['text'][:40] for q in finding['quotes'])}]"
                for finding in answer["findings"]
            ]
            print(f"  {name} {answer['bits']}: {'; '.join(signs)}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--signs", action="store_true", help="counts on the tuning half")
    parser.add_argument("--show", metavar="CORPUS", help="misses and alarms on the tuning half")
    given = parser.parse_args()
    data = bench_page.shared_data()
    if data is None:
        sys.exit("the shared data is not there: nothing to measure on")
    corpora = all_corpora(data)
    if given.signs:
        print_signs(corpora)
        return 0
    if given.show:
        print_shown(corpora, given.show)
        return 0
    text, holds = section(corpora)
    bench_page.replace_part("quality", text)
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
