"""Where a clause stands: its chapter, and the address a reader would write in a memo (二（一）3., 第十二条第二款)."""

import re
from typing import NamedTuple

from policydiff.model import Clause, ClauseKind, Document

_ABOVE_ARTICLE = frozenset({ClauseKind.PART, ClauseKind.CHAPTER, ClauseKind.SECTION})
_TRAILING = "、．.。 　"
_UNSAFE = re.compile(r"[^A-Za-z0-9_.-]")
_RUN_IN_SHOWN = 24
"""Characters of a run-in heading that still make a handy address."""


class Place(NamedTuple):
    """A clause's place in its document."""

    address: str
    """As a reader would cite it; the clause id where the document is not known."""
    heading: str
    """Heading or run-in heading; empty where there is none."""
    chapter: str
    """Id of the outermost clause it stands in."""


class Outline:
    """Places of a document's clauses; without the document, what the ids alone tell."""

    def __init__(self, document: Document | None) -> None:
        self._places: dict[str, Place] = {}
        self._chapters: dict[str, str] = {}
        self.order: dict[str, int] = {}
        """Position of each clause in reading order."""
        for top in document.clauses if document else ():
            self._chapters[top.id] = title_of(top)
            self._add(top, "", top.id)

    def _add(self, clause: Clause, above: str, chapter: str) -> None:
        address = _address(clause, above)
        self.order[clause.id] = len(self.order)
        self._places[clause.id] = Place(address or clause.id, clause.heading or "", chapter)
        inherited = "" if clause.kind in _ABOVE_ARTICLE else address
        for child in clause.children:
            self._add(child, inherited, chapter)

    def place(self, clause_id: str) -> Place:
        """Return the place of a clause; an id the document does not have stands for itself."""
        known = self._places.get(clause_id)
        return known or Place(clause_id, "", clause_id.split("__", maxsplit=1)[0])

    def chapter_title(self, chapter: str) -> str:
        """Return label and heading of an outermost clause, its id where the document is not known."""
        return self._chapters.get(chapter) or chapter


def title_of(clause: Clause) -> str:
    """Return label and heading, or label and the first words where there is no heading."""
    words = clause.heading or clause.text.partition("。")[0][:_RUN_IN_SHOWN]
    joint = " " if clause.label and not clause.label.endswith(tuple("、.．）)")) else ""
    return f"{clause.label or ''}{joint if words else ''}{words}"


def _address(clause: Clause, above: str) -> str:
    if clause.label is None:
        if clause.kind is ClauseKind.MEASURE and clause.heading:
            return _joined(above, clause.heading[:_RUN_IN_SHOWN])
        return above
    own = clause.label.strip(_TRAILING)
    if clause.kind is ClauseKind.ARTICLE:
        return own
    return above.rstrip(_TRAILING) + own if above else own


def _joined(above: str, words: str) -> str:
    return f"{above} {words}" if above else words


def anchor(prefix: str, clause_id: str) -> str:
    """Return an id for markup: the same clause always has the same one, whatever characters its id holds.

    Examples:
        >>> anchor("s", "chp_1__art_12")
        's-chp_1__art_12'
    """
    return f"{prefix}-{_UNSAFE.sub(lambda match: f'.{ord(match[0]):x}', clause_id)}"
