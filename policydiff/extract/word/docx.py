"""Reads DOCX with code of its own, because no library returns automatic numbers, tracked changes, text boxes and content controls together."""

import re

from lxml import etree

from policydiff.errors import UnreadableInputError
from policydiff.extract.container import Container
from policydiff.extract.reading import Block, Leftovers, Reading, Remark, Request, text_and_forms
from policydiff.extract.sniff import FileKind, read_as, sniff
from policydiff.extract.word.body import Body
from policydiff.extract.word.drawn_words import NoteLabels, Numbering
from policydiff.extract.word.looks import Looks, child, children, name_of, note_texts, value_of
from policydiff.version import __version__

_CORE_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_EDGE_PARTS = re.compile(r"word/(header|footer)\d{0,4}\.xml|word/(chart|diagram)s/(?:chart|data)\d{0,4}\.xml")
"""Usual part names of headers and footers, and of charts and diagrams, whose words are on no line of the text."""
_FEW = 12
"""Characters below which a document with pictures consists of pictures: a stamped number, a page's name."""
_PICTURE = re.compile(r"word/media/[^/]*\d+\.(?:png|jpe?g|tiff?|bmp)")
_NOTE_KINDS = ("footnote", "endnote")
_PART_KINDS = frozenset({FileKind.HTML, FileKind.MHTML, FileKind.PLAIN, FileKind.RTF, FileKind.DOCX})
"""Formats that Word can embed in a document (ECMA-376, 11.3.1)."""
_MOST_PARTS = 200
"""Most embedded parts read, a bound on time; a record with attachments has a few."""
_DEEPEST_PART = 2
"""Most levels of documents inside documents that are read."""


def read_docx(request: Request) -> Reading:
    """Return the text of a DOCX; relations to other files are not followed.

    Raises UnreadableInputError if the container or its document part is damaged, or holds no text.
    """
    return _read(request, 0)


def _read(request: Request, depth: int) -> Reading:
    container = Container(request.data, request.limits)
    left_out = Leftovers()
    parts = _Parts(container, request, left_out, depth)
    body = child(container.xml(parts.main), "body")
    if body is None:
        raise UnreadableInputError("the DOCX holds no document body: it is damaged")
    blocks, warnings = _blocks(body, parts)
    if sum(len(block.text) for block in blocks) < _FEW and (pictures := _pictures(container)):
        return _recognised(pictures, blocks, request)
    if not blocks:
        raise UnreadableInputError(
            " ".join(("the DOCX holds no text.", *(remark.text for remark in warnings)))
        )
    text, forms = text_and_forms(blocks)
    _note_edges(parts)
    # The declared title only if the text shows it, because it is often a template's title
    core = _optional(container, "docProps/core.xml", [])
    declared = (core.findtext(_CORE_TITLE) or "").strip() if core is not None else ""
    shown = "".join(text[:2000].split())
    return Reading(
        text,
        "docx",
        f"policydiff {__version__}",
        title=declared if len(declared) >= 4 and "".join(declared.split()) in shown else None,
        warnings=(*warnings, *left_out.struck_warning()),
        forms=forms,
        left_out=left_out.found(),
    )


def _pictures(container: Container) -> list[bytes]:
    """Return the pictures of a document in the order of the numbers in their names, which is the order of use."""
    names = sorted(
        (name for name in container.names() if _PICTURE.fullmatch(name)),
        key=lambda name: [int(number) for number in re.findall(r"\d+", name)],
    )
    return [picture for name in names if (picture := container.read(name))]


def _recognised(pictures: list[bytes], blocks: list[Block], request: Request) -> Reading:
    """Return the text of a document that consists of pictures of its pages.

    Raises UnreadableInputError if no engine is installed, or no picture shows text.
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


class _Parts:
    """The parts of a document, found by kind; parts in another format are read by the reader of their format."""

    def __init__(self, container: Container, request: Request, left_out: Leftovers, depth: int) -> None:
        self.container = container
        self._depth = depth
        self._read = 0
        self.request = request
        self.left_out = left_out
        self.warnings: list[Remark] = []
        mains = (name for kind, name in self._related("").values() if kind == "officeDocument")
        self.main = next((name for name in mains if container.read(name) is not None), "word/document.xml")
        self._relations = self._related(self.main)

    def _related(self, part: str) -> dict[str, tuple[str, str]]:
        try:
            return self.container.related(part)
        except UnreadableInputError:
            return {}  # the usual part names are used

    def named(self, kind: str) -> str:
        """Return the name of the part of a kind (`styles`): as the document names it, else the usual name."""
        return next((name for each, name in self._relations.values() if each == kind), f"word/{kind}.xml")

    def edges(self) -> dict[str, str]:
        """Return the kinds of headers, footers, charts and diagrams, by part name."""
        usual = ((name, _EDGE_PARTS.fullmatch(name)) for name in self.container.names())
        named = {
            name.lower(): kind for kind, name in self._relations.values() if kind in {"header", "footer"}
        }
        return {name: found[1] or found[2] for name, found in usual if found is not None} | named

    def blocks(self, relation: str) -> list[Block] | None:
        """Return the blocks of a part, by the relation id that names it; None if it cannot be read."""
        _, target = self._relations.get(relation, ("", ""))
        self._read += 1
        data = self.container.read(target) if target else None
        kind = sniff(data) if data and self._read <= _MOST_PARTS else None
        if data is None or kind not in _PART_KINDS or self._depth >= _DEEPEST_PART:
            return None
        try:
            reading = self._reading(kind, self.request._replace(data=data, select=(), ignore=()))
        except UnreadableInputError as error:
            self.warnings.append(
                Remark("damage", f"a part of it in another format could not be read: {error}")
            )
            return []
        for each in reading.left_out:
            for _ in range(each.times):
                self.left_out.add(each.kind, each.text)
        self.warnings.extend(each for each in reading.warnings if each.kind not in {"layout", "left out"})
        # The text and its forms as blocks again
        forms = {form.line: form for form in reading.forms}
        return [
            Block(line, *forms[number][1:]) if number in forms else Block(line)
            for number, line in enumerate(reading.text.split("\n"))
            if line or number in forms
        ]

    def _reading(self, kind: FileKind, request: Request) -> Reading:
        if kind is FileKind.DOCX:
            return _read(request, self._depth + 1)
        return read_as(kind, request._replace(whole=True))


def _blocks(body: "etree._Element", parts: _Parts) -> tuple[list[Block], tuple[Remark, ...]]:
    warnings: list[Remark] = []
    container = parts.container
    styles = _optional(container, parts.named("styles"), warnings)
    notes = {
        kind: note_texts(_optional(container, parts.named(f"{kind}s"), warnings), kind)
        for kind in _NOTE_KINDS
    }
    settings = _optional(container, parts.named("settings"), []) if any(notes.values()) else None
    walk = Body(
        Numbering(_optional(container, parts.named("numbering"), warnings), styles),
        Looks(styles),
        parts.request.revisions,
        parts.left_out,
        notes,
        NoteLabels(_note_formats(body, settings)),
    )
    walk.other_format = parts.blocks
    blocks = list(walk.blocks(body))
    for kind, of_kind in notes.items():
        for name, note in of_kind.items():
            if (kind, name) not in walk.notes_called:
                _note_paragraphs(note, "note", parts.left_out)
    warnings.extend(parts.warnings)
    warnings.extend(Remark("unread", f"not read: {part}") for part in sorted(walk.unread))
    if walk.pictures:
        warnings.append(
            Remark("unread", f"pictures that are not read: {walk.pictures}; text in them is missing")
        )
    return blocks, tuple(warnings)


def _note_formats(body: "etree._Element", settings: "etree._Element | None") -> dict[str, str]:
    """Return the number format of each kind of note: from the last section, else from the settings, else 1, 2 and i, ii."""
    section = child(body, "sectPr")
    return {
        kind: value_of(section, f"{kind}Pr", "numFmt") or value_of(settings, f"{kind}Pr", "numFmt") or usual
        for kind, usual in zip(_NOTE_KINDS, ("decimal", "lowerRoman"), strict=True)
    }


def _note_edges(parts: _Parts) -> None:
    """Record the words of headers, footers, drawings and comments; damage there loses no words of the text."""
    left_out = parts.left_out
    for name, kind in parts.edges().items():
        part = _optional(parts.container, name, [])
        if kind in {"header", "footer"}:
            _note_paragraphs(part, kind, left_out)
            continue
        words = (
            each.text or "" for each in (() if part is None else part.iter()) if name_of(each) in {"t", "v"}
        )
        left_out.add(kind, " ".join(filter(None, map(str.strip, words))))
    for comment in children(_optional(parts.container, parts.named("comments"), []), "comment"):
        _note_paragraphs(comment, "comment", left_out)


def _note_paragraphs(part: "etree._Element | None", kind: str, left_out: Leftovers) -> None:
    if part is not None:
        for block in Body(Numbering(None, None), Looks(None), "final", left_out).blocks(part):
            left_out.add(kind, block.text)


def _optional(container: Container, name: str, warnings: list[Remark]) -> "etree._Element | None":
    """Return a part that the document can do without; damage there loses numbers or notes, not the text."""
    try:
        return container.xml(name)
    except UnreadableInputError as error:
        warnings.append(Remark("damage", f"{error}; what it adds to the text is missing"))
        return None
