"""Sentences, edits and rows that two readers judged with yes or no: equal or not, verbatim or not, a burden or not."""

import csv
from collections.abc import Iterator
from pathlib import Path

from benchmarks import burdens_read, verbatim_read
from benchmarks.second_reader import Item, Rows, pair_key, table
from benchmarks.sources import ROOT
from benchmarks.substance_unseen import Pair, pairs
from benchmarks.written_revisions import EDIT, GOLD as REVISIONS
from policydiff.model import Genre, Relation
from policydiff.substance.signalling import signals_between
from policydiff.substance.weighing import OF_SUBSTANCE

_RESTYLED = ROOT / "benchmarks/gold/equal_restyled.tsv"
_BY_KIND = ("fourteenth", "eighteenth")
"""Sets of short sentences, a third of which says the same in other words."""


def equal() -> Rows:
    """Yield short sentences and edits: whether they say the same, and types and directions of those that do not."""
    second = {(line["set"], line["pair"]): line["label"] for line in table("equal.tsv")}
    restyled, written, types, ways = [], [], [], []
    for line in _RESTYLED.read_text("utf-8").splitlines():
        old, new, *drawing = line.split("\t")
        if drawing:
            continue  # a later drawing, which had no second reader
        key = f"restyled {pair_key(old, new)}"
        label = second["restyled", pair_key(old, new)]
        restyled.append(Item(key, ("equal",), (_equal(label),), _said(old, new)))
    for name in _BY_KIND:
        for pair in pairs(name):
            label = second[name, pair_key(pair.old, pair.new)]
            key = f"{name} {pair_key(pair.old, pair.new)}"
            first = ("differs",) if pair.must else ("equal", "differs") if pair.may else ("equal",)
            written.append(Item(key, first, (_equal(label),), _said(pair.old, pair.new)))
            if pair.must and label != "equal":
                types.append(_shared(key, label, 0, _kinds(pair, 0)))
                ways.append(_shared(key, label, 1, _kinds(pair, 1)))
    yield "equal or not: sentences put in other words", restyled, False
    yield "equal or not: two sets written by kind", written, True
    yield "two sets by kind: types", types, False
    yield "two sets by kind: directions", ways, False
    edits, types, ways = [], [], []
    for key, label, mark in _edits():
        first = ("equal",) if not mark else ("differs", "equal") if mark[0] == "?" else ("differs",)
        edits.append(Item(key, first, (_equal(label),)))
        if mark and label != "equal":
            named = mark.strip("?!").split()
            types.append(_shared(key, label, 0, {*named[0].split("/")}))
            ways.append(_shared(key, label, 1, {*named[-1].split("/")}))
    yield "equal or not: edits of written revisions", edits, True
    yield "written revisions: types", types, False
    yield "written revisions: directions", ways, False


def _equal(label: str) -> str:
    return "equal" if label == "equal" else "differs"


def _said(old: str, new: str) -> str:
    """Return what the program says of two sentences, in either genre."""
    signals = (each for genre in Genre for each in signals_between(old, new, genre=genre))
    return "differs" if any(each.weight >= OF_SUBSTANCE for each in signals) else "equal"


def _kinds(pair: Pair, place: int) -> set[str]:
    """Return the types, or the directions, that the first reader gives the differences of a pair."""
    return {kind for line in pair.must for kind in (line.directions if place else line.types)}


def _shared(key: str, label: str, place: int, first: set[str]) -> Item:
    """Return an item that is alike where both readers have a type, or a direction, in common."""
    own = {*label.split()[place].split("/")}
    return Item(key, ("it",), ("it" if own & first or first & {"*", "?"} else "another",))


def _edits() -> Iterator[tuple[str, str, str]]:
    """Yield place, second label and mark of the edits that were read twice."""
    for line in table("written_revisions.tsv"):
        name, row, place = line["edit"].split(":")
        text = (REVISIONS / f"{name}.txt").read_text("utf-8").splitlines()[int(row)]
        yield line["edit"], line["label"], [*EDIT.finditer(text)][int(place)][3] or ""


def verbatim() -> Rows:
    """Yield sentences that first readers called verbatim: whether something of substance differs."""
    first = _readings(verbatim_read.READ, "pair")
    second = {(line["pair"], line["sha256"]): line["reading"] for line in table("verbatim.tsv")}
    said = {
        key: "same" if row.relation is Relation.VERBATIM else "differs"
        for key, row in verbatim_read.rows_of({pair for pair, _ in second})
        if key in second
    }
    items = [Item(" ".join(key), (first[key],), (label,), said.get(key)) for key, label in second.items()]
    yield "verbatim or not, of 150 so called", items, True


def burdens() -> Rows:
    """Yield rows of the ledger of burdens; the program holds every one for right."""
    first = _readings(burdens_read.READ, "local")
    lines = [((line["local"], line["sha256"]), line["reading"]) for line in table("burdens.tsv")]
    items = [Item(" ".join(key), (first[key],), (label,), "right") for key, label in lines]
    yield "rows of the ledger of burdens", items, True


def _readings(path: Path, name: str) -> dict[tuple[str, str], str]:
    with path.open(encoding="utf-8", newline="") as file:
        return {(row[name], row["sha256"]): row["reading"] for row in csv.DictReader(file, delimiter="\t")}
