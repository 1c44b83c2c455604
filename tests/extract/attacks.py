"""Mutants of small files of every format, and how the worker's own `main` meets one.

The seeds are the plain file of each format and a second one with what it lacks (`rich_files`); half the mutants of a
packed format are changed in a member. A mutant is met by a copy of a process that has loaded the readers, confined and
capped as a worker is: a fresh interpreter for each of three thousand would take an hour a format.
"""

import contextlib
import faulthandler
import io
import json
import os
import random
import signal
import struct
import sys
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pypdfium2

from policydiff.errors import UnreadableInputError
from policydiff.extract import Limits, worker
from policydiff.extract.pages import recognition
from policydiff.extract.reading import LIMIT_NAMES, Request
from policydiff.extract.sniff import FileKind, read_as
from policydiff.extract.word import office
from tests.extract.bombs import open_sheet, workbook
from tests.extract.rich_files import RICH
from tests.extract.small_files import pdf, text_lines
from tests.extract.test_extract_fuzz import DOC, DOC_STEPS, SEEDS, TOKENS, mutant

MUTANTS = 3_000
SECONDS = 5.0
"""Of processor time, with that of the programs that the worker starts."""
MEMORY = 512 << 20
"""Bytes; recognition of pictures, whose engines take what they take, is measured apart."""
PLAINLY = (
    "damaged", "no text", "unpack it", "password", "format is not known", "no well-formed", "document type",
    "XML of an unknown kind", "it is a mail", "no file that can be read", "holds no page", "no text document", "in no encoding", "empty", "no HTML part", "nothing on the page",
    *LIMIT_NAMES,
)  # fmt: skip
"""What a refusal says: what is wrong with the file, or which limit it passes."""


def says_why(error: str) -> bool:
    return any(words in error for words in PLAINLY)


def _drawn() -> tuple[int, int, bytes]:
    """Return width, height and grey rows of a picture of two words."""
    page = pypdfium2.PdfDocument(pdf(text_lines((20, 800, "ARTICLE 1 PURPOSE"))))[0]
    bitmap = page.render(scale=2.0, grayscale=True, crop=(0, 780, 420, 0))
    rows, stride = bytes(bitmap.buffer), bitmap.stride
    return (
        bitmap.width,
        bitmap.height,
        b"".join(rows[start : start + bitmap.width] for start in range(0, stride * bitmap.height, stride)),
    )


def _png(width: int, height: int, rows: bytes) -> bytes:
    def chunk(name: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        )

    packed = zlib.compress(b"".join(b"\0" + rows[at : at + width] for at in range(0, len(rows), width)))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def _tiff(width: int, height: int, rows: bytes) -> bytes:
    fields = [(256, width), (257, height), (258, 8), (259, 1), (262, 1), (273, 8), (277, 1), (278, height), (279, len(rows))]  # fmt: skip
    entries = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in fields)
    return (
        b"II*\x00"
        + struct.pack("<I", 8 + len(rows))
        + rows
        + struct.pack("<H", len(fields))
        + entries
        + bytes(4)
    )


def _bmp(width: int, height: int, rows: bytes) -> bytes:
    padded = b"".join(
        rows[at : at + width].ljust(-(-width // 4) * 4, b"\0") for at in range(len(rows) - width, -1, -width)
    )
    palette = b"".join(bytes((level, level, level, 0)) for level in range(256))
    head = struct.pack("<IiiHHIIiiII", 40, width, height, 1, 8, 0, len(padded), 2835, 2835, 256, 0)
    start = 14 + len(head) + len(palette)
    return b"BM" + struct.pack("<IHHI", start + len(padded), 0, 0, start) + head + palette + padded


_PICTURE_TOKENS = [
    b"\xff" * 4, b"\xff\xff\xff\x7f", bytes(8), b"MM\x00*", b"IDAT", b"\xff\xd8", b"\xff\xc4", b"\xff\xda", b"tEXt",
]  # fmt: skip
_PACKED_TOKENS = [b"PK\x01\x02", b"\xff" * 4, b"xl/", bytes(8)]


class Target(NamedTuple):
    """What is changed, and by what."""

    kind: FileKind
    seed: bytes
    outside: list[bytes]
    """What is put into the bytes of the file."""
    inside: list[bytes]
    """What is put into a member of a packed file; empty for others."""
    count: int = MUTANTS


def _plain(kind: FileKind, seed: bytes, tokens: list[bytes], inside: list[bytes] | None = None) -> Target:
    return Target(kind, seed, tokens, (inside or tokens) if seed.startswith(b"PK") else [])


TARGETS: dict[str, Target] = {
    **{kind.name: _plain(kind, seed, TOKENS[kind]) for kind, seed in SEEDS.items()},
    "XLSX": _plain(
        FileKind.XLSX,
        workbook(
            '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>甲</t></is></c><c r="B1"><v>2</v></c></row></sheetData>'
            '<mergeCells count="1"><mergeCell ref="A1:A2"/></mergeCells>'
        ),
        _PACKED_TOKENS,
        [b"<c>", b'r="XFD99"', b"</row>", b'ref="A1:XFD1048576"'],
    ),
    "ODS": _plain(
        FileKind.ODS,
        open_sheet(
            '<table:table-row><table:table-cell office:value-type="string"><text:p>甲</text:p></table:table-cell></table:table-row>'
        ),
        _PACKED_TOKENS,
    ),
    "PNG": _plain(FileKind.PNG, _png(*_drawn()), _PICTURE_TOKENS),
    "TIFF": _plain(FileKind.TIFF, _tiff(*_drawn()), _PICTURE_TOKENS),
    "BMP": _plain(FileKind.BMP, _bmp(*_drawn()), _PICTURE_TOKENS),
    "JPEG": _plain(FileKind.JPEG, Path(__file__).with_name("small.jpg").read_bytes(), _PICTURE_TOKENS),
    "DOC": _plain(FileKind.DOC, DOC.read_bytes(), DOC_STEPS)._replace(count=100),
    "DOC, antiword": _plain(FileKind.DOC, DOC.read_bytes(), DOC_STEPS),
    "DOC, legacy-doc": _plain(FileKind.DOC, DOC.read_bytes(), DOC_STEPS),
    **{
        f"{name}, rich": Target(kind, seed, outside, inside)
        for name, (kind, seed, outside, inside) in RICH.items()
    },
}
"""Name to what is attacked. LibreOffice takes a second or more for each DOC and is bounded by its clock: fewer of these."""
PICTURES = ("PNG", "TIFF", "BMP", "JPEG")
_DOC_PROGRAMS = {"DOC": {"soffice"}, "DOC, antiword": {"antiword"}, "DOC, legacy-doc": set[str]()}


_COMMON = b"0123456789-.<>/= aA"


def mutants(name: str, count: int) -> Iterator[bytes]:
    """Give mutants of a target; of those that are packed, two of three are changed in a member.

    Every second is changed in one place, to a letter of XML, and not cut off: what is damaged all over goes no further than the first check.
    For the same reason the sums of every second PNG are put right.
    """
    made = random.Random(name)
    target = TARGETS[name]
    for number in range(count):
        gently = number % 2
        ways = ["copy", "change", "insert", "drop"] if gently else ["cut", "copy", "change", "insert", "drop"]
        steps = [
            (
                made.choice(ways),
                made.random(),
                made.choice(_COMMON) if gently else made.randrange(256),
                made.randrange(21),
            )
            for _ in range(1 if gently else made.randint(1, 5))
        ]
        if target.inside and number % 3:
            yield _changed_inside(target.seed, steps, target.inside, made)
            continue
        changed = mutant(target.seed, steps, target.outside)
        yield _summed(changed) if gently and target.kind is FileKind.PNG else changed


def _summed(data: bytes) -> bytes:
    """Return a PNG with the sums of its chunks put right, as far as they follow one another."""
    made, place = bytearray(data), 8
    while place + 12 <= len(made):
        length = int.from_bytes(made[place : place + 4], "big")
        end = place + 8 + length
        if end + 4 > len(made):
            break
        made[end : end + 4] = zlib.crc32(made[place + 4 : end]).to_bytes(4, "big")
        place = end + 4
    return bytes(made)


def _changed_inside(
    seed: bytes, steps: list[tuple[str, float, int, int]], tokens: list[bytes], made: random.Random
) -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(seed)) as held,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as changed,
    ):
        chosen = made.choice(held.namelist())
        for name in held.namelist():
            content = held.read(name)
            changed.writestr(name, mutant(content, steps, tokens) if name == chosen else content)
    return out.getvalue()


class Met(NamedTuple):
    """How the worker met one file."""

    end: str
    """`read`, `refused`, `capped` (ended by a cap that the caller names), `crashed` (PDFium fell over it, which its caller tells)."""
    fault: str
    """What must not be, in words; empty where all is well."""
    seconds: float
    bytes: int


def load_quietly(target: Target) -> None:
    """Load what the reader of a kind loads, so that the copies have it; the engine for pictures is asked its version once."""
    _engine.cache_clear()
    _engine()
    if target.kind is not FileKind.DOC:
        with contextlib.suppress(UnreadableInputError):
            read_as(target.kind, Request(target.seed))


@cache
def _engine() -> recognition.Engine | None:
    return recognition.find_engine(Limits().ocr_seconds)


def meet(name: str, data: bytes) -> Met:
    """Let the worker's `main` answer for a file in a copy of this process."""
    kind = TARGETS[name].kind
    limits = Limits(ocr_pages=1 if name in PICTURES else 0, seconds=30)
    head = {
        "kind": kind.value, "limits": asdict(limits), "revisions": "final", "select": (), "ignore": (),
        "parent": os.getpid(),
    }  # fmt: skip
    question = json.dumps(head).encode() + b"\n" + data
    given, told = os.pipe(), os.pipe()
    child = os.fork()
    if not child:
        _answer(name, given, told)
    os.close(given[0])
    os.close(told[1])
    with contextlib.suppress(BrokenPipeError), os.fdopen(given[1], "wb") as pipe:
        pipe.write(question)
    with os.fdopen(told[0], "rb") as pipe:
        answer = pipe.read()
    _, status, usage = os.wait4(child, 0)
    seconds, peak = usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024
    end, fault = _judged(kind, status, answer)
    if seconds >= SECONDS:
        fault = f"{fault} {seconds:.1f} s of processor time".strip()
    if peak >= MEMORY:
        fault = f"{fault} {peak >> 20} MiB".strip()
    return Met(end, fault, seconds, peak)


def _answer(name: str, given: tuple[int, int], told: tuple[int, int]) -> None:
    """Be the worker: this process ends here."""
    faulthandler.disable()
    os.setsid()
    os.dup2(given[0], 0)
    os.dup2(told[1], 1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    for descriptor in (*given, *told):
        os.close(descriptor)
    sys.stdin = os.fdopen(0, closefd=False)
    programs = _DOC_PROGRAMS.get(name)
    if programs is not None:
        which = office.shutil.which
        office.shutil.which = lambda program: which(program) if program in programs else None  # type: ignore[assignment]
    if name in PICTURES:
        engine = _engine()
        recognition.find_engine = lambda _: engine  # type: ignore[assignment]
    try:
        worker.main()
    finally:
        os._exit(70)


def _judged(kind: FileKind, status: int, answer: bytes) -> tuple[str, str]:
    if os.WIFSIGNALED(status):
        # The caps end a process by a signal, which the caller tells as that limit; PDFium itself falls over some
        # mutants, one or two in a thousand, which the caller tells as a crash on that file.
        signalled = os.WTERMSIG(status)
        if signalled in {signal.SIGXCPU, signal.SIGABRT}:
            return "capped", ""
        return (
            "crashed",
            "" if kind is FileKind.PDF and signalled == signal.SIGSEGV else f"signal {signalled}",
        )
    if os.WEXITSTATUS(status):
        return "crashed", f"exit {os.WEXITSTATUS(status)}"
    said = json.loads([line for line in answer.splitlines() if line != b"page"][-1])
    if "reading" in said:
        return "read", ""
    # A panic of a library in Rust is that file's error; any other surprise is a fault of the reader.
    surprise = said["error"].partition("the reader failed on it (")[2]
    if not says_why(said["error"]) or (surprise and not surprise.startswith("PanicException")):
        return "refused", said["error"]
    return "refused", ""
