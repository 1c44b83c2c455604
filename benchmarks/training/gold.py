"""Labelled pairs of documents, and pairs of strangers, read from the development data and the gold kept here.

Gold names sentences by their place in the text of a file without its blanks, so that it holds no text and outlives
any change of the parser. Files are `laws/…` (members of the archive of laws), `gold/…` (texts in `texts/` beside the
gold, which are not part of the repository: the gold says where each was found), or paths in the development data.
"""

import csv
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.sources import ROOT, SHARED, read_members
from policydiff.annotate import annotate
from policydiff.comparison.character_runs import Side
from policydiff.extract import extract
from policydiff.lexicon.text_marks import responsibility_notes
from policydiff.model import Document, SentenceKind
from policydiff.parsing import parse_text

GOLD = ROOT / "benchmarks" / "gold" / "adoption"
_FRESH = GOLD / "fresh"
"""Pairs labelled after the others, read by nobody who works on the comparison: never trained on, and measured seldom."""
_GIVEN_TEXTS = SHARED / "adoption-texts"
"""Where texts of the gold lie that are not kept beside it."""
_BLANK = re.compile(r"\s+")
_SUPPOSED = frozenset({"VERBATIM", "ADAPTED"})

Place = tuple[int, int]
"""Half-open range in the text without blanks."""


@dataclass(frozen=True)
class GoldSentence:
    """One local sentence as the readers labelled it."""

    place: Place
    labels: tuple[str, ...]
    """VERBATIM, ADAPTED, RELATED, NEW: one a reader, or the two between which a reader was undecided."""
    sources: tuple[Place, ...]
    """Superior sentences listed, the most important first."""
    effect: str | None = None
    """How a reader says that it stands to its sources: same, localised, tightened, loosened, different."""
    name: str = ""
    """Its name in the gold; empty in the pairs of the development data."""

    @property
    def derived(self) -> bool | None:
        """Whether it is derived; None where the readers disagree."""
        votes = {label in _SUPPOSED for label in self.labels}
        return votes.pop() if len(votes) == 1 else None


@dataclass(frozen=True)
class LabelledPair:
    """A local and a superior text with labels."""

    name: str
    local: str
    superior: str
    family: str
    """Pairs that share a superior document, versions left aside, are trained on, or measured, together."""
    sentences: tuple[GoldSentence, ...]
    verdicts: Mapping[str, str | None]
    """Readers' verdict on superior articles and measures by how these begin (`第三条`, `（二）加强监管`), None where they
    disagree; empty where they gave none and the verdict follows from the sources listed."""
    implements: bool = True
    """Whether the local document implements the superior one. A pair of which it does not is measured, not trained on."""
    held_out: bool = False
    """Whether nothing is ever trained on it: `python -m benchmarks.comparison --held-out` measures such pairs."""


@dataclass(frozen=True)
class StrangerPair:
    """Two documents of which neither implements the other."""

    name: str
    local: str
    superior: str
    superior_title: str
    control: bool
    """Kept out of training."""


def labelled_pairs() -> list[LabelledPair]:
    """Return the pairs whose texts are there: those of the development data first, then by name."""
    return [*_given_pairs(), *(pair for path in sorted(GOLD.glob("*.json")) if (pair := _own_pair(path)))]


def fresh_pairs() -> list[LabelledPair]:
    """Return the fresh pairs whose texts are there; no other function returns them, so that nothing is fitted on them."""
    return [pair for path in sorted(_FRESH.glob("*.json")) if (pair := _own_pair(path))]


def absent_pairs(*, fresh: bool = False) -> list[str]:
    """Return the names of the labelled pairs, or of the fresh ones, whose texts are not there."""
    there = {pair.name for pair in (fresh_pairs() if fresh else labelled_pairs())}
    return [
        path.stem for path in sorted((_FRESH if fresh else GOLD).glob("*.json")) if path.stem not in there
    ]


def stranger_pairs() -> list[StrangerPair]:
    """Return the pairs of strangers whose texts are there."""
    pairs = []
    with (GOLD / "strangers.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            local, superior = _text(row["local"]), _text(row["superior"])
            if local is not None and superior is not None:
                name = f"{Path(row['local']).stem} / {Path(row['superior']).stem}"
                title = title_of(row["superior"])
                pairs.append(StrangerPair(name, local, superior, title, row["role"] == "control"))
    return pairs


def title_of(file: str) -> str:
    """Return the title by which a file is named, its date and its suffix left aside."""
    return file.rpartition("/")[2].partition("(")[0].removesuffix(".txt").removesuffix(".md")


def document_of(text: str) -> Document:
    """Return the parsed and annotated document of a text."""
    return annotate(parse_text(text), text)


def without_blanks(text: str) -> str:
    """Return the text in which gold counts places."""
    return _BLANK.sub("", text)


def places(text: str, sentences: Sequence[str]) -> list[Place | None]:
    """Return where each of `sentences`, given in reading order, stands in `text` without blanks."""
    bare = without_blanks(text)
    found: list[Place | None] = []
    position = 0
    for sentence in sentences:
        words = without_blanks(sentence)
        start = bare.find(words, position)
        if start < 0:
            found.append(None)
            continue
        position = start + len(words)
        found.append((start, position))
    return found


def best_overlap(place: Place, others: Sequence[Place | None]) -> int | None:
    """Return the index of the range that shares most characters with `place`, None where none shares any."""
    best, most = None, 0
    for index, other in enumerate(others):
        if other is not None:
            common = min(place[1], other[1]) - max(place[0], other[0])
            if common > most:
                best, most = index, common
    return best


def meet(one: Place, other: Place) -> bool:
    """Return whether two ranges share more than half of the shorter one."""
    return min(one[1], other[1]) - max(one[0], other[0]) > 0.5 * min(one[1] - one[0], other[1] - other[0])


def labels_of_sides(
    pair: LabelledPair, local: Side, superior: Side
) -> tuple[tuple[bool | None, ...], tuple[tuple[int, ...], ...]]:
    """Return for each local sentence whether it is derived, and the indices of its sources."""
    here, there = _places_of(pair.local, local), _places_of(pair.superior, superior)
    gold = [sentence.place for sentence in pair.sentences]
    derived: list[bool | None] = []
    sources: list[tuple[int, ...]] = []
    for place in here:
        found = best_overlap(place, gold) if place is not None else None
        sentence = pair.sentences[found] if found is not None else None
        derived.append(sentence.derived if sentence is not None else None)
        listed = sentence.sources if sentence is not None else ()
        sources.append(
            tuple(
                index
                for index, own in enumerate(there)
                if own is not None and any(meet(own, each) for each in listed)
            )
        )
    return tuple(derived), tuple(sources)


def _places_of(text: str, side: Side) -> list[Place | None]:
    """Return the places of the sentences of a side, told among all its units."""
    found = places(text, [unit.text for unit in side.all_units])
    return [
        place for place, unit in zip(found, side.all_units, strict=True) if unit.kind is SentenceKind.SENTENCE
    ]


def _own_pair(path: Path) -> LabelledPair | None:
    gold: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    local, superior = _text(gold["local"]["file"]), _text(gold["superior"]["file"])
    if local is None or superior is None:
        return None
    bare = without_blanks(local)
    sources = {source["id"]: tuple(source["place"]) for source in gold["sources"]}
    sentences = []
    for unit in gold["units"]:
        start, end = unit["place"]
        if hashlib.sha256(bare[start:end].encode()).hexdigest()[:16] != unit["sha256"]:
            raise ValueError(f"{path.name}: {unit['id']} is not the sentence that was labelled")
        listed = tuple(sources[source] for source in unit["sources"])
        if (place := _without_notes(bare, start, end)) is not None:
            sentences.append(
                GoldSentence(place, tuple(unit["labels"]), listed, unit.get("effect"), unit["id"])
            )
    family = title_of(gold.get("family") or gold["superior"]["file"])
    implements = gold.get("implements", True)
    return LabelledPair(
        path.stem,
        local,
        superior,
        family,
        tuple(sentences),
        gold.get("verdicts", {}),
        implements=implements,
        held_out=gold.get("held_out", False),
    )


def _without_notes(bare: str, start: int, end: int) -> Place | None:
    """Return the place of a labelled unit without notes of responsibility at its ends; None where it is nothing else.

    Some readers labelled notes by themselves, or with the sentence behind them: they belong to the sentence before, and are in no figure.
    """
    for note in responsibility_notes(bare[start:end]):
        if note.start == 0 and note.end == end - start:
            return None
        if note.start == 0:
            return _without_notes(bare, start + note.end, end)
        if note.end == end - start:
            return start, start + note.start
    return start, end


def _given_pairs() -> list[LabelledPair]:
    """Return the pairs of the development data; headings, notes, rows and frames are no sentences to score."""
    pairs = []
    for path in sorted((SHARED / "adoption").glob("*/gold.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        local, superior = (_side_of(path.parent, side) for side in ("local", "superior"))
        here = places(local, [unit["text"] for unit in gold["units"]])
        bare = without_blanks(superior)
        sentences = []
        for unit, place in zip(gold["units"], here, strict=True):
            words = [without_blanks(source["text"]) for source in unit["sources"]]
            listed = tuple((bare.find(word), bare.find(word) + len(word)) for word in words if word in bare)
            if place is not None and unit.get("kind", "sentence") == "sentence":
                sentences.append(GoldSentence(place, tuple(unit["labels"]), listed, unit.get("effect")))
        verdicts = {article["article"]: article["annot"] for article in gold.get("articles", ())}
        verdicts |= {point["clause"]: [point["status"]] for point in gold.get("coverage", ())}
        pairs.append(
            LabelledPair(
                path.parent.name,
                local,
                superior,
                title_of(f"laws/given/{gold['superior']}"),
                tuple(sentences),
                {clause: said[0] if len(set(said)) == 1 else None for clause, said in verdicts.items()},
            )
        )
    return pairs


def _side_of(folder: Path, side: str) -> str:
    return next(folder.glob(f"{side}.*")).read_text(encoding="utf-8")


def _text(file: str) -> str | None:
    folder, _, member = file.partition("/")
    if folder == "laws":
        return _laws().get(member)
    path = GOLD / "texts" / member if folder == "gold" else SHARED / file
    if folder == "gold" and not path.is_file():
        path = _GIVEN_TEXTS / f"{Path(member).stem}.md"
    if not path.is_file():
        return None
    if path.suffix == ".html":
        return extract(path.read_bytes(), name=path.name).text
    return path.read_text(encoding="utf-8")


@cache
def _laws() -> dict[str, str]:
    wanted: set[str] = set()
    for path in GOLD.rglob("*.json"):
        gold = json.loads(path.read_text(encoding="utf-8"))
        wanted.update((gold["local"]["file"], gold["superior"]["file"]))
    for line in (GOLD / "strangers.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        wanted.update(line.split("\t")[:2])
    names = frozenset(file.removeprefix("laws/") for file in wanted if file.startswith("laws/"))
    return read_members("laws.tar.xz", names)
