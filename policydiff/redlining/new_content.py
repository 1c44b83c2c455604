"""Tables, rows and notes of the new file as they stand in the old one: brought whole, every word marked as new."""

from lxml import etree

from policydiff.extract.word.looks import name_of
from policydiff.redlining.bringing import WordBringer
from policydiff.redlining.cutting import unrolled
from policydiff.redlining.marking import Tally
from policydiff.redlining.signing import Signer
from policydiff.redlining.stories import cells
from policydiff.redlining.streams import Op
from policydiff.redlining.wordml import cell_properties, made, mark_properties, put_mark, row_properties, w

_INLINE = frozenset({"hyperlink", "smartTag", "customXml", "sdtContent", "sdt", "dir", "bdo"})


class NewContent:
    """Brings and marks what has no counterpart in the old file."""

    def __init__(self, signer: Signer, bringer: WordBringer, tally: Tally) -> None:
        """Take the signer of marks and what brings elements over."""
        self._signer, self._bringer, self._tally = signer, bringer, tally

    def brought_row(self, row: "etree._Element", op: Op, move: str | None = None) -> "etree._Element":
        """Return a row of the new file, marked as inserted with its text."""
        copy = self._bringer.cleaned(row)
        self._mark_new(copy, op, move)
        return copy

    def brought_cell(self, cell: "etree._Element") -> "etree._Element":
        """Return a cell of the new file, marked as inserted with its text."""
        copy = self._bringer.cleaned(cell)
        self.mark_new_story(copy, Op.INSERT)
        cell_properties(copy).append(self._signer.change("cellIns"))
        return copy

    def brought_table(self, table: "etree._Element") -> "etree._Element":
        """Return a table of the new file with every row marked as inserted."""
        copy = self._bringer.cleaned(table)
        for row in list(copy.iterchildren(w("tr"))):
            self._mark_new(row, Op.INSERT, None)
        return copy

    def _mark_new(self, row: "etree._Element", op: Op, move: str | None) -> None:
        for inner in row.iter(w("tr")):
            put_mark(row_properties(inner), self._signer.change("ins"))
        for number, cell in enumerate(cells(row)):
            self.mark_new_story(cell, op, None if move is None else f"{move}c{number}")

    def mark_new_story(self, story: "etree._Element", op: Op, move: str | None = None) -> None:
        """Mark all words of a story that was brought, and the ends of its paragraphs but the last."""
        paragraphs = [each for each in story.iter(w("p")) if not _in_box(each, story)]
        first = last = None
        for paragraph in paragraphs:
            for wrapper in self._wrapped(paragraph, op):
                first, last = first if first is not None else wrapper, wrapper
                if op is Op.INSERT:
                    self._tally.inserted += sum(len(each.text or "") for each in wrapper.iter(w("t")))
            follows = paragraph.getnext()
            if follows is not None and follows.tag == w("p"):
                put_mark(mark_properties(paragraph), self._signer.change(op))
        if move is not None and first is not None and last is not None:
            start = self._signer.range_start("moveTo", move)
            first.addprevious(start)
            last.addnext(made("moveToRangeEnd", id=start.get(w("id"), "")))

    def _wrapped(self, holder: "etree._Element", op: Op) -> "list[etree._Element]":
        out: list[etree._Element] = []
        for each in list(holder):
            name = name_of(each)
            if name == "fldSimple":
                place = holder.index(each)
                inner = unrolled(each)
                holder[place : place + 1] = inner
                for run in inner:
                    out.extend(self._wrap(run, op, out))
            elif name in {"r", "oMath", "oMathPara"}:
                out.extend(self._wrap(each, op, out))
            elif name in _INLINE:
                out.extend(self._wrapped(each, op))
        return out

    def _wrap(self, run: "etree._Element", op: Op, so_far: "list[etree._Element]") -> "list[etree._Element]":
        before = run.getprevious()
        if so_far and before is so_far[-1]:
            before.append(run)
            return []
        wrapper = self._signer.change(op)
        run.addprevious(wrapper)
        wrapper.append(run)
        return [wrapper]


def _in_box(paragraph: "etree._Element", story: "etree._Element") -> bool:
    for above in paragraph.iterancestors():
        if above is story:
            return False
        if above.tag == w("txbxContent"):
            return True
    return False
