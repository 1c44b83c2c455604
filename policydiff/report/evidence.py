"""The evidence of an HTML comparison as one block of data: the script builds a claim's texts when it is opened.

As markup, three thousand claims with their texts take longer to lay out than the whole report beside them.
"""

import json
from collections.abc import Iterable

from policydiff.model import Band
from policydiff.report.catalog import Catalog
from policydiff.report.comparison_view import ComparisonView, Link, Sentence
from policydiff.report.facts import Quoted, TargetRow
from policydiff.report.runs import Cell, Mark, plain
from policydiff.report.visible import visible
from policydiff.report.words import BANDS, RELATIONS

_ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}
"""No text of a document may end the script element, or begin a comment in it."""
_NOWHERE = -1
Side = tuple[int, int, str, int]
"""Number of the place, of the words, lengths of their runs (see `run_lengths`), number of what they say in short."""


def evidence(view: ComparisonView, targets: Iterable[TargetRow], say: Catalog) -> str:
    """Return the block as JSON that can stand in a script element.

    It holds `texts` and `places` (pairs of anchor and address), each once, and `claims` by the anchor of the row:
    `title`, `kind` and `verdict` of the judgement, and `pairs` of a local and a superior side that name texts and
    places by their number, -1 for none.
    """
    shared = _Shared()
    claims: dict[str, object] = {}
    for sentence in view.sentences():
        claims[sentence.anchor] = _sentence(sentence, shared, say)
    for row in targets:
        pair = [_quoted(quoted, shared) for quoted in (row.local, row.superior)]
        claims[row.anchor] = {"title": visible(row.metric), "pairs": [pair]}
    block = {
        "labels": {
            "local": say("Local"),
            "superior": say("Superior"),
            "unexplained": say("no sentence of the superior document explains it"),
            "none": say("none"),
            "relations": {relation.value: say(label) for relation, label in RELATIONS.items()},
        },
        "texts": list(shared.texts),
        "places": list(shared.places),
        "claims": claims,
    }
    return json.dumps(block, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)


class _Shared:
    """Texts and places in the order they are first named, each once."""

    def __init__(self) -> None:
        self.texts: dict[str, int] = {}
        self.places: dict[tuple[str, str], int] = {}

    def text(self, words: str) -> int:
        return self.texts.setdefault(visible(words), len(self.texts))

    def place(self, link: Link) -> int:
        return self.places.setdefault((link.anchor, visible(link.text)), len(self.places))


def _sentence(sentence: Sentence, shared: _Shared, say: Catalog) -> dict[str, object]:
    pairs: list[tuple[Side, Side | None]] = [
        (_side(sentence.place, source.local, shared), _side(source.place, source.words, shared))
        for source in sentence.sources
    ]
    return {
        "title": visible(sentence.place.text),
        "kind": sentence.relation.value,
        "verdict": _verdict(sentence.band, sentence.score, say),
        "pairs": pairs or [(_side(sentence.place, sentence.words, shared), None)],
    }


def _verdict(band: Band, score: float, say: Catalog) -> str:
    return say(
        "{band}; estimated probability of descent {score}", band=say(BANDS[band]), score=f"{score:.2f}"
    )


def _side(place: Link, words: Cell, shared: _Shared) -> Side:
    return shared.place(place), shared.text(plain(words)), run_lengths(words), _NOWHERE


def _quoted(quoted: Quoted | None, shared: _Shared) -> Side | None:
    if quoted is None:
        return None
    return shared.place(quoted.place), shared.text(quoted.text), "", shared.text(quoted.said)


def run_lengths(runs: Cell) -> str:
    """Return the lengths of the runs in UTF-16 units, `+` before a marked one; empty where none is marked."""
    if not any(run.mark is Mark.SHARED for run in runs):
        return ""
    return " ".join(
        f"{'+' if run.mark is Mark.SHARED else ''}{len(visible(run.text).encode('utf-16-le')) // 2}"
        for run in runs
    )
