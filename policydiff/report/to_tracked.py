"""A revision as a Word file with tracked changes: accept all gives the new text, reject all the old one."""

from itertools import count
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from policydiff.model import WordingOp
from policydiff.report.catalog import Catalog
from policydiff.report.page import Side
from policydiff.report.results import RevisionReport
from policydiff.report.sides import notice, side
from policydiff.report.tracked import tracked_words
from policydiff.report.visible import visible
from policydiff.report.word_file import saved, word_file

_AUTHOR = "policydiff"


def to_tracked(report: RevisionReport, say: Catalog) -> bytes:
    """Return the Word file. Its body holds the documents' words only; what the report is stands in header and footer."""
    sides = (
        side(say("Old version"), report.diff.old, report.old, say),
        side(say("New version"), report.diff.new, report.new, say),
    )
    header = " → ".join(f"{side.role}：{side.title}" for side in sides)
    file = word_file(sides[1].title, header, notice(say, judged=True), landscape=False)
    file.core_properties.comments = _facts(sides)
    body = file.element.body
    for blank in list(file.paragraphs):
        body.remove(blank._p)
    numbers = count(1)
    paragraph: Any = None
    last = WordingOp.EQUAL
    for op, text in tracked_words(report):
        lines = visible(text).split("\n")
        for index, line in enumerate(lines):
            ends = index < len(lines) - 1
            if paragraph is None and (line or ends):
                paragraph = OxmlElement("w:p")
            if line:
                paragraph.append(_run(line, op, numbers))
            if ends:
                _end(paragraph, op, numbers)
                body.insert(len(body) - 1, paragraph)
                paragraph, last = None, op
    if last is not WordingOp.EQUAL:
        # The end of the last paragraph cannot be undone: an empty one takes that place.
        body.insert(len(body) - 1, OxmlElement("w:p"))
    return saved(file)


def _facts(sides: tuple[Side, ...]) -> str:
    """Return number, issuers, dates and hash of both sides for the file's properties, whose longest text is 255."""
    told = (
        f"{side.role} {' '.join((*(value for _, value in side.facts), side.fingerprint))}" for side in sides
    )
    return "\n".join(visible(words)[-127:] for words in told)


def _run(text: str, op: WordingOp, numbers: "count[int]") -> Any:
    run = OxmlElement("w:r")
    words = OxmlElement("w:delText" if op is WordingOp.DELETE else "w:t")
    words.set(qn("xml:space"), "preserve")
    words.text = text
    run.append(words)
    if op is WordingOp.EQUAL:
        return run
    change = _change(op, numbers)
    change.append(run)
    return change


def _end(paragraph: Any, op: WordingOp, numbers: "count[int]") -> None:
    """Mark the paragraph's end as inserted or deleted: the paragraph then joins the next one when it is undone."""
    if op is WordingOp.EQUAL:
        return
    properties, mark = OxmlElement("w:pPr"), OxmlElement("w:rPr")
    mark.append(_change(op, numbers))
    properties.append(mark)
    paragraph.insert(0, properties)


def _change(op: WordingOp, numbers: "count[int]") -> Any:
    change = OxmlElement("w:del" if op is WordingOp.DELETE else "w:ins")
    change.set(qn("w:id"), str(next(numbers)))
    change.set(qn("w:author"), _AUTHOR)
    return change
