"""Two thousand mutants of a small file of each format: no crash, no hang over five seconds, no error but one.

The readers run in this process, without the worker that would hide a crash; a mutant is made by hypothesis from
cuts, copies, changed bytes and inserted tokens of the format. Of the three programs that read DOC, LibreOffice is left
out: it takes seconds a file, and its output goes through the reader of DOCX. Pictures meet a stand-in for the engine.
"""

import contextlib
import faulthandler
import io
import re
import shutil
import struct
import sys
import time
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from policydiff.errors import UnreadableInputError
from policydiff.extract.dispatch import extract
from policydiff.extract.pages import recognition
from policydiff.extract.pages.recognition import Tesseract
from policydiff.extract.reading import Limits, Reading, Request
from policydiff.extract.sniff import FileKind, read_as, sniff
from policydiff.extract.word.office import by_antiword, by_legacy_doc
from tests.extract.made_files import zipped
from tests.extract.small_files import docx, ofd, ofd_text, paragraph, pdf, text_lines

MUTANTS = 2000
SLOWEST = 30.0
"""Processor seconds: a guard, six times what `python -m benchmarks.hostile` calls a fault, since counted lines and a busy machine take their share."""
HANGS = 120.0
"""Seconds on the clock, however busy the machine: a loop without end must not stop the run without a word."""
LIMITS = Limits(
    pages=50,
    ocr_pages=0,
    unpacked_bytes=8 << 20,
    members=200,
    text_characters=1_000_000,
    # A program that reads DOC gets four fifths of it.
    seconds=SLOWEST / 0.8,
)

_NUMBERING = (
    '<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:abstractNum w:abstractNumId="1">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
    '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
)
_LIST = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
_TABLE = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>"
_RULED = "\n".join(
    f"50 {y} m 300 {y} l S {x} 400 m {x} 500 l S" for x, y in ((50, 400), (150, 450), (300, 500))
)

SEEDS: dict[FileKind, bytes] = {
    FileKind.PLAIN: "关于印发办法的通知\n第一条　为了规范管理，制定本办法。\n".encode("gb18030"),
    FileKind.MARKDOWN: "# 办法\n\n| 甲 | 乙 |\n|---|---|\n| 1 | **二** |\n<!-- 注 -->\n> 引文 [链接](a.pdf)\n".encode(),
    FileKind.HTML: (
        "<html><head><meta charset=gb2312><title>办法_网站</title></head><body><table><tr><td>发文字号：</td>"
        "<td>国发〔2019〕5号</td></tr></table><div class=TRS_Editor><p>第一条　总则。<br>第二条</p><ol><li>甲</li></ol>"
        "<table><tr><td>1</td><td>2</td></tr></table><a href=a.doc>附件</a></div></body></html>"
    ).encode("gb18030"),
    FileKind.MHTML: (
        b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=B\n\n--B\nContent-Type: text/html; charset=utf-8\n"
        b"Content-Transfer-Encoding: base64\n\nPGh0bWw+PHA+56ys5LiA5p2hPC9wPjwvaHRtbD4=\n--B--\n"
    ),
    FileKind.RTF: (
        rb"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fcharset0 Times;}{\f1\fcharset134 SimSun;}}{\pntext 1.\tab}"
        rb"\u31532 ?\'d2\'bb\'cc\'f5{\footnote \'d7\'a2}\par\trowd\cellx1\cellx2 \'bc\'d7\cell \'d2\'d2\cell\row"
        rb"{\deleted \'c9\'be}{\*\shpinst{\shptxt \'bf\'f2\par}}\par}"
    ),
    FileKind.DOCX: docx(
        paragraph("总体要求", _LIST)
        + _TABLE
        + "<w:p><w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:ins><w:r><w:t>新</w:t></w:r></w:ins></w:p>",
        numbering=_NUMBERING,
    ),
    FileKind.OFD: ofd(
        ofd_text("关于印发办法的通知")
        + '<ofd:PathObject Boundary="20 50 100 40"><ofd:AbbreviatedData>M 0 0 L 100 0 L 100 40 C'
        "</ofd:AbbreviatedData></ofd:PathObject>"
    ),
    FileKind.PDF: pdf(
        _RULED + "\n" + text_lines((60, 780, "Article 1 Purpose"), (60, 420, "cell"), (290, 30, "- 1 -")),
        pages=2,
    ),
}
TOKENS: dict[FileKind, list[bytes]] = {
    FileKind.PLAIN: [b"\x00", b"\xff\xfe", b"\x81", b"\xed\xa0\x80", b"\n" * 50],
    FileKind.MARKDOWN: [b"<!--", b"|", b"**", b"](", b"\\", b"#" * 7],
    FileKind.HTML: [
        b"<div>" * 300,
        b"<!--",
        b"<svg><style>",
        b"</table>",
        b"<td rowspan=99999>",
        b"&#x110000;",
        b"\x00",
    ],
    FileKind.MHTML: [b"--B", b"Content-Transfer-Encoding: x", b"\n\n", b"charset=none", b"=?"],
    FileKind.RTF: [
        b"{" * 200,
        b"}" * 9,
        b"\\u99999 ",
        b"\\bin99999999 ",
        b"\\'",
        b"\\uc-5 ",
        b"\\ansicpg0 ",
        b"\\trowd",
        b"\\u",
    ],
    FileKind.DOCX: [
        b"<w:p>",
        b"</w:r>",
        b"<w:tbl/>",
        b'w:val="-9"',
        b"&x;",
        b"<!DOCTYPE a>",
        b'w:val="99999999999"',
    ],
    FileKind.OFD: [
        b"NaN",
        b"1e999",
        b"<ofd:Layer>",
        b"-1",
        b"<!DOCTYPE a>",
        b'DeltaX="g 999999999 1"',
        b"\xff",
    ],
    FileKind.PDF: [
        b"endobj",
        b"<<" * 100,
        b"/Kids [2 0 R]",
        b"stream\n",
        b"999999999999",
        b"/Rotate 90",
        b"q " * 200,
        b"(",
        b"obj",
    ],
}

_step = st.tuples(
    st.sampled_from(["cut", "copy", "change", "insert", "drop"]),
    st.floats(0, 1),
    st.integers(0, 255),
    st.integers(0, 20),
)
_steps = st.lists(_step, min_size=1, max_size=5)


def mutant(data: bytes, steps: list[tuple[str, float, int, int]], tokens: list[bytes]) -> bytes:
    made = bytearray(data)
    for kind, share, value, size in steps:
        place = int(share * len(made))
        if kind == "cut":
            del made[place:]
        elif kind == "drop":
            del made[place : place + size]
        elif kind == "copy":
            made[place:place] = made[place : place + 10 * size]
        elif kind == "change":
            made[place : place + 1] = bytes([value])
        else:
            made[place:place] = tokens[value % len(tokens)]
    return bytes(made)


def mutants_of(kind: FileKind) -> st.SearchStrategy[bytes]:
    """Return mutants; of a container both its bytes and, more often, the bytes of a member."""
    seed, tokens = SEEDS[kind], TOKENS[kind]
    outside = _steps.map(lambda found: mutant(seed, found, tokens))
    if kind not in {FileKind.DOCX, FileKind.OFD}:
        return outside
    with zipfile.ZipFile(io.BytesIO(seed)) as container:
        members: dict[str, str | bytes] = {name: container.read(name) for name in container.namelist()}

    def inside(name: str, found: list[tuple[str, float, int, int]]) -> bytes:
        content = members[name]
        assert isinstance(content, bytes)
        return zipped({**members, name: mutant(content, found, tokens)})

    return (
        outside
        | st.builds(inside, st.sampled_from(sorted(members)), _steps)
        | st.builds(inside, st.sampled_from(sorted(members)), _steps)
    )


def attacked(
    mutants: st.SearchStrategy[bytes], read: Callable[[Request], Reading], limits: Limits = LIMITS
) -> None:
    """Let a reader meet its mutants; every one is read, or refused by the one error that users see."""

    @settings(
        max_examples=MUTANTS,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(mutants)
    def attack(data: bytes) -> None:
        faulthandler.dump_traceback_later(HANGS, exit=True, file=sys.__stderr__)
        started = time.process_time()
        with contextlib.suppress(UnreadableInputError):
            sniff(data)
            read(Request(data, limits))
        faulthandler.cancel_dump_traceback_later()
        assert time.process_time() - started < SLOWEST

    attack()


@pytest.mark.slow
@pytest.mark.parametrize("kind", SEEDS, ids=lambda kind: kind.name)
def test_no_mutant_crashes_or_hangs(kind: FileKind) -> None:
    attacked(mutants_of(kind), partial(read_as, kind))


DOC = Path(__file__).with_name("small.doc")
DOC_STEPS = [b"\xec\xa5", b"\xff" * 8, b"\xfe\xff\xff\xff", bytes(512), b"\x13PAGE\x14", b"\x07"]


def antiword(request: Request) -> Reading:
    program = shutil.which("antiword")
    assert program
    try:
        return by_antiword(program, request)
    except UnreadableInputError as error:
        if "took too long" in str(error):
            raise AssertionError("antiword hangs") from error
        raise


@pytest.mark.slow
@pytest.mark.parametrize("read", [by_legacy_doc, antiword], ids=["legacy-doc", "antiword"])
def test_no_mutant_of_a_doc_crashes_or_hangs(read: Callable[[Request], Reading]) -> None:
    if read is antiword and not shutil.which("antiword"):
        pytest.skip("antiword is not on the path")
    data = DOC.read_bytes()
    # antiword prints the table as rows, legacy-doc as words.
    assert re.search(r"^关于印发办法的通知\n(?:\| )?甲 ", read(Request(data)).text)
    attacked(_steps.map(lambda found: mutant(data, found, DOC_STEPS)), read)


def png() -> bytes:
    def chunk(name: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        )

    head = struct.pack(">IIBBBBB", 24, 8, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\xff" * 24) * 8)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


PICTURES = {
    FileKind.PNG: png(),
    FileKind.TIFF: b"II*\x00\x08\x00\x00\x00\x01\x00\x00\x01\x04\x00\x01\x00\x00\x00\x18\x00\x00\x00\x00\x00\x00\x00",
}
PICTURE_TOKENS = [b"\xff" * 4, b"\xff\xff\xff\x7f", bytes(8), b"MM\x00*", b"IDAT"]
FOUND = (
    "level\tpage\tblock\tpar\tline\tword\tleft\ttop\twidth\theight\tconf\ttext\n1\t1\t0\t0\t0\t0\t0\t0\t24\t8\t-1\t\n"
    "4\t1\t1\t1\t1\t0\t1\t1\t20\t6\t-1\t\n5\t1\t1\t1\t1\t1\t1\t1\t6\t6\t90\t第一条"
)


class StandIn(Tesseract):
    """Finds the same line in whatever picture."""

    def __init__(self, seconds: float) -> None:
        self.name = f"stand-in within {seconds} s"

    def _table(self, data: bytes) -> str:  # noqa: ARG002 (what the program would be given)
        return FOUND


@pytest.mark.slow
@pytest.mark.parametrize("kind", PICTURES, ids=lambda kind: kind.name)
def test_no_mutant_of_a_picture_crashes_or_hangs(kind: FileKind, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognition, "find_engine", StandIn)
    read, data = partial(read_as, kind), PICTURES[kind]
    assert read(Request(data)).text == "第一条\n"
    attacked(
        _steps.map(lambda found: mutant(data, found, PICTURE_TOKENS)), read, replace(LIMITS, ocr_pages=1)
    )


@pytest.mark.parametrize("kind", SEEDS, ids=lambda kind: kind.name)
def test_the_seeds_are_read(kind: FileKind) -> None:
    """A target whose seed is refused would test nothing."""
    assert extract(SEEDS[kind]).media_type == kind.value
