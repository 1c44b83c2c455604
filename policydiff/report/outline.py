"""Where a clause stands: its chapter, and the address a reader would write in a memo (二（一）3., 第十二条第二款)."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from policydiff.lexicon.numerals import to_chinese
from policydiff.lexicon.text_marks import first_words
from policydiff.model import Clause, ClauseKind, Document

_ABOVE_ARTICLE = frozenset({ClauseKind.PART, ClauseKind.CHAPTER, ClauseKind.SECTION})
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
"""Characters of a run-in heading that still make a handy address."""
_LARGEST_NUMERAL = 10_000
_TITLE_SHOWN = 32
"""Characters of a chapter's title; a heading is rarely longer, an unnumbered opening paragraph always is."""


class Place(NamedTuple):
    """A clause's place in its document."""

    address: str
    """As a reader would cite it; the clause id where the document is not known."""
    heading: str
    """Heading or run-in heading; empty where there is none."""
    chapter: str
    """Id of the outermost clause it stands in."""


class Outline:
    """Places of a document's clauses; without the document, the places that the ids alone tell."""

    def __init__(self, document: Document | None) -> None:
        self._places: dict[str, Place] = {}
        self._chapters: dict[str, str] = {}
        self.order: dict[str, int] = {}
        """Position of each clause in reading order."""
        self._short = _short_names(clause.id for clause in document.walk()) if document else {}
        for tops in _chapters(document):
            self._chapters[tops[0].id] = _chapter_title(tops)
            for top in tops:
                self._add(top, "", tops[0].id)

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

    def anchor(self, prefix: str, clause_id: str) -> str:
        """Return the id of a clause's row, made of the fewest last steps of the clause id (`art_12`) that name no other clause."""
        return anchor(prefix, self._short.get(clause_id, clause_id))

    def chapter_title(self, chapter: str) -> str:
        """Return label and heading of an outermost clause, its id where the document is not known."""
        return self._chapters.get(chapter) or chapter

    def chapter_of(self, clause_id: str) -> str:
        """Return the title of the chapter a clause stands in; empty for text before all clauses."""
        return self._chapters.get(self.place(clause_id).chapter, "")


def _chapters(document: Document | None) -> Iterator[tuple[Clause, ...]]:
    """Yield the outermost clauses; neighbours too small to be chapters (条 of an act without 章) go together."""
    for small, group in groupby(
        document.clauses if document else (), key=lambda top: top.kind in _SMALL and not top.heading
    ):
        tops = tuple(group)
        yield from (tops,) if small else ((top,) for top in tops)


def _short_names(ids: Iterable[str]) -> dict[str, str]:
    """Return for each clause the fewest last steps of its id that name no other clause of the document."""
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
    """Return label and heading, or label and the first words where there is no heading."""
    words = clause.heading or clause.text
    if len(words) > _TITLE_SHOWN:
        words = f"{first_words(words, _TITLE_SHOWN)}…"
    joint = " " if clause.label and not clause.label.endswith(tuple("、.．）)")) else ""
    return f"{clause.label or ''}{joint if words else ''}{words}"


def _address(clause: Clause, above: str) -> str:
    if clause.label is None:
        if clause.kind is ClauseKind.MEASURE and clause.heading:
            words = first_words(clause.heading, _RUN_IN_SHOWN)
            return f"{above} {words}" if above else words
        nth = clause.id.rpartition("_")[2]
        if not nth.isdigit():
            return above
        if above.endswith("条"):
            return f"{above}第{to_chinese(int(nth))}款" if int(nth) < _LARGEST_NUMERAL else above
        return above or _nth_paragraph(int(nth))
    own = clause.label.strip(_TRAILING)
    if clause.kind is ClauseKind.ARTICLE:
        return own
    return joint(above.rstrip(_TRAILING), own)


def joint(above: str, own: str) -> str:
    """Return an address with one more number, set off by a blank if both would read as one number.

    Examples:
        >>> joint("二（一）", "3"), joint("二（一）3", "（1）"), joint("附件1", "二"), joint("四（三）1", "2")
        ('二（一）3', '二（一）3（1）', '附件1 二', '四（三）1 2')
    """
    is_one = above[-1:].isdigit() or above.endswith("附件")
    return f"{above}{' ' if is_one and own[:1] not in '（(第' else ''}{own}" if own else above


def _nth_paragraph(number: int) -> str:
    """Return how a paragraph without a number is cited: 第一段."""
    return f"第{to_chinese(number)}段" if number < _LARGEST_NUMERAL else f"第{number}段"


def anchor(prefix: str, clause_id: str) -> str:
    """Return an id for markup: the same clause always has the same one, whatever characters its id holds.

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
_HEADS = frozenset({"part", "chp", "sec"})
_HEAD_SIGNS = {"part": "编", "chp": "章", "sec": "节"}


def address_of(clause_id: str, label: str | None = None, text: str = "") -> str:
    """Return an address a reader can find the clause by, near to the one its document would give.

    A form of id that the parser does not give stands for itself. The printed `label` is used for its own part of
    the address; an unnumbered measure is named by the run-in heading of its `text`.

    Examples:
        >>> address_of("chp_2__art_12__para_3")
        '第十二条第三款'
        >>> address_of("lvl_2__lvl_4__measure_3", text="加强监管。加大力度。")
        '二（四） 加强监管'
    """
    names = [_NAME.fullmatch(name) for name in clause_id.split("__")]
    address, depth = "", 0
    for index, name in enumerate(names):
        if name is None:
            return clause_id
        depth += name["prefix"] == "lvl"
        is_last = index == len(names) - 1
        address = _further(address, name, depth, label if is_last else None, text if is_last else "")
    return address or label or clause_id


def _further(above: str, name: re.Match[str], depth: int, label: str | None, text: str) -> str:
    """Return the address with one more name."""
    prefix, number = name["prefix"], int(name["number"] or 0)
    if prefix in _HEADS:
        return label or f"第{to_chinese(number)}{_HEAD_SIGNS[prefix]}"
    if prefix == "art":
        insert = f"之{to_chinese(int(name['insert']))}" if name["insert"] else ""
        return label or f"第{to_chinese(number)}条{insert}"
    base = "" if above.endswith(tuple(_HEAD_SIGNS.values())) else above
    if label:
        return joint(base, label.strip(_TRAILING))
    if prefix == "measure":
        heading, stop, _ = text.partition("。")
        if stop and len(heading) <= _RUN_IN_SHOWN:
            return f"{base} {heading}" if base else heading
        return base + _nth_paragraph(number)
    return joint(base, _own(prefix, number, depth, base)) or (_nth_paragraph(number) if number else "")


def _own(prefix: str, number: int, depth: int, base: str) -> str:
    """Return the words that a number without label adds to the address; none for parts found by the unit above them."""
    chinese = to_chinese(number)
    levels = {
        1: chinese,
        2: f"（{chinese}）",
        3: str(number),
    }  # 一、（一）, 1., （1） as official documents print them
    forms = {
        "para": f"第{chinese}款" if base.endswith("条") else "",
        "annex": f"附件{number}",
        "lvl": levels.get(depth, f"（{number}）"),
        "subpara": f"（{chinese}）",
        "item": str(number),
    }
    return forms.get(prefix, "")
