"""Labels of the second reader, and what was decided where the two readers differ.

A set is named after its file in `gold/second_reader`. `adjudicated.tsv` holds one row for each item that the two label otherwise: what
each said, who is right by the written rule (`first`, `second`, or `both` where it leaves two), and why. Gold where `second` is right has been
mended; an item where `both` are is one on which readers differ, and a figure is printed with and without it.
"""

import csv
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

SECOND = Path(__file__).parent / "gold/second_reader"


@dataclass(frozen=True)
class Adjudged:
    """One item that two readers label otherwise."""

    first: str
    second: str
    right: str
    """`first`, `second` or `both`."""
    reason: str


@cache
def adjudged(name: str) -> dict[str, Adjudged]:
    """Return the items of a set on which the readers differed, by key."""
    path = SECOND / "adjudicated.tsv"
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {
            row["item"]: Adjudged(row["first"], row["second"], row["right"], row["reason"])
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            if row["set"] == name
        }


def readers_differ(name: str) -> frozenset[str]:
    """Return the items of a set for which the written rule leaves two labels."""
    return frozenset(item for item, row in adjudged(name).items() if row.right == "both")


def pair_key(old: str, new: str) -> str:
    """Return the name of a pair of passages: twelve digits of their digest."""
    return hashlib.sha256(f"{old}\n{new}".encode()).hexdigest()[:12]


def table(name: str) -> list[dict[str, str]]:
    """Return the rows of a table of labels."""
    with (SECOND / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def labels(name: str) -> Any:
    """Return labels that are kept as JSON."""
    return json.loads((SECOND / name).read_text("utf-8"))


@dataclass(frozen=True)
class Item:
    """One item as two readers and the program label it; a label that a reader leaves open stands behind the first one."""

    key: str
    first: tuple[str, ...]
    second: tuple[str, ...]
    program: str | None = None
    gold: tuple[str, ...] = ()
    """The first reader's labels as the gold stands, where it was mended."""
    is_settled_elsewhere: bool = False
    """Whether nobody has to decide where the two differ: one person read both times, or the sentence is not scored."""

    @property
    def alike(self) -> bool:
        """Whether both readers give the same label first."""
        return self.first[0] == self.second[0]

    def by(self, classes: Mapping[str, str]) -> "Item":
        """Return the item with its labels put into fewer classes."""

        def put(given: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(dict.fromkeys(classes.get(label, "other") for label in given))

        said = None if self.program is None else classes.get(self.program, "other")
        return replace(
            self, first=put(self.first), second=put(self.second), program=said, gold=put(self.gold)
        )


Rows = Iterator[tuple[str, list[Item], bool]]
"""Title of a line, its items, and whether their labels are classes."""


def as_written(name: str, key: str, gold: tuple[str, ...]) -> tuple[str, ...]:
    """Return the first reader's labels before the gold was mended."""
    settled = adjudged(name).get(key)
    return tuple(settled.first.split("/")) if settled is not None and settled.right == "second" else gold
