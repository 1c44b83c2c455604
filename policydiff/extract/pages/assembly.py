"""Pages to text: tables cut out, furniture dropped, lines joined to paragraphs.

Regular faults of recognition and of writers of PDF are put right on the way.
"""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from policydiff.errors import UnreadableInputError
from policydiff.extract.limits import Limits
from policydiff.extract.pages.columns import in_columns
from policydiff.extract.pages.lines import (
    Flow,
    Fragment,
    Line,
    Page,
    TableRow,
    closed_up,
    joined,
    printed_lines,
)
from policydiff.extract.pages.page_edges import take_notes, with_notes, without_furniture
from policydiff.extract.pages.page_paragraphs import paragraphs
from policydiff.extract.pages.page_tables import cut_tables, with_unruled_tables
from policydiff.extract.reading import Block, Leftovers, Remark, text_and_forms
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


_WIDTHS = (("，", ","), ("：", ":"), ("；", ";"), ("（", "("), ("）", ")"))
_CHINESE = "\u3400-\u9fff，。；：、！？“”‘’《》（）〔〕"
_AFTER_CHINESE = re.compile(f"(?<=[{_CHINESE}])[{''.join(wide + narrow for wide, narrow in _WIDTHS)}]")
# 二〇三五年: the circle is read as nothing, or as a letter or a full stop. A year of three digits is no year.
_LOST_CIRCLE = re.compile(r"(?<![一二三四五六七八九十百千〇零])二[○OoQ。]?(?=[一二三][一二三四五六七八九]年)")


def put_right(pages: Sequence[Page]) -> tuple[list[Page], tuple[Remark, ...]]:
    """Return the pages with marks of one width and years with their circle, and a warning for each year changed.

    A document prints its commas, colons and brackets in one width; recognition wavers. The more frequent width after
    Chinese characters is taken for all.
    """
    counts = Counter(
        mark
        for page in pages
        for fragment in page.fragments
        for mark in _AFTER_CHINESE.findall(fragment.text)
    )
    # Brackets are set alike at both ends.
    for opening, closing in (("（", "）"), ("(", ")")):
        counts[opening] = counts[closing] = counts[opening] + counts[closing]
    meant = {
        mark: wide if counts[wide] >= counts[narrow] else narrow
        for wide, narrow in _WIDTHS
        for mark in (wide, narrow)
    }
    warnings: list[Remark] = []

    def fragment_put_right(fragment: Fragment, number: int) -> Fragment:
        text = _AFTER_CHINESE.sub(lambda mark: meant[mark.group()], fragment.text)
        text, years = _LOST_CIRCLE.subn("二〇", text)
        if years:
            warnings.append(
                Remark(
                    "recognition",
                    f"page {number}: a year of three digits was recognised, and taken for one with a lost 〇",
                    number,
                )
            )
        return fragment._replace(text=text)

    done = [
        page._replace(fragments=tuple(fragment_put_right(each, page.number) for each in page.fragments))
        for page in pages
    ]
    return done, tuple(warnings)


# PDFium gives a hyphen at the end of a line as a noncharacter, in some calls as a control character.
_HYPHENS = {0xFFFE: "-", 0x0002: "-", 0x00AD: "-"}


def repaired(text: str) -> str:
    r"""Return the text with radicals as ideographs and hyphens as hyphens.

    Examples:
        >>> repaired("⼈⺠政府 1\ufffe2家")
        '人民政府 1-2家'
    """
    return text.translate(_table())


@cache
def _table() -> dict[int, str]:
    table = dict(_HYPHENS)
    lines = files("policydiff.extract.pages").joinpath("radicals.tsv").read_text("utf-8").splitlines()
    for line in lines:
        radical, _, ideograph = line.partition("\t")
        if len(radical) == 1 and ideograph:
            table[ord(radical)] = ideograph
    return table
