"""What tracking makes of pairs of pages: the same document a day later, with noise, a wall, a cut, or a real change.

`python -m benchmarks.watch_pages` prints, for each kind, how many pairs are judged rightly; `--second` to `--eighth` take
the later matrices (`watch_unseen` and what follows it), `--eleventh` to `--twentyseventh` those of whole pages (`written_pairs`), `--captured FOLDER` pairs of real captures out of clones, `--drawn FOLDER` and `--drawn_again FOLDER` edits drawn by chance on real pages (`page_edits`, `more_page_edits`), `--wrong` names the pairs that are judged wrongly. A pair is right if the outcome is the one that is due, a refusal also if its type is. Nothing is fetched or stored.
"""

import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from benchmarks import (
    watch_eighth,
    watch_fifth,
    watch_fourth,
    watch_layouts,
    watch_mutations,
    watch_ninth,
    watch_seventh,
    watch_sixth,
    watch_tenth,
    watch_unseen,
)
from benchmarks.listed_edits import drawn_third
from benchmarks.more_page_edits import drawn_again
from benchmarks.page_edits import drawn
from benchmarks.watch_layouts import Doc
from benchmarks.watch_mutations import Expected, Mutation, Render
from benchmarks.written_pairs import Written, captured, written
from policydiff.extract import dispatch
from policydiff.model import Document
from policydiff.settings import Source
from policydiff.watch.captures import Captures, Circumstances
from policydiff.watch.gather import Capture, Gathered, rules_of
from policydiff.watch.ledger.memory import ItemState
from policydiff.watch.settle import Seen, settle
from policydiff.watch.store_archive import Proof, Recorded, Stored, Submission

_START = datetime(2026, 1, 1, tzinfo=UTC)


class MemoryArchive:
    """One document's versions, in memory."""

    def __init__(self) -> None:
        self.versions: list[tuple[Submission, str]] = []

    def newest(self, document_id: str) -> Stored | None:
        if not self.versions:
            return None
        submission, name = self.versions[-1]
        return Stored(
            document_id,
            name,
            submission.extraction.text,
            submission.capture.data,
            submission.document,
            "page.html",
            rules_of(submission.source),
        )

    def texts(self, document_id: str) -> list[tuple[str, str]]:  # noqa: ARG002
        return [(name, submission.extraction.text) for submission, name in self.versions]

    def proof(self, document_id: str, version: str) -> Proof | None:  # noqa: ARG002
        return None

    def propose_id(self, document: Document, source: Source) -> str | None:  # noqa: ARG002
        return source.id

    def add(self, submission: Submission) -> Recorded:
        name = f"2024-03-05.{len(self.versions) + 1}"
        self.versions.append((submission, name))
        return Recorded(submission.document_id, name, is_new=True)


class Pair(NamedTuple):
    """One page a day later."""

    kind: str
    """noise, change or refusal."""
    name: str
    layout: str
    expected: Expected
    got: str
    detail: str

    @property
    def is_right(self) -> bool:
        return self.got == self.expected.outcome or self.got in self.expected.also


def judge(first: bytes, second: bytes) -> tuple[str, str]:
    """Return what tracking makes of the second page: the outcome or the type of the refusal, and why."""
    archive = MemoryArchive()
    source = Source(name="s", url="https://a.gov.cn/x.html", id="city/s")
    with tempfile.TemporaryDirectory() as folder:
        around = Circumstances(
            archive,  # type: ignore[arg-type]
            Captures(Path(folder)),
            "run",
            lambda _intent: None,
        )
        entries = []
        for day, data in enumerate((first, second)):
            gathered = Gathered("", Capture(data, source.url, "x.html", None), status=200, url=source.url)
            seen = Seen(source, gathered, ItemState(), _START + timedelta(days=day))
            entries.append(settle(seen, around))
    if entries[0].outcome != "changed":
        return f"first: {entries[0].failure or entries[0].outcome}", entries[0].detail or ""
    last = entries[1]
    return str(last.failure.value if last.failure else last.outcome.value), last.detail or ""


class Matrix(NamedTuple):
    """Kinds of pairs, and the documents and layouts they are tried on."""

    mutations: tuple[Mutation, ...]
    documents: dict[str, Doc]
    layouts: dict[str, Render]
    shift: int = 0
    """Kinds of the matrices before it on the same layouts: its turns go on behind theirs."""


FIRST = Matrix(watch_mutations.MUTATIONS, watch_mutations.DOCUMENTS, watch_layouts.LAYOUTS)
LATER = {
    "second": Matrix(watch_unseen.MUTATIONS, watch_unseen.DOCUMENTS, watch_unseen.LAYOUTS),
    "third": Matrix(
        watch_unseen.THIRD, watch_unseen.DOCUMENTS, watch_unseen.LAYOUTS, len(watch_unseen.MUTATIONS)
    ),
    "fourth": Matrix(watch_fourth.MUTATIONS, watch_fourth.DOCUMENTS, watch_fourth.LAYOUTS),
    "fifth": Matrix(watch_fifth.MUTATIONS, watch_fifth.DOCUMENTS, watch_fifth.LAYOUTS),
    "sixth": Matrix(watch_sixth.MUTATIONS, watch_sixth.DOCUMENTS, watch_sixth.LAYOUTS),
    "seventh": Matrix(watch_seventh.MUTATIONS, watch_seventh.DOCUMENTS, watch_seventh.LAYOUTS),
    "ninth": Matrix(watch_ninth.MUTATIONS, watch_ninth.DOCUMENTS, watch_ninth.LAYOUTS),
    "tenth": Matrix(watch_tenth.MUTATIONS, watch_tenth.DOCUMENTS, watch_tenth.LAYOUTS),
    "eighth": Matrix(watch_eighth.MUTATIONS, watch_eighth.DOCUMENTS, watch_eighth.LAYOUTS),
}


def pairs(chosen: str = "", *, matrix: Matrix = FIRST) -> Iterator[Pair]:
    """Yield every pair of a matrix that fits."""
    for number, mutation in enumerate(matrix.mutations):
        if chosen not in mutation.name:
            continue
        documents = _fitting(matrix.documents, mutation)
        places = _everywhere if matrix is FIRST else _by_turns
        for layout, render, tried in places(matrix, number + matrix.shift, documents):
            made = next(filter(None, (mutation.make(doc, render) for doc in tried)), None)
            if made is None:
                continue
            got, detail = judge(*made)
            yield Pair(mutation.kind, mutation.name, layout, mutation.expected, got, detail)


def handwritten(matrix: str, chosen: str = "", clones: Path | None = None) -> Iterator[Pair]:
    """Yield every pair of a matrix of whole pages: written by hand, or captured and read from clones."""
    made = captured(matrix, clones) if clones else written(matrix)
    for pair in judged(each for each in made if chosen in each.name):
        yield pair._replace(name=f"{pair.layout}: {pair.name}")


def judged(made: Iterable[Written]) -> Iterator[Pair]:
    """Yield each pair with what tracking makes of it."""
    for pair in made:
        got, detail = judge(pair.first, pair.second)
        yield Pair(pair.kind, pair.name, pair.page, pair.expected, got, detail)


WRITTEN = (
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
    "twentyfirst",
    "twentysecond",
    "twentythird",
    "twentyfourth",
    "twentyfifth",
    "twentysixth",
    "twentyseventh",
)


CAPTURED = (
    "captured",
    "captured_again",
    "captured_third",
    "captured_fourth",
    "captured_fifth",
    "captured_made",
    "captured_sixth",
    "captured_seventh",
    "captured_eighth",
)


DRAWN = {"drawn": drawn, "drawn_again": drawn_again, "drawn_third": drawn_third}


def _everywhere(
    matrix: Matrix, _number: int, documents: list[Doc]
) -> Iterator[tuple[str, Render, list[Doc]]]:
    """Yield every layout with the document it shows."""
    for place, (layout, render) in enumerate(matrix.layouts.items()):
        yield layout, render, [documents[place % len(documents)]]


def _by_turns(matrix: Matrix, number: int, documents: list[Doc]) -> Iterator[tuple[str, Render, list[Doc]]]:
    """Yield some layouts, by turns, with the documents to try there in order."""
    layouts = list(matrix.layouts.items())
    for turn in range(watch_unseen.SITES):
        layout, render = layouts[(number + 3 * turn) % len(layouts)]
        start = (number + turn) % len(documents)
        yield layout, render, documents[start:] + documents[:start]


def _fitting(documents: dict[str, Doc], mutation: Mutation) -> list[Doc]:
    wanted = mutation.documents
    return [doc for name, doc in documents.items() if wanted is None or name in wanted]


def main() -> int:
    # A process of its own for each long page takes most of the time of a run and reads the same text.
    vars(dispatch)["is_isolated"] = lambda _kind, _size: False
    chosen = next((each for each in sys.argv[1:] if not each.startswith("-")), "")
    matrix = next((each for name, each in LATER.items() if f"--{name}" in sys.argv), FIRST)
    by_hand = next((each for each in WRITTEN if f"--{each}" in sys.argv), None)
    real = next((each for each in CAPTURED if f"--{each}" in sys.argv), None)
    seed = next((int(each[7:]) for each in sys.argv if each.startswith("--seed=")), 1)
    draw = next((each for name, each in DRAWN.items() if f"--{name}" in sys.argv), None)
    if draw is not None:
        found = list(judged(draw(Path(chosen), seed)))
    elif real:
        found = list(handwritten(real, "", Path(chosen)))
    else:
        found = list(handwritten(by_hand, chosen) if by_hand else pairs(chosen, matrix=matrix))
    by_name: dict[tuple[str, str], list[Pair]] = defaultdict(list)
    for pair in found:
        by_name[pair.kind, pair.name].append(pair)
    print(f"{len(found)} pairs of pages over {len({pair.layout for pair in found})} layouts")
    for (kind, name), group in by_name.items():
        right = sum(pair.is_right for pair in group)
        wrong = Counter(pair.got for pair in group if not pair.is_right)
        told = ", ".join(f"{got} {n}" for got, n in wrong.items())
        print(f"  {kind:8} {name:44} {right:3} of {len(group):3}  {told}".rstrip())
        if "--wrong" in sys.argv:
            for pair in group:
                if not pair.is_right:
                    print(f"      {pair.layout}: {pair.got} ({pair.detail[:150]})")
    for kind in ("change", "noise", "refusal"):
        group = [pair for pair in found if pair.kind == kind]
        right = sum(pair.is_right for pair in group)
        if group:
            print(f"{kind}: {right} of {len(group)} right ({right / len(group):.3f})")
    changes = [pair for pair in found if pair.kind == "change" and not pair.is_right]
    missed = sum(pair.got == "unchanged" for pair in changes)
    asked, noises = (
        sum(pair.got == "unsure" for pair in found if pair.kind == kind) for kind in ("change", "noise")
    )
    right = sum(pair.is_right for pair in found)
    print(
        f"all: {right} of {len(found)} right ({right / max(len(found), 1):.3f}); {missed} real changes missed, "
        f"{asked} told as unsure, {len(changes) - missed - asked} refused; {noises} noises told as unsure"
    )
    return 0 if right >= 0.97 * len(found) and not missed else 1


if __name__ == "__main__":
    sys.exit(main())
