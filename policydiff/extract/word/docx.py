"""DOCX: an own walker, for no library gives automatic numbers, tracked changes, text boxes and controls together."""

import re

from lxml import etree

from policydiff.errors import UnreadableInputError
from policydiff.extract.container import Container
from policydiff.extract.reading import Block, Leftovers, Reading, Remark, Request, Revisions, text_and_forms
from policydiff.extract.word.body import Body, NoteLabels, note_texts
from policydiff.extract.word.looks import Looks, child, children, name_of, value_of
from policydiff.extract.word.numbering import Numbering
from policydiff.version import __version__

_CORE_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_EDGE_PARTS = re.compile(r"word/(header|footer)\d{1,3}\.xml")
_FEW = 12
"""Characters below which a document with pictures is one of pictures: a stamped number, a page's name."""
_PICTURE = re.compile(r"word/media/[^/]*\d+\.(?:png|jpe?g|tiff?|bmp)")
_NOTE_KINDS = ("footnote", "endnote")


def read_docx(request: Request) -> Reading:
    """Return the text of a DOCX; relations to other files are not followed.

    Raises:
        UnreadableInputError: if the container or its document part is damaged, or holds no text.
    """
    container = Container(request.data, request.limits)
    body = child(container.xml("word/document.xml"), "body")
    if body is None:
        raise UnreadableInputError("the DOCX holds no document body: it is damaged")
    left_out = Leftovers()
    blocks, warnings = _blocks(container, body, request.revisions, left_out)
    if sum(len(block.text) for block in blocks) < _FEW and (pictures := _pictures(container)):
        return _recognised(pictures, blocks, request)
    if not blocks:
        raise UnreadableInputError(
            " ".join(("the DOCX holds no text.", *(remark.text for remark in warnings)))
        )
    text, forms = text_and_forms(blocks)
    _note_edges(container, left_out)
    return Reading(
        text,
        "docx",
        f"policydiff {__version__}",
        title=_title(container, text),
        warnings=(*warnings, *left_out.struck_warning()),
        forms=forms,
        left_out=left_out.found(),
    )


def _pictures(container: Container) -> list[bytes]:
    """Return the pictures of a document in the order of their names, which is that of their use."""
    names = sorted(
        (name for name in container.names() if _PICTURE.fullmatch(name)),
        key=lambda name: [int(number) for number in re.findall(r"\d+", name)],
    )
    return [picture for name in names if (picture := container.read(name))]


def _recognised(pictures: list[bytes], blocks: list[Block], request: Request) -> Reading:
    """Return the text of a document that holds nothing but pictures of its pages.

    Raises:
        UnreadableInputError: if no engine is installed, or none of the pictures shows text.
    """
    from policydiff.extract.pages.recognition import read_picture  # noqa: PLC0415 (loads an engine)

    readings: list[Reading] = []
    faults: list[Remark] = []
    for number, picture in enumerate(pictures[: request.limits.ocr_pages], start=1):
        try:
            readings.append(read_picture(request._replace(data=picture)))
        except UnreadableInputError as error:
            faults.append(Remark("damage", f"picture {number}: {error}", number))
    if not readings:
        raise UnreadableInputError(
            " ".join(("the DOCX holds pictures and no text.", *(fault.text for fault in faults[:3])))
        )
    text = "".join([*(f"{block.text}\n" for block in blocks), *(reading.text for reading in readings)])
    return Reading(
        text,
        "docx+ocr",
        f"policydiff {__version__}, {readings[0].version}",
        warnings=(
            Remark("recognition", "the DOCX holds pictures and no text: they were recognised"),
            *faults,
            *(warning for reading in readings for warning in reading.warnings),
        ),
        recognised=tuple(
            page._replace(page=number)
            for number, reading in enumerate(readings, start=1)
            for page in reading.recognised
        ),
    )


def _blocks(
    container: Container, body: "etree._Element", revisions: Revisions, left_out: Leftovers
) -> tuple[list[Block], tuple[Remark, ...]]:
    warnings: list[Remark] = []
    styles = _optional(container, "word/styles.xml", warnings)
    notes = {
        kind: note_texts(_optional(container, f"word/{kind}s.xml", warnings), kind) for kind in _NOTE_KINDS
    }
    settings = _optional(container, "word/settings.xml", []) if any(notes.values()) else None
    walk = Body(
        Numbering(_optional(container, "word/numbering.xml", warnings), styles),
        Looks(styles),
        revisions,
        left_out,
        notes,
        NoteLabels(_note_formats(body, settings)),
    )
    blocks = list(walk.blocks(body))
    warnings.extend(Remark("unread", f"not read: {part}") for part in sorted(walk.unread))
    if walk.pictures:
        warnings.append(Remark("unread", f"{walk.pictures} pictures are not read: text in them is missing"))
    return blocks, tuple(warnings)


def _note_formats(body: "etree._Element", settings: "etree._Element | None") -> dict[str, str]:
    """Return how notes are numbered: as the last section says, else the settings, else 1, 2 and i, ii."""
    section = child(body, "sectPr")
    return {
        kind: value_of(section, f"{kind}Pr", "numFmt") or value_of(settings, f"{kind}Pr", "numFmt") or usual
        for kind, usual in zip(_NOTE_KINDS, ("decimal", "lowerRoman"), strict=True)
    }


def _note_edges(container: Container, left_out: Leftovers) -> None:
    """Note what stands in headers, footers and comments; damage there costs nothing of the text."""
    for name in container.names():
        edge = _EDGE_PARTS.fullmatch(name)
        if edge is not None:
            _note_paragraphs(_optional(container, name, []), edge[1], left_out)
    comments = _optional(container, "word/comments.xml", [])
    for comment in children(comments, "comment"):
        _note_paragraphs(comment, "comment", left_out)


def _note_paragraphs(part: "etree._Element | None", kind: str, left_out: Leftovers) -> None:
    if part is None:
        return
    for paragraph in part.iter():
        if name_of(paragraph) == "p":
            words = "".join(each.text or "" for each in paragraph.iter() if name_of(each) == "t").strip()
            left_out.part()
            left_out.add(kind, words)


def _optional(container: Container, name: str, warnings: list[Remark]) -> "etree._Element | None":
    """Return a part that the document can do without; damage there costs numbers or notes, not the text."""
    try:
        return container.xml(name)
    except UnreadableInputError as error:
        warnings.append(Remark("damage", f"{error}; what it adds to the text is missing"))
        return None


def _title(container: Container, text: str) -> str | None:
    """Return the title the file declares if its text shows it; it is often a template's."""
    core = _optional(container, "docProps/core.xml", [])
    declared = (core.findtext(_CORE_TITLE) or "").strip() if core is not None else ""
    shown = "".join(text[:2000].split())
    return declared if len(declared) >= 4 and "".join(declared.split()) in shown else None
