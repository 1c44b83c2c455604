"""Clauses (条款): the addressable nodes of a document's body."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from policydiff.model.base import Span, Value
from policydiff.model.result import shortened


class ClauseKind(StrEnum):
    """What a clause is; names as in Akoma Ntoso where it has one."""

    PREFACE = "preface"
    """前言、题注、序言: text before the first numbered clause of legislation."""
    PART = "part"
    """编"""
    CHAPTER = "chapter"
    """章"""
    SECTION = "section"
    """节"""
    ARTICLE = "article"
    """条"""
    PARAGRAPH = "paragraph"
    """款, or an unnumbered paragraph (引语、结语) of an official document"""
    SUBPARAGRAPH = "subparagraph"
    """项: （一） under an article"""
    ITEM = "item"
    """目: 1. under a subparagraph; ① and 一是… in official documents"""
    LEVEL = "level"
    """一、 （一） 1. （1） of an official document; the depth is the nesting"""
    MEASURE = "measure"
    """An unnumbered paragraph that starts with a run-in heading (段首句标题), or is closed by a responsibility note"""
    TABLE = "table"
    ROW = "row"
    ANNEX = "annex"
    """附件, or a text attached to another"""
    NOTE = "note"
    """脚注、尾注, of the clause that calls it: its label is the mark of the call"""
    QUOTE = "quote"
    """Text quoted by an amendment: an article of the amended document, not of this one"""


class Clause(Value):
    """One node of the tree; children follow its own text in reading order."""

    id: str
    """Akoma Ntoso eId, unique in the document: `chp_1__art_12__para_2`, `lvl_2__lvl_1__lvl_7`."""
    kind: ClauseKind
    label: str | None = None
    """The number as printed with its marks (`第十二条`, `（一）`, `1.`), None where there is none."""
    number: str | None = None
    """The number in digits: `12`, `12-1` for 第十二条之一; None where there is none."""
    heading: str | None = None
    """Heading or run-in heading (without its full stop); also contained in `text`."""
    text: str
    """The clause's own words: heading included, label and children not; line breaks and stray blanks of the
    page removed."""
    span: Span
    """Where label and own words lie in the extracted text (white space and page furniture may lie inside)."""
    children: tuple["Clause", ...] = ()
    """Clauses below this one, in reading order."""

    @classmethod
    def made(cls, fields: dict[str, Any]) -> "Clause":
        """Return a clause of fields that are known to fit, all of them given; nothing is checked or filled in.

        A statute has hundreds of clauses, and pydantic's `model_construct`, which looks at each field, took a fifth of
        the time in which it is parsed.
        """
        clause = cls.__new__(cls)
        put = object.__setattr__
        put(clause, "__dict__", fields)
        put(clause, "__pydantic_fields_set__", _FIELDS.copy())
        put(clause, "__pydantic_extra__", None)
        put(clause, "__pydantic_private__", None)
        return clause

    def walk(self) -> Iterator["Clause"]:
        """Yield this clause and everything below it in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def full_text(self) -> str:
        """Return label and words of this clause and all below it, one clause a line."""
        return "\n".join(f"{clause.label or ''}{clause.text}" for clause in self.walk())

    def __repr__(self) -> str:
        below = f", {len(self.children)} below" if self.children else ""
        return f"<Clause {self.id}: {shortened((self.label or '') + self.text)}{below}>"


_FIELDS = set(Clause.model_fields)
