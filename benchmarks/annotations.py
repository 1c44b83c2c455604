"""Precision and recall of citations, targets and responsibilities on documents labelled by hand, and the time they take.

The gold (`gold/annotations.json`) tells three sets apart: documents the rules were written from; documents labelled before any
rule had seen them, whose faults were mended afterwards; and documents held out, which served to improve one rule on targets only
(the file says which). The
texts themselves are development data and lie outside the repository.
"""

import argparse
import json
import re
import sys
import tarfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from policydiff.annotate import annotate
from policydiff.extract import extract
from policydiff.model import Document, Target
from policydiff.parsing import parse_text

GOLD = Path(__file__).with_name("gold") / "annotations.json"
DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
SETS = ("development", "first_look", "held_out")


class Score:
    """Counts of one family of facts."""

    def __init__(self) -> None:
        self.right = self.wrong = self.missed = 0
        self.details: Counter[str] = Counter()

    def line(self) -> str:
        precision = self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0
        recall = self.right / (self.right + self.missed) if self.right + self.missed else 1.0
        details = "".join(f"  {name} {count}/{self.right}" for name, count in sorted(self.details.items()))
        return f"precision {precision:6.1%}  recall {recall:6.1%}  ({self.right} right, {self.wrong} wrong, {self.missed} missed){details}"


class Fact(NamedTuple):
    """A fact of either side: its key, and what else is compared once the keys agree."""

    key: tuple[str, ...]
    details: dict[str, str]
    is_optional: bool = False


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--errors", choices=SETS, help="print every difference of this set")
    parser.add_argument(
        "--laws", action="store_true", help="annotate every law of the archive and count instead"
    )
    options = parser.parse_args()
    if not DATA.is_dir():
        print(f"development data not found at {DATA}", file=sys.stderr)
        return 0
    scores = {
        (part, family): Score() for part in SETS for family in ("citations", "targets", "responsibilities")
    }
    seconds = characters = 0.0
    documents: Counter[str] = Counter()
    if options.laws:
        return over_laws()
    loaded = json.loads(GOLD.read_text(encoding="utf-8"))
    documents_of_gold = loaded["documents"]
    texts = texts_of([gold["file"] for gold in documents_of_gold])
    for gold in documents_of_gold:
        text = texts[gold["file"]]
        parsed = parse_text(text)
        started = time.process_time()
        found = annotate(parsed, text)
        seconds += time.process_time() - started
        characters += len(text)
        documents[gold["set"]] += 1
        for family, expected, actual in families(gold, found, text):
            differences = list(score(expected, actual, scores[gold["set"], family]))
            if options.errors == gold["set"]:
                for difference in differences:
                    print(f"{gold['file']}: {family}: {difference}")
    for part in SETS:
        print(f"{part} ({documents[part]} documents)")
        for family in ("citations", "targets", "responsibilities"):
            print(f"  {family:17}{scores[part, family].line()}")
    for line in loaded["first_look_scores"]:
        print(f"before they were mended, precision / recall on {line}")
    print(f"time: {characters / seconds / 1e6:.2f} M characters a second beyond parsing")
    return 0


def over_laws() -> int:
    """Annotate all laws; print facts by kind, exceptions and time."""
    counts: Counter[str] = Counter()
    parsing = annotating = 0.0
    characters = 0
    with tarfile.open(DATA / "laws.tar.xz") as archive:
        for member in archive:
            file = archive.extractfile(member) if member.name.endswith(".md") else None
            if file is None:
                continue
            text = file.read().decode()
            started = time.process_time()
            parsed = parse_text(text)
            parsing += time.process_time() - started
            started = time.process_time()
            try:
                found = annotate(parsed, text)
            except Exception as error:
                counts["exceptions"] += 1
                print(f"{member.name}: {error!r}")
                continue
            annotating += time.process_time() - started
            characters += len(text)
            counts["documents"] += 1
            counts.update(f"citations: {item.relation.value}" for item in found.citations)
            counts.update(f"targets: {item.kind.value}" for item in found.targets)
            counts["responsibilities"] += len(found.responsibilities)
    counts["exceptions"] += 0
    for name, count in sorted(counts.items()):
        print(f"{name:24}{count:8}")
    print(
        f"{characters / 1e6:.1f} M characters: parsing {parsing:.1f} s, annotating {annotating:.1f} s of CPU"
    )
    return 1 if counts["exceptions"] else 0


def texts_of(names: list[str]) -> dict[str, str]:
    """Return the texts of pages, plain texts, and members of the archive of laws (`laws/…`)."""
    texts = {}
    for name in names:
        path = DATA / name
        if path.suffix == ".txt":
            texts[name] = path.read_text(encoding="utf-8")
        elif path.suffix == ".html":
            texts[name] = extract(path.read_bytes()).text
    with tarfile.open(DATA / "laws.tar.xz") as archive:
        for member in archive:
            name = f"laws/{member.name.removeprefix('./')}"
            if name in names and (file := archive.extractfile(member)) is not None:
                texts[name] = file.read().decode()
    return texts


def families(
    gold: dict[str, Any], found: Document, text: str
) -> Iterator[tuple[str, list[Fact], list[Fact]]]:
    """Yield family, expected and actual facts.

    Documents named without 《》 are measured by `benchmarks.citations`: the gold here was labelled before they were read.
    """
    marked = set(re.findall("《(.+?)》(?![^《]*》)", text)) | {item["text"] for item in gold["citations"]}
    yield (
        "citations",
        [
            Fact(
                (plain(item["text"]),),
                {"relation": item["relation"], "number": item.get("number", "")},
                is_optional=item["relation"] == "optional",
            )
            for item in gold["citations"]
        ],
        [
            Fact(
                (plain(item.title),), {"relation": item.relation.value, "number": item.document_number or ""}
            )
            for item in found.citations
            if item.title and (item.document_number or "关于" in item.title or item.title in marked)
        ],
    )
    yield (
        "targets",
        [
            Fact((item["value"], item["unit"]), wanted(item), is_optional=item["kind"] == "optional")
            for item in gold["targets"]
        ],
        [Fact((item.value, item.unit), given(item)) for item in found.targets],
    )
    optional = gold.get("optional_responsibilities", 0)
    notes = [
        Fact(tuple("、".join([*item.lead, *item.supporting]).split("、")), {"roles": "、".join(item.lead)})
        for item in found.responsibilities
    ]
    yield (
        "responsibilities",
        [
            Fact(tuple(item.replace(" | ", "、").split("、")), {"roles": item.split(" | ")[0]})
            for item in gold["responsibilities"]
        ],
        notes[: max(0, len(notes) - optional)] if optional and not gold["responsibilities"] else notes,
    )


def wanted(item: dict[str, str]) -> dict[str, str]:
    return {name: item.get(name, "") for name in ("kind", "deadline", "qualifier", "metric")}


def given(item: Target) -> dict[str, str]:
    return {
        "kind": item.kind.value,
        "deadline": item.deadline or "",
        "qualifier": item.qualifier or "",
        "metric": item.metric,
    }


def score(expected: list[Fact], actual: list[Fact], into: Score) -> Iterator[str]:
    """Pair facts of equal key in order, count, and yield the differences."""
    waiting = list(actual)
    for fact in expected:
        pair = next((other for other in waiting if other.key == fact.key), None)
        if pair is not None:
            waiting.remove(pair)
        if fact.is_optional:
            continue
        if pair is None:
            into.missed += 1
            yield f"missed {fact.key} {fact.details}"
            continue
        into.right += 1
        for name, value in fact.details.items():
            agrees = same(name, value, pair.details[name])
            into.details[name] += agrees
            if not agrees:
                yield f"{name} of {fact.key}: {pair.details[name]!r}, not {value!r}"
    into.wrong += len(waiting)
    yield from (f"wrong {fact.key} {fact.details}" for fact in waiting)


def same(name: str, expected: str, actual: str) -> bool:
    """Compare one detail; a metric may hold more words than the reader wrote, or the reader more than it."""
    if name == "metric":
        return plain(expected) in plain(actual) or (len(actual) > 3 and plain(actual) in plain(expected))
    return expected == actual


def plain(words: str | None) -> str:
    return "".join((words or "").replace('"', "").replace("“", "").replace("”", "").split())


if __name__ == "__main__":
    sys.exit(main())
