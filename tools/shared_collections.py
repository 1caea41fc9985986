"""Real collections with a known or silver grouping, as inputs and truth of `maillon score`.

Each function takes the shared data and a folder to write in, and gives what to link, truth.csv and
a sentence on what its truth is worth.
"""
import csv
import html.parser
import json
import pathlib
import re
import tarfile


class PlainText(html.parser.HTMLParser):
    """The words of a page, without its scripts and styles."""

    def __init__(self):
        super().__init__()
        self.words: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag, attributes):
        self.hidden += tag in ("script", "style")
        self.words += [value for name, value in attributes if name == "href" and value]

    def handle_endtag(self, tag):
        self.hidden -= tag in ("script", "style")

    def handle_data(self, data):
        if self.hidden <= 0:
            self.words.append(data)


def plain_text(page: str) -> str:
    reader = PlainText()
    reader.feed(page)
    return "\n".join(word.strip() for word in reader.words if word.strip())


def write_truth(path: pathlib.Path, rows) -> pathlib.Path:
    with path.open("w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["id", "group"])
        out.writerows(rows)
    return path


def write_records(path: pathlib.Path, records) -> pathlib.Path:
    with path.open("w") as file:
        for record in records:
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
    return path


def french_sms_families(data: pathlib.Path, folder: pathlib.Path):
    records, truth = [], []
    for line in (data / "messages/fr_smishing_shared.jsonl").read_text().splitlines():
        sms = json.loads(line)
        record = {
            "id": sms["id"], "kind": "report", "lang": "fr",
            "messages": [{"from": "suspect", "text": sms["text"]}],
        }  # fmt: skip
        if re.fullmatch(r"\+?[\d .]{6,}", sms.get("sender", "")):
            sender = {"type": "phone", "value": sms["sender"], "role": "suspect"}
            record["identifiers"] = [sender]
        records.append(record)
        truth.append((sms["id"], sms["family"]))
    return (
        write_records(folder / "sms.jsonl", records),
        write_truth(folder / "sms.csv", truth),
        "66 SMS of 16 families; a family is a lure (a parcel, a health card), which several gangs "
        "may use, so recall is not expected to reach 1.",
    )


def ransomware_notes(data: pathlib.Path, folder: pathlib.Path):
    records, truth = [], []
    with tarfile.open(data / "linking/ransomware_notes_shared.tar.xz") as archive:
        for member in archive:
            if not member.isfile():
                continue
            text = archive.extractfile(member).read().decode(errors="replace").replace("\0", "")
            if member.name.lower().endswith((".html", ".hta", ".htm")):
                text = plain_text(text)
            records.append({
                "id": member.name, "kind": "complaint", "lang": "en", "scam_type": "ransomware",
                "messages": [{"from": "suspect", "text": text}],
            })  # fmt: skip
            truth.append((member.name, member.name.split("/")[0]))
    return (
        write_records(folder / "notes.jsonl", records),
        write_truth(folder / "notes.csv", truth),
        f"{len(truth)} notes of {len({family for _, family in truth})} families; "
        f"{count_single(truth)} families have one note only, and one family's notes may share "
        "nothing but a way of speaking.",
    )


def count_single(truth: list[tuple[str, str]]) -> int:
    families = [family for _, family in truth]
    return sum(families.count(family) == 1 for family in set(families))


def phishing_mail_clusters(data: pathlib.Path, folder: pathlib.Path):
    mails = folder / "mails"
    mails.mkdir(exist_ok=True)
    for name in ("phishing_pot_fr_shared.tar.xz", "phishing_pot_multi_shared.tar.xz"):
        with tarfile.open(data / "messages" / name) as archive:
            for member in archive:
                if member.isfile() and member.name.endswith(".eml"):
                    target = mails / pathlib.PurePath(member.name).name
                    target.write_bytes(archive.extractfile(member).read())
    with (data / "linking/phishing_pot_clusters_shared.csv").open(newline="") as file:
        truth = [(row["file"], row["neardup_cluster"]) for row in csv.DictReader(file)]
    return (
        mails,
        write_truth(folder / "mails.csv", truth),
        "1,676 mails; SILVER truth, made by a machine from near-duplicate text alone: mails that "
        "share a sender or a site under different words count against us.",
    )


ALL = (french_sms_families, ransomware_notes, phishing_mail_clusters)
