"""Chooses the reader for a file by its content, runs it in a separate process if that is safer, and checks its result."""

import json
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from dataclasses import asdict
from typing import IO

from policydiff.errors import LayoutChangedError, UnreadableInputError
from policydiff.extract.decoding import clean
from policydiff.extract.reading import (
    DEFAULT_LIMITS,
    Form,
    LeftOut as PassageLeftOut,
    Limits,
    Pairs,
    Reading,
    RecognisedPage as PageRecognised,
    Remark,
    Request,
    Revisions,
)
from policydiff.extract.sniff import FileKind, error_of, is_isolated, read_as, sniff
from policydiff.lexicon.patterns import lazy_pattern
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
from policydiff.platforms import end_group, own_group

# A character takes at most six bytes of JSON; the facts about a line take about as much as its words.
_ANSWER_BYTES_PER_CHARACTER = 14
_ANSWER_OVERHEAD = 1 << 20
"""Bytes of an answer beside the words: its warnings, facts and links; more would come from a worker gone wrong."""


def read_in_worker(kind: FileKind, request: Request) -> Reading:
    """Return the reading by the reader of this kind of file, run in a process of `policydiff.extract.worker`.

    A fresh interpreter and pipes are used instead of `multiprocessing`, so that nothing is forked from a process with
    threads, nothing is pickled, and the worker can be ended with all processes that it started.
    Raises UnreadableInputError if the reader refuses the file, crashes on it, or exceeds a limit.
    """
    limits = request.limits
    head = json.dumps(
        {
            "kind": kind.value,
            "limits": asdict(limits),
            "revisions": request.revisions,
            "select": request.select,
            "ignore": request.ignore,
            "parent": os.getpid(),
        }
    )
    # All files that the worker or its child processes leave are deleted with this folder, even if the processes are killed.
    with (
        tempfile.TemporaryDirectory(prefix="policydiff-", ignore_cleanup_errors=True) as scratch,
        subprocess.Popen(
            [sys.executable, "-P", "-m", "policydiff.extract.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(scratch),
            cwd=scratch,
            **own_group(),
        ) as process,
    ):
        try:
            answer = _converse(process, head.encode() + b"\n" + request.data, request)
        finally:
            end_group(process)
            if process.stdin is not None:
                with suppress(OSError):  # bytes that the worker never read are dropped
                    process.stdin.close()
    return answer


_KEPT = (
    "PATH", "LANG", "LC_ALL", "LC_CTYPE", "TESSDATA_PREFIX", "PYTHONUTF8",
    "SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "PATHEXT", "COMSPEC", "PROGRAMFILES",
)  # fmt: skip
"""Environment variables that the worker inherits; others may hold keys and passwords."""


def _environment(scratch: str) -> dict[str, str]:
    """Return the environment of a worker: a few variables, its import path, a home of its own, and OpenMP limited to one thread."""
    path = os.pathsep.join(os.path.abspath(entry) for entry in sys.path)  # noqa: PTH100 (of "" as well)
    return {
        **{name: os.environ[name] for name in _KEPT if name in os.environ},
        "PYTHONPATH": path,
        "PYTHONDONTWRITEBYTECODE": "1",
        **dict.fromkeys(("HOME", "TMPDIR", "TEMP", "TMP"), scratch),
        "OMP_NUM_THREADS": "1",
        "OMP_THREAD_LIMIT": "1",
    }


def _converse(process: subprocess.Popen[bytes], question: bytes, request: Request) -> Reading:
    if process.stdin is None or process.stdout is None:
        raise UnreadableInputError("no worker process could be started to read it")
    limits = request.limits
    answers: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    longest = limits.text_characters * _ANSWER_BYTES_PER_CHARACTER + _ANSWER_OVERHEAD
    threading.Thread(target=_send, args=(process.stdin, question), daemon=True).start()
    threading.Thread(target=_receive, args=(process.stdout, longest, answers), daemon=True).start()
    deadline = time.monotonic() + limits.seconds
    pages_left = limits.ocr_pages
    while True:
        try:
            line = answers.get(timeout=max(0.0, deadline - time.monotonic()))
        except queue.Empty:
            raise UnreadableInputError(
                f"reading took longer than the limit of {limits.seconds:g} seconds: "
                "the file is damaged or hostile, or seconds is too low for it"
            ) from None
        if line == b"page\n" and pages_left > 0:
            pages_left -= 1
            deadline = time.monotonic() + max(limits.ocr_seconds, limits.seconds)
            continue
        return _understand(line, process, limits)


def _send(pipe: IO[bytes], question: bytes) -> None:
    try:
        pipe.write(question)
        pipe.close()
    except (BrokenPipeError, OSError, ValueError):
        return  # the worker ended before it read all bytes: its answer, or no answer, tells why


def _receive(pipe: IO[bytes], longest: int, answers: "queue.SimpleQueue[bytes]") -> None:
    try:
        while True:
            line = pipe.readline(longest)
            answers.put(line)
            if line != b"page\n":
                return
    except (OSError, ValueError):
        answers.put(b"")


def _understand(line: bytes, process: subprocess.Popen[bytes], limits: Limits) -> Reading:
    if not line.endswith(b"\n"):
        raise UnreadableInputError(_cause(process, limits))
    try:
        answer = json.loads(line)
    except ValueError as error:
        raise UnreadableInputError(
            "the reader gave a broken answer: the file is damaged or hostile"
        ) from error
    if answer.get("layout"):
        raise LayoutChangedError(answer["error"])
    if "error" in answer:
        raise UnreadableInputError(answer["error"])
    fields = answer["reading"]
    for name in ("metadata", "links"):
        fields[name] = tuple((label, value) for label, value in fields[name])
    for name, kind in _PARTS.items():
        fields[name] = tuple(kind(*each) for each in fields[name])
    return Reading(**fields)


_PARTS = {"warnings": Remark, "recognised": PageRecognised, "forms": Form, "left_out": PassageLeftOut}


def _cause(process: subprocess.Popen[bytes], limits: Limits) -> str:
    try:
        code = process.wait(timeout=1)
    except subprocess.TimeoutExpired:
        return "the reader gave a broken answer: the file is damaged or hostile"
    if code == -getattr(signal, "SIGXCPU", 0) and code:
        return (
            "reading took more processor time than a file of its size gets: it is damaged or hostile, or the limit "
            f"seconds ({limits.seconds:g}) is too low for it"
        )
    if code == -getattr(signal, "SIGABRT", 0):
        return (
            "the reader gave up (SIGABRT), as it does when it needs more memory than a file of its size gets: it is "
            f"damaged or hostile, or memory_bytes ({limits.memory_bytes >> 20} MiB) is too low for it"
        )
    if code < 0:
        return f"the reader crashed ({signal.Signals(-code).name}): the file is damaged or hostile"
    return f"the reader ended without an answer, perhaps at its memory limit of {limits.memory_bytes >> 20} MiB: the file is damaged, or memory_bytes is too low for it"


_READABLE = (
    "PDF, OFD, DOCX, DOC, WPS, ODT, RTF, XLSX, XLS, HTML, Markdown, plain text and scanned pictures are read"
)
_REFUSALS = {
    FileKind.ZIP: f"it is a zip archive: unpack it and give the documents in it ({_READABLE})",
    FileKind.ARCHIVE: f"it is an archive: unpack it and give the documents in it ({_READABLE})",
    FileKind.EPUB: f"it is a book (EPUB): convert it to DOCX or PDF and give that, or unpack it and give its pages ({_READABLE})",
    FileKind.MAIL: f"it is a mail: save the document attached to it, or its text, and give that ({_READABLE})",
    FileKind.OFFICE_XML: "it is XML of Word 2003, Excel 2003 or OpenDocument: save it as DOCX or XLSX and try again",
    FileKind.ENCRYPTED_OFFICE: "it is protected by a password: open it, save it without one and try again",
    FileKind.OTHER_OFFICE: f"it is an office file but no text document: {_READABLE}",
    FileKind.XML: f"it is XML of an unknown kind: {_READABLE}",
    FileKind.UNKNOWN: f"its format is not known: {_READABLE}",
}
_BLANK = b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"
_SENT = (FileKind.HTML, FileKind.MHTML, FileKind.PLAIN)
"""Kinds in which servers send error pages in place of the document."""
_DOUBTFUL = 0.9
"""Confidence of a recognised page (0…1) below which a warning asks for its text to be checked."""
_LINE_END = lazy_pattern("\n")


def extract(
    data: bytes,
    *,
    name: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
    revisions: Revisions = "final",
    rules: ReadingRules | None = None,
) -> Extraction:
    """Return the text of a file, with the facts on how it was read; the extension of `name` is ignored.

    Nothing is fetched, executed or left on disk; binary formats and large pages are parsed in a worker process.
    Tracked changes are accepted (`final`) or rejected (`original`), unless the `rules` of a captured source decide.
    If the rules say that only one page was captured, a bundle of pages from the server is refused like any other
    archive.

    Raises LayoutChangedError if the selectors of `rules` find nothing on the page, UnreadableInputError if the
    file is empty, larger than the limits, damaged, encrypted or of an unsupported format.
    """
    said = rules or ReadingRules(revisions=revisions)
    request = Request(data, limits, said.revisions, said.select, said.ignore)
    try:
        return _extract(request, may_be_bundle=rules is None or rules.pages > 1)
    except LayoutChangedError as error:
        raise LayoutChangedError(f"{name or 'the input'}: {error}") from error
    except UnreadableInputError as error:
        raise UnreadableInputError(f"{name or 'the input'}: {error}") from error


_END_OF_ZIP = b"PK\x05\x06"
_LAST_OF_ZIP = 65_557
"""Bytes at the end of a zip container that hold its end record: 22 bytes and a comment of at most 65,535; a cut file has no end record."""


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
    if kind is FileKind.ZIP and _END_OF_ZIP not in data[-_LAST_OF_ZIP:]:
        raise UnreadableInputError("its zip container is damaged or cut off: fetch it again")
    if kind in _REFUSALS:
        raise UnreadableInputError(_REFUSALS[kind])
    isolated = is_isolated(kind, len(data))
    return _vouched(kind, read_in_worker(kind, request) if isolated else _read_here(kind, request))


def _read_here(kind: FileKind, request: Request) -> Reading:
    """Return the reading by the reader of a kind, in this process; a library's bug on one file becomes this file's error, as in a worker."""
    try:
        return read_as(kind, request)
    except UnreadableInputError:
        raise
    except Exception as error:
        raise UnreadableInputError(
            f"the reader failed on it ({type(error).__name__}: {str(error)[:200]}): it is damaged"
        ) from error


def _vouched(kind: FileKind, reading: Reading) -> Extraction:
    text, removed = clean(reading.text)
    if not text.strip():
        said = (remark.text for remark in reading.warnings)
        raise UnreadableInputError(" ".join((f"no text was found in it ({kind.value})", *said)))
    words, is_sure = (kind in _SENT and error_of(kind, reading.title or "", text)) or ("", False)
    if is_sure:
        raise UnreadableInputError(
            f"it is the page of an error or a wall and no document (“{words[:60]}”): fetch it again, in a browser"
        )
    warnings = list(reading.warnings)
    if words:
        warnings.append(
            Remark("layout", f"the page says “{words[:60]}”: it may show only a part of its document")
        )
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
    """Return the forms of lines as text blocks, with their spans in the cleaned text."""
    if not reading.forms:
        return ()
    starts = [0, *(match.end() for match in _LINE_END.finditer(text))]
    # Cleaning may split a line in two; then the form of the line holds for both parts.
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
    return " ".join(clean(text)[0].split())
