"""Pages to text: tables cut out, furniture dropped, lines joined to paragraphs."""

from collections.abc import Sequence

from policydiff.errors import UnreadableInputError
from policydiff.extract.limits import Limits
from policydiff.extract.pages.columns import in_columns
from policydiff.extract.pages.furniture import without_furniture
from policydiff.extract.pages.lines import closed_up, joined, printed_lines
from policydiff.extract.pages.notes_below import take_notes, with_notes
from policydiff.extract.pages.paragraphs import paragraphs
from policydiff.extract.pages.placed import Flow, Line, Page, TableRow
from policydiff.extract.pages.ruled import cut_tables
from policydiff.extract.pages.unruled import with_unruled_tables
from policydiff.extract.reading import Block, Leftovers, text_and_forms
from policydiff.lexicon.table_rows import Slot


def text_of_pages(pages: Sequence[Page]) -> str:
    """Return the text of the pages, one paragraph or table row a line."""
    return text_and_forms(blocks_of_pages(pages, Leftovers()))[0]


def blocks_of_pages(pages: Sequence[Page], left_out: Leftovers) -> list[Block]:
    """Return the paragraphs and table rows of the pages, and note what is left out as furniture."""
    pages = closed_up(pages)
    cut = [cut_tables(page) for page in pages]
    lines = without_furniture(pages, [printed_lines(fragments) for _, fragments in cut], left_out)
    outside = [page._replace(fragments=tuple(rest)) for page, (_, rest) in zip(pages, cut, strict=True)]
    lines, notes = take_notes(outside, lines)
    tables = _continued([rows for rows, _ in cut], lines)
    wholes = [Flow(*parts) for parts in zip(pages, lines, tables, strict=True)]
    parted = [with_unruled_tables(flow) for flow in in_columns(wholes)]
    return with_notes(paragraphs(parted), notes)


def _continued(tables: list[list[TableRow]], lines: Sequence[list[Line]]) -> list[list[TableRow]]:
    """Join rows that a page break parts, and drop the heads of tables repeated overleaf."""
    head: TableRow | None = None
    for here in range(1, len(tables)):
        above, below = tables[here - 1], tables[here]
        if not above or not below or not _adjoin(above[-1], below[0], lines[here - 1], lines[here]):
            head = None
            continue
        head = head or next(row for row in above if row.borders == below[0].borders)
        if below[0].cells == head.cells:
            del below[0]
        if below and not below[0].cells[0] and len(below[0].cells) == len(above[-1].cells):
            halves = zip(above[-1].cells, below[0].cells, strict=True)
            above[-1] = above[-1]._replace(cells=tuple(_joined(upper, lower) for upper, lower in halves))
            del below[0]
    return tables


def _joined(upper: Slot, lower: Slot) -> Slot:
    """Return a cell that a page break parts; a merge has no words to join."""
    return joined(upper, lower) if isinstance(upper, str) and isinstance(lower, str) else upper


def _adjoin(above: TableRow, below: TableRow, before: Sequence[Line], after: Sequence[Line]) -> bool:
    """Say whether one table ends a page and goes on at the top of the next."""
    return (
        above.borders == below.borders
        and all(line.baseline < above.baseline for line in before)
        and all(line.baseline > below.baseline for line in after)
    )


_NAMED = 20


def check_count(pages: int, what: str, limits: Limits) -> None:
    """Refuse a file without pages or with more than the limit.

    Raises:
        UnreadableInputError: if it is one.
    """
    if pages == 0:
        raise UnreadableInputError(f"the {what} holds no pages: it is damaged")
    if pages > limits.pages:
        raise UnreadableInputError(
            f"the {what} has {pages:,} pages, more than the limit of {limits.pages:,}: raise pages or split it"
        )


def named(pages: Sequence[int]) -> str:
    """Return the pages as a message names them.

    Examples:
        >>> named([3]), named([3, 5])
        ('page 3', 'pages 3, 5')
    """
    listed = ", ".join(map(str, pages[:_NAMED])) + (" …" if len(pages) > _NAMED else "")
    return f"page {listed}" if len(pages) == 1 else f"pages {listed}"
