"""DOCX: an own walker, for no library gives automatic numbers, tracked changes, text boxes and controls together."""

from lxml import etree

from policydiff.errors import UnreadableInputError
from policydiff.extract.container import Container
from policydiff.extract.reading import Reading, Request, Revisions
from policydiff.extract.word.body import Body, note_texts
from policydiff.extract.word.numbering import Numbering
from policydiff.extract.word.ooxml import child
from policydiff.version import __version__

_CORE_TITLE = "{http://purl.org/dc/elements/1.1/}title"


def read_docx(request: Request) -> Reading:
    """Return the text of a DOCX; relations to other files are not followed.

    Raises:
        UnreadableInputError: if the container or its document part is damaged, or holds no text.
    """
    container = Container(request.data, request.limits)
    body = child(container.xml("word/document.xml"), "body")
    if body is None:
        raise UnreadableInputError("the DOCX holds no document body: it is damaged")
    lines, warnings = _lines(container, body, request.revisions)
    if not lines:
        raise UnreadableInputError(" ".join(("the DOCX holds no text.", *warnings)))
    text = "\n".join((*lines, ""))
    return Reading(
        text, "docx", f"policydiff {__version__}", title=_title(container, text), warnings=warnings
    )


def _lines(
    container: Container, body: "etree._Element", revisions: Revisions
) -> tuple[list[str], tuple[str, ...]]:
    warnings: list[str] = []
    numbering = Numbering(
        _optional(container, "word/numbering.xml", warnings),
        _optional(container, "word/styles.xml", warnings),
    )
    walk = Body(numbering, revisions)
    lines = list(walk.lines(body))
    if walk.notes:
        notes = {
            kind: note_texts(_optional(container, f"word/{kind}s.xml", warnings), kind)
            for kind in ("footnote", "endnote")
        }
        referred = [notes[kind][key] for kind, key in dict.fromkeys(walk.notes) if key in notes[kind]]
        for note in referred:
            lines.extend(walk.lines(note))
    warnings.extend(f"not read: {part}" for part in sorted(walk.unread))
    return lines, tuple(warnings)


def _optional(container: Container, name: str, warnings: list[str]) -> "etree._Element | None":
    """Return a part that the document can do without; damage there costs numbers or notes, not the text."""
    try:
        return container.xml(name)
    except UnreadableInputError as error:
        warnings.append(f"{error}; what it adds to the text is missing")
        return None


def _title(container: Container, text: str) -> str | None:
    """Return the title the file declares if its text shows it; it is often a template's."""
    core = _optional(container, "docProps/core.xml", [])
    declared = (core.findtext(_CORE_TITLE) or "").strip() if core is not None else ""
    shown = "".join(text[:2000].split())
    return declared if len(declared) >= 4 and "".join(declared.split()) in shown else None
