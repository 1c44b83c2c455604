"""Revisions written with their differences marked in one text, from which both versions and the labels are made.

`{old→new¦types directions!}` marks a difference; `!` is said of a chief one, `?` before the types of one that may be told or
left out, and a mark without `¦` says the same in other words. A line behind `-[types directions]` stands in the old version alone, one behind
`+[…]` in the new one; with empty brackets it moves. `第#条` and `（#）` are counted in each version by itself.
"""

import re
from pathlib import Path
from typing import NamedTuple

GOLD = Path(__file__).parent / "gold/written_revisions"
EDIT = re.compile(r"\{([^{}→]*)→([^{}¦]*)(?:¦([^{}]*))?\}")
_LINE = re.compile(r"([-+])\[([^\]]*)\] ")
_LABEL = re.compile(r"第\S+?条|[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）")
_DIGITS = "零一二三四五六七八九"


class Marked(NamedTuple):
    """A difference as its mark names it."""

    clause: str
    mark: str
    old: str
    new: str


class Version:
    """One side of a marked text, whose clauses are counted as they come."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.labels: list[str] = []
        self._articles = self._items = 0

    def add(self, line: str) -> None:
        if "第#条" in line:
            self._articles += 1
            line = line.replace("第#条", f"第{_numeral(self._articles)}条")
        self._items = self._items + 1 if line.startswith("（") else 0
        line = line.replace("（#）", f"（{_numeral(self._items)}）")
        self.lines.append(line)
        label = _LABEL.match(line)
        if label and (label[0][0] == "第" or not any(each[0] == "第" for each in self.labels)):
            self.labels = [label[0]] if label[0][0] != "（" else [*self.labels[:1], label[0]]

    @property
    def text(self) -> str:
        return "\n".join(self.lines) + "\n"


def _numeral(number: int) -> str:
    tens, ones = divmod(number, 10)
    return (
        ("" if tens < 2 else _DIGITS[tens])
        + ("十" if tens else "")
        + (_DIGITS[ones] if ones or not tens else "")
    )


def read_marked(path: Path) -> tuple[str, str, list[Marked]]:
    """Return both versions of a marked text and its differences."""
    old, new, marked = Version(), Version(), []
    for line in path.read_text("utf-8").splitlines():
        alone = _LINE.match(line)
        if alone:
            side, words = (old if alone[1] == "-" else new), line[alone.end() :]
            side.add(words)
            if alone[2]:
                bare = words.removeprefix("第#条")
                quoted = (bare, "") if alone[1] == "-" else ("", bare)
                marked.append(Marked(_clause(old, new), alone[2], *quoted))
            continue
        old.add(EDIT.sub(r"\1", line))
        new.add(EDIT.sub(r"\2", line))
        marked += [
            Marked(_clause(old, new), edit[3], edit[1], edit[2]) for edit in EDIT.finditer(line) if edit[3]
        ]
    return old.text, new.text, marked


def _clause(old: Version, new: Version) -> str:
    """Return the labels under which a difference may be told, in the writing of the gold of signals."""
    return "/".join(
        [*new.labels, *(f"-{label}" for label in old.labels), "序言", *(f"para_{n}" for n in range(1, 30))]
    )
