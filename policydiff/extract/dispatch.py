"""Choose the reader for a file by its content, and vouch for what it gives."""

import re

from policydiff.errors import LayoutChangedError, UnreadableInputError
from policydiff.extract.encoding import clean
from policydiff.extract.limits import DEFAULT_LIMITS, Limits
from policydiff.extract.readers import is_isolated, reader
from policydiff.extract.reading import Pairs, Reading, Remark, Request, Revisions
from policydiff.extract.sniff import FileKind, sniff
from policydiff.extract.worker_process import read_in_worker
from policydiff.model import (
    Extraction,
    LeftOut,
    ReadingRules,
    ReadingWarning,
    RecognisedPage,
    Span,
    TextBlock,
    WarningKind,
)

_READABLE = (
    "PDF, OFD, DOCX, DOC, WPS, RTF, XLSX, XLS, HTML, Markdown, plain text and scanned pictures are read"
)
_REFUSALS = {
    FileKind.ZIP: f"it is a zip archive: unpack it and give the documents in it ({_READABLE})",
    FileKind.ENCRYPTED_OFFICE: "it is protected by a password: open it, save it without one and try again",
    FileKind.OTHER_OFFICE: f"it is an office file but no text document: {_READABLE}",
    FileKind.XML: f"it is XML of an unknown kind: {_READABLE}",
    FileKind.UNKNOWN: f"its format is not known: {_READABLE}",
}
_BLANK = b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"
_DOUBTFUL = 0.9
_LINE_END = re.compile("\n")


def extract(
    data: bytes,
    *,
    name: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
    revisions: Revisions = "final",
    rules: ReadingRules | None = None,
) -> Extraction:
    """Return the text of a file with how it was got.

    Nothing is fetched, executed or left on disk; binary formats and large pages are parsed in a worker process.

    Args:
        data: The captured bytes.
        name: What to call the file in messages; its extension is not believed.
        limits: Sizes beyond which the file is refused.
        revisions: Tracked changes accepted (`final`) or refused (`original`).
        rules: How a captured source is read; goes before `revisions`. Where it says that one page was captured, a
            bundle of pages is what a server sent, and is refused as any other archive.

    Raises:
        LayoutChangedError: if the selectors of the rules find nothing on the page.
        UnreadableInputError: if the file is empty, too large, damaged, encrypted or of an unsupported format.
    """
    said = rules or ReadingRules(revisions=revisions)
    request = Request(data, limits, said.revisions, said.select, said.ignore)
    try:
        return _extract(request, may_be_bundle=rules is None or rules.pages > 1)
    except LayoutChangedError as error:
        raise LayoutChangedError(f"{name or 'the input'}: {error}") from error
    except UnreadableInputError as error:
        raise UnreadableInputError(f"{name or 'the input'}: {error}") from error


def _extract(request: Request, *, may_be_bundle: bool) -> Extraction:
    data, limits = request.data, request.limits
    if not data.strip(_BLANK):
        raise UnreadableInputError("it is empty: there is no text to read")
    if len(data) > limits.file_bytes:
        raise UnreadableInputError(
            f"it has {len(data):,} bytes, more than the limit of {limits.file_bytes:,}: raise file_bytes or split it"
        )
    kind = sniff(data)
    if kind is FileKind.PAGES and not may_be_bundle:
        kind = FileKind.ZIP
    read = reader(kind) if not is_isolated(kind, len(data)) else None
    if kind in _REFUSALS:
        raise UnreadableInputError(_REFUSALS[kind])
    return _vouched(kind, read(request) if read else read_in_worker(kind, request), limits)


def _vouched(kind: FileKind, reading: Reading, limits: Limits) -> Extraction:
    if len(reading.text) > limits.text_characters:
        raise UnreadableInputError(
            f"its text has {len(reading.text):,} characters, more than the limit of {limits.text_characters:,}: "
            "raise text_characters or split it"
        )
    text, removed = clean(reading.text)
    if not text.strip():
        said = (remark.text for remark in reading.warnings)
        raise UnreadableInputError(" ".join((f"no text was found in it ({kind.value})", *said)))
    warnings = list(reading.warnings)
    if removed:
        warnings.append(Remark("encoding", f"{removed} control characters removed"))
    warnings.extend(
        Remark(
            "recognition",
            f"page {page.page} was recognised from its picture with confidence {page.confidence:.2f} only: check its text",
            page.page,
        )
        for page in reading.recognised
        if page.confidence < _DOUBTFUL
    )
    return Extraction(
        text=text,
        media_type=kind.value,
        extractor=reading.extractor,
        extractor_version=reading.version,
        title=_line(reading.title or "") or None,
        metadata=_lines(reading.metadata),
        links=_lines(reading.links),
        warnings=tuple(_warning(remark, text) for remark in warnings),
        recognised=tuple(
            RecognisedPage(page=page.page, engine=page.engine, confidence=round(page.confidence, 4))
            for page in reading.recognised
        ),
        blocks=_blocks(text, reading),
        left_out=tuple(
            LeftOut(kind=each.kind, text=_line(each.text), count=each.times) for each in reading.left_out
        ),
    )


def _warning(remark: Remark, text: str) -> ReadingWarning:
    start = text.find(remark.words) if remark.words else -1
    return ReadingWarning(
        kind=WarningKind(remark.kind),
        text=remark.text,
        span=Span(start, start + len(remark.words)) if start >= 0 else None,
        page=remark.page,
        links=_lines(remark.links),
    )


def _blocks(text: str, reading: Reading) -> tuple[TextBlock, ...]:
    """Return the forms of lines as blocks with their place in the cleaned text."""
    if not reading.forms:
        return ()
    starts = [0, *(match.end() for match in _LINE_END.finditer(text))]
    # Cleaning may part a line in two; then what is known of it holds for both.
    parts = None
    if text.count("\n") != reading.text.count("\n"):
        parts = [0]
        for words in reading.text.split("\n"):
            parts.append(parts[-1] + 1 + clean(words)[0].count("\n"))
    found = []
    for form in reading.forms:
        lines = (
            range(form.line, form.line + 1)
            if parts is None
            else range(parts[form.line], parts[form.line + 1])
        )
        for line in lines:
            if line >= len(starts):
                break
            end = starts[line + 1] - 1 if line + 1 < len(starts) else len(text)
            found.append(
                TextBlock.model_construct(
                    kind=form.kind,
                    span=Span(starts[line], end),
                    centred=form.centred,
                    size=form.size or None,
                    bold=form.bold,
                    style=form.style or None,
                    label=form.label,
                )
            )
    return tuple(found)


def _lines(pairs: Pairs) -> Pairs:
    return tuple((_line(label), _line(value)) for label, value in pairs)


def _line(text: str) -> str:
    return re.sub(r"\s+", " ", clean(text)[0]).strip()
