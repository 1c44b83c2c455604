"""A change as a sequence of words and paragraph ends, each kept, deleted, inserted or moved."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from policydiff.lexicon.shortest_edits import common_share
from policydiff.model import Wording, WordingOp
from policydiff.redlining.inline import Piece
from policydiff.redlining.stories import Paragraph, PlainLine
from policydiff.revision.wording import compare_wording

_SAME_TITLE = 0.6
"""Least similarity of two titles that are one title with changed words; 《仲裁法》 and 《劳动法》 share half their words and are two titles."""
_BARE = str.maketrans("《》", "\ue000\ue001")
_MARKED = str.maketrans("\ue000\ue001", "《》")
"""Title marks are replaced by private-use characters while the words between them are compared."""


class Op(StrEnum):
    """Operation on words or on a paragraph's end; the values of marked operations are Word's element names."""

    KEEP = "keep"
    DELETE = "del"
    INSERT = "ins"
    MOVE_FROM = "moveFrom"
    MOVE_TO = "moveTo"

    @property
    def is_new(self) -> bool:
        """Whether the words are on the new side alone."""
        return self in {Op.INSERT, Op.MOVE_TO}


Line = Paragraph | PlainLine
"""A paragraph of either side."""


@dataclass(frozen=True, slots=True)
class Words:
    """Words of one paragraph, with their operation."""

    op: Op
    old: int
    """Index of the old paragraph; -1 for words on the new side alone."""
    start: int
    end: int
    """Offsets in the old paragraph; for new words, in the new paragraph."""
    new: int = -1
    """Index of the new paragraph; -1 for words on the old side alone."""
    new_start: int = 0
    move: str | None = None

    @property
    def size(self) -> int:
        """Number of characters."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class End:
    """The end of a paragraph, which carries its properties."""

    op: Op
    old: int = -1
    new: int = -1
    move: str | None = None


Bit = Words | End


def compared(old: Sequence[Line], new: Sequence[Line], old_range: range, new_range: range) -> list[Bit]:
    """Return the stream of kept, deleted and inserted words that turns old paragraphs into new ones, including paragraph ends.

    If one range is empty, all words of the other are inserted or deleted.
    """
    if len(old_range) == len(new_range) == 1 and old[old_range.start].text == new[new_range.start].text:
        i, j = old_range.start, new_range.start
        size = len(old[i].text)
        return [*([Words(Op.KEEP, i, 0, size, j)] if size else []), End(Op.KEEP, i, j)]
    before = "".join(f"{old[i].text}\n" for i in old_range)
    after = "".join(f"{new[j].text}\n" for j in new_range)
    wording = _inside_titles(compare_wording(before, after))
    return list(_Cutting(old, new, old_range, new_range).bits(wording))


def _inside_titles(wording: Sequence[Wording]) -> Iterator[Wording]:
    """Yield the wording, with titles that changed in part only compared word by word.

    A report shows titles as a whole; in a marked file titles may be long, and readers want to see the changed words.
    """
    runs = list(wording)
    index = 0
    while index < len(runs):
        run, after = runs[index], runs[index + 1] if index + 1 < len(runs) else None
        is_edit = run.op is WordingOp.DELETE and after is not None and after.op is WordingOp.INSERT
        if after is None or not is_edit or "《" not in run.text or "《" not in after.text:
            yield run
            index += 1
            continue
        if common_share(run.text, after.text) < _SAME_TITLE:
            yield from (run, after)
        else:
            for part in compare_wording(run.text.translate(_BARE), after.text.translate(_BARE)):
                yield Wording(part.op, part.text.translate(_MARKED))
        index += 2


class _Cutting:
    """Cuts runs of words at the paragraph ends of both sides."""

    def __init__(self, old: Sequence[Line], new: Sequence[Line], old_range: range, new_range: range) -> None:
        self._old, self._new = old, new
        self._i, self._at = old_range.start, 0
        self._j, self._there = new_range.start, 0

    def bits(self, wording: Iterable[Wording]) -> Iterator[Bit]:
        for op, text in wording:
            if op is WordingOp.EQUAL:
                yield from self._kept(len(text))
            elif op is WordingOp.DELETE:
                yield from self._taken_out(len(text))
            else:
                yield from self._put_in(len(text))

    def _kept(self, size: int) -> Iterator[Bit]:
        while size:
            here = len(self._old[self._i].text) - self._at
            there = len(self._new[self._j].text) - self._there
            step = min(size, here, there)
            if step:
                yield Words(Op.KEEP, self._i, self._at, self._at + step, self._j, self._there)
                self._at, self._there, size = self._at + step, self._there + step, size - step
                continue
            if not here and not there:
                yield End(Op.KEEP, self._i, self._j)
                self._next_old()
                self._next_new()
            elif not there:  # a line break inside the old paragraph equals the end of a plain line
                yield Words(Op.KEEP, self._i, self._at, self._at + 1)
                self._at += 1
                self._next_new()
            else:
                yield End(Op.DELETE, self._i)
                yield Words(Op.INSERT, -1, self._there, self._there + 1, self._j)
                self._next_old()
                self._there += 1
            size -= 1

    def _taken_out(self, size: int) -> Iterator[Bit]:
        while size:
            step = min(size, len(self._old[self._i].text) - self._at)
            if step:
                yield Words(Op.DELETE, self._i, self._at, self._at + step)
                self._at, size = self._at + step, size - step
            else:
                yield End(Op.DELETE, self._i)
                self._next_old()
                size -= 1

    def _put_in(self, size: int) -> Iterator[Bit]:
        while size:
            step = min(size, len(self._new[self._j].text) - self._there)
            if step:
                yield Words(Op.INSERT, -1, self._there, self._there + step, self._j)
                self._there, size = self._there + step, size - step
            else:
                yield End(Op.INSERT, new=self._j)
                self._next_new()
                size -= 1

    def _next_old(self) -> None:
        self._i, self._at = self._i + 1, 0

    def _next_new(self) -> None:
        self._j, self._there = self._j + 1, 0


def as_move(bits: Sequence[Bit], name: str) -> tuple[list[Bit], list[Bit]]:
    """Return two streams for a moved passage: the marks at its old place and the marks at its new place.

    Kept words are moved; words that changed are deleted at the old place and inserted at the new place.
    """
    source: list[Bit] = []
    target: list[Bit] = []
    for bit in bits:
        if isinstance(bit, Words):
            if bit.op is Op.KEEP and bit.new >= 0:
                source.append(Words(Op.MOVE_FROM, bit.old, bit.start, bit.end, move=name))
                there = bit.new_start + bit.size
                target.append(Words(Op.MOVE_TO, -1, bit.new_start, there, bit.new, move=name))
            elif bit.op is Op.INSERT:
                target.append(bit)
            else:
                source.append(Words(Op.DELETE, bit.old, bit.start, bit.end))
        elif bit.op is Op.KEEP:
            source.append(End(Op.MOVE_FROM, bit.old, move=name))
            target.append(End(Op.MOVE_TO, new=bit.new, move=name))
        else:
            (target if bit.op is Op.INSERT else source).append(bit)
    return source, target


def whole_objects(bits: Sequence[Bit], old: Sequence[Line]) -> list[Bit]:
    """Return the stream with no field cut; a field changed in part is deleted, and its new words are inserted."""
    out: list[Bit] = []
    for bit in bits:
        if not isinstance(bit, Words) or bit.op is not Op.KEEP:
            out.append(bit)
            continue
        out.extend(_without_cut_objects(bit, old[bit.old], bits))
    return out


def _without_cut_objects(bit: Words, line: Line, bits: Sequence[Bit]) -> Iterator[Words]:
    done, place = bit.start, 0
    for piece in line.pieces:
        start, end = place, place + len(piece.text)
        place = end
        if piece.is_words or end - start < 2 or end <= bit.start or start >= bit.end:
            continue
        if start >= bit.start and end <= bit.end and not _changed_inside(start, end, bit, bits):
            continue
        here, there = max(start, bit.start), min(end, bit.end)
        yield from _kept_part(bit, done, here)
        yield Words(Op.DELETE, bit.old, here, there)
        if bit.new >= 0:
            shift = bit.new_start - bit.start
            yield Words(Op.INSERT, -1, here + shift, there + shift, bit.new)
        done = there
    yield from _kept_part(bit, done, bit.end)


def _kept_part(bit: Words, start: int, end: int) -> Iterator[Words]:
    if end > start:
        yield Words(Op.KEEP, bit.old, start, end, bit.new, bit.new_start + start - bit.start)


def _changed_inside(start: int, end: int, bit: Words, bits: Sequence[Bit]) -> bool:
    return any(
        isinstance(each, Words)
        and each.old == bit.old
        and each.op is Op.DELETE
        and each.start < end
        and each.end > start
        for each in bits
    )


def relinked(bits: Sequence[Bit], old: Sequence[Line], new: Sequence[Line]) -> list[Bit]:
    """Return the stream with kept words deleted and inserted again if their hyperlinks differ between the two sides."""
    out: list[Bit] = []
    for bit in bits:
        if not isinstance(bit, Words) or bit.op is not Op.KEEP or bit.new < 0:
            out.append(bit)
            continue
        sides = old[bit.old].pieces, new[bit.new].pieces
        if not sides[1] or not any(piece.link for side in sides for piece in side):
            out.append(bit)
            continue
        mine = _links(sides[0])[bit.start : bit.end]
        theirs = _links(sides[1])[bit.new_start : bit.new_start + bit.size]
        start = 0
        for at in range(1, bit.size + 1):
            if at < bit.size and (mine[at] == theirs[at]) == (mine[start] == theirs[start]):
                continue
            part = range(bit.start + start, bit.start + at)
            if mine[start] == theirs[start]:
                out.append(Words(Op.KEEP, bit.old, part.start, part.stop, bit.new, bit.new_start + start))
            else:
                out.append(Words(Op.DELETE, bit.old, part.start, part.stop))
                out.append(Words(Op.INSERT, -1, bit.new_start + start, bit.new_start + at, bit.new))
            start = at
    return out


def _links(pieces: Sequence[Piece]) -> list[str | None]:
    """Return the hyperlink around each character."""
    return [piece.link for piece in pieces for _ in piece.text]


def with_last_end_kept(bits: Sequence[Bit]) -> list[Bit]:
    """Return the stream with the last ends of both sides as one kept end.

    The last paragraph of a cell or body cannot be joined to a next one, so its end is kept and the end before it is marked
    in its place.
    """
    last_old = _last(bits, lambda end: end.old >= 0)
    last_new = _last(bits, lambda end: end.new >= 0)
    if last_old is None or last_new is None or last_old == last_new:
        return list(bits)
    old, new = bits[last_old], bits[last_new]
    if not isinstance(old, End) or not isinstance(new, End):
        return list(bits)
    out = list(bits)
    # The last end of a side keeps its place; the end it was paired with is marked instead.
    if old.op is Op.KEEP:
        out[last_old] = End(Op.INSERT, new=old.new)
    if new.op is Op.KEEP:
        out[last_new] = End(Op.DELETE, old=new.old)
    gone = {index for index, end in ((last_old, old), (last_new, new)) if end.op is not Op.KEEP}
    out = [bit for index, bit in enumerate(out) if index not in gone]
    out.append(End(Op.KEEP, old.old, new.new))
    return out


def _last(bits: Sequence[Bit], wanted: Callable[[End], bool]) -> int | None:
    for index in range(len(bits) - 1, -1, -1):
        bit = bits[index]
        if isinstance(bit, End) and wanted(bit):
            return index
    return None


def with_sections(bits: Sequence[Bit], lines: tuple[Sequence[Line], Sequence[Line]]) -> list[Bit]:
    """Return the stream with an end that gains or loses a section break replaced, because a kept end cannot change that."""
    out: list[Bit] = []
    for bit in bits:
        if isinstance(bit, End) and _gains_or_loses_section(bit, lines):
            out.extend([End(Op.INSERT, new=bit.new), End(Op.DELETE, old=bit.old)])
        else:
            out.append(bit)
    return out


def _gains_or_loses_section(end: End, lines: tuple[Sequence[Line], Sequence[Line]]) -> bool:
    """Return whether a kept end ends a section on one side only."""
    if end.op is not Op.KEEP:
        return False
    return (lines[0][end.old].section is None) != (lines[1][end.new].section is None)


def last_ends_differ(bits: Sequence[Bit], lines: tuple[Sequence[Line], Sequence[Line]]) -> bool:
    """Return whether the last kept end ends a section on one side only."""
    last = bits[-1] if bits else None
    return isinstance(last, End) and _gains_or_loses_section(last, lines)


@dataclass(slots=True)
class Tally:
    """Counts of marked changes, and pairs of objects (text boxes, notes) that correspond in the old and the new file."""

    inserted: int = 0
    deleted: int = 0
    pairs: list[tuple[Piece, Piece]] = field(default_factory=list)
    taken_out: list[Piece] = field(default_factory=list)
    """Objects deleted or moved away."""
