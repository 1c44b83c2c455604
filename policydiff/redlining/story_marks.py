"""Marks one story (body, cell, header, note, text box) of the old file so that it becomes the new one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

from lxml import etree

from policydiff.extract.word.looks import name_of
from policydiff.redlining import UnmarkableError
from policydiff.redlining.aligning import Alignment, Group, align_blocks
from policydiff.redlining.bringing import NewContent, WordBringer
from policydiff.redlining.clause_pairs import Pair
from policydiff.redlining.inline import Reader
from policydiff.redlining.marking import Walk
from policydiff.redlining.package import own, row_properties, w
from policydiff.redlining.stories import Block, Known, Paragraph, Shape, Table, blocks, cells
from policydiff.redlining.streams import (
    Bit,
    End,
    Op,
    Tally,
    Words,
    as_move,
    compared,
    last_ends_differ,
    relinked,
    with_last_end_kept,
    with_sections,
)
from policydiff.redlining.table_marks import (
    Row,
    cell_steps,
    in_row,
    is_same_cell,
    put_row,
    read_rows,
    regrid,
    reshape,
    row_steps,
)
from policydiff.redlining.undoing import Signer, put_mark

ClauseFinder = Callable[[Sequence[Block], Sequence[Block]], tuple[Pair, ...]]
"""Returns ranges of blocks of two stories that hold corresponding clauses."""


@dataclass(slots=True)
class Desk:
    """Objects that are shared while one pair of packages is marked."""

    signer: Signer
    tally: Tally
    bringer: WordBringer
    moved: int = 0
    looks_agree: bool = False
    """Whether both packages have the same styles and lists, so that their ids mean the same on both sides."""
    known: Known = field(default_factory=Known)
    """Blocks that are looked up by their XML instead of being read."""
    coarse: set[tuple[str, int]] = field(default_factory=set)
    """Places (part and old paragraph) where words could not be marked one by one, so that whole paragraphs are replaced."""


@dataclass(slots=True)
class Parts:
    """The old and the new part of a story, with their readers."""

    old: str
    new: str
    old_reader: Reader
    new_reader: Reader


class StoryMarks:
    """Marks stories of one part."""

    def __init__(self, desk: Desk, parts: Parts) -> None:
        self._desk, self._parts = desk, parts
        self._rows: dict[etree._Element, list[Row]] = {}

    def mark(
        self, old: "etree._Element", new: "etree._Element | None", find_clauses: ClauseFinder | None = None
    ) -> None:
        """Mark a story; if `new` is None, all of it is marked as deleted."""
        known = self._desk.known
        mine = blocks(old, self._parts.old_reader, known)
        theirs = [] if new is None else blocks(new, self._parts.new_reader, known)
        shapes = self._shapes(mine, self._parts.old_reader), self._shapes(theirs, self._parts.new_reader)
        alignment = align_blocks(*shapes, ())
        if find_clauses is not None and not alignment.is_plain:
            alignment = align_blocks(*shapes, find_clauses(mine, theirs))
        _Writing(self._desk, self._parts, old, (mine, theirs), self).write(alignment)

    def take_out(self, story: "etree._Element", op: Op, move: str | None = None) -> None:
        """Mark all content of an old story as deleted or moved away, except the end of its last paragraph."""
        mine = blocks(story, self._parts.old_reader)
        lines = [block for block in mine if isinstance(block, Paragraph)]
        bits: list[Bit] = []
        for index, line in enumerate(lines):
            if line.pieces:
                bits.append(Words(op, index, 0, len(line.text), move=move if line.text else None))
            bits.append(End(op, index, move=move))
        if bits:
            self._walk(lines, []).write(bits[:-1], _nowhere)
        for block in mine:
            if isinstance(block, Table):
                for row in read_rows(block.element, self._parts.old_reader):
                    self.take_out_row(row.element, op, move)

    def take_out_row(self, row: "etree._Element", op: Op, move: str | None = None) -> None:
        """Mark a row and its text, because some programs keep a row that is marked without its text."""
        put_mark(row_properties(row), self._desk.signer.change("del"))
        for number, cell in enumerate(cells(row)):
            self.take_out(cell, op, None if move is None else f"{move}c{number}")

    @property
    def new_content(self) -> NewContent:
        """Maker of new rows and tables in this part."""
        self._desk.bringer.at(self._parts.old, self._parts.new, ())
        return NewContent(self._desk.signer, self._desk.bringer, self._desk.tally)

    def rows_of(self, table: "etree._Element", reader: Reader) -> list[Row]:
        """Return the rows of a table as read for the alignment, since nothing in it was marked before."""
        return self._rows.pop(table, None) or read_rows(table, reader)

    def _walk(self, old: Sequence[Paragraph], new: Sequence[Paragraph]) -> Walk:
        self._desk.bringer.at(self._parts.old, self._parts.new, new)
        return Walk(old, new, self._desk.signer, self._desk.bringer, self._desk.tally)

    def _shapes(self, side: Sequence[Block], reader: Reader) -> list[Shape]:
        homes: dict[etree._Element | None, int] = {}
        out = []
        for block in side:
            home = homes.setdefault(block.holder, len(homes))
            if isinstance(block, Table):
                told = partial(self._told, block.element, reader)
                out.append(Shape(told if block.key is not None else told(), "t", home, block.key))
            elif block.key is not None:
                out.append(Shape(partial(getattr, block, "text"), "p", home, block.key))
            else:
                out.append(Shape(block.text, "p", home))
        return out

    def _told(self, table: "etree._Element", reader: Reader) -> str:
        held = self._rows[table] = read_rows(table, reader)
        return "\n".join(row.text for row in held)


class _Writing:
    """Goes through the groups of one story in order, and marks stretches of paragraphs and tables."""

    def __init__(
        self,
        desk: Desk,
        parts: Parts,
        story: "etree._Element",
        sides: tuple[Sequence[Block], Sequence[Block]],
        marks: StoryMarks,
    ) -> None:
        self._desk, self._parts, self._story, self._marks = desk, parts, story, marks
        self._blocks = sides
        old, new = ([block for block in side if isinstance(block, Paragraph)] for side in sides)
        self._lines = (old, new)
        self._number = tuple(_line_numbers(side) for side in sides)
        self._bits: list[Bit] = []
        self._passed: Group | None = None
        """The paragraph skipped last, as long as nothing was written after it."""
        self._is_closed = False
        """Whether the stretch ends with a paragraph that is equal on both sides."""
        self._home: object = None
        self._after: etree._Element | None = None
        self._moves: dict[int, tuple[str, list[Bit], list[Bit]]] = {}

    def write(self, alignment: Alignment) -> None:
        for number, pair in enumerate(alignment.moves):
            name = self._desk.signer.move()
            bits = self._compared(pair.old, pair.new)
            self._moves[number] = (name, *as_move(bits, name))
            self._desk.moved += 1
        for group in alignment.groups:
            self._group(group)
        self._flush(is_end=True)

    def _is_coarse(self, lines: range) -> bool:
        return any((self._parts.old, line) in self._desk.coarse for line in lines)

    def _compared(self, old: range, new: range) -> list[Bit]:
        lines = self._range(0, old), self._range(1, new)
        return relinked(compared(*self._lines, *lines), *self._lines)

    def _range(self, side: int, of_blocks: range) -> range:
        numbers = [self._number[side][index] for index in of_blocks if index in self._number[side]]
        return range(numbers[0], numbers[-1] + 1) if numbers else range(0)

    def _group(self, group: Group) -> None:
        if group.move is not None:
            self._go_on()
            _, source, target = self._moves[group.move]
            if group.old:
                self._enter(group.old)
                self._bits.extend(source)
            else:
                self._bits.extend(target)
            return
        if self._same(group):
            return
        self._go_on()
        first = [self._blocks[0][i] for i in group.old[:1]], [self._blocks[1][j] for j in group.new[:1]]
        if first[0] and first[1] and isinstance(first[0][0], Table) and isinstance(first[1][0], Table):
            self._flush()
            self._table(first[0][0], first[1][0])
        elif group.old and group.new:
            self._enter(group.old)
            self._bits.extend(self._pair(group))
        else:
            self._one_side(group)

    def _same(self, group: Group) -> bool:
        """Skip a block if its XML is equal on both sides, and return whether it was skipped.

        Equal paragraphs beside a change are not skipped, because the change may be written into them.
        """
        if len(group.old) != 1 or len(group.new) != 1:
            return False
        mine, theirs = self._blocks[0][group.old.start], self._blocks[1][group.new.start]
        if mine.key is None or mine.key != theirs.key or self._is_coarse(self._range(0, group.old)):
            return False
        if isinstance(mine, Table):
            self._flush()
            self._after = mine.element
            return True
        if self._bits and not self._is_closed:
            self._enter(group.old)
        if self._bits and not self._is_closed:
            self._bits.extend(self._kept(group))
            self._is_closed = True
            return True
        self._flush()
        self._passed, self._after, self._home = group, mine.last, mine.holder
        return True

    def _kept(self, group: Group) -> list[Bit]:
        return compared(*self._lines, self._range(0, group.old), self._range(1, group.new))

    def _go_on(self) -> None:
        """Start with the paragraph skipped last, because a change begins after it."""
        if not self._bits and self._passed is not None:
            self._bits.extend(self._kept(self._passed))
        self._passed, self._is_closed = None, False

    def _pair(self, group: Group) -> list[Bit]:
        lines = self._range(0, group.old), self._range(1, group.new)
        if self._is_coarse(lines[0]):
            return [*compared(*self._lines, range(0), lines[1]), *compared(*self._lines, lines[0], range(0))]
        return self._compared(group.old, group.new)

    def _one_side(self, group: Group) -> None:
        for index in group.old:
            block = self._blocks[0][index]
            if isinstance(block, Table):
                self._flush()
                for row in read_rows(block.element, self._parts.old_reader):
                    self._desk.tally.deleted += len(row.text)
                    self._marks.take_out_row(row.element, Op.DELETE)
                self._after = block.element
            else:
                self._enter(range(index, index + 1))
                self._bits.extend(self._compared(range(index, index + 1), range(0)))
        for index in group.new:
            block = self._blocks[1][index]
            if isinstance(block, Table):
                self._flush()
                self._put(self._marks.new_content.brought_table(block.element))
            else:
                self._bits.extend(self._compared(range(0), range(index, index + 1)))

    def _enter(self, of_blocks: range) -> None:
        """Begin a new stretch if the old paragraphs are in another element than those before."""
        home = self._blocks[0][of_blocks.start].holder
        if self._bits and any(bit.old >= 0 for bit in self._bits) and home is not self._home:
            self._flush()
        self._home = home

    def _flush(self, *, is_end: bool = False) -> None:
        """Mark the stretch; with `is_end`, nothing follows in the story, so its last end must be kept."""
        loose = with_sections(self._bits, self._lines)
        bits = with_last_end_kept(loose)
        if not is_end and last_ends_differ(bits, self._lines):
            bits = loose
        self._bits = []
        self._passed, self._is_closed = None, False
        if not bits:
            return
        last = max((bit.old for bit in bits), default=-1)
        if last >= 0:
            # New paragraphs without an old one after them go after the last old one
            self._after = self._lines[0][last].last
        self._desk.bringer.at(self._parts.old, self._parts.new, self._lines[1])
        walk = Walk(*self._lines, self._desk.signer, self._desk.bringer, self._desk.tally)
        try:
            walk.write(bits, self._put)
        except UnmarkableError as error:
            error.place = (self._parts.old, walk.at)
            raise

    def _put(self, element: "etree._Element") -> None:
        """Insert an element after the element written last."""
        if self._after is not None:
            after = self._after
            while (
                (holder := after.getparent()) is not None
                and holder is not self._story
                and holder.tag == w("ins")
            ):
                after = holder
            after.addnext(element)
        else:
            place = 1 if len(self._story) and name_of(self._story[0]) == "tcPr" else 0
            self._story.insert(place, element)
        self._after = element

    def _table(self, old: Table, new: Table) -> None:
        mine = self._marks.rows_of(old.element, self._parts.old_reader)
        theirs = self._marks.rows_of(new.element, self._parts.new_reader)
        names: dict[int, str] = {}
        last: etree._Element | None = None
        for step in row_steps(mine, theirs):
            name = None
            if step.move is not None:
                if step.move not in names:
                    names[step.move] = self._desk.signer.move()
                    self._desk.moved += 1
                name = names[step.move]
            if step.old is not None and step.new is not None:
                self._cells(mine[step.old], theirs[step.new])
                last = mine[step.old].element
            elif step.old is not None:
                self._desk.tally.deleted += 0 if name else len(mine[step.old].text)
                self._marks.take_out_row(mine[step.old].element, Op.MOVE_FROM if name else Op.DELETE, name)
                last = mine[step.old].element
            elif step.new is not None:
                row = self._marks.new_content.brought_row(
                    theirs[step.new].element, Op.MOVE_TO if name else Op.INSERT, name
                )
                put_row(old.element, row, last)
                last = row
        regrid(old.element, new.element, self._desk.signer)
        self._after = old.element

    def _cells(self, old: Row, new: Row) -> None:
        """Mark the cells of a row: cells of both sides by their content, others as inserted or deleted."""
        mine, theirs = cells(old.element), cells(new.element)
        last: etree._Element | None = None  # the cell that was written last
        for a, b in cell_steps(old, new):
            if a is not None and b is not None:
                if self._desk.looks_agree and is_same_cell(mine[a], theirs[b]):
                    last = mine[a]
                    continue
                self._marks.mark(mine[a], theirs[b])
                reshape(mine[a], theirs[b], self._desk.signer)
                last = mine[a]
            elif a is not None:
                self._desk.tally.deleted += len(old.texts[a])
                self._marks.take_out(mine[a], Op.DELETE)
                own(mine[a], "tcPr").append(self._desk.signer.change("cellDel"))
                last = mine[a]
            elif b is not None:
                copy = self._marks.new_content.brought_cell(theirs[b])
                place = in_row(mine[0] if last is None else last, old.element)
                (place.addprevious if last is None else place.addnext)(copy)
                last = copy


def _line_numbers(side: Sequence[Block]) -> dict[int, int]:
    """Return for each block that is a paragraph its number among the paragraphs."""
    places = [index for index, block in enumerate(side) if isinstance(block, Paragraph)]
    return {index: number for number, index in enumerate(places)}


def _nowhere(element: "etree._Element") -> None:
    raise AssertionError(f"nothing new is put where all is taken out: {element.tag}")
