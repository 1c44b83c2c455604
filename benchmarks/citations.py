"""Precision and recall of citations, and of the places in them, on 1,217 sentences labelled before any rule had seen them.

    python -m benchmarks.citations [--errors development|held_out|unseen|written|further|latest|real|mixed|fresh|varied|assorted|offices|offices_second|regulators|notices|notices_second|notices_third|everywhere|everywhere_second|replies|replies_second]

Each sentence (`gold/citations.json`) is read alone, as one paragraph, so that nothing around it helps. A citation is right where its
document is (short forms count as printed), its places where all of them are, written out in full. The floor reads 《…》 with the one
place behind it.
"""

import argparse
import hashlib
import json
import re
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.sources import SHARED
from policydiff.annotate import annotate
from policydiff.extract import extract
from policydiff.lexicon.numerals import to_int
from policydiff.model import Citation, Document, Place
from policydiff.parsing import parse_text

GOLD = Path(__file__).with_name("gold") / "citations.json"
PARTS = (
    "development",
    "held_out",
    "unseen",
    "written",
    "further",
    "latest",
    "real",
    "mixed",
    "fresh",
    "varied",
    "assorted",
    "offices",
    "offices_second",
    "regulators",
    "notices",
    "notices_second",
    "notices_third",
    "everywhere",
    "everywhere_second",
    "replies",
    "replies_second",
)
BOUNDS = {"recall": 0.92, "precision": 0.95, "places": 0.92}
_MARK = re.compile(r"第[一二三四五六七八九十百千零〇]+[条款项章节]|《|[〔［\[](?:19|20)\d\d[〕］\]]|附件|GB")
_NUMBERED = re.compile(r"^第[一二三四五六七八九十百千零〇]+条(?:之[一二三四])?[\s　]+")
_FLOOR = re.compile(r"《([^《》]+)》(第[一二三四五六七八九十百千零〇]+条)?")


class Score:
    """Counts of one part."""

    def __init__(self) -> None:
        self.sentences = self.right = self.wrong = self.missed = self.places = self.placed = 0

    def line(self) -> str:
        recall, precision, places = self.figures()
        return (
            f"recall {recall:.3f}, precision {precision:.3f}, places {places:.3f}"
            f"  ({self.sentences} sentences: {self.right} right, {self.wrong} wrong, {self.missed} missed; places right in {self.placed} of {self.places})"
        )

    def figures(self) -> tuple[float, float, float]:
        return (
            self.right / max(1, self.right + self.missed),
            self.right / max(1, self.right + self.wrong),
            self.placed / max(1, self.places),
        )


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--errors", choices=PARTS, help="print every difference of this part")
    options = parser.parse_args()
    if not (SHARED / "laws.tar.xz").is_file():
        print(f"development data not found at {SHARED}", file=sys.stderr)
        return 0
    rows = json.loads(GOLD.read_text(encoding="utf-8"))["sentences"]
    scores = {part: Score() for part in PARTS}
    floors = {part: Score() for part in PARTS}
    for row, sentence in sentences_of(rows):
        found = found_in(sentence)
        for difference in count(row["citations"], found, scores[row["part"]]):
            if options.errors == row["part"]:
                print(f"{difference}\n    {sentence[:150]}")
        count(row["citations"], floor_of(sentence), floors[row["part"]])
    holds = True
    for part in PARTS:
        print(f"{part:12}{scores[part].line()}")
        print(f"{'  floor':12}{floors[part].line()}")
        recall, precision, places = scores[part].figures()
        holds = (
            holds
            and recall >= BOUNDS["recall"]
            and precision >= BOUNDS["precision"]
            and places >= BOUNDS["places"]
        )
    print(f"bounds: {BOUNDS}")
    return 0 if holds else 1


def sentences_of(rows: list[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield each row of the gold with its sentence, found again in its file by its digest."""
    texts = _texts({row["file"] for row in rows if "file" in row})
    known: dict[str, dict[str, str]] = {}
    for row in rows:
        if "words" in row:
            yield row, row["words"]
            continue
        file = row["file"]
        if file not in known:
            known[file] = {_digest(sentence): sentence for sentence in _sentences(texts.get(file, ""))}
        sentence = known[file].get(row["sentence"])
        if sentence is not None:
            yield row, sentence


def _sentences(text: str) -> Iterator[str]:
    for line in text.splitlines():
        for piece in re.findall(r"[^。；]+[。；]?", line):
            sentence = _NUMBERED.sub("", piece.strip())
            if _MARK.search(sentence):
                yield sentence


def _digest(sentence: str) -> str:
    return hashlib.sha256(sentence.encode()).hexdigest()[:16]


def _texts(files: set[str]) -> dict[str, str]:
    texts: dict[str, str] = {}
    for name in files:
        kind, _, file = name.partition("/")
        if kind == "gov":
            path = next(
                (path for folder in ("govcn", "shanghai") for path in (SHARED / folder).rglob(file)), None
            )
            if path is not None:
                texts[name] = extract(path.read_bytes(), name=file).text
    for archive, kind in (("laws.tar.xz", "laws"), ("npc_docx.tar.xz", "npc")):
        with tarfile.open(SHARED / archive) as members:
            for member in members:
                name = f"{kind}/{Path(member.name).name}"
                stream = members.extractfile(member) if name in files and member.isfile() else None
                if stream is not None:
                    data = stream.read()
                    texts[name] = data.decode() if kind == "laws" else extract(data, name=member.name).text
    return texts


def found_in(sentence: str) -> list[dict[str, Any]]:
    """Return what is cited, in the form of the gold."""
    document: Document = annotate(parse_text(sentence), sentence)
    return [_in_gold_form(citation) for citation in document.citations]


def _in_gold_form(citation: Citation) -> dict[str, Any]:
    return {
        "title": citation.title or ("" if citation.document_number else citation.resolved) or "",
        "number": citation.document_number,
        "places": [_place(place) for place in citation.places],
    }


def _place(place: Place) -> str:
    if place.annex is not None:
        return place.text if place.until is None else f"{place.text}-{place.until.text}"
    if place.article is None and place.paragraph is None and (place.chapter or place.section):
        return "/".join(
            f"{number}{unit}" for number, unit in ((place.chapter, "章"), (place.section, "节")) if number
        )
    above = (
        "prev"
        if (place.paragraph or "").startswith("previous") or (place.article or "") == "previous"
        else None
    )
    paragraph = "" if (place.paragraph or "").startswith("previous") else place.paragraph or ""
    words = "/".join((above or place.article or "", paragraph, place.subparagraph or "")).rstrip("/")
    return words if place.until is None else f"{words}-{_place(place.until)}"


def floor_of(sentence: str) -> list[dict[str, Any]]:
    """Return what the simplest reading gives: 《…》 and one article behind it."""
    return [
        {"title": title, "number": None, "places": [str(to_int(article[1:-1]))] if article else []}
        for title, article in _FLOOR.findall(sentence)
    ]


def count(gold: list[dict[str, Any]], found: list[dict[str, Any]], score: Score) -> Iterator[str]:
    """Pair citations of equal document in order, count, and return the differences."""
    return iter([*_count(gold, found, score)])


def _count(gold: list[dict[str, Any]], found: list[dict[str, Any]], score: Score) -> Iterator[str]:
    score.sentences += 1
    waiting = list(found)
    for wanted in [
        *[item for item in gold if not item.get("optional")],
        *[item for item in gold if item.get("optional")],
    ]:
        pair = next((other for other in waiting if _agrees(wanted, other)), None)
        if pair is not None:
            waiting.remove(pair)
        if wanted.get("optional"):
            continue
        score.places += "places" in wanted
        if pair is None:
            score.missed += 1
            yield f"missed {wanted}"
            continue
        score.right += 1
        places = wanted.get("places", [])
        if places:
            score.placed += places == pair["places"]
            if places != pair["places"]:
                yield f"places {pair['places']}, not {places}"
        if wanted.get("number") and wanted["number"] != pair["number"]:
            yield f"number {pair['number']}, not {wanted['number']}"
    score.wrong += len(waiting)
    yield from (f"wrong {other}" for other in waiting)


def _agrees(wanted: dict[str, Any], found: dict[str, Any]) -> bool:
    if not wanted["title"]:
        return bool(wanted.get("number")) and wanted["number"] == found["number"]
    if wanted["title"] == "self":
        same = found["title"] == "self"
        return same and (len(wanted.get("places", [])) == 0 or bool(set(_flat(wanted)) & set(_flat(found))))
    return _plain(wanted["title"]) == _plain(found["title"])


def _flat(item: dict[str, Any]) -> list[str]:
    return [place.split("-")[0] for place in item.get("places", [])]


def _plain(words: str) -> str:
    return re.sub(r"[\s《》〈〉]", "", words).removeprefix("中华人民共和国")


if __name__ == "__main__":
    sys.exit(main())
