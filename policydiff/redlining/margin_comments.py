"""Writes comments into the margin of the local Word file; also finds the lines of a text in paragraphs and rows of a Word file."""

import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Final, NamedTuple

from lxml import etree

from policydiff.extract.reading import DEFAULT_LIMITS, Limits
from policydiff.lexicon.text_marks import CALL, read_row
from policydiff.model import Band, Comparison, Direction, Effect, Relation, SentenceComparison
from policydiff.model.base import WordFile, counted
from policydiff.redlining import RedlineRefusedError, Refusal
from policydiff.redlining.inline import Alphabet, Reader, cut, first_run, last_run
from policydiff.redlining.package import (
    Package,
    R,
    W,
    found,
    made,
    made_run,
    made_words,
    own,
    put_numbering,
    w,
)
from policydiff.redlining.stories import Paragraph, Table, blocks, cells, rows
from policydiff.report.catalog import N_, Catalog
from policydiff.report.words import RELATIONS, SIGNALS, direction_of

_HEAD = re.compile(
    r"(?P<indent>\s*)(?:(?P<number>第[^\s第]{1,9}?[编章节条](?:之[一二三四五六七八九十]+)?)(?P<gap>\s*))?"
)
"""Indent and number of a paragraph; file formats differ in the blanks beside them."""
_BREAK = re.compile(r"<br ?/?>", re.IGNORECASE)
_MARK = re.compile(r"[\s|^>]|<br ?/?>")


def folded(text: str) -> str:
    """Return a text without the characters that printing adds or loses: blanks, borders of cells, references to notes."""
    return _MARK.sub("", CALL.sub("", text))


def cell_texts(line: str) -> list[str]:
    """Return the words of a row's own cells, without merged places."""
    return [
        _BREAK.sub("\n", line[cell.start : cell.end]).replace("\\|", "|").strip()
        for cell in read_row(line).cells
        if cell.merged is None
    ]


def spaced_like(old: str, line: str) -> str:
    """Return a line with the blanks of the old paragraph at its beginning and after its number."""
    mine, theirs = _HEAD.match(old), _HEAD.match(line)
    if mine is None or theirs is None or (mine["number"] is None) != (theirs["number"] is None):
        return line
    number = theirs["number"] or ""
    return f"{mine['indent']}{number}{(mine['gap'] or '') if number else ''}{line[theirs.end() :]}"


def bare_line(line: str) -> str:
    """Return a line without references to notes and without blanks at its ends."""
    return CALL.sub("", line).strip()


def type_number(paragraph: "etree._Element", number: str) -> None:
    """Type a number into the words of a paragraph, and take the paragraph out of its list."""
    properties = own(paragraph, "pPr")
    put_numbering(properties, made("numPr", made("ilvl", val="0"), made("numId", val="0")))
    first = next(paragraph.iter(w("r")), None)
    properties.addnext(made_run(found(first, "rPr"), made_words(number)))


def table_without_rows(table: "etree._Element | None", row: "etree._Element") -> "etree._Element":
    """Return a copy of a table without its rows; a new table for the cells of `row` if `table` is None."""
    if table is not None and table.tag == w("tbl"):
        copy = deepcopy(table)
        for each in list(copy):
            if each.tag not in {w("tblPr"), w("tblGrid")}:
                copy.remove(each)
        return copy
    columns = (made("gridCol") for _ in cells(row))
    return made("tbl", made("tblPr", made("tblW", w="0", type="auto")), made("tblGrid", *columns))


def goes_on(cell: "etree._Element") -> bool:
    """Return whether a cell continues the cell above it."""
    merge = found(found(cell, "tcPr"), "vMerge")
    return merge is not None and (merge.get(w("val")) or "continue") == "continue"


MARGIN_EFFECTS = {
    Effect.SAME: N_("effect: same"),
    Effect.LOCALISED: N_("effect: localised"),
    Effect.TIGHTENED: N_("effect: tightened"),
    Effect.LOOSENED: N_("effect: loosened"),
    Effect.DIFFERENT: N_("effect: different"),
}
MARGIN_SOURCE = N_("from superior clause")
MARGIN_LEFT_OUT = N_("left out of it")
MARGIN_VERDICT = N_("for a person to judge")
MARGIN_NOT_DERIVED = N_("not derived from it")
_BOX: Final = "☐"


@dataclass(frozen=True, slots=True, repr=False)
class Annotated(WordFile):
    """A local file with its comments."""

    file: bytes
    comments: int
    missing: int
    """Sentences of the comparison without a comment, because the file's body does not contain them in one piece."""

    def _told(self) -> str:
        return f"{counted(self.comments, 'comment')}, {counted(self.missing, 'sentence')} without"


class _Place(NamedTuple):
    line: int
    offset: int


def annotate_file(
    local: bytes,
    comparison: Comparison,
    say: Catalog,
    *,
    author: str = "policydiff",
    limits: Limits = DEFAULT_LIMITS,
) -> Annotated:
    """Return the local Word file with a comment of `author` beside each sentence that was compared.

    Raises RedlineRefusedError if `local` is no DOCX, or if the comments would change its words.
    """
    return _Margin(Package(local, limits), say, author).written(comparison)


class _Margin:
    def __init__(self, package: Package, say: Catalog, author: str) -> None:
        self._package, self._say, self._author = package, say, author
        self._body = package.body
        self._reader = Reader(Alphabet(), {}, plain=True)
        self._lines = list(self._paragraphs(self._body))
        # The words of the file without blanks, and the place of each character
        out: list[str] = []
        places: list[_Place] = []
        for number, line in enumerate(self._lines):
            for offset, character in enumerate(line.text):
                if folded(character):
                    out.append(character)
                    places.append(_Place(number, offset))
        self._text, self._places = "".join(out), places
        self._clauses: dict[str, str] = {}

    def _paragraphs(self, story: "etree._Element") -> Iterator[Paragraph]:
        for block in blocks(story, self._reader):
            if isinstance(block, Paragraph):
                yield block
            elif isinstance(block, Table):
                for row in rows(block.element):
                    for cell in cells(row):
                        yield from self._paragraphs(cell)

    def written(self, comparison: Comparison) -> Annotated:
        """Return the file with its comments."""
        before = self._said()
        self._clauses = {each.clause: each.label or each.clause for each in comparison.coverage}
        part = self._package.related(self._package.document, "comments")
        if part is None:
            root = etree.Element(w("comments"), nsmap={"w": W, "r": R})
            part, _ = self._package.add_kind("comments", root)
        self._package.touch(part)
        root = self._package.tree(part)
        number = max(
            (int(each.get(w("id"), "0")) for each in root if each.get(w("id"), "").isdecimal()), default=-1
        )
        wanted: list[tuple[_Place, _Place, SentenceComparison]] = []
        missing = at = 0
        for sentence in comparison.sentences:
            words = folded(sentence.text)
            start = self._text.find(words, at) if words else -1
            if start < 0 and words and self._text.count(words) == 1:
                start = self._text.find(words)  # a note or table that the comparison has at another place
            if start < 0:
                missing += 1
                continue
            end = start + len(words)
            at = max(at, end)
            wanted.append((self._places[start], self._places[end - 1], sentence))
        self._cut(wanted)
        for start_place, end_place, sentence in wanted:
            number += 1
            comment = made("comment", id=str(number), author=self._author, initials=self._author[:2])
            for line in self._told(sentence):
                comment.append(made("p", made("r", made_words(line))))
            root.append(comment)
            first, last = self._run(start_place, first_run), self._run(end_place, last_run)
            first.addprevious(made("commentRangeStart", id=str(number)))
            closing = made("commentRangeEnd", id=str(number))
            last.addnext(closing)
            closing.addnext(made("r", made("commentReference", id=str(number))))
        if self._said() != before:
            raise RedlineRefusedError(
                Refusal.NOT_PROVED, self._package.document, "a comment would change the words"
            )
        self._package.touch(self._package.document)
        return Annotated(self._package.saved(), len(wanted), missing)

    def _said(self) -> list[str]:
        return [line.text for line in self._paragraphs(self._body)]

    def _cut(self, wanted: "list[tuple[_Place, _Place, SentenceComparison]]") -> None:
        offsets: dict[int, set[int]] = {}
        for start, end, _ in wanted:
            offsets.setdefault(start.line, set()).add(start.offset)
            offsets.setdefault(end.line, set()).add(end.offset + 1)
        for line, places in offsets.items():
            self._lines[line].pieces = cut(self._lines[line].pieces, places)

    def _run(self, place: _Place, which: "Callable[..., etree._Element]") -> "etree._Element":
        at = 0
        for piece in self._lines[place.line].pieces:
            if at <= place.offset < at + len(piece.text):
                return which(piece)
            at += len(piece.text)
        raise RedlineRefusedError(
            Refusal.UNSAFE_PART, self._package.document, "a sentence has no place in it"
        )

    def _told(self, sentence: SentenceComparison) -> Iterator[str]:
        say = self._say
        kind = say(RELATIONS[sentence.relation])
        yield f"{kind} · {say(MARGIN_EFFECTS[sentence.effect])}" if sentence.effect is not None else kind
        if sentence.sources and (sentence.relation is not Relation.ADDED or sentence.band is Band.POSSIBLE):
            source = sentence.sources[0]
            yield f"{say(MARGIN_SOURCE)} {self._clauses.get(source.clause, source.clause)}：{source.text}"
        for signal in sentence.signals:
            went = say(direction_of(signal.type, signal.direction))
            way = "" if signal.direction is Direction.CHANGED else f"（{went}）"
            yield f"{say(SIGNALS[signal.type])}{way}：{signal.old or '—'} → {signal.new or '—'}"
        for left_out in sentence.dropped:
            yield f"{say(MARGIN_LEFT_OUT)}：{left_out.text}"
        if sentence.band is Band.POSSIBLE or sentence.effect is Effect.DIFFERENT:
            yield f"{say(MARGIN_VERDICT)}：" + "  ".join(
                f"{_BOX} {say(label)}" for label in MARGIN_EFFECTS.values()
            )
            yield f"{_BOX} {say(MARGIN_NOT_DERIVED)}"
