"""OFD (GB/T 33190), read with ofdkit: runs of text and ruled lines, page by page."""

import math
from collections.abc import Iterator

import ofdkit
from lxml import etree

from policydiff.errors import UnreadableInputError
from policydiff.extract.container import Container
from policydiff.extract.pages.assembly import blocks_of_pages, check_count, named, repaired
from policydiff.extract.pages.lines import Fragment, Page, Ruling
from policydiff.extract.reading import (
    LIBRARY_FAULTS,
    Leftovers,
    Reading,
    Remark,
    Request,
    library,
    text_and_forms,
)

_POINTS = 72 / 25.4
"""Points in a millimetre, the unit of the format."""
_DRAWN = 100
"""Paths with curves from which a page counts as words drawn as outlines; a seal has a few dozen."""


def read_ofd(request: Request) -> Reading:
    """Return the text of an OFD. Raises UnreadableInputError if it is damaged or encrypted, has too many pages, or no page with text."""
    container = Container(request.data, request.limits)
    try:
        document = ofdkit.open(request.data)
    except (ofdkit.OFDError, *LIBRARY_FAULTS) as error:
        raise UnreadableInputError(f"the OFD is damaged or encrypted: {error}") from error
    with document:
        check_count(len(document.pages), "OFD", request.limits)
        return _read(document, container)


def _read(document: ofdkit.OFDDocument, container: Container) -> Reading:
    pages: list[Page] = []
    warnings: list[Remark] = []
    unread: list[int] = []
    for source in document.pages:
        number = source.index + 1
        try:
            page, outlines = _page(source, container)
        except (ofdkit.OFDError, UnreadableInputError, *LIBRARY_FAULTS) as error:
            warnings.append(Remark("damage", f"page {number} is damaged: {error}", number))
            continue
        pages.append(page)
        characters = sum(len(fragment.text) for fragment in page.fragments)
        # A seal has a few dozen curves; a page of words drawn as outlines has hundreds, and perhaps its number as text.
        if not characters or outlines > max(_DRAWN, characters):
            unread.append(number)
    warnings.extend(Remark("damage", said) for said in document.warnings)
    left_out = Leftovers()
    for name in container.names():
        if name.endswith(".xml") and "annot" in name:
            warnings.extend(_beside(container, name, left_out))
    text, forms = text_and_forms(blocks_of_pages(pages, left_out, warnings))
    if unread:
        warnings.append(
            Remark(
                "unread",
                f"no text, or hardly any, on {named(unread)}: what stands there is drawn as outlines or is a picture; ask for the file as PDF or DOCX",
                unread[0],
            )
        )
    if not text.strip():
        raise UnreadableInputError(
            " ".join(("no text was found in the OFD.", *(remark.text for remark in warnings)))
        )
    declared = document.info.title
    shown = declared and "".join(declared.split()) in "".join(text[:2000].split())
    return Reading(
        text,
        "ofd",
        library("ofdkit"),
        title=declared if shown else None,
        warnings=tuple(dict.fromkeys(warnings)),
        forms=forms,
        left_out=left_out.found(),
    )


def _beside(container: Container, name: str, left_out: Leftovers) -> Iterator[Remark]:
    """Record the words of a file of annotations (stamps, comments), which are not on the pages."""
    try:
        root = container.xml(name)
    except UnreadableInputError as error:
        yield Remark("damage", f"annotations are not read: {error}")
        return
    for each in root.iter("{*}TextCode", "{*}Remark") if root is not None else ():
        left_out.add("comment", " ".join((each.text or "").split()))


def _page(source: ofdkit.Page, container: Container) -> tuple[Page, int]:
    """Return a page, and the number of outlines drawn on it."""
    left, top, width, height = source.box
    fragments = tuple(
        Fragment(
            repaired(run.text),
            (run.x - left) * _POINTS,
            (run.x - left + run.width) * _POINTS,
            (run.y - top) * _POINTS,
            max(run.size, 0.5) * _POINTS,
        )
        for run in source.runs
        if run.text.strip()
    )
    content = container.xml(source.location) if source.location else None
    outlines = outlines_of(content) if content is not None else 0
    ruled = rulings_of(content, (left, top)) if content is not None and fragments else ()
    return Page(source.index + 1, width * _POINTS, height * _POINTS, fragments, ruled), outlines


_THIN, _LONG = 1.0, 2.0
"""Millimetres below which a stroke is thin enough for a ruling, and above which it is too long for a dot or dash."""
_MOST_PATHS = 4000
"""Paths of a page from which it is a drawing, whose strokes are no rulings."""
_POINTS_OF = {"M": 1, "S": 1, "L": 1, "Q": 2, "B": 3, "A": 3, "C": 0}

_CURVES = frozenset("QBA")

_Box = tuple[float, float, float, float]


def rulings_of(content: "etree._Element", origin: tuple[float, float]) -> tuple[Ruling, ...]:
    """Return the straight lines of a page's `Content.xml`, whose lengths are in millimetres."""
    found: list[Ruling] = []
    for number, path in enumerate(content.iter("{*}PathObject")):
        if number >= _MOST_PATHS:
            return ()
        box = _numbers(path.get("Boundary"))
        if len(box) != 4:
            continue
        for x0, y0, x1, y1 in _strokes(path, (box[0], box[1], box[2], box[3])):
            left, right = sorted((x0 - origin[0], x1 - origin[0]))
            upper, lower = sorted((y0 - origin[1], y1 - origin[1]))
            if min(right - left, lower - upper) < _THIN < _LONG < max(right - left, lower - upper):
                found.append(Ruling(*(_POINTS * place for place in (left, upper, right, lower))))
    return tuple(found)


def outlines_of(content: "etree._Element") -> int:
    """Return the number of paths with curves, like characters drawn as outlines; rulings have no curves."""
    data = (path.findtext("{*}AbbreviatedData") or "" for path in content.iter("{*}PathObject"))
    return sum(not _CURVES.isdisjoint(text.split()) for text in data)


def _strokes(path: "etree._Element", box: _Box) -> Iterator[_Box]:
    x, y, width, height = box
    if min(width, height) < _THIN:
        yield x, y, x + width, y + height
        return
    data = path.find("{*}AbbreviatedData")
    if data is None or path.get("CTM"):
        return
    start: tuple[float, float] | None = None
    here: tuple[float, float] | None = None
    for command, points in _commands(data.text or ""):
        if command == "C" and start and here:
            yield here[0] + x, here[1] + y, start[0] + x, start[1] + y
        if not points:
            continue
        if command == "L" and here:
            yield here[0] + x, here[1] + y, points[-1][0] + x, points[-1][1] + y
        here = points[-1]
        if command in "MS":
            start = here


def _commands(data: str) -> Iterator[tuple[str, list[tuple[float, float]]]]:
    command, values = "", list[float]()
    for token in [*data.split(), "C"]:
        if token in _POINTS_OF:
            if command and len(values) >= 2 * _POINTS_OF[command]:
                yield command, list(zip(values[::2], values[1::2], strict=False))
            command, values = token, list[float]()
        else:
            values.extend(_numbers(token))


def _numbers(text: str | None) -> list[float]:
    try:
        values = [float(part) for part in (text or "").replace(",", " ").split()]
    except ValueError:
        return []
    return values if all(map(math.isfinite, values)) else []
