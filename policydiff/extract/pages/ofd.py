"""OFD (GB/T 33190) through ofdkit: runs of text and ruling lines, page by page."""

from importlib.metadata import version

import ofdkit

from policydiff.errors import UnreadableInputError
from policydiff.extract.container import Container
from policydiff.extract.faults import LIBRARY_FAULTS
from policydiff.extract.leftovers import Leftovers
from policydiff.extract.pages.assembly import blocks_of_pages
from policydiff.extract.pages.counts import check_count, named
from policydiff.extract.pages.ofd_paths import outlines_of, rulings_of
from policydiff.extract.pages.placed import Fragment, Page
from policydiff.extract.pages.repair import repaired
from policydiff.extract.reading import Reading, Remark, Request, text_and_forms

_POINTS = 72 / 25.4
_DRAWN = 100


def read_ofd(request: Request) -> Reading:
    """Return the text of an OFD.

    Raises:
        UnreadableInputError: if it is damaged, encrypted, has too many pages, or no page with text.
    """
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
        # A seal is a few dozen curves; a page of outlined words has hundreds, and perhaps its number as text.
        if not characters or outlines > max(_DRAWN, characters):
            unread.append(number)
    warnings.extend(Remark("damage", said) for said in document.warnings)
    left_out = Leftovers()
    text, forms = text_and_forms(blocks_of_pages(pages, left_out))
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
        f"ofdkit {version('ofdkit')}",
        title=declared if shown else None,
        warnings=tuple(dict.fromkeys(warnings)),
        forms=forms,
        left_out=left_out.found(),
    )


def _page(source: ofdkit.Page, container: Container) -> tuple[Page, int]:
    """Return a page, and how many outlines are drawn on it."""
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
    ruled = rulings_of(content, (left, top), _POINTS) if content is not None and fragments else ()
    return Page(source.index + 1, width * _POINTS, height * _POINTS, fragments, ruled), outlines
