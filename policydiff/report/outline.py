"""The chapter of a clause, and its address as a reader would cite it in a memo: 二（一）3. or 第十二条第二款."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from policydiff.lexicon.numerals import to_chinese
from policydiff.lexicon.text_marks import first_words
from policydiff.model import Clause, ClauseKind, Document, UnitRef
from policydiff.report.runs import unbroken

_SMALL = frozenset(
    {
        ClauseKind.PREFACE,
        ClauseKind.ARTICLE,
        ClauseKind.PARAGRAPH,
        ClauseKind.SUBPARAGRAPH,
        ClauseKind.ITEM,
        ClauseKind.QUOTE,
    }
)
_TRAILING = "、．.。 　"
_UNSAFE = re.compile(r"[^A-Za-z0-9_.-]")
_RUN_IN_SHOWN = 24
"""Most characters of a run-in heading in an address, so that the address stays short."""
_LARGEST_NUMERAL = 10_000
"""Number from which a place is printed in digits, as Chinese numerals of statutes stop below 万."""
_TITLE_SHOWN = 32
"""Most characters of a chapter's title; headings are rarely longer, unnumbered opening paragraphs always are."""


class Place(NamedTuple):
    """The place of a clause in its document."""

    address: str
    """Address as a reader would cite it; the clause id if the document is not known."""
    heading: str
    """Heading or run-in heading; empty for none."""
    chapter: str
    """Id of the outermost clause around it."""


class Outline:
    """Places of a document's clauses; without the document, the places are read from the clause ids alone."""

    def __init__(self, document: Document | None) -> None:
        self._places: dict[str, Place] = {}
        self._chapters: dict[str, str] = {}
        self.order: dict[str, int] = {}
        """Position of each clause in reading order."""
        self._short = _short_names(clause.id for clause in document.walk()) if document else {}
        for tops in _chapters(document):
            self._chapters[tops[0].id] = _chapter_title(tops)
            for top in tops:
                self._add(top, _Above(), tops[0].id)

    def _add(self, clause: Clause, above: "_Above", chapter: str) -> None:
        own = _below(above, _NAME.fullmatch(clause.id.rpartition("__")[2]), clause.label, clause.heading)
        self.order[clause.id] = len(self.order)
        self._places[clause.id] = Place(own.address or clause.id, clause.heading or "", chapter)
        for child in clause.children:
            self._add(child, own, chapter)

    def place(self, clause_id: str) -> Place:
        """Return the place of a clause; for an id that the document does not have, the id is the address."""
        known = self._places.get(clause_id)
        return known or Place(clause_id, "", clause_id.split("__", maxsplit=1)[0])

    def cited(self, unit: UnitRef) -> str:
        """Return the address of a clause in a diff, without blanks; empty if it has no number, only a heading or its own words."""
        place = self.place(unit.id)
        if place.address == unit.id:
            return unbroken(address_of(unit.id, unit.label)) if unit.label else ""
        return "" if place.address == place.heading else unbroken(place.address)

    def anchor(self, prefix: str, clause_id: str) -> str:
        """Return the anchor of a clause's row, from the shortest end of the clause id (`art_12`) that no other clause shares."""
        return anchor(prefix, self._short.get(clause_id, clause_id))

    def chapter_title(self, chapter: str) -> str:
        """Return label and heading of an outermost clause; its id if the document is not known."""
        return self._chapters.get(chapter) or chapter

    def chapter_of(self, clause_id: str) -> str:
        """Return the title of the chapter around a clause; empty for text before all clauses."""
        return self._chapters.get(self.place(clause_id).chapter, "")


def _chapters(document: Document | None) -> Iterator[tuple[Clause, ...]]:
    """Yield the outermost clauses; neighbours too small to be chapters (条 of an act without 章) form one group."""
    for small, group in groupby(
        document.clauses if document else (), key=lambda top: top.kind in _SMALL and not top.heading
    ):
        tops = tuple(group)
        yield from (tops,) if small else ((top,) for top in tops)


def _short_names(ids: Iterable[str]) -> dict[str, str]:
    """Return for each clause id the fewest last steps that no other clause of the document ends with."""
    paths = [clause_id.split("__") for clause_id in ids]
    number = Counter(_ending(path, size) for path in paths for size in range(1, len(path) + 1))
    names = {}
    for path in paths:
        size = next((n for n in range(1, len(path)) if number[_ending(path, n)] == 1), len(path))
        names["__".join(path)] = _ending(path, size)
    return names


def _ending(path: list[str], size: int) -> str:
    return "__".join(path[-size:])


def _chapter_title(tops: tuple[Clause, ...]) -> str:
    labels = [top.label for top in tops if top.label]
    if len(labels) > 1:
        return f"{labels[0]}–{labels[-1]}"
    return title_of(tops[0])


def title_of(clause: Clause) -> str:
    """Return label and heading of a clause, or label and first words if it has no heading."""
    words = clause.heading or clause.text
    if len(words) > _TITLE_SHOWN:
        words = f"{first_words(words, _TITLE_SHOWN)}…"
    joint = " " if clause.label and not clause.label.endswith(tuple("、.．）)")) else ""
    return f"{clause.label or ''}{joint if words else ''}{words}"


def joint(above: str, own: str) -> str:
    """Return an address with a further number, separated by a blank if both would read as one number.

    Examples:
        >>> joint("二（一）", "3"), joint("二（一）3", "（1）"), joint("附件1", "二"), joint("四（三）1", "2")
        ('二（一）3', '二（一）3（1）', '附件1 二', '四（三）1 2')
    """
    is_one = above[-1:].isdigit() or above.endswith("附件")
    return f"{above}{' ' if is_one and own[:1] not in '（(第' else ''}{own}" if own else above


def anchor(prefix: str, clause_id: str) -> str:
    """Return an id for markup, with characters that are unsafe there written as codes; the same clause always has the same id.

    Examples:
        >>> anchor("s", "chp_1__art_12")
        's-chp_1__art_12'
    """
    return f"{prefix}-{_UNSAFE.sub(lambda match: f'.{ord(match[0]):x}', clause_id)}"


_NAME = re.compile(
    r"""
    (?P<prefix>[a-z]+)
    (?:_(?P<number>\d{1,4})(?:-(?P<insert>\d{1,4}))?)?  # art_12, art_12-1 (第十二条之一); preface alone
    (?:_\d+)?                                           # the number stands a second time in one parent
    """,
    re.VERBOSE,
)
_KINDS = {
    "part": ClauseKind.PART, "chp": ClauseKind.CHAPTER, "sec": ClauseKind.SECTION, "art": ClauseKind.ARTICLE,
    "subpara": ClauseKind.SUBPARAGRAPH, "item": ClauseKind.ITEM, "lvl": ClauseKind.LEVEL,
    "measure": ClauseKind.MEASURE, "annex": ClauseKind.ANNEX, "table": ClauseKind.TABLE,
}  # fmt: skip
"""Kinds of clauses with numbers or headings, by the prefix of a step in a clause id; other prefixes belong to paragraphs."""


class _Above(NamedTuple):
    """The clauses above a clause, as the beginning of its address."""

    address: str = ""
    annex: str = ""
    """Address of the annex, or of the regulation in a compilation, because each numbers its articles anew."""
    levels: int = 0
    """Number of levels (一、, （一）, 1.) among the clauses above."""


def _below(above: _Above, name: re.Match[str] | None, label: str | None, heading: str | None) -> _Above:
    """Return the address of a clause below `above`, from its step in the clause id, its printed number and its heading."""
    kind = _KINDS.get(name["prefix"], ClauseKind.PARAGRAPH) if name else ClauseKind.PARAGRAPH
    nth = int(name["number"] or 0) if name else 0
    levels = above.levels + (kind is ClauseKind.LEVEL)
    own = (label or "").strip(_TRAILING) or _printed(kind, name, levels)
    if kind is ClauseKind.ANNEX:
        named = f"《{heading}》" if not label and heading and len(heading) <= _RUN_IN_SHOWN else own
        return _Above(named, named)
    if kind is ClauseKind.ARTICLE:
        return _Above(joint(above.annex, own), above.annex, levels)
    base = above.address.rstrip(_TRAILING)
    if own:
        return _Above(joint(base, own), above.annex, levels)
    if kind is ClauseKind.MEASURE and heading:
        words = first_words(heading, _RUN_IN_SHOWN)
        return _Above(f"{base} {words}" if base else words, above.annex, levels)
    if base.endswith("条") and 0 < nth < _LARGEST_NUMERAL:
        return _Above(f"{base}第{to_chinese(nth)}款", above.annex, levels)
    is_counted = nth and (kind is ClauseKind.MEASURE or not base)
    return _Above(f"{base}{_nth_paragraph(nth)}" if is_counted else base, above.annex, levels)


def _printed(kind: ClauseKind, name: re.Match[str] | None, levels: int) -> str:
    """Return the number that a document would print for a clause, from its step in the clause id alone; empty for none."""
    if name is None or not name["number"] or int(name["number"]) >= _LARGEST_NUMERAL:
        return ""
    number = name["number"]
    chinese = to_chinese(int(number))
    insert = f"之{to_chinese(int(name['insert']))}" if name["insert"] else ""
    # Forms 一、（一）, 1., （1） as official documents print them
    level = {1: chinese, 2: f"（{chinese}）", 3: number}.get(levels, f"（{number}）")
    forms = {
        ClauseKind.PART: f"第{chinese}编", ClauseKind.CHAPTER: f"第{chinese}章", ClauseKind.SECTION: f"第{chinese}节",
        ClauseKind.ARTICLE: f"第{chinese}条{insert}", ClauseKind.SUBPARAGRAPH: f"（{chinese}）", ClauseKind.ITEM: number,
        ClauseKind.LEVEL: level, ClauseKind.ANNEX: f"附件{number}",
        # Not 表1, which may be the number that a text prints above another table.
        ClauseKind.TABLE: f"第{chinese}个表",
    }  # fmt: skip
    return forms.get(kind, "")


def _nth_paragraph(number: int) -> str:
    """Return the citation of a paragraph without a number: 1 → 第一段."""
    return f"第{to_chinese(number)}段" if number < _LARGEST_NUMERAL else f"第{number}段"


def address_of(clause_id: str, label: str | None = None, text: str = "") -> str:
    """Return an address by which a reader can find the clause, as close as possible to the document's own numbers.

    An id in a form that the parser does not make is returned as it is. The printed `label` is used as the last part of
    the address; an unnumbered measure is named by the run-in heading of its `text`.

    Examples:
        >>> address_of("chp_2__art_12__para_3")
        '第十二条第三款'
        >>> address_of("lvl_2__lvl_4__measure_3", text="加强监管。加大力度。")
        '二（四） 加强监管'
    """
    *path, last = names = [_NAME.fullmatch(name) for name in clause_id.split("__")]
    if None in names:
        return clause_id
    above = _Above()
    for name in path:
        above = _below(above, name, None, None)
    heading, stop, _ = text.partition("。")
    is_handy = bool(stop) and len(heading) <= _RUN_IN_SHOWN
    return _below(above, last, label, heading if is_handy else None).address or label or clause_id
