"""Turns pages into text: tables are cut out, headers and footers dropped, lines joined to paragraphs, pictures read where there are no letters."""

import math
import re
import statistics
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from policydiff.errors import UnreadableInputError, worded
from policydiff.extract.pages.columns import in_columns
from policydiff.extract.pages.gathering import closed_up
from policydiff.extract.pages.lines import Flow, Fragment, Page, Ruling, is_wide, printed_lines
from policydiff.extract.pages.page_edges import continued, take_notes, with_notes, without_furniture
from policydiff.extract.pages.page_paragraphs import paragraphs
from policydiff.extract.pages.page_tables import cut_tables, with_unruled_tables
from policydiff.extract.reading import Block, Leftovers, Limits, Remark, text_and_forms


def text_of_pages(pages: Sequence[Page]) -> str:
    """Return the text of the pages, with one paragraph or table row on each line."""
    return text_and_forms(blocks_of_pages(pages, Leftovers()))[0]


def blocks_of_pages(
    pages: Sequence[Page], left_out: Leftovers, warnings: list[Remark] | None = None
) -> list[Block]:
    """Return the paragraphs and table rows of the pages; headers and footers go to `left_out`, a doubt about paragraphs to `warnings`."""
    pages = closed_up(pages)
    cut = [cut_tables(page) for page in pages]
    lines = without_furniture(pages, [printed_lines(fragments) for _, fragments in cut], left_out)
    outside = [page._replace(fragments=tuple(rest)) for page, (_, rest) in zip(pages, cut, strict=True)]
    lines, notes = take_notes(outside, lines)
    tables = continued([rows for rows, _ in cut], lines, left_out)
    wholes = [Flow(*parts) for parts in zip(pages, lines, tables, strict=True)]
    parted = [with_unruled_tables(flow) for flow in in_columns(wholes)]
    found, doubtful = paragraphs(parted)
    if doubtful and warnings is not None:
        warnings.append(
            Remark(
                "layout",
                f"{doubtful} lines that end a sentence fill the page's width, and neither indent nor distance tells whether a "
                "paragraph begins below: they were read on",
            )
        )
    return with_notes(found, notes)


_NAMED = 20
"""Most page numbers named in one warning."""


def check_count(pages: int, what: str, limits: Limits) -> None:
    """Raise UnreadableInputError if a file has no pages, or more than the limit; `what` is the format's name."""
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
    return worded(f"page {listed}") if len(pages) == 1 else worded(f"pages {listed}")


_WIDTHS = (("，", ","), ("：", ":"), ("；", ";"), ("（", "("), ("）", ")"))
_CHINESE = "\u3400-\u9fff，。；：、！？“”‘’《》（）〔〕"
_AFTER_CHINESE = re.compile(f"(?<=[{_CHINESE}])[{''.join(wide + narrow for wide, narrow in _WIDTHS)}]")
# In 二〇三五年 the circle may be recognised as nothing, a letter or a full stop; a year of three digits does not exist.
_LOST_CIRCLE = re.compile(r"(?<![一二三四五六七八九十百千〇零])二[○OoQ。]?(?=[一二三][一二三四五六七八九]年)")


def put_right(pages: Sequence[Page]) -> tuple[list[Page], tuple[Remark, ...]]:
    """Return the pages with punctuation of one width and years with their 〇, and a warning for each changed year.

    A document prints its commas, colons and brackets in one width, but recognition varies. The more frequent width after
    Chinese characters is used for all.
    """
    counts = Counter(
        mark
        for page in pages
        for fragment in page.fragments
        for mark in _AFTER_CHINESE.findall(fragment.text)
    )
    # Opening and closing brackets get the same width.
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


# PDFium returns a hyphen at the end of a line as a noncharacter, in some calls as a control character.
_HYPHENS = {0xFFFE: "-", 0x0002: "-", 0x00AD: "-"}
_COMPATIBLE = range(0xF900, 0xFB00)
"""Ideographs that fonts of Taiwan and Korea contain twice; by Unicode the second stands for the same character."""


def repaired(text: str) -> str:
    r"""Return the text with radicals and duplicate ideographs as ordinary ideographs, and hyphens as hyphens.

    Examples:
        >>> repaired("⼈⺠政府 1\ufffe2家 102\uf98e")
        '人民政府 1-2家 102年'
    """
    return text.translate(_table())


@cache
def _table() -> dict[int, str]:
    table = _HYPHENS | {code: unicodedata.normalize("NFC", chr(code)) for code in _COMPATIBLE}
    lines = files("policydiff.extract.pages").joinpath("radicals.tsv").read_text("utf-8").splitlines()
    cells = (cell.split(" ") for line in lines if line[0] != "#" for cell in line.split("\t"))
    return table | {ord(radical): ideograph for radical, ideograph in cells}


class Picture(NamedTuple):
    """A rendered page in grey, one byte for each pixel, rows without padding."""

    width: int
    height: int
    pixels: bytes


_Point = tuple[float, float]
_LONG = 6
"""Least length in heights of a line whose slope is measured; a shorter line turns with one misread mark."""
_SAME_SIZE = 0.14
"""Share of the usual type size by which a long line may differ and still have it; headings are 1.2 times as large and more."""
_SAME_HEIGHT = 0.35
"""The same for a short line, whose width is distorted by its last mark, so that more error is allowed."""
_MEASURABLE = 8
"""Least full-width characters of a line whose width tells its type size."""
_SUSPECT_WIDTH = 12
"""Width in heights of the line from which the words must fill it; short titles may be spaced out over a smaller width."""
_SUSPECT_SHARE = 0.25
"""Least share of a line's width that its characters fill; the box of a line is some tenths higher than its type."""
_DRAWN = re.compile(r"[\s\-—–_＿=·.…~*•|一]+")
"""A ruling that was recognised as characters."""


class FoundLine(NamedTuple):
    """A line found in a picture, with places in pixels."""

    text: str
    start: _Point
    """Middle of the left edge."""
    end: _Point
    """Middle of the right edge."""
    height: float
    confidence: float
    """Confidence from 0 to 1."""


def straightened(lines: Sequence[FoundLine], picture: Picture, number: int, width: float) -> Page:
    """Return the lines as a page of `width` points, turned so that the lines are level.

    In a scan turned by one degree, the margin of the last line is shifted by the width of a character.
    """
    scale = width / picture.width
    angles = [
        math.atan2(line.end[1] - line.start[1], line.end[0] - line.start[0])
        for line in lines
        if line.end[0] - line.start[0] > _LONG * line.height
    ]
    turn = -(statistics.median(angles) if angles else 0.0)
    cosine, sine = math.cos(turn) * scale, math.sin(turn) * scale
    sizes = _sizes(lines)
    fragments = []
    for line, pixels in zip(lines, sizes, strict=True):
        x0, y0 = _turned(line.start, cosine, sine)
        x1, y1 = _turned(line.end, cosine, sine)
        size = pixels * scale
        fragments.append(Fragment(line.text, min(x0, x1), max(x0, x1), (y0 + y1) / 2 + 0.38 * size, size))
    drawn = (
        (*_turned((x0, y0), cosine, sine), *_turned((x1, y1), cosine, sine))
        for x0, y0, x1, y1 in strokes(picture)
    )
    rulings = tuple(Ruling(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)) for x0, y0, x1, y1 in drawn)
    return Page(number, width, picture.height * scale, tuple(fragments), rulings, recognised=True)


def suspicious(lines: Sequence[FoundLine], number: int) -> tuple[Remark, ...]:
    """Return a warning for each line whose words fill little of its width, because further words of it were not recognised."""
    found = []
    for line in lines:
        wide = sum(map(is_wide, line.text))
        room = (line.end[0] - line.start[0]) / line.height if line.height > 0 else 0.0
        filled = wide + 0.5 * (len(line.text) - wide)
        if room >= _SUSPECT_WIDTH and filled < _SUSPECT_SHARE * room and not _DRAWN.fullmatch(line.text):
            words = line.text.strip()
            found.append(
                Remark(
                    "recognition",
                    f"page {number}: a line with room for about {round(room)} characters was recognised as “{words}”: check it against the picture",
                    number,
                    words,
                )
            )
    return tuple(found)


def mean_confidence(lines: Sequence[FoundLine]) -> float:
    """Return the mean confidence over all characters; 0 without characters."""
    characters = sum(len(line.text) for line in lines)
    return sum(line.confidence * len(line.text) for line in lines) / characters if characters else 0.0


def _turned(point: _Point, cosine: float, sine: float) -> _Point:
    x, y = point
    return x * cosine - y * sine, x * sine + y * cosine


def _sizes(lines: Sequence[FoundLine]) -> list[float]:
    """Return each line's type size in pixels from its width, because the height of its box depends on its highest character.

    Lines of nearly the page's usual size get exactly this size, so that no measuring error splits a paragraph.
    """
    widths = [_size_by_width(line) for line in lines]
    measurable = [width for line, width in zip(lines, widths, strict=True) if _is_measurable(line)]
    usual = _median(measurable or widths)
    ratio = _median(
        [width / line.height for line, width in zip(lines, widths, strict=True) if _is_measurable(line)]
    )
    sizes = []
    for line, width in zip(lines, widths, strict=True):
        if _is_measurable(line):
            sizes.append(usual if abs(width - usual) < _SAME_SIZE * usual else max(width, 1.0))
        else:
            measured = (width, line.height * ratio)
            alike = any(abs(size - usual) < _SAME_HEIGHT * usual for size in measured)
            sizes.append(usual if alike else max(min(measured), 1.0))
    return sizes


def _size_by_width(line: FoundLine) -> float:
    wide = sum(map(is_wide, line.text))
    return (line.end[0] - line.start[0]) / max(wide + 0.5 * (len(line.text) - wide), 0.5)


def _is_measurable(line: FoundLine) -> bool:
    """Return whether a line's width shows its type size; in a short line the narrow ink of the last mark distorts it."""
    return line.height > 0 and sum(map(is_wide, line.text)) >= _MEASURABLE


def _median(values: Sequence[float]) -> float:
    return statistics.median(values) if values else 1.0


_DARK = bytes(1 if grey < 140 else 0 for grey in range(256))
_SHORTEST = 1 / 24
"""Least length of a ruling as a share of the page's width; no character of a text is as wide."""
_MOST = 4000
"""Most rulings of a page; a photograph or a dark scan has more, and none of them is a ruling."""

Stroke = tuple[float, float, float, float]


def strokes(picture: Picture) -> list[Stroke]:
    """Return level and upright strokes as `(x0, y0, x1, y1)` in pixels; empty if the picture is full of them.

    A stroke is longer than a twenty-fourth of the page's width, which no character is.
    """
    dark = picture.pixels.translate(_DARK)
    width, height = picture.width, picture.height
    shortest = max(24, int(width * _SHORTEST))
    level = _runs((dark[row * width : (row + 1) * width] for row in range(height)), shortest)
    upright = _runs((dark[column::width] for column in range(width)), shortest)
    found = [(float(start), float(row), float(end), float(row)) for row, start, end in level]
    found += [(float(column), float(start), float(column), float(end)) for column, start, end in upright]
    return found if len(found) <= _MOST else []


def _runs(rows: Iterator[bytes], shortest: int) -> list[tuple[int, int, int]]:
    """Return dark runs as `(row, start, end)`; a thick stroke gives one run, because rows that repeat the row above are skipped."""
    pattern = re.compile(b"\\x01{%d,}" % shortest)
    found: list[tuple[int, int, int]] = []
    above: list[tuple[int, int]] = []
    for number, row in enumerate(rows):
        here = [match.span() for match in pattern.finditer(row)]
        found.extend(
            (number, start, end)
            for start, end in here
            if not any(other[0] <= start and end <= other[1] for other in above)
        )
        above = here
        if len(found) > _MOST:
            break
    return found
