"""Bombs and mutants through the worker as it runs: confined, capped, one error of one kind, little time and memory.

A sample of them runs always; all bombs, and three thousand mutants of each format, are slow. Those mutants meet the worker's
own `main` in a process copied from one that has loaded the readers: a fresh interpreter for each would take an hour.
"""

import contextlib
import faulthandler
import io
import json
import os
import random
import signal
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import asdict

import pytest

from policydiff.errors import UnreadableInputError
from policydiff.extract import Limits, extract, worker
from policydiff.extract.limits import LIMIT_NAMES
from policydiff.extract.readers import reader
from policydiff.extract.reading import Request
from policydiff.extract.sniff import FileKind
from tests.extract.bombs import BOMBS, open_sheet, workbook
from tests.extract.measured import workers_measured
from tests.extract.rich_files import RICH
from tests.extract.test_extract_fuzz import DOC, DOC_STEPS, PICTURE_TOKENS, PICTURES, SEEDS, TOKENS, mutant

SECONDS = 5.0
"""Of processor time, with that of the programs that the worker starts."""
MEMORY = 512 << 20
"""Bytes; recognition of pictures, whose engines take what they take, is measured apart."""
MUTANTS = 3_000
SAMPLE = 6
SAMPLED = random.Random(5).sample(range(len(BOMBS)), 10)
PLAINLY = (
    "damaged", "no text", "unpack it", "password", "format is not known", "no well-formed", "document type",
    "XML of an unknown kind", "no file that can be read", "holds no page", "no text document", "in no encoding", "empty", "no HTML part", "nothing on the page",
    *LIMIT_NAMES,
)  # fmt: skip
"""What a refusal says: what is wrong with the file, or which limit it passes."""


def says_why(error: str) -> bool:
    return any(words in error for words in PLAINLY)


def met(data: bytes) -> tuple[float, int]:
    """Return the processor time and the memory that reading these bytes takes, by whichever process."""
    before = os.times()
    refused = ""
    with workers_measured() as taken:
        try:
            extract(data)
        except UnreadableInputError as error:
            refused = str(error)
    after = os.times()
    assert not refused or says_why(refused), refused
    own = after.user + after.system - before.user - before.system
    return taken.seconds + own, taken.bytes


@pytest.mark.parametrize("name", [BOMBS[number][0] for number in SAMPLED])
def test_a_bomb_ends_in_time(name: str) -> None:
    bomb_ends(name)


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for number, (name, _) in enumerate(BOMBS) if number not in SAMPLED])
def test_every_bomb_ends_in_time(name: str) -> None:
    bomb_ends(name)


def bomb_ends(name: str) -> None:
    seconds, taken = met(dict(BOMBS)[name]())
    assert seconds < SECONDS
    assert name.startswith(("png", "tiff", "jpeg")) or taken < MEMORY


def test_there_are_bombs_of_every_kind() -> None:
    assert len(BOMBS) >= 40
    assert len({name for name, _ in BOMBS}) == len(BOMBS)
    kinds = {name.split(":")[0] for name, _ in BOMBS}
    assert {
        "html",
        "docx",
        "xlsx",
        "ods",
        "rtf",
        "ofd",
        "pdf",
        "png",
        "tiff",
        "doc",
        "plain",
        "markdown",
    } <= kinds


ALL_SEEDS: dict[FileKind, bytes] = {
    **SEEDS,
    **PICTURES,
    FileKind.DOC: DOC.read_bytes(),
    FileKind.XLSX: workbook(
        '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>甲</t></is></c><c r="B1"><v>2</v></c></row></sheetData>'
        '<mergeCells count="1"><mergeCell ref="A1:A2"/></mergeCells>'
    ),
    FileKind.ODS: open_sheet(
        '<table:table-row><table:table-cell office:value-type="string"><text:p>甲</text:p></table:table-cell></table:table-row>'
    ),
}
ALL_TOKENS: dict[FileKind, list[bytes]] = {
    **TOKENS,
    **dict.fromkeys(PICTURES, PICTURE_TOKENS),
    FileKind.DOC: DOC_STEPS,
    FileKind.XLSX: [b"PK\x01\x02", b"\xff" * 4, b"xl/", bytes(8)],
    FileKind.ODS: [b"PK\x01\x02", b"\xff" * 4, bytes(8)],
}
MADE = {**TOKENS, FileKind.XLSX: [b"<c>", b'r="XFD99"', b"</row>", b'ref="A1:XFD1048576"']}


def mutants(kind: FileKind, count: int) -> Iterator[bytes]:
    """Give mutants of a format; of those that are packed, every second is changed in a member."""
    made = random.Random(kind.value)
    seed, tokens = ALL_SEEDS[kind], ALL_TOKENS[kind]
    for number in range(count):
        steps = [
            (
                made.choice(["cut", "copy", "change", "insert", "drop"]),
                made.random(),
                made.randrange(256),
                made.randrange(21),
            )
            for _ in range(made.randint(1, 5))
        ]
        if seed.startswith(b"PK") and number % 2:
            yield changed_inside(seed, steps, MADE.get(kind, tokens), made)
        else:
            yield mutant(seed, steps, tokens)


def changed_inside(
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


@pytest.mark.parametrize("kind", ALL_SEEDS, ids=lambda kind: kind.name)
def test_mutants_through_the_worker(kind: FileKind) -> None:
    for data in mutants(kind, 2 if kind is FileKind.DOC else SAMPLE):
        seconds, taken = met(data)
        assert seconds < SECONDS
        assert taken < MEMORY


def rich_mutants(name: str, count: int) -> Iterator[bytes]:
    """Give mutants of a file with what the plain one lacks; of those that are packed, two of three are changed in a member."""
    made = random.Random(name)
    _, seed, outside, inside = RICH[name]
    for number in range(count):
        steps = [
            (
                made.choice(["cut", "copy", "change", "insert", "drop"]),
                made.random(),
                made.randrange(256),
                made.randrange(21),
            )
            for _ in range(made.randint(1, 5))
        ]
        if inside and number % 3:
            yield changed_inside(seed, steps, inside, made)
        else:
            yield mutant(seed, steps, outside)


@pytest.mark.parametrize(
    "kind", [kind for kind in ALL_SEEDS if kind not in PICTURES], ids=lambda kind: kind.name
)
def test_the_plain_files_are_read(kind: FileKind) -> None:
    """Of a PDF whose two pages said the same, all was taken for furniture: its mutants met nothing but a refusal."""
    assert extract(ALL_SEEDS[kind]).media_type == kind.value


@pytest.mark.parametrize("name", RICH)
def test_the_rich_files_are_read(name: str) -> None:
    """A seed that its reader refuses would test nothing."""
    kind, seed, _, _ = RICH[name]
    assert extract(seed).media_type == kind.value


@pytest.mark.parametrize("name", RICH)
def test_mutants_of_rich_files_through_the_worker(name: str) -> None:
    for data in rich_mutants(name, SAMPLE):
        seconds, taken = met(data)
        assert seconds < SECONDS
        assert taken < MEMORY


@pytest.mark.slow
@pytest.mark.parametrize("name", RICH)
def test_three_thousand_mutants_of_rich_files(name: str) -> None:
    kind, seed, _, _ = RICH[name]
    load_quietly(kind, seed)
    for data in rich_mutants(name, MUTANTS):
        meet(kind, data)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ALL_SEEDS, ids=lambda kind: kind.name)
def test_three_thousand_mutants_through_the_worker(kind: FileKind) -> None:
    """Fewer of DOC, which programs read that take a second each: LibreOffice's part is bounded by its clock."""
    load_quietly(kind, ALL_SEEDS[kind])
    for data in mutants(kind, 60 if kind is FileKind.DOC else MUTANTS):
        meet(kind, data)


def load_quietly(kind: FileKind, seed: bytes) -> None:
    """Load what the reader of a kind loads, so that the copies have it."""
    read = reader(kind)
    assert read is not None
    if kind is not FileKind.DOC:
        try:
            read(Request(seed))
        except UnreadableInputError:
            return


def meet(kind: FileKind, data: bytes) -> None:
    """Let the worker's `main` answer for a file in a copy of this process; it must answer, soon, with little memory."""
    limits = Limits(ocr_pages=0, seconds=30)
    head = {
        "kind": kind.value, "limits": asdict(limits), "revisions": "final", "select": (), "ignore": (),
        "parent": os.getpid(),
    }  # fmt: skip
    question = json.dumps(head).encode() + b"\n" + data
    given, told = os.pipe(), os.pipe()
    child = os.fork()
    if not child:
        faulthandler.disable()
        os.setsid()
        os.dup2(given[0], 0)
        os.dup2(told[1], 1)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        for descriptor in (*given, *told):
            os.close(descriptor)
        sys.stdin = os.fdopen(0, closefd=False)
        try:
            worker.main()
        finally:
            os._exit(70)
    os.close(given[0])
    os.close(told[1])
    with contextlib.suppress(BrokenPipeError), os.fdopen(given[1], "wb") as pipe:
        pipe.write(question)
    with os.fdopen(told[0], "rb") as pipe:
        answer = pipe.read()
    _, status, usage = os.wait4(child, 0)
    seconds = usage.ru_utime + usage.ru_stime
    assert seconds < SECONDS
    assert usage.ru_maxrss * 1024 < MEMORY
    if os.WIFSIGNALED(status):
        # The caps end a process by a signal, which the caller tells as that limit; PDFium itself falls over some
        # mutants, one or two in a thousand, which the caller tells as a crash on that file.
        ends = {signal.SIGXCPU, signal.SIGABRT} | ({signal.SIGSEGV} if kind is FileKind.PDF else set())
        assert os.WTERMSIG(status) in ends
        return
    assert os.WEXITSTATUS(status) == 0
    lines = [line for line in answer.splitlines() if line != b"page"]
    told_of = json.loads(lines[-1])
    assert "reading" in told_of or says_why(told_of["error"]), told_of
    # A panic of a library in Rust is that file's error; any other surprise is a fault of the reader.
    surprise = told_of.get("error", "").partition("the reader failed on it (")[2]
    assert not surprise or surprise.startswith("PanicException"), told_of


def test_the_measure_sees_time_and_memory() -> None:
    """A measure that saw nothing would let everything pass."""
    seconds, taken = met(SEEDS[FileKind.PDF])
    assert seconds > 0.01
    assert taken > 5 << 20
